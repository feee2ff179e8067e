package payments

import (
	"context"
	"time"

	"orion/kit/job"
	"orion/kit/tenant"
)

// refundJob is a refund that has to be sent.
type refundJob struct {
	Refund RefundID `json:"refund"`
}

func (m *Module) jobs() []job.Job {
	resolve := job.Sweep("payments.resolve_due", 15*time.Second, dueStores, func(ctx context.Context, in tenant.Store) error {
		_, err := m.Resolve(ctx, in)
		return err
	})
	return []job.Job{resolve, m.send.Job()}
}

func (m *Module) sendJob() job.Kind[refundJob] {
	return job.Define("payments.send_refund", func(ctx context.Context, r job.Run, a refundJob) error {
		return m.SendRefund(ctx, r.Store, a.Refund)
	})
}

// soon has a refund sent right after the transaction.
func (m *Module) soon(ctx context.Context, tx tx, id RefundID) error {
	return job.Enqueue(ctx, m.need.Kit.Jobs, tx, m.send, refundJob{Refund: id})
}
