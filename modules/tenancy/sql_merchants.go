package tenancy

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
)

var (
	insertMerchantStmt   = db.Must[tenant.System](Files, "insert_merchant")
	updateMerchantStmt   = db.Must[tenant.System](Files, "update_merchant")
	merchantStmt         = db.Must[tenant.System](Files, "merchant")
	listMerchantsStmt    = db.MustList[tenant.System](Files, "list_merchants")
	merchantsOfOwnerStmt = db.Must[tenant.System](Files, "merchants_of_owner")
)

func (e MerchantEdit) args(tx systemTx, id tenant.MerchantID) db.Args {
	var owner any
	if !e.Owner.IsZero() {
		owner = int64(e.Owner)
	}
	return db.Args{
		"id": id, "name": e.Name, "owner": owner, "email": e.Email, "phone": e.Phone, "vat_number": e.VATNumber,
		"trade_number": e.TradeNumber, "iban": e.IBAN, "country": e.Country, "address": db.JSON(e.Address),
		"active": e.Active, "now": tx.Now(),
	}
}

func insertMerchant(ctx context.Context, tx systemTx, id tenant.MerchantID, n NewMerchant) error {
	args := n.args(tx, id)
	args["signed_with"] = n.SignedWith
	_, err := db.Exec(ctx, tx, insertMerchantStmt, args)
	return err
}

func updateMerchant(ctx context.Context, tx systemTx, id tenant.MerchantID, e MerchantEdit) error {
	_, err := db.Exec(ctx, tx, updateMerchantStmt, e.args(tx, id))
	return err
}

func oneMerchant(ctx context.Context, tx systemTx, r Reach, id tenant.MerchantID) (MerchantRow, error) {
	return db.One(ctx, tx, merchantStmt, r.args(db.Args{"id": id}), scanMerchant)
}

func listMerchants(ctx context.Context, tx systemTx, r Reach, f MerchantFilter) ([]MerchantRow, error) {
	filter := db.Filter{Order: []string{"m.name", "m.id"}, Limit: f.Fetch(), Args: r.args(db.Args{})}
	if f.Query != "" {
		filter.Where = append(filter.Where, db.Any(db.Contains("m.name", f.Query), db.Contains("m.email", f.Query)))
	}
	if f.After != "" {
		var name string
		var id int64
		if err := page.Decode(f.After, &name, &id); err != nil {
			return nil, err
		}
		filter.Where = append(filter.Where, db.After(false, []string{"m.name", "m.id"}, []any{name, id}))
	}
	return db.List(ctx, tx, listMerchantsStmt, filter, scanMerchant)
}

func scanMerchant(r db.Row) (m MerchantRow, err error) {
	err = r.Scan(&m.ID, &m.Name, &m.Owner, &m.OwnerName, &m.OwnerEmail, &m.SignedWith, &m.Email, &m.Phone, &m.VATNumber,
		&m.TradeNumber, &m.IBAN, &m.Country, db.JSON(&m.Address), &m.Active, db.Time(&m.Created))
	return m, err
}

func merchantsOfOwner(ctx context.Context, tx systemTx, owner auth.UserID) ([]merchantFact, error) {
	return db.All(ctx, tx, merchantsOfOwnerStmt, db.Args{"owner": owner}, scanMerchantFact)
}
