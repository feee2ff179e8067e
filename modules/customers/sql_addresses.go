package customers

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	addressesStmt       = db.Must[tenant.Store](files, "addresses")
	insertAddressStmt   = db.Must[tenant.Store](files, "insert_address")
	updateAddressStmt   = db.Must[tenant.Store](files, "update_address")
	deleteAddressStmt   = db.Must[tenant.Store](files, "delete_address")
	deleteAddressesStmt = db.Must[tenant.Store](files, "delete_addresses")
	clearDefaultStmt    = db.Must[tenant.Store](files, "clear_default")
	setDefaultStmt      = db.Must[tenant.Store](files, "set_default")
)

func addressesOf(ctx context.Context, tx tx, id auth.CustomerID) ([]Saved, error) {
	return db.All(ctx, tx, addressesStmt, db.Args{"customer_id": id}, func(r db.Row) (a Saved, err error) {
		return a, r.Scan(&a.ID, &a.Default, &a.Name, &a.Company, &a.Line1, &a.Line2, &a.Postal, &a.City, &a.Country, &a.Phone)
	})
}

func addressArgs(id auth.CustomerID, a Saved) db.Args {
	return db.Args{
		"id": a.ID, "customer_id": id, "name": a.Name, "company": a.Company, "line1": a.Line1, "line2": a.Line2,
		"postal": a.Postal, "city": a.City, "country": a.Country, "phone": a.Phone,
	}
}

func insertAddress(ctx context.Context, tx tx, id auth.CustomerID, a Saved) error {
	args := addressArgs(id, a)
	args["is_default"], args["now"] = a.Default, tx.Now()
	_, err := db.Exec(ctx, tx, insertAddressStmt, args)
	return err
}

func updateAddress(ctx context.Context, tx tx, id auth.CustomerID, a Saved) error {
	_, err := db.Exec(ctx, tx, updateAddressStmt, addressArgs(id, a))
	return err
}

func deleteAddress(ctx context.Context, tx tx, id auth.CustomerID, address AddressID) error {
	_, err := db.Exec(ctx, tx, deleteAddressStmt, db.Args{"id": address, "customer_id": id})
	return err
}

// moveDefault makes one address the default, and none any more that was.
func moveDefault(ctx context.Context, tx tx, id auth.CustomerID, address AddressID) error {
	if _, err := db.Exec(ctx, tx, clearDefaultStmt, db.Args{"customer_id": id}); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, setDefaultStmt, db.Args{"id": address, "customer_id": id})
	return err
}

func deleteAddresses(ctx context.Context, tx tx, id auth.CustomerID) error {
	_, err := db.Exec(ctx, tx, deleteAddressesStmt, db.Args{"customer_id": id})
	return err
}
