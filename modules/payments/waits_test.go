package payments_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/kit/tenant"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
)

// slowGateway answers when it is told to.
type slowGateway struct {
	*farGateway
	inside sync.WaitGroup // as many as are waited for
	answer chan struct{}
}

func (g *slowGateway) Create(ctx context.Context, in tenant.Store, r payments.Request) (payments.Snapshot, error) {
	g.inside.Done()
	select {
	case <-g.answer:
	case <-ctx.Done():
	}
	return g.farGateway.Create(ctx, in, r)
}

// More payers wait for the gateway than the database has connections, and
// everybody else goes on.
func TestNoConnectionIsHeldWhileAGatewayThinks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		const payers = 40 // dbtest's pools have 12 connections
		slow := &slowGateway{farGateway: newFar("slow"), answer: make(chan struct{})}
		slow.farGateway.answer = payments.Snapshot{Outcome: payments.Succeeded}
		slow.inside.Add(payers)
		b := setupWith(t, e, payments.Patience{Deadline: time.Minute, Whole: time.Minute}, slow)
		var ids []paymentsapi.PaymentID
		for range payers {
			ids = append(ids, b.open(t, "slow", 1000))
		}
		var done sync.WaitGroup
		for _, id := range ids {
			done.Go(func() {
				if step, err := b.m.Start(t.Context(), b.in, id); err != nil || step.Status != paymentsapi.Captured {
					t.Errorf("%+v %v", step, err)
				}
			})
		}
		all := make(chan struct{})
		go func() {
			slow.inside.Wait()
			close(all)
		}()
		select {
		case <-all:
		case <-time.After(30 * time.Second):
			close(slow.answer)
			t.Fatal("payers who wait for the gateway keep connections")
		}
		if err := b.settle(t.Context(), b.open(t, payments.BankTransfer, 500)); err != nil {
			t.Error(err)
		}
		close(slow.answer)
		done.Wait()
		b.balanced(t)
	})
}
