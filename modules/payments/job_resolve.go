package payments

import (
	"context"
	"errors"
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
	jobs := []job.Job{resolve, m.send.Job()}
	if len(m.reconcilers()) > 0 {
		jobs = append(jobs, m.hold.Job(), job.Sweep("payments.compare_books", compareEvery, storesToCompare, m.CompareDue, job.Timeout(compareTime)))
	}
	if m.listens() {
		jobs = append(jobs, m.hear.Job())
	}
	if m.onboards() {
		jobs = append(jobs, m.look.Job())
	}
	return jobs
}

// accountJob is an account of which a gateway told something.
type accountJob struct {
	Account AccountID `json:"account"`
}

// lookSoon has the gateway asked right after the transaction how an account stands.
func (m *Module) lookSoon(ctx context.Context, tx tx, number AccountID) error {
	return job.Enqueue(ctx, m.need.Kit.Jobs, tx, m.look, accountJob{Account: number})
}

func (m *Module) lookJob() job.Kind[accountJob] {
	return job.Define("payments.look_at_account", func(ctx context.Context, r job.Run, a accountJob) error {
		return m.lookSometime(ctx, r.Store, a.Account)
	})
}

// eventJob is an event that was received.
type eventJob struct {
	Event EventID `json:"event"`
}

func (m *Module) heedJob() job.Kind[eventJob] {
	return job.Define("payments.heed_event", func(ctx context.Context, r job.Run, a eventJob) error {
		err := m.heed(ctx, r.Store, a.Event)
		if errors.Is(err, errSilent) {
			return job.Later(nextTelling())
		}
		return err
	}, job.First())
}

// heedSoon has an event heeded right after the transaction.
func (m *Module) heedSoon(ctx context.Context, tx tx, number EventID) error {
	return job.Enqueue(ctx, m.need.Kit.Jobs, tx, m.hear, eventJob{Event: number})
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
