package tenancy

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"regexp"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// maxDomains is how many domains one store, merchant or platform may have.
const maxDomains = 20

// proofName is the host below a domain whose TXT record proves who owns it.
const proofName = "_orion."

// Domain is a host name that somebody registered. It answers once it is verified.
type Domain struct {
	Domain   string
	Store    tenant.StoreID    // or
	Merchant tenant.MerchantID // or neither, for a platform's
	Platform tenant.PlatformID // through which a store is reached there
	Primary  bool
	Proof    string    // what the TXT record of _orion.{domain} must hold
	Verified time.Time // zero until it is
	Checked  time.Time // when the DNS was asked last; zero is never
	Trouble  string    // what it answered then: DomainNoRecord, DomainOtherRecord, DomainNoDNS, or empty
}

var domainPattern = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$`)

// AddDomain registers a domain for a store, a merchant or a platform.
func (c *Change) AddDomain(ctx context.Context, d Domain) (Domain, error) {
	d.Domain = strings.TrimPrefix(bareHost(strings.TrimSpace(d.Domain)), "www.")
	if err := c.checkDomain(ctx, d); err != nil {
		return Domain{}, err
	}
	have, err := domainsOf(ctx, c.tx, where{store: d.Store, merchant: d.Merchant, platform: d.Platform})
	if err != nil {
		return Domain{}, err
	}
	if len(have) >= maxDomains {
		return Domain{}, errTooManyNames
	}
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails
	d.Proof, d.Primary = "orion-verify="+hex.EncodeToString(b), len(have) == 0
	if err := insertDomain(ctx, c.tx, d); err != nil {
		return Domain{}, err
	}
	c.touched = true
	return d, c.recordDomain(ctx, d, "tenancy.domain_added")
}

func (c *Change) checkDomain(ctx context.Context, d Domain) error {
	base := c.m.base
	switch {
	case d.Domain == "":
		return errInvalid.Field("domain", "form.required")
	case len(d.Domain) > 253 || !domainPattern.MatchString(d.Domain):
		return errInvalid.Field("domain", "tenancy.bad_domain")
	case d.Domain == base || strings.HasSuffix(d.Domain, "."+base):
		return errInvalid.Field("domain", "tenancy.reserved_domain")
	}
	if _, err := oneDomain(ctx, c.tx, d.Domain); err == nil {
		return errInvalid.Field("domain", "form.taken")
	}
	return nil
}

func (c *Change) recordDomain(ctx context.Context, d Domain, action string) error {
	at := where{store: d.Store, merchant: d.Merchant, platform: d.Platform}
	return c.record(ctx, at, tenancyapi.Entry{Action: action, Target: d.Domain, Title: d.Domain})
}

// TrustDomain verifies a domain without asking the DNS, for the program itself.
func (c *Change) TrustDomain(ctx context.Context, name string) error {
	d, err := oneDomain(ctx, c.tx, name)
	if err != nil {
		return err
	}
	if err := verifyDomain(ctx, c.tx, name); err != nil {
		return err
	}
	c.touched = true
	return c.recordDomain(ctx, d, "tenancy.domain_verified")
}

// RemoveDomain gives a domain up.
func (c *Change) RemoveDomain(ctx context.Context, name string) error {
	d, err := oneDomain(ctx, c.tx, name)
	if err != nil {
		return err
	}
	if err := deleteDomain(ctx, c.tx, name); err != nil {
		return err
	}
	c.touched = true
	return c.recordDomain(ctx, d, "tenancy.domain_removed")
}

// StoreDomains are the domains of a store within reach.
func (m *Module) StoreDomains(ctx context.Context, r Reach, id tenant.StoreID) ([]Domain, error) {
	return db.Read(ctx, m.db, m.system, func(tx systemTx) ([]Domain, error) {
		if _, err := oneStore(ctx, tx, r, id); err != nil {
			return nil, err
		}
		return domainsOf(ctx, tx, where{store: id})
	})
}
