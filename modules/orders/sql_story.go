package orders

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/customers/customersapi"
	"orion/modules/orders/ordersapi"
)

var (
	stmtInsertMoment = db.Must[tenant.Store](files, "insert_moment")
	stmtTimeline     = db.Must[tenant.Store](files, "timeline")
	stmtHappenings   = db.Must[tenant.Store](files, "happenings")
	stmtInsertParcel = db.Must[tenant.Store](files, "insert_parcel")
	stmtParcels      = db.Must[tenant.Store](files, "parcels")
	stmtInsertRefund = db.Must[tenant.Store](files, "insert_refund")
	stmtFinishRefund = db.Must[tenant.Store](files, "finish_refund")
	stmtAskedRefunds = db.Must[tenant.Store](files, "asked_refunds")
)

func insertMoment(tx tx, order ordersapi.OrderID, m Moment) error {
	return db.Defer(tx, stmtInsertMoment, db.Args{
		"id": tx.NewID(), "order": order, "at": tx.Now(), "what": m.What, "actor": m.Actor,
		"before": m.Before, "after": m.After, "detail": db.JSON(m.Detail),
	})
}

func timeline(ctx context.Context, tx tx, order ordersapi.OrderID) ([]Moment, error) {
	return db.All(ctx, tx, stmtTimeline, db.Args{"order": order}, func(r db.Row) (m Moment, err error) {
		return m, r.Scan(db.Time(&m.At), &m.What, &m.Actor, &m.Before, &m.After, db.JSON(&m.Detail))
	})
}

// happenedLately is how many moments a customer's page is told.
const happenedLately = 12

// happenings are the latest moments of a customer's latest orders.
func happenings(ctx context.Context, tx tx, who auth.CustomerID) ([]customersapi.Happening, error) {
	return db.All(ctx, tx, stmtHappenings, db.Args{"customer": who, "latest": happenedLately}, func(r db.Row) (h customersapi.Happening, err error) {
		var what string
		var detail Detail
		var id ordersapi.OrderID
		err = r.Scan(db.Time(&h.At), &what, db.JSON(&detail), &id, &h.Of)
		h.Key, h.Args, h.Path = "orders.story_"+what, []any{"amount", detail.Amount}, "/orders/"+id.String()
		return h, err
	})
}

func insertParcel(ctx context.Context, tx tx, order ordersapi.OrderID, p Shipped) error {
	_, err := db.Exec(ctx, tx, stmtInsertParcel, db.Args{
		"id": tx.NewID(), "order": order, "carrier": p.Carrier, "tracking": p.Tracking, "url": p.URL, "lines": db.JSON(p.Lines), "now": tx.Now(),
	})
	return err
}

func parcels(ctx context.Context, tx tx, order ordersapi.OrderID) ([]Shipped, error) {
	return db.All(ctx, tx, stmtParcels, db.Args{"order": order}, func(r db.Row) (p Shipped, err error) {
		var id int64
		return p, r.Scan(&id, &p.Carrier, &p.Tracking, &p.URL, db.JSON(&p.Lines), db.Time(&p.At))
	})
}

// insertRefund writes down that money goes back: asked for, or done already.
func insertRefund(ctx context.Context, tx tx, order ordersapi.OrderID, r askedRefund) error {
	args := db.Args{"id": tx.NewID(), "order": order, "amount": r.Amount.Minor, "reason": r.Reason, "now": tx.Now(), "done_at": nil}
	if r.Done {
		args["done_at"] = tx.Now()
	}
	_, err := db.Exec(ctx, tx, stmtInsertRefund, args)
	return err
}

// finishRefund marks the oldest open refund of an amount as done, and tells
// whether there was one.
func finishRefund(ctx context.Context, tx tx, order ordersapi.OrderID, amount money.Amount) (bool, error) {
	n, err := db.Exec(ctx, tx, stmtFinishRefund, db.Args{"order": order, "amount": amount.Minor, "now": tx.Now()})
	return n > 0, err
}

// askedRefunds is how much is on its way back.
func askedRefunds(ctx context.Context, tx tx, order ordersapi.OrderID) (int64, error) {
	return db.One(ctx, tx, stmtAskedRefunds, db.Args{"order": order}, scanCount)
}
