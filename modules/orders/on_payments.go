package orders

import (
	"context"

	"orion/kit/event"
	"orion/kit/money"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/paymentsapi"
)

// hears are the module's subscriptions to others.
func (m *Module) hears() []event.Handler {
	return append(m.hearsDisputes(),
		event.On("orders.take_payment", func(ctx context.Context, tx tx, e paymentsapi.WasCaptured) error {
			return m.onPayment(ctx, tx, e.Changed, m.captured)
		}),
		event.On("orders.take_promise", func(ctx context.Context, tx tx, e paymentsapi.WasAuthorised) error {
			return m.onPayment(ctx, tx, e.Changed, m.authorised)
		}),
		event.On("orders.note_failure", func(ctx context.Context, tx tx, e paymentsapi.HasFailed) error {
			return m.onPayment(ctx, tx, e.Changed, m.failed)
		}),
		event.On("orders.count_refund", func(ctx context.Context, tx tx, e paymentsapi.WasRefunded) error {
			return m.onPayment(ctx, tx, e.Changed, m.refunded)
		}),
		event.On("orders.count_undone", func(ctx context.Context, tx tx, e paymentsapi.RefundUndone) error {
			return m.onPayment(ctx, tx, e.Changed, m.refundUndone)
		}),
		event.On("orders.end_unpaid", m.onExpired),
	)
}

// moving is what a payment of an amount does to an order.
type moving func(context.Context, tx, *Order, money.Amount) (outcome, error)

func (f moving) by(amount money.Amount) doing {
	return func(ctx context.Context, tx tx, o *Order) (outcome, error) { return f(ctx, tx, o, amount) }
}

// onPayment hands a change of a payment to the order that it is for.
func (m *Module) onPayment(ctx context.Context, tx tx, c paymentsapi.Changed, do moving) error {
	if c.Kind != causeKind {
		return nil
	}
	_, err := m.changeIn(ctx, tx, ordersapi.OrderID(c.For), do.by(c.Amount))
	return err
}
