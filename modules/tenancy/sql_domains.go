package tenancy

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
)

var (
	insertDomainStmt = db.Must[tenant.System](Files, "insert_domain")
	domainsStmt      = db.Must[tenant.System](Files, "domains")
	domainStmt       = db.Must[tenant.System](Files, "domain")
	verifyDomainStmt = db.Must[tenant.System](Files, "verify_domain")
	deleteDomainStmt = db.Must[tenant.System](Files, "delete_domain")

	waitingDomainsStmt    = db.Must[tenant.System](Files, "waiting_domains")
	listDomainsStmt       = db.MustList[tenant.System](Files, "list_domains")
	noteDomainStmt        = db.Must[tenant.System](Files, "note_domain")
	domainsOfMerchantStmt = db.Must[tenant.System](Files, "domains_of_merchant")
)

func insertDomain(ctx context.Context, tx systemTx, d Domain) error {
	var store, merchant any
	switch {
	case d.Store != 0:
		store = int64(d.Store)
	case d.Merchant != 0:
		merchant = int64(d.Merchant)
	}
	_, err := db.Exec(ctx, tx, insertDomainStmt, db.Args{
		"domain": d.Domain, "store_id": store, "merchant_id": merchant, "platform_id": d.Platform, "is_primary": d.Primary,
		"proof": d.Proof, "verified_at": d.Verified, "now": tx.Now(),
	})
	if db.IsUnique(err) {
		return errInvalid.Field("domain", "form.taken")
	}
	return err
}

// domainsOf are the domains of a store, else of a merchant, else of a platform.
func domainsOf(ctx context.Context, tx systemTx, at where) ([]Domain, error) {
	switch {
	case at.store != 0:
		at = where{store: at.store}
	case at.merchant != 0:
		at = where{merchant: at.merchant}
	}
	return db.All(ctx, tx, domainsStmt, db.Args{"store_id": at.store, "merchant_id": at.merchant, "platform_id": at.platform}, scanDomain)
}

func oneDomain(ctx context.Context, tx systemTx, name string) (Domain, error) {
	return db.One(ctx, tx, domainStmt, db.Args{"domain": name}, scanDomain)
}

func verifyDomain(ctx context.Context, tx systemTx, name string) error {
	_, err := db.Exec(ctx, tx, verifyDomainStmt, db.Args{"domain": name, "now": tx.Now()})
	return err
}

func deleteDomain(ctx context.Context, tx systemTx, name string) error {
	_, err := db.Exec(ctx, tx, deleteDomainStmt, db.Args{"domain": name})
	return err
}

func waitingDomains(ctx context.Context, tx systemTx, since time.Time, limit int) ([]Domain, error) {
	return db.All(ctx, tx, waitingDomainsStmt, db.Args{"since": since, "limit": limit}, scanDomain)
}

func noteDomain(ctx context.Context, tx systemTx, name, trouble string) error {
	_, err := db.Exec(ctx, tx, noteDomainStmt, db.Args{"domain": name, "trouble": trouble, "now": tx.Now()})
	return err
}

func domainsOfMerchant(ctx context.Context, tx systemTx, id tenant.MerchantID) ([]Domain, error) {
	return db.All(ctx, tx, domainsOfMerchantStmt, db.Args{"merchant": id}, scanDomain)
}

func listDomains(ctx context.Context, tx systemTx, r Reach, f DomainFilter) ([]OwnedDomain, error) {
	filter := db.Filter{Order: []string{"d.domain"}, Limit: f.Fetch(), Args: r.args(db.Args{"state": string(f.State)})}
	if f.Query != "" {
		filter.Where = append(filter.Where, db.Contains("d.domain", f.Query))
	}
	if f.After != "" {
		var last string
		if err := page.Decode(f.After, &last); err != nil {
			return nil, err
		}
		filter.Where = append(filter.Where, db.After(false, []string{"d.domain"}, []any{last}))
	}
	return db.List(ctx, tx, listDomainsStmt, filter, func(r db.Row) (o OwnedDomain, err error) {
		d := &o.Domain
		err = r.Scan(&d.Domain, &d.Store, &d.Merchant, &d.Platform, &d.Primary, &d.Proof, db.Time(&d.Verified), db.Time(&d.Checked), &d.Trouble, &o.Owner, &o.PlatformName)
		return o, err
	})
}

func scanDomain(r db.Row) (d Domain, err error) {
	err = r.Scan(&d.Domain, &d.Store, &d.Merchant, &d.Platform, &d.Primary, &d.Proof, db.Time(&d.Verified), db.Time(&d.Checked), &d.Trouble)
	return d, err
}
