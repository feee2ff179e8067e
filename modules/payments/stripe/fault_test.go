package stripe_test

import (
	"fmt"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
)

// kinds are the ways in which a call fails.
var kinds = []paytest.Kind{
	paytest.DropBefore, paytest.DropAfter, paytest.Delay, paytest.FailBefore, paytest.FailAfter, paytest.RateLimit, paytest.InUse,
}

// each runs a test with every fault, striking once and again and again, each in a
// store of its own.
func each(t *testing.T, on string, test func(t *testing.T, b *bundle, f paytest.Fault)) {
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		for _, kind := range kinds {
			for _, times := range []int{1, 4} {
				t.Run(fmt.Sprint(kind, " ", times), func(t *testing.T) {
					test(t, setup(t, e), paytest.Fault{Do: kind, On: on, Times: times, Wait: 700 * time.Millisecond})
				})
			}
		}
	})
}

// heal ends the faults; what was still on its way arrives.
func (b *bundle) heal(f paytest.Fault) {
	b.far.Heal()
	if f.Do == paytest.Delay {
		time.Sleep(f.Wait)
	}
}

// Whatever happens to the calls that begin, the payer can pay, and pays once.
func TestFaultsOfIntents(t *testing.T) {
	t.Parallel()
	each(t, "POST /v1/payment_intents", func(t *testing.T, b *bundle, f paytest.Fault) {
		b.far.Play(f)
		id := b.open(t, money.New(1999, "EUR"))
		begun := time.Now()
		step := b.start(t, id)
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("the payer waited %s", took)
		}
		if step.Status != paymentsapi.Pending {
			t.Errorf("%+v", step)
		}
		b.heal(f)
		b.resolve(t, 4)
		step = b.start(t, id)
		if step.RedirectPath != b.m.FormPath(b.in, id.String()) {
			t.Fatalf("%+v", step)
		}
		b.pay(t, "pm_card_visa")
		b.resolve(t, 8)
		if p := b.payment(t, id); p.Status != paymentsapi.Captured {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
	})
}

func TestFaultsOfFetching(t *testing.T) {
	t.Parallel()
	each(t, "GET /v1/payment_intents/*", func(t *testing.T, b *bundle, f paytest.Fault) {
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.pay(t, "pm_card_visa")
		b.far.Play(f)
		if r, err := b.m.Look(t.Context(), b.in, id); err != nil || r.Status != paymentsapi.Pending && r.Status != paymentsapi.Captured {
			t.Errorf("%+v %v", r, err)
		}
		b.heal(f)
		b.resolve(t, 3)
		if p := b.payment(t, id); p.Status != paymentsapi.Captured {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
	})
}

func TestFaultsOfCancelling(t *testing.T) {
	t.Parallel()
	each(t, "POST /v1/payment_intents/*/cancel", func(t *testing.T, b *bundle, f paytest.Fault) {
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.far.Play(f)
		b.do(t, func(tx tx) error { return b.m.Cancel(t.Context(), tx, id) })
		b.resolve(t, 0)
		b.heal(f)
		b.resolve(t, 4)
		b.anHourLater(t, f)
		if p, there := b.payment(t, id), b.newest(t).Status; p.Status != paymentsapi.Cancelled || there != "canceled" {
			t.Errorf("%+v, there %s", p, there)
		}
		b.proven(t, id)
	})
}

// anHourLater goes on where an answer of 500 is repeated under its key until then.
func (b *bundle) anHourLater(t *testing.T, f paytest.Fault) {
	t.Helper()
	if f.Do == paytest.FailBefore {
		b.Clock.Advance(time.Hour)
		b.resolve(t, 0)
	}
}

func TestFaultsOfCapturing(t *testing.T) {
	t.Parallel()
	each(t, "POST /v1/payment_intents/*/capture", func(t *testing.T, b *bundle, f paytest.Fault) {
		b.account.Manual = true
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.pay(t, "pm_card_visa")
		if r, err := b.m.Look(t.Context(), b.in, id); err != nil || r.Status != paymentsapi.Authorised {
			t.Fatalf("%+v %v", r, err)
		}
		b.far.Play(f)
		if err := b.m.CaptureAs(t.Context(), b.in, auth.SystemActor, id); err != nil {
			t.Error(err)
		}
		b.heal(f)
		b.resolve(t, 4)
		b.anHourLater(t, f)
		if p := b.payment(t, id); p.Status != paymentsapi.Captured || p.Captured.Minor != 1999 {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
	})
}

// A refund is given once or not at all, and we know which.
func TestFaultsOfRefunds(t *testing.T) {
	t.Parallel()
	each(t, "POST /v1/refunds", func(t *testing.T, b *bundle, f paytest.Fault) {
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.pay(t, "pm_card_visa")
		if _, err := b.m.Look(t.Context(), b.in, id); err != nil {
			t.Fatal(err)
		}
		b.far.Play(f)
		b.refund(t, id, 500)
		b.resolve(t, 0)
		b.heal(f)
		b.resolve(t, 4)
		d, err := b.m.Detail(t.Context(), b.in, id)
		if err != nil {
			t.Fatal(err)
		}
		want := payments.RefundDone
		if f.Do == paytest.FailBefore {
			want = payments.RefundFailed
		}
		if r := d.Refunds[0]; r.Status != want {
			t.Errorf("%+v", r)
		}
		b.proven(t, id)
	})
}

// What nobody could ask for longer than keys are remembered is looked for first.
func TestForgottenKeys(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		first := b.open(t, money.New(1999, "EUR"))
		b.far.Play(paytest.Fault{Do: paytest.DropAfter, On: "POST /v1/payment_intents", Times: 2})
		b.start(t, first)
		b.Clock.Advance(25 * time.Hour)
		if step := b.start(t, first); step.RedirectPath != b.m.FormPath(b.in, first.String()) || len(b.far.Intents(secret)) != 1 {
			t.Errorf("%+v, %d intents", step, len(b.far.Intents(secret)))
		}
		b.pay(t, "pm_card_visa")
		if _, err := b.m.Look(t.Context(), b.in, first); err != nil {
			t.Fatal(err)
		}
		b.far.Play(paytest.Fault{Do: paytest.DropAfter, On: "POST /v1/refunds", Times: 2})
		b.refund(t, first, 500)
		b.resolve(t, 0)
		b.Clock.Advance(25 * time.Hour)
		b.resolve(t, 0)
		if p := b.payment(t, first); p.Refunded.Minor != 500 {
			t.Errorf("%+v", p)
		}
		b.proven(t, first)
	})
}
