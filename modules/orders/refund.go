package orders

import (
	"context"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/orders/ordersapi"
)

var (
	errRefund       = fault.New(fault.Invalid, "orders.invalid_refund")
	errNothingPaid  = fault.New(fault.Rule, "orders.nothing_to_refund")
	errRestockAsked = fault.New(fault.Invalid, "orders.restock_needs_lines")
)

// Refunding is the wish to give money back: for lines, or an amount, which
// overrides what the lines cost.
type Refunding struct {
	Lines   map[LineID]int64
	Amount  money.Amount // zero is the price of the lines
	Restock bool         // the goods of the lines came back and go on the shelf
	Reason  string
}

type refund struct {
	Amount money.Amount
	Reason string
}

type askedRefund struct {
	refund
	Done bool
}

// Refund gives money back through payments. The order counts it once the
// payment is done; until then it is set aside, so that nothing is given twice.
func (m *Module) Refund(ctx context.Context, in tenant.Store, oid ordersapi.OrderID, r Refunding, by auth.Actor) (Order, error) {
	return m.change(ctx, in, oid, func(ctx context.Context, tx tx, o *Order) (outcome, error) {
		left, err := m.refundable(ctx, tx, *o)
		if err != nil {
			return outcome{}, err
		}
		back, err := o.takeBack(r, left)
		if err != nil {
			return outcome{}, err
		}
		if err := m.returned(ctx, tx, o, r); err != nil {
			return outcome{}, err
		}
		back.Reason = clip(r.Reason, maxText)
		out := outcome{act: act{What: RefundAsked, By: by, Audit: MayRefund, Detail: Detail{Amount: back.Amount, Reason: back.Reason}}}
		return out, m.giveBack(ctx, tx, o, back)
	})
}

// refundable is what was paid and neither given back nor on its way back.
func (m *Module) refundable(ctx context.Context, tx tx, o Order) (money.Amount, error) {
	left := o.refundable()
	if !left.IsPositive() {
		return left, nil
	}
	asked, err := askedRefunds(ctx, tx, o.ID)
	left.Minor -= asked
	return left, err
}

// takeBack counts the lines as returned and says how much money that is.
func (o *Order) takeBack(r Refunding, left money.Amount) (refund, error) {
	if !left.IsPositive() {
		return refund{}, errNothingPaid
	}
	out := refund{Amount: money.New(0, left.Currency)}
	known := 0
	for i := range o.Lines {
		l := &o.Lines[i]
		n, ok := r.Lines[l.ID]
		if !ok {
			continue
		}
		known++
		if most := l.Quantity - l.Returned; n < 0 || n > most {
			return refund{}, errRefund.Field("lines."+l.ID.String(), "orders.more_than_bought", "max", most)
		}
		l.Returned += n
		out.Amount.Minor += l.Unit.Minor * n
	}
	if known != len(r.Lines) {
		return refund{}, errUnknown
	}
	if r.Amount.Currency != "" && !r.Amount.IsZero() {
		out.Amount = r.Amount
	}
	switch {
	case out.Amount.Currency != left.Currency || !out.Amount.IsPositive():
		return refund{}, errRefund.Field("amount", "form.required")
	case out.Amount.Minor > left.Minor:
		return refund{}, errRefund.Field("amount", "orders.more_than_paid", "max", left)
	case r.Restock && known == 0:
		return refund{}, errRestockAsked
	}
	return out, nil
}

// returned stores the lines that came back and puts their goods on the shelf.
func (m *Module) returned(ctx context.Context, tx tx, o *Order, r Refunding) error {
	var goods []inventoryapi.Line
	for _, l := range o.Lines {
		n := r.Lines[l.ID]
		if n == 0 {
			continue
		}
		if err := saveLine(ctx, tx, l); err != nil {
			return err
		}
		goods = append(goods, inventoryapi.Line{Variant: l.Variant, Quantity: n})
	}
	if !r.Restock || len(goods) == 0 {
		return nil
	}
	return m.need.Returns.Restock(ctx, tx, o.cause(), goods)
}

// giveBack asks payments to return an amount.
func (m *Module) giveBack(ctx context.Context, tx tx, o *Order, r refund) error {
	if err := insertRefund(ctx, tx, o.ID, askedRefund{refund: r}); err != nil {
		return err
	}
	return m.need.Refunds.Refund(ctx, tx, o.Payment.ID, r.Amount, r.Reason)
}

// refundUndone counts money that had gone back and came again: it is still owed to
// the buyer, and staff have to find another way.
func (m *Module) refundUndone(ctx context.Context, tx tx, o *Order, amount money.Amount) (outcome, error) {
	o.Payment.Refunded.Minor -= amount.Minor
	back := outcome{act: act{What: RefundUndone, Detail: Detail{Amount: amount}}}
	return back, m.need.Customers.Bought(ctx, tx, o.Customer, amount.Minor)
}

// refunded counts money that has gone back, also when it was given back without
// this module. An order that was paid and has nothing left of it is refunded,
// unless it was cancelled before.
func (m *Module) refunded(ctx context.Context, tx tx, o *Order, amount money.Amount) (outcome, error) {
	known, err := finishRefund(ctx, tx, o.ID, amount)
	if err == nil && !known {
		err = insertRefund(ctx, tx, o.ID, askedRefund{refund: refund{Amount: amount}, Done: true})
	}
	if err != nil {
		return outcome{}, err
	}
	o.Payment.Refunded.Minor += amount.Minor
	if err := m.need.Customers.Bought(ctx, tx, o.Customer, -amount.Minor); err != nil {
		return outcome{}, err
	}
	if o.Payment.Refunded == o.Payment.Paid && may(o.Status, ordersapi.Refunded) {
		if err := m.need.Stock.Release(ctx, tx, o.cause()); err != nil { // what was not shipped will not be
			return outcome{}, err
		}
		if err := o.move(ordersapi.Refunded); err != nil {
			return outcome{}, err
		}
	}
	return outcome{
		act:  act{What: WasRefunded, Detail: Detail{Amount: amount}},
		tell: ordersapi.WasRefunded{Moved: o.moved(tx.Now()), Amount: amount},
	}, nil
}
