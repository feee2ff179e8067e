package customers

import (
	"context"
	"errors"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	nextNumberStmt     = db.Must[tenant.Store](files, "next_number")
	insertCustomerStmt = db.Must[tenant.Store](files, "insert_customer")
	findCustomerStmt   = db.Must[tenant.Store](files, "find_customer")
	findByEmailStmt    = db.Must[tenant.Store](files, "find_by_email")
	listCustomersStmt  = db.MustList[tenant.Store](files, "list_customers")
	updateProfileStmt  = db.Must[tenant.Store](files, "update_profile")
	setPasswordStmt    = db.Must[tenant.Store](files, "set_password")
	setStatusStmt      = db.Must[tenant.Store](files, "set_status")
	addPurchaseStmt    = db.Must[tenant.Store](files, "add_purchase")
)

type tx = *db.Tx[tenant.Store]

func scanCustomer(r db.Row) (c Customer, err error) {
	return c, r.Scan(&c.ID, &c.Number, &c.Email, &c.Name, &c.Phone, &c.Lang, &c.Status, &c.Consent, db.Time(&c.ConsentAt),
		&c.Orders, &c.Spent, db.Time(&c.LastOrder), db.Time(&c.Registered), db.Time(&c.Created), &c.hash, &c.version)
}

// insertCustomer gives the customer the store's next number. It tells false when
// somebody with the address came first.
func insertCustomer(ctx context.Context, tx tx, c *Customer) (fresh bool, err error) {
	c.Number, err = db.One(ctx, tx, nextNumberStmt, nil, func(r db.Row) (n int64, err error) { return n, r.Scan(&n) })
	if err != nil {
		return false, err
	}
	var hash any
	if c.hash != "" {
		hash = c.hash
	}
	n, err := db.Exec(ctx, tx, insertCustomerStmt, db.Args{
		"id": c.ID, "number": c.Number, "email": c.Email, "email_key": emailKey(c.Email), "name": c.Name, "phone": c.Phone,
		"lang": string(c.Lang), "status": string(c.Status), "password_hash": hash, "password_version": c.version,
		"consent": c.Consent, "consent_at": c.ConsentAt, "registered_at": c.Registered, "created_at": c.Created,
	})
	return n > 0, err
}

func findCustomer(ctx context.Context, tx tx, id auth.CustomerID) (Customer, error) {
	c, err := db.One(ctx, tx, findCustomerStmt, db.Args{"id": id}, scanCustomer)
	if errors.Is(err, db.ErrNoRow) {
		return c, errUnknown
	}
	return c, err
}

// findByEmail tells false when nobody has the address.
func findByEmail(ctx context.Context, tx tx, email string) (Customer, bool, error) {
	c, err := db.One(ctx, tx, findByEmailStmt, db.Args{"email_key": emailKey(email)}, scanCustomer)
	if errors.Is(err, db.ErrNoRow) {
		return c, false, nil
	}
	return c, err == nil, err
}

func listCustomers(ctx context.Context, tx tx, where []db.Cond, limit int) ([]Customer, error) {
	return db.List(ctx, tx, listCustomersStmt, db.Filter{Where: where, Order: []string{"id DESC"}, Limit: limit}, scanCustomer)
}

func updateProfile(ctx context.Context, tx tx, c Customer) error {
	_, err := db.Exec(ctx, tx, updateProfileStmt, db.Args{
		"id": c.ID, "name": c.Name, "phone": c.Phone, "lang": string(c.Lang), "consent": c.Consent, "consent_at": c.ConsentAt,
	})
	return err
}

// setPassword also opens the account of a guest.
func setPassword(ctx context.Context, tx tx, id auth.CustomerID, hash string) error {
	_, err := db.Exec(ctx, tx, setPasswordStmt, db.Args{
		"id": id, "password_hash": hash, "status": string(Active), "now": tx.Now(),
	})
	return err
}

func setStatus(ctx context.Context, tx tx, id auth.CustomerID, s Status) error {
	_, err := db.Exec(ctx, tx, setStatusStmt, db.Args{"id": id, "status": string(s)})
	return err
}

// purchase is what an order, or money given back, adds to a customer's totals.
type purchase struct {
	orders, minor int64
	at            time.Time // zero leaves the time of the last order
}

// addPurchase tells false when there is no such customer.
func addPurchase(ctx context.Context, tx tx, id auth.CustomerID, p purchase) (bool, error) {
	n, err := db.Exec(ctx, tx, addPurchaseStmt, db.Args{"id": id, "orders": p.orders, "minor": p.minor, "last_order_at": p.at})
	return n > 0, err
}
