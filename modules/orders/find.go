package orders

import (
	"context"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/paymentsapi"
)

// Query is what somebody wants to see of a store's orders, the newest first.
type Query struct {
	page.Request
	Statuses []ordersapi.Status // none is all
	Text     string             // in number, name or e-mail
	Unpaid   bool               // nothing was paid yet
	Customer auth.CustomerID    // zero is everybody
	Since    time.Time          // zero is ever
}

// Row is an order in a list.
type Row struct {
	ID       ordersapi.OrderID
	Number   string
	Status   ordersapi.Status
	Name     string
	Email    string
	Pieces   int64
	Total    money.Amount
	Paid     money.Amount
	Refunded money.Amount
	Carrier  Carrier
	Deferred bool
	PlacedAt time.Time
}

// Counts are the figures above the list.
type Counts struct {
	ToShip  int64 // at most MostCounted
	Pending int64 // at most MostCounted
	Placed  int64 // since the start of the day
	Sold    money.Amount
}

// MostCounted is where counting stops: nobody needs to know more exactly.
const MostCounted = 1000

// Orders lists orders.
func (m *Module) Orders(ctx context.Context, in tenant.Store, q Query) (page.Page[Row], error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (page.Page[Row], error) { return listOrders(ctx, tx, q) })
}

// Counts counts a store's orders; currency is that of its sums.
func (m *Module) Counts(ctx context.Context, in tenant.Store, c money.Currency) (Counts, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Counts, error) {
		return countOrders(ctx, tx, c)
	})
}

// Overview is a page of orders with the figures above it.
type Overview struct {
	page.Page[Row]
	Counts
}

// Overview lists orders and counts them, in two statements.
func (m *Module) Overview(ctx context.Context, in tenant.Store, q Query, c money.Currency) (Overview, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Overview, error) {
		rows, err := listOrders(ctx, tx, q)
		if err != nil {
			return Overview{}, err
		}
		counts, err := countOrders(ctx, tx, c)
		return Overview{rows, counts}, err
	})
}

// Order reads one order with its lines.
func (m *Module) Order(ctx context.Context, in tenant.Store, oid ordersapi.OrderID) (Order, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Order, error) { return findOrder(ctx, tx, oid) })
}

// Dossier is an order with all that happened to it.
type Dossier struct {
	Order
	Story   []Moment // the oldest first
	Parcels []Shipped
}

// Dossier reads an order with its story.
func (m *Module) Dossier(ctx context.Context, in tenant.Store, oid ordersapi.OrderID) (Dossier, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Dossier, error) {
		o, err := findOrder(ctx, tx, oid)
		if err != nil {
			return Dossier{}, err
		}
		d := Dossier{Order: o}
		if d.Story, err = timeline(ctx, tx, oid); err != nil {
			return Dossier{}, err
		}
		d.Parcels, err = parcels(ctx, tx, oid)
		return d, err
	})
}

// buyersView is an order's dossier with what the payer has to do next.
func (m *Module) buyersView(ctx context.Context, in tenant.Store, oid ordersapi.OrderID) (d Dossier, next paymentsapi.Step, err error) {
	d, err = m.Dossier(ctx, in, oid)
	if err != nil || d.Status != ordersapi.Pending {
		return d, next, err
	}
	next, err = db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (paymentsapi.Step, error) {
		return m.need.Starter.Next(ctx, tx, d.Payment.ID)
	})
	return d, next, err
}

// where are the conditions of a query.
func (q Query) where() []db.Cond {
	var out []db.Cond
	if len(q.Statuses) > 0 {
		out = append(out, db.In("o.status", q.Statuses...))
	}
	if text := strings.TrimSpace(q.Text); text != "" {
		out = append(out, db.Any(db.Contains("o.number", text), db.Contains("o.name", text), db.Contains("o.email", text)))
	}
	if q.Unpaid {
		out = append(out, db.Eq("o.paid_minor", 0), db.Ne("o.status", ordersapi.Cancelled))
	}
	if !q.Customer.IsZero() {
		out = append(out, db.Eq("o.customer_id", q.Customer))
	}
	if !q.Since.IsZero() {
		out = append(out, db.Ge("o.placed_at", q.Since))
	}
	return out
}
