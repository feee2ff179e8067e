package customers

import (
	"context"
	"strconv"
	"strings"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
)

// Customer is one customer, by identifier.
func (m *Module) Customer(ctx context.Context, in tenant.Store, id auth.CustomerID) (Customer, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Customer, error) { return findCustomer(ctx, tx, id) })
}

// Card is a customer with the saved addresses.
type Card struct {
	Customer
	Addresses []Saved
}

// Card is what there is about one customer.
func (m *Module) Card(ctx context.Context, in tenant.Store, id auth.CustomerID) (Card, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (out Card, err error) {
		if out.Customer, err = findCustomer(ctx, tx, id); err != nil {
			return out, err
		}
		out.Addresses, err = addressesOf(ctx, tx, id)
		return out, err
	})
}

// Filter chooses customers. The zero value is all.
type Filter struct {
	Query   string // part of a name or address, or a number such as C1042
	Status  Status
	Consent bool // only who agreed to marketing mail
}

func (f Filter) where() []db.Cond {
	var where []db.Cond
	if q := strings.TrimSpace(f.Query); q != "" {
		any := []db.Cond{db.Contains("email_key", q), db.Contains("name", q), db.Contains("phone", q)}
		if n, err := strconv.ParseInt(strings.TrimPrefix(strings.ToUpper(q), "C"), 10, 64); err == nil {
			any = append(any, db.Eq("number", n))
		}
		where = append(where, db.Any(any...))
	}
	if f.Status != "" {
		where = append(where, db.Eq("status", string(f.Status)))
	}
	if f.Consent {
		where = append(where, db.Eq("consent", true))
	}
	return where
}

// Customers is a page of customers, the newest first.
func (m *Module) Customers(ctx context.Context, in tenant.Store, f Filter, p page.Request) (page.Page[Customer], error) {
	where := f.where()
	if p.After != "" {
		var after auth.CustomerID
		if err := page.Decode(p.After, &after); err != nil {
			return page.Page[Customer]{}, err
		}
		where = append(where, db.Lt("id", after))
	}
	rows, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]Customer, error) {
		return listCustomers(ctx, tx, where, p.Fetch())
	})
	if err != nil {
		return page.Page[Customer]{}, err
	}
	return page.Of(rows, p.Limit, func(c Customer) []any { return []any{c.ID} }), nil
}
