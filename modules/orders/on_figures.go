package orders

import (
	"context"

	"orion/kit/event"
	"orion/kit/money"
	"orion/modules/core/coreapi"
	"orion/modules/orders/ordersapi"
)

// figures tell the dashboards what was sold: behind the sale, so that no buyer
// waits for it. An order that is cancelled is taken back from the hour in which
// it was placed.
func (m *Module) figures() []event.Handler {
	return []event.Handler{
		event.On("orders.count_sale", func(ctx context.Context, tx tx, e ordersapi.Placed) error {
			return m.need.Figures.Tell(ctx, tx, coreapi.Figure{Name: coreapi.Sold, At: e.At, N: 1, Amount: e.Total})
		}),
		event.On("orders.count_cancelled", func(ctx context.Context, tx tx, e ordersapi.WasCancelled) error {
			o, err := findOrder(ctx, tx, e.Order)
			if err != nil {
				return err
			}
			back := money.New(-e.Total.Minor, e.Total.Currency)
			return m.need.Figures.Tell(ctx, tx, coreapi.Figure{Name: coreapi.Sold, At: o.PlacedAt, N: -1, Amount: back})
		}),
		event.On("orders.count_returned", func(ctx context.Context, tx tx, e ordersapi.WasRefunded) error {
			return m.need.Figures.Tell(ctx, tx, coreapi.Figure{Name: coreapi.Returned, At: e.At, N: 1, Amount: e.Amount})
		}),
	}
}
