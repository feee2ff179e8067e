package customers

import (
	"context"

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
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Card, error) { return card(ctx, tx, id) })
}

func card(ctx context.Context, tx tx, id auth.CustomerID) (out Card, err error) {
	if out.Customer, err = findCustomer(ctx, tx, id); err != nil {
		return out, err
	}
	out.Addresses, err = addressesOf(ctx, tx, id)
	return out, err
}

// Desk is a customer as staff work on them.
type Desk struct {
	Card
	Notes []Note   // the newest first
	Tags  []string // of all customers, to choose from
}

// Desk is what staff see of one customer, in four statements.
func (m *Module) Desk(ctx context.Context, in tenant.Store, id auth.CustomerID) (Desk, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (out Desk, err error) {
		if out.Card, err = card(ctx, tx, id); err != nil {
			return out, err
		}
		if out.Notes, err = notesOf(ctx, tx, id); err != nil {
			return out, err
		}
		out.Tags, err = tagsInUse(ctx, tx)
		return out, err
	})
}

// Customers is a page of customers, the newest first.
func (m *Module) Customers(ctx context.Context, in tenant.Store, f Filter, p page.Request) (page.Page[Customer], error) {
	return m.Sorted(ctx, in, f, Newest, p)
}

// Sorted is a page of customers in an order.
func (m *Module) Sorted(ctx context.Context, in tenant.Store, f Filter, by Sort, p page.Request) (page.Page[Customer], error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (page.Page[Customer], error) { return sorted(ctx, tx, f, by, p) })
}

func sorted(ctx context.Context, tx tx, f Filter, by Sort, p page.Request) (page.Page[Customer], error) {
	f = f.tidy()
	where := f.where(tx.Now())
	if p.After != "" {
		after, err := by.after(p.After)
		if err != nil {
			return page.Page[Customer]{}, err
		}
		where = append(where, after)
	}
	rows, err := listCustomers(ctx, tx, f, listed{where: where, by: by, limit: p.Fetch()})
	return page.Of(rows, p.Limit, by.key), err
}

func (s Sort) key(c Customer) []any {
	if s == Best {
		return []any{c.Spent, c.ID}
	}
	return []any{c.ID}
}

func (s Sort) after(cursor string) (db.Cond, error) {
	var id auth.CustomerID
	var spent int64
	if s == Best {
		err := page.Decode(cursor, &spent, &id)
		return db.After(true, []string{"spent", "id"}, []any{spent, id}), err
	}
	err := page.Decode(cursor, &id)
	return db.Lt("id", id), err
}

// Overview is a page of customers with what the list can be filtered by.
type Overview struct {
	page.Page[Customer]
	Segments []Segment
	Tags     []string
}

// Overview lists customers as staff see them, in three statements.
func (m *Module) Overview(ctx context.Context, in tenant.Store, f Filter, by Sort, p page.Request) (Overview, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (out Overview, err error) {
		if out.Page, err = sorted(ctx, tx, f, by, p); err != nil {
			return out, err
		}
		if out.Segments, err = segments(ctx, tx); err != nil {
			return out, err
		}
		out.Tags, err = tagsInUse(ctx, tx)
		return out, err
	})
}
