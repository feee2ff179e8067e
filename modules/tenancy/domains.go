package tenancy

import (
	"context"
	"errors"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/page"
)

// OwnedDomain is a domain with the names of the store, merchant or platform that
// it belongs to, and of the platform.
type OwnedDomain struct {
	Domain
	Owner, PlatformName string
}

// DomainState tells the domains that answer from those that wait for their proof.
type DomainState string

// The states of domains.
const (
	DomainVerified DomainState = "verified"
	DomainWaiting  DomainState = "waiting"
)

// DomainFilter chooses domains.
type DomainFilter struct {
	Query string      // part of the name
	State DomainState // empty is any
	page.Request
}

// Domains lists the domains within reach, by name.
func (m *Module) Domains(ctx context.Context, r Reach, f DomainFilter) (page.Page[OwnedDomain], error) {
	rows, err := db.Read(ctx, m.db, m.system, func(tx systemTx) ([]OwnedDomain, error) { return listDomains(ctx, tx, r, f) })
	if err != nil {
		return page.Page[OwnedDomain]{}, err
	}
	return page.Of(rows, f.Rows(), func(d OwnedDomain) []any { return []any{d.Domain.Domain} }), nil
}

// domainWithin finds a domain within reach; whatever is not is unknown.
func (m *Module) domainWithin(ctx context.Context, r Reach, name string) (Domain, error) {
	d, err := db.Read(ctx, m.db, m.system, func(tx systemTx) (Domain, error) { return oneDomain(ctx, tx, name) })
	if err == nil && !r.has(d.Platform) {
		err = db.ErrNoRow
	}
	return d, err
}

// AddPlatformDomain registers a domain at which a platform within reach answers itself.
func (m *Module) AddPlatformDomain(ctx context.Context, by auth.Actor, r Reach, d Domain) error {
	return m.Change(ctx, by, func(ctx context.Context, c *Change) error {
		_, err := onePlatform(ctx, c.tx, d.Platform)
		switch {
		case errors.Is(err, db.ErrNoRow), err == nil && !r.has(d.Platform):
			return errInvalid.Field("platform", "form.choose")
		case err != nil:
			return err
		}
		_, err = c.AddDomain(ctx, Domain{Domain: d.Domain, Platform: d.Platform})
		return err
	})
}
