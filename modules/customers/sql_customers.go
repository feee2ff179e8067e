package customers

import (
	"context"
	"errors"
	"strings"
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
	recentBuyersStmt   = db.MustList[tenant.Store](files, "list_recent_buyers")
	addPurchaseStmt    = db.Must[tenant.Store](files, "add_purchase")
	addDayStmt         = db.Must[tenant.Store](files, "add_day")
	eraseCustomerStmt  = db.Must[tenant.Store](files, "erase_customer")
)

type tx = *db.Tx[tenant.Store]

func scanCustomer(r db.Row) (c Customer, err error) {
	var tags string
	err = r.Scan(&c.ID, &c.Number, &c.Email, &c.Name, &c.Phone, &c.Lang, &c.Status, &c.Consent, db.Time(&c.ConsentAt),
		&c.Orders, &c.Spent, db.Time(&c.LastOrder), db.Time(&c.Registered), db.Time(&c.Created), &c.Returned, &tags, &c.hash, &c.version, db.Time(&c.Erased))
	c.Tags = words(strings.Trim(tags, ","))
	return c, err
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

// present is findCustomer for who is still known.
func present(ctx context.Context, tx tx, id auth.CustomerID) (Customer, error) {
	c, err := findCustomer(ctx, tx, id)
	if err == nil && !c.Erased.IsZero() {
		return c, errErased
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

// listed is a part of the list.
type listed struct {
	where []db.Cond
	by    Sort
	limit int
}

// listCustomers looks at the days of buyers only when the filter counts by them.
func listCustomers(ctx context.Context, tx tx, f Filter, l listed) ([]Customer, error) {
	stmt, q := listCustomersStmt, db.Filter{Where: l.where, Order: []string{"id DESC"}, Limit: l.limit}
	if l.by == Best {
		q.Order = []string{"spent DESC", "id DESC"}
	}
	if f.lately() {
		stmt, q.Args = recentBuyersStmt, db.Args{"since": dayOf(tx.Now()).AddDate(0, 0, 1-f.Days)}
	}
	return db.List(ctx, tx, stmt, q, scanCustomer)
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
	n, err := db.Exec(ctx, tx, addPurchaseStmt, db.Args{
		"id": id, "orders": p.orders, "minor": p.minor, "returned": max(-p.minor, 0), "last_order_at": p.at,
	})
	if err != nil || n == 0 {
		return false, err
	}
	_, err = db.Exec(ctx, tx, addDayStmt, db.Args{"id": id, "day": dayOf(tx.Now()), "orders": p.orders, "minor": p.minor})
	return true, err
}

// eraseCustomer leaves of a customer what was bought, and when. It tells false
// when that is all there was.
func eraseCustomer(ctx context.Context, tx tx, id auth.CustomerID) (bool, error) {
	n, err := db.Exec(ctx, tx, eraseCustomerStmt, db.Args{"id": id, "nobody": id.String(), "now": tx.Now()})
	return n > 0, err
}
