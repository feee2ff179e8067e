package reviews

import (
	"context"

	"orion/kit/event"
	"orion/modules/orders/ordersapi"
)

// hears are the events of other modules that tell who bought what.
func (m *Module) hears() []event.Handler {
	return []event.Handler{
		event.On("reviews.note_order", func(ctx context.Context, tx tx, e ordersapi.Placed) error {
			if e.Customer.IsZero() {
				return nil
			}
			p := purchase{order: int64(e.Order), customer: e.Customer}
			for _, l := range e.Lines {
				p.products = append(p.products, l.Product)
			}
			return noteOrder(tx, p)
		}),
		event.On("reviews.note_paid", func(ctx context.Context, tx tx, e ordersapi.Paid) error {
			return notePaid(tx, int64(e.Order))
		}),
		event.On("reviews.forget_order", func(ctx context.Context, tx tx, e ordersapi.WasCancelled) error {
			return forgetOrder(ctx, tx, int64(e.Order))
		}),
	}
}
