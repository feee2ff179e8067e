package orders

import (
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
