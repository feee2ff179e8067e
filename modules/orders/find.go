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
	Until    time.Time          // before this; zero is for ever
	Money    Standing           // empty is all
	Method   MethodID           // of delivery; zero is all
	Country  string             // of delivery; empty is all
	Packed   Packing            // empty is all
}

// Packing tells apart what stands ready from what has to be packed.
type Packing string

// The two states of what has to be shipped.
const (
	Ready  Packing = "ready"
	ToPack Packing = "to_pack"
)

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
	Lost     money.Amount
	Carrier  Carrier
	Deferred bool
	Packed   bool
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
	Methods []Method // of delivery, to choose from and to name in the reader's language
}

// Overview lists orders and counts them, in three statements at most.
func (m *Module) Overview(ctx context.Context, in tenant.Store, q Query, c money.Currency) (Overview, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Overview, error) {
		rows, err := listOrders(ctx, tx, q)
		if err != nil {
			return Overview{}, err
		}
		counts, err := countOrders(ctx, tx, c)
		if err != nil {
			return Overview{}, err
		}
		methods, err := m.knownMethods(ctx, tx)
		return Overview{rows, counts, methods}, err
	})
}

// Listed are orders and the ways to deliver, to name theirs.
type Listed struct {
	page.Page[Row]
	Methods []Method
}

// Latest are the newest orders of a query, in two statements at most.
func (m *Module) Latest(ctx context.Context, in tenant.Store, q Query) (Listed, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Listed, error) {
		rows, err := listOrders(ctx, tx, q)
		if err != nil {
			return Listed{}, err
		}
		methods, err := m.knownMethods(ctx, tx)
		return Listed{rows, methods}, err
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
	Methods []Method // of delivery, to name the order's in the reader's language

	Newer, Older ordersapi.OrderID // beside it in the list that it was opened from; zero is none
}

// Desk reads an order as staff work on it: its story, and its neighbours in the
// list that it was opened from.
func (m *Module) Desk(ctx context.Context, in tenant.Store, oid ordersapi.OrderID, from Query) (Dossier, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Dossier, error) {
		d, err := dossier(ctx, tx, oid)
		if err != nil {
			return Dossier{}, err
		}
		if d.Methods, err = m.knownMethods(ctx, tx); err != nil {
			return Dossier{}, err
		}
		if d.Newer, err = beside(ctx, tx, from, oid, newer); err != nil {
			return Dossier{}, err
		}
		d.Older, err = beside(ctx, tx, from, oid, older)
		return d, err
	})
}

// Dossier reads an order with its story.
func (m *Module) Dossier(ctx context.Context, in tenant.Store, oid ordersapi.OrderID) (Dossier, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Dossier, error) { return dossier(ctx, tx, oid) })
}

func dossier(ctx context.Context, tx tx, oid ordersapi.OrderID) (Dossier, error) {
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
}

// buyersView is an order's dossier with what the payer has to do next.
func (m *Module) buyersView(ctx context.Context, in tenant.Store, oid ordersapi.OrderID) (d Dossier, next paymentsapi.Step, err error) {
	d, err = m.Dossier(ctx, in, oid)
	if err != nil || !d.payable() {
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
	if !q.Until.IsZero() {
		out = append(out, db.Lt("o.placed_at", q.Until))
	}
	if q.Money != "" {
		out = append(out, db.Eq("o.money", q.Money))
	}
	if !q.Method.IsZero() {
		out = append(out, db.Eq("o.method", q.Method.String()))
	}
	if q.Country != "" {
		out = append(out, db.Eq("o.country", q.Country))
	}
	if q.Packed != "" {
		out = append(out, db.Eq("o.packed", q.Packed == Ready))
	}
	return out
}
