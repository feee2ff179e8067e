package payments_test

import (
	"context"
	"errors"
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

// leftGateway is asked for payers who leave before it answers.
type leftGateway struct {
	*farGateway
	leave context.CancelFunc
}

func (g *leftGateway) Create(ctx context.Context, in tenant.Store, r payments.Request) (payments.Snapshot, error) {
	if g.leave == nil {
		return g.farGateway.Create(ctx, in, r)
	}
	g.leave()
	return payments.Snapshot{}, ctx.Err()
}

// Payers who leave say nothing of the gateway, and close it to nobody.
func TestPayersWhoLeaveCloseNoGateway(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		left := &leftGateway{farGateway: newFar("left")}
		left.farGateway.answer = payments.Snapshot{Outcome: payments.Succeeded}
		b := setupWith(t, e, payments.Patience{}, left)
		for range 8 {
			var ctx context.Context
			ctx, left.leave = context.WithCancel(t.Context())
			if _, err := b.m.Start(ctx, b.in, b.open(t, "left", 1000)); !errors.Is(err, context.Canceled) {
				t.Errorf("who left was told %v", err)
			}
		}
		left.leave = nil
		if step := b.start(t, b.open(t, "left", 1000)); step.Status != paymentsapi.Captured {
			t.Errorf("nobody can pay any more: %+v", step)
		}
		b.balanced(t)
	})
}
