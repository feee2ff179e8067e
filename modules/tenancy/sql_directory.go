package tenancy

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
)

type (
	systemTx = *db.Tx[tenant.System]
	storeTx  = *db.Tx[tenant.Store]
)

var (
	directoryVersion       = db.Must[tenant.System](Files, "directory_version")
	touchDirectoryStmt     = db.Must[tenant.System](Files, "touch_directory")
	touchDirectoryForStore = db.Must[tenant.Store](Files, "touch_directory_for_store")
	directoryPlatforms     = db.Must[tenant.System](Files, "directory_platforms")
	directoryMerchants     = db.Must[tenant.System](Files, "directory_merchants")
	directoryStores        = db.Must[tenant.System](Files, "directory_stores")
	directoryMembers       = db.Must[tenant.System](Files, "directory_members")
	directoryDomains       = db.Must[tenant.System](Files, "directory_domains")
	directoryModules       = db.Must[tenant.System](Files, "directory_modules")
)

func readVersion(ctx context.Context, tx systemTx) (int64, error) {
	return db.One(ctx, tx, directoryVersion, nil, scanCount)
}

func touchDirectory(ctx context.Context, tx systemTx) error {
	_, err := db.Exec(ctx, tx, touchDirectoryStmt, nil)
	return err
}

func touchForStore(ctx context.Context, tx storeTx) error {
	_, err := db.Exec(ctx, tx, touchDirectoryForStore, nil)
	return err
}

// readFacts reads the version first: a change in between raises it, and the
// next look finds that.
func readFacts(ctx context.Context, tx systemTx) (f facts, err error) {
	if f.version, err = readVersion(ctx, tx); err != nil {
		return f, err
	}
	if f.platforms, err = db.All(ctx, tx, directoryPlatforms, nil, scanPlatform); err != nil {
		return f, err
	}
	if f.merchants, err = db.All(ctx, tx, directoryMerchants, nil, scanMerchantFact); err != nil {
		return f, err
	}
	if f.stores, err = db.All(ctx, tx, directoryStores, nil, scanDirectoryStore); err != nil {
		return f, err
	}
	if f.members, err = db.All(ctx, tx, directoryMembers, nil, scanMember); err != nil {
		return f, err
	}
	if f.domains, err = db.All(ctx, tx, directoryDomains, nil, scanDomainFact); err != nil {
		return f, err
	}
	f.modules, err = db.All(ctx, tx, directoryModules, nil, scanModuleFact)
	return f, err
}

func scanPlatform(r db.Row) (p Platform, err error) {
	var deletion int64
	err = r.Scan(&p.ID, &p.Code, &p.Name, db.JSON(&p.Tagline), &p.Lang, &p.Picture, &deletion)
	p.gone = deletion != 0
	return p, err
}

func scanMerchantFact(r db.Row) (m merchantFact, err error) {
	err = r.Scan(&m.id, &m.name)
	return m, err
}

func scanStore(r db.Row) (s Store, err error) {
	err = r.Scan(&s.ID, &s.Merchant, &s.MerchantName, &s.Code, &s.Name, db.JSON(&s.Texts), &s.Currency, &s.Lang,
		db.JSON(&s.Langs), &s.StaffLang, &s.Country, &s.Email, &s.Phone, db.JSON(&s.Address), &s.Theme, &s.Logo,
		&s.HeroImage, &s.Status)
	return s, err
}

// scanDirectoryStore is scanStore with whether it was deleted.
func scanDirectoryStore(r db.Row) (s Store, err error) {
	var deletion int64
	err = r.Scan(&s.ID, &s.Merchant, &s.MerchantName, &s.Code, &s.Name, db.JSON(&s.Texts), &s.Currency, &s.Lang,
		db.JSON(&s.Langs), &s.StaffLang, &s.Country, &s.Email, &s.Phone, db.JSON(&s.Address), &s.Theme, &s.Logo,
		&s.HeroImage, &s.Status, &deletion)
	s.gone = deletion != 0
	return s, err
}

func scanMember(r db.Row) (m member, err error) {
	err = r.Scan(&m.store, &m.platform, &m.subdomain)
	return m, err
}

func scanDomainFact(r db.Row) (d domainFact, err error) {
	err = r.Scan(&d.domain, &d.store, &d.merchant, &d.platform, &d.primary)
	return d, err
}

func scanModuleFact(r db.Row) (m moduleFact, err error) {
	err = r.Scan(&m.platform, &m.module, &m.enabled)
	return m, err
}
