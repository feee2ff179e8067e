package tenancy

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
)

var (
	insertStoreStmt      = db.Must[tenant.System](Files, "insert_store")
	storeCountStmt       = db.Must[tenant.System](Files, "store_count")
	updateStoreStmt      = db.Must[tenant.System](Files, "update_store")
	updateOwnStoreStmt   = db.Must[tenant.Store](Files, "update_own_store")
	ownStoreStmt         = db.Must[tenant.Store](Files, "own_store")
	storeStmt            = db.Must[tenant.System](Files, "store")
	listStoresStmt       = db.MustList[tenant.System](Files, "list_stores")
	storesOfMerchantStmt = db.Must[tenant.Merchant](Files, "stores_of_merchant")
	joinPlatformStmt     = db.Must[tenant.System](Files, "join_platform")
	platformsOfStoreStmt = db.Must[tenant.System](Files, "platforms_of_store")
)

func (p Profile) args(now time.Time) db.Args {
	return db.Args{
		"name": p.Name, "texts": db.JSON(p.Texts), "lang": p.Lang, "langs": db.JSON(p.Langs), "staff_lang": p.StaffLang,
		"country": p.Country, "email": p.Email, "phone": p.Phone, "address": db.JSON(p.Address), "theme": p.Theme,
		"logo": p.Logo, "hero_image": p.HeroImage, "status": p.Status, "now": now,
	}
}

func insertStore(ctx context.Context, tx systemTx, id tenant.StoreID, n NewStore) error {
	args := n.args(tx.Now())
	args["merchant_id"], args["id"], args["code"], args["currency"], args["active"] = n.Merchant, id, n.Code, n.Currency, true
	_, err := db.Exec(ctx, tx, insertStoreStmt, args)
	return err
}

// storeCount is how many stores a merchant has.
func storeCount(ctx context.Context, tx systemTx, of tenant.MerchantID) (int64, error) {
	return db.One(ctx, tx, storeCountStmt, db.Args{"merchant_id": of}, scanCount)
}

func updateStore(ctx context.Context, tx systemTx, id tenant.StoreID, e StoreEdit) error {
	args := e.args(tx.Now())
	args["id"], args["active"] = id, e.Active
	_, err := db.Exec(ctx, tx, updateStoreStmt, args)
	return err
}

func updateOwnStore(ctx context.Context, tx storeTx, p Profile) error {
	_, err := db.Exec(ctx, tx, updateOwnStoreStmt, p.args(tx.Now()))
	return err
}

func ownStore(ctx context.Context, tx storeTx) (Store, error) {
	return db.One(ctx, tx, ownStoreStmt, nil, scanStore)
}

func oneStore(ctx context.Context, tx systemTx, r Reach, id tenant.StoreID) (StoreRow, error) {
	return db.One(ctx, tx, storeStmt, r.args(db.Args{"id": id}), scanStoreRow)
}

func listStores(ctx context.Context, tx systemTx, r Reach, f StoreFilter) ([]StoreRow, error) {
	filter := db.Filter{Order: []string{"s.name", "s.id"}, Limit: f.Fetch(), Args: r.args(db.Args{})}
	if f.Query != "" {
		filter.Where = append(filter.Where, db.Any(db.Contains("s.name", f.Query), db.Contains("s.code", f.Query), db.Contains("m.name", f.Query)))
	}
	if f.Status != "" {
		filter.Where = append(filter.Where, db.Eq("s.status", f.Status))
	}
	if !f.Merchant.IsZero() {
		filter.Where = append(filter.Where, db.Eq("s.merchant_id", f.Merchant))
	}
	if f.After != "" {
		var name string
		var id int64
		if err := page.Decode(f.After, &name, &id); err != nil {
			return nil, err
		}
		filter.Where = append(filter.Where, db.After(false, []string{"s.name", "s.id"}, []any{name, id}))
	}
	return db.List(ctx, tx, listStoresStmt, filter, scanStoreRow)
}

func scanStoreRow(r db.Row) (s StoreRow, err error) {
	err = r.Scan(&s.ID, &s.Merchant, &s.MerchantName, &s.Code, &s.Name, db.JSON(&s.Texts), &s.Currency, &s.Lang,
		db.JSON(&s.Langs), &s.StaffLang, &s.Country, &s.Email, &s.Phone, db.JSON(&s.Address), &s.Theme, &s.Logo,
		&s.HeroImage, &s.Status, &s.Active, db.Time(&s.Created))
	return s, err
}

func storesOfMerchant(ctx context.Context, tx *db.Tx[tenant.Merchant]) ([]Store, error) {
	return db.All(ctx, tx, storesOfMerchantStmt, nil, scanStore)
}

// joinPlatform writes a membership; position keeps the order of several that
// are written at once.
func joinPlatform(ctx context.Context, tx systemTx, m member, position int) error {
	var subdomain any
	if m.subdomain != "" {
		subdomain = m.subdomain
	}
	_, err := db.Exec(ctx, tx, joinPlatformStmt, db.Args{
		"store_id": m.store, "platform_id": m.platform, "subdomain": subdomain, "active": true,
		"now": tx.Now().Add(time.Duration(position) * time.Microsecond),
	})
	return err
}

func platformsOfStore(ctx context.Context, tx systemTx, id tenant.StoreID) ([]member, error) {
	return db.All(ctx, tx, platformsOfStoreStmt, db.Args{"store_id": id}, scanMember)
}
