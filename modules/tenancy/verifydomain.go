package tenancy

import (
	"context"
	"errors"
	"net"
	"slices"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
)

// What the DNS can answer instead of a domain's proof.
const (
	DomainNoRecord    = "no_record"    // there is no TXT record at the name
	DomainOtherRecord = "other_record" // there are others
	DomainNoDNS       = "no_dns"       // nothing answered in time
)

const (
	lookupTime   = 5 * time.Second     // how long the DNS gets
	domainWait   = 14 * 24 * time.Hour // how long the program looks by itself
	domainsAtOne = 50                  // of one look; the others come next time
)

// VerifyDomain asks the DNS whether the domain's owner has put up the proof,
// and opens the domain if so. What it found else is kept with the domain.
func (m *Module) VerifyDomain(ctx context.Context, by auth.Actor, name string) error {
	d, err := db.Read(ctx, m.db, m.system, func(tx systemTx) (Domain, error) { return oneDomain(ctx, tx, name) })
	if err != nil {
		return err
	}
	trouble, cause := m.askDNS(ctx, d)
	if trouble == "" {
		return m.Change(ctx, by, func(ctx context.Context, c *Change) error { return c.TrustDomain(ctx, name) })
	}
	if err := db.Do(ctx, m.db, m.system, func(tx systemTx) error { return noteDomain(ctx, tx, name, trouble) }); err != nil {
		return err
	}
	if trouble == DomainNoDNS {
		return errDNS.Because(cause)
	}
	return errUnverified.With("name", proofName+name).With("proof", d.Proof)
}

// askDNS tells what is wrong with a domain's proof; no trouble is none.
func (m *Module) askDNS(ctx context.Context, d Domain) (trouble string, cause error) {
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	records, err := m.lookup(ctx, proofName+d.Domain)
	switch {
	case err != nil:
		return DomainNoDNS, err
	case slices.Contains(records, d.Proof):
		return "", nil
	case len(records) == 0:
		return DomainNoRecord, nil
	}
	return DomainOtherRecord, nil
}

// VerifyWaiting looks for the proofs of domains that were registered in the last
// two weeks, those that were not looked at for longest first, and tells how many
// it opened. One that fails stops no other.
func (m *Module) VerifyWaiting(ctx context.Context) (opened int, err error) {
	since := m.db.Clock().Now().Add(-domainWait)
	waiting, err := db.Read(ctx, m.db, m.system, func(tx systemTx) ([]Domain, error) { return waitingDomains(ctx, tx, since, domainsAtOne) })
	if err != nil {
		return 0, err
	}
	for _, d := range waiting {
		switch err := m.VerifyDomain(ctx, auth.SystemActor, d.Domain); {
		case err == nil:
			opened++
		case ctx.Err() != nil:
			return opened, ctx.Err() //nolint:wrapcheck // the job's own end
		}
	}
	return opened, nil
}

// DomainsOf are the domains of a merchant's stores.
func (m *Module) DomainsOf(ctx context.Context, in tenant.Merchant) ([]Domain, error) {
	return db.Read(ctx, m.db, m.system, func(tx systemTx) ([]Domain, error) { return domainsOfMerchant(ctx, tx, in.ID()) })
}

// lookupTXT reads TXT records; a name without any is no error.
func lookupTXT(ctx context.Context, name string) ([]string, error) {
	records, err := net.DefaultResolver.LookupTXT(ctx, name)
	if e, ok := errors.AsType[*net.DNSError](err); ok && e.IsNotFound {
		return nil, nil
	}
	return records, err
}
