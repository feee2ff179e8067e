package orders

import (
	"context"
	"strings"

	"orion/kit/auth"
	"orion/kit/tenant"
	"orion/modules/orders/ordersapi"
)

// Cancel ends an order before anything was shipped: its goods go back on sale
// and what was paid goes back to the buyer, who is told the reason.
func (m *Module) Cancel(ctx context.Context, in tenant.Store, oid ordersapi.OrderID, reason string, by auth.Actor) (Order, error) {
	return m.change(ctx, in, oid, func(ctx context.Context, tx tx, o *Order) (outcome, error) {
		out, err := m.end(ctx, tx, o, clip(strings.TrimSpace(reason), maxText))
		out.By, out.Audit = by, MayCancel
		return out, err
	})
}

// end cancels an order for a reason, which is a translation key or was typed.
func (m *Module) end(ctx context.Context, tx tx, o *Order, reason string) (outcome, error) {
	if err := o.move(ordersapi.Cancelled); err != nil {
		return outcome{}, err
	}
	o.Reason, o.CancelledAt = reason, tx.Now()
	if err := m.need.Stock.Release(ctx, tx, o.cause()); err != nil {
		return outcome{}, err
	}
	left, err := m.refundable(ctx, tx, *o)
	switch {
	case err != nil:
		return outcome{}, err
	case left.IsPositive():
		err = m.giveBackSpare(ctx, tx, o, refund{Amount: left, Reason: reason})
	case o.Payment.Paid.IsZero():
		err = m.need.Payments.Cancel(ctx, tx, o.Payment.ID)
	}
	if err != nil {
		return outcome{}, err
	}
	return outcome{
		act:  act{What: WasCancelled, Detail: Detail{Reason: reason}},
		tell: ordersapi.WasCancelled{Moved: o.moved(tx.Now()), Reason: reason},
	}, nil
}
