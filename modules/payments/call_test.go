package payments_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
)

func TestASilentGatewayIsLeftAlone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.far.answer, b.near.answer = payments.Snapshot{Outcome: payments.Succeeded}, payments.Snapshot{Outcome: payments.Succeeded}
		b.far.lost = 5
		var waiting []paymentsapi.PaymentID
		for range 6 {
			id := b.open(t, "far", 1000)
			if step := b.start(t, id); step.Status != paymentsapi.Pending {
				t.Errorf("%+v", step)
			}
			waiting = append(waiting, id)
		}
		if b.far.asked != 5 {
			t.Errorf("a gateway that does not answer was asked %d times", b.far.asked)
		}
		if step := b.start(t, b.open(t, "near", 1000)); step.Status != paymentsapi.Captured {
			t.Errorf("another gateway does not work: %+v", step)
		}
		e.Clock.Advance(time.Minute)
		b.resolve(t)
		for _, id := range waiting {
			if p := b.payment(t, id); p.Status == paymentsapi.Pending {
				t.Errorf("not settled after the gateway came back: %+v", p)
			}
		}
		b.balanced(t)
	})
}

func TestWhatIsHeldCanBeLetGo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.far.answer = payments.Snapshot{Outcome: payments.Held, Amount: money.New(1000, "EUR")}
		id := b.open(t, "far", 1000)
		if step := b.start(t, id); step.Status != paymentsapi.Authorised {
			t.Fatalf("%+v", step)
		}
		b.far.becomes(payments.Snapshot{Outcome: payments.Voided, Reason: "cancelled"})
		e.Clock.Advance(time.Minute)
		b.resolve(t)
		if p := b.payment(t, id); p.Status != paymentsapi.Failed {
			t.Errorf("%+v", p)
		}
		if diff := cmp.Diff([]string{"payments.authorised.v1", "payments.failed.v1"}, b.events(t)); diff != "" {
			t.Error(diff)
		}
		b.balanced(t)
	})
}

func TestARefundOfAnotherAmountIsNotBooked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.far.answer, b.far.short = payments.Snapshot{Outcome: payments.Succeeded}, true
		id := b.open(t, "far", 1000)
		b.start(t, id)
		if err := b.refund(t.Context(), id, 400); err != nil {
			t.Fatal(err)
		}
		b.resolve(t)
		d, err := b.m.Detail(t.Context(), b.in, id)
		if err != nil || d.Refunded.Minor != 0 || d.Refundable.Minor != 600 || d.Refunds[0].Problem != "mismatch" || d.Refunds[0].Status != payments.RefundWaiting {
			t.Errorf("%+v %v", d, err)
		}
		b.balanced(t)
	})
}
