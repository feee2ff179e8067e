package payments_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
)

func parallel(workers, n int, fn func(i int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range workers {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				fn(int(i - 1))
			}
		})
	}
	wg.Wait()
}

func paid(t *testing.T, b *bundle, minor int64) paymentsapi.PaymentID {
	t.Helper()
	b.far.answer = payments.Snapshot{Outcome: payments.Succeeded}
	id := b.open(t, "far", minor)
	b.start(t, id)
	return id
}

func TestRefundsNeverExceedWhatWasTaken(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := paid(t, b, 1000)
		var granted, refused atomic.Int64
		parallel(8, 20, func(int) {
			switch err := b.refund(t.Context(), id, 300); {
			case err == nil:
				granted.Add(1)
			case fault.As(err).Code == "payments.refund_too_much":
				refused.Add(1)
			default:
				t.Error(err)
			}
		})
		if granted.Load() != 3 || refused.Load() != 17 {
			t.Errorf("%d granted, %d refused", granted.Load(), refused.Load())
		}
		b.resolve(t)
		if p := b.payment(t, id); p.Refunded.Minor != 900 || p.Status != paymentsapi.PartiallyRefunded || b.far.given() != 900 {
			t.Errorf("%+v, %d given back", p, b.far.given())
		}
		if err := b.refund(t.Context(), id, 100); err != nil {
			t.Fatal(err)
		}
		b.resolve(t)
		if p := b.payment(t, id); p.Status != paymentsapi.Refunded {
			t.Errorf("%+v", p)
		}
		for _, n := range []int64{0, -5, 1} {
			if err := b.refund(t.Context(), id, n); err == nil {
				t.Errorf("%d more was given back", n)
			}
		}
		b.balanced(t)
	})
}

func TestFailedRefundIsTheStoresAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := paid(t, b, 1000)
		b.far.refusal = true
		if err := b.refund(t.Context(), id, 1000); err != nil {
			t.Fatal(err)
		}
		b.resolve(t)
		if p := b.payment(t, id); p.Refunded.Minor != 0 || p.Status != paymentsapi.Captured {
			t.Errorf("%+v", p)
		}
		b.far.refusal = false
		b.far.lost = 3
		if err := b.refund(t.Context(), id, 1000); err != nil {
			t.Fatal("what failed cannot be tried again:", err)
		}
		b.resolve(t)
		e.Clock.Advance(3 * time.Minute)
		b.resolve(t)
		if p := b.payment(t, id); p.Status != paymentsapi.Refunded || b.far.given() != 1000 {
			t.Errorf("%+v, %d given back", p, b.far.given())
		}
		if diff := cmp.Diff([]string{"payments.captured.v1", "payments.refunded.v1"}, b.events(t)); diff != "" {
			t.Error(diff)
		}
		b.balanced(t)
	})
}

func TestRefundOfNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.open(t, payments.BankTransfer, 1000)
		b.start(t, id)
		if err := b.refund(t.Context(), id, 1); fault.As(err).Code != "payments.refund_too_much" {
			t.Error(err)
		}
		if err := b.refund(t.Context(), 77, 1); fault.As(err).Kind != fault.NotFound {
			t.Error(err)
		}
	})
}
