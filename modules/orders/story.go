package orders

import (
	"context"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/event"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/orders/ordersapi"
	"orion/modules/tenancy/tenancyapi"
)

// What can happen to an order; "orders.story_" with it is the sentence.
const (
	TookPlace     = "placed"
	GotPaid       = "paid"
	WasPromised   = "authorised" // the amount is held, or comes on delivery
	PaymentFailed = "payment_failed"
	PaidLate      = "paid_late" // after it was cancelled: given back
	LostHold      = "hold_lost"
	WasShipped    = "shipped"
	WasDelivered  = "delivered"
	WasCancelled  = "cancelled"
	RefundAsked   = "refund_asked"
	WasRefunded   = "refunded"
	RefundUndone  = "refund_undone" // it did not arrive, and is the store's again
	PromiseLost   = "promise_lost"  // the amount is no longer held, and the order is in work
	Noted         = "note"

	BankAsked   = "bank_asked"   // the buyer's bank asks about the payment
	BankSettled = "bank_settled" // and that came to nothing
	WasDisputed = "disputed"     // the buyer's bank claims the money
	DisputeWon  = "dispute_won"
	DisputeLost = "dispute_lost"
)

// Moment is one thing that happened to an order.
type Moment struct {
	At     time.Time
	What   string
	Actor  string // name; empty when nobody did it
	Before ordersapi.Status
	After  ordersapi.Status
	Detail Detail
}

// Detail is what there is to say about a moment, each where it applies.
type Detail struct {
	Amount money.Amount `json:"amount,omitzero"`
	Pieces int64        `json:"pieces,omitempty"`
	Text   string       `json:"text,omitempty"`   // a note or reason, as typed
	Reason string       `json:"reason,omitempty"` // a translation key
	Track  string       `json:"track,omitempty"`
}

// act is a moment in the making.
type act struct {
	What   string
	By     auth.Actor
	Before ordersapi.Status
	Detail Detail
	Audit  auth.Permission // what allowed it; zero for what no staff did
}

// record writes an act into the order's story and, when staff did it, into the
// audit log.
func (m *Module) record(ctx context.Context, tx tx, o Order, a act) error {
	err := insertMoment(tx, o.ID, Moment{What: a.What, Actor: a.By.Name, Before: a.Before, After: o.Status, Detail: a.Detail})
	if err != nil || a.Audit.Code == "" {
		return err
	}
	return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{
		Actor: a.By, Action: a.Audit.Code, Target: o.ID.String(), Title: o.Number,
		Before: map[string]any{"status": a.Before},
		After:  map[string]any{"status": o.Status, "what": a.What, "detail": a.Detail},
	})
}

// tell lets the other modules know, with the change.
func (m *Module) tell(ctx context.Context, tx tx, ps ...event.Payload) error {
	return m.need.Kit.Events.Publish(ctx, tx, ps...)
}

// outcome is what a change of an order leaves behind. Without an act nothing
// happened.
type outcome struct {
	act
	tell event.Payload // nil when nobody needs to know
}

// doing is something that is done to an order.
type doing func(context.Context, tx, *Order) (outcome, error)

// change does something to an order: it is locked, changed, stored, recorded
// and told in one transaction. All moves of an order come through here.
func (m *Module) change(ctx context.Context, in tenant.Store, oid ordersapi.OrderID, do doing) (Order, error) {
	return db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (Order, error) { return m.changeIn(ctx, tx, oid, do) })
}

func (m *Module) changeIn(ctx context.Context, tx tx, oid ordersapi.OrderID, do doing) (Order, error) {
	o, err := lockOrder(ctx, tx, oid)
	if err != nil {
		return Order{}, err
	}
	before := o.Status
	out, err := do(ctx, tx, &o)
	if err != nil || out.What == "" {
		return o, err
	}
	out.Before = before
	if err := saveOrder(ctx, tx, o); err != nil {
		return Order{}, err
	}
	if err := m.record(ctx, tx, o, out.act); err != nil {
		return Order{}, err
	}
	if out.tell == nil {
		return o, nil
	}
	return o, m.tell(ctx, tx, out.tell)
}
