package orders

import (
	"context"
	"time"

	"orion/kit/job"
	"orion/modules/orders/ordersapi"
)

// unpaid names an order that may still be unpaid by the time the job runs.
type unpaid struct {
	Order ordersapi.OrderID `json:"order"`
}

func (m *Module) jobs() []job.Job {
	return []job.Job{
		m.giveUp.Job(),
		job.Sweep("orders.sweep_carts", time.Hour, stmtStoresToSweep, m.Sweep),
	}
}

// giveUpAt looks at an order again when the patience with its payment ends.
func (m *Module) giveUpAt(ctx context.Context, tx tx, oid ordersapi.OrderID, at time.Time) error {
	return job.Enqueue(ctx, m.need.Kit.Jobs, tx, m.giveUp, unpaid{Order: oid}, job.When{At: at})
}
