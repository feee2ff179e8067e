package paypal_test

import (
	"fmt"
	"testing"
	"time"

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

// captured tells that a payment was taken once, and that both books say so.
func (b *bundle) captured(t *testing.T, id paymentsapi.PaymentID) {
	t.Helper()
	if p := b.payment(t, id); p.Status != paymentsapi.Captured || p.Captured.Minor != 1999 {
		t.Errorf("%+v", p)
	}
	b.proven(t, id)
}

// Whatever happens to the calls that begin, the payer can pay, and pays once.
func TestFaultsOfOrders(t *testing.T) {
	t.Parallel()
	each(t, "POST /v2/checkout/orders", func(t *testing.T, b *bundle, f paytest.Fault) {
		b.far.Play(f)
		id := b.open(t, money.New(1999, "EUR"))
		if step := b.start(t, id); step.Status != paymentsapi.Pending || step.RedirectPath == "" {
			t.Errorf("%+v", step)
		}
		b.heal(f)
		b.resolve(t, 4)
		b.start(t, id)
		if r := b.look(t, id); r.Turn != b.url+"/checkoutnow?token="+b.newest(t).ID {
			t.Fatalf("%+v", r)
		}
		b.choose(t, "approve")
		b.resolve(t, 8)
		b.captured(t, id)
	})
}

// The first call of all is for a token.
func TestFaultsOfTokens(t *testing.T) {
	t.Parallel()
	each(t, "POST /v1/oauth2/token", func(t *testing.T, b *bundle, f paytest.Fault) {
		b.far.Play(f)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.heal(f)
		b.resolve(t, 4)
		b.start(t, id)
		b.choose(t, "approve")
		b.resolve(t, 8)
		b.captured(t, id)
	})
}

func TestFaultsOfFetching(t *testing.T) {
	t.Parallel()
	each(t, "GET /v2/checkout/orders/*", func(t *testing.T, b *bundle, f paytest.Fault) {
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.choose(t, "approve")
		b.far.Play(f)
		if r := b.look(t, id); r.Status != paymentsapi.Pending && r.Status != paymentsapi.Captured {
			t.Errorf("%+v", r)
		}
		b.heal(f)
		b.resolve(t, 3)
		b.captured(t, id)
	})
}

// What the payer approved is taken once, however its answer is lost.
func TestFaultsOfTaking(t *testing.T) {
	t.Parallel()
	each(t, "POST /v2/checkout/orders/*/capture", func(t *testing.T, b *bundle, f paytest.Fault) {
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.choose(t, "approve")
		b.far.Play(f)
		b.look(t, id)
		b.heal(f)
		b.resolve(t, 4)
		b.captured(t, id)
	})
}

func TestFaultsOfHolding(t *testing.T) {
	t.Parallel()
	each(t, "POST /v2/checkout/orders/*/authorize", func(t *testing.T, b *bundle, f paytest.Fault) {
		b.account.Hold = true
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.choose(t, "approve")
		b.far.Play(f)
		b.look(t, id)
		b.heal(f)
		b.resolve(t, 4)
		if p := b.payment(t, id); p.Status != paymentsapi.Authorised {
			t.Errorf("%+v", p)
		}
		if n := len(b.newest(t).Holds); n != 1 {
			t.Errorf("held %d times", n)
		}
		b.proven(t, id)
	})
}

func TestFaultsOfCapturing(t *testing.T) {
	t.Parallel()
	each(t, "POST /v2/payments/authorizations/*/capture", func(t *testing.T, b *bundle, f paytest.Fault) {
		b.account.Hold = true
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.choose(t, "approve")
		b.look(t, id)
		b.far.Play(f)
		if err := b.m.CaptureAs(t.Context(), b.in, boss, id); err != nil {
			t.Error(err)
		}
		b.heal(f)
		b.resolve(t, 4)
		b.captured(t, id)
	})
}

func TestFaultsOfVoiding(t *testing.T) {
	t.Parallel()
	each(t, "POST /v2/payments/authorizations/*/void", func(t *testing.T, b *bundle, f paytest.Fault) {
		b.account.Hold = true
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.choose(t, "approve")
		b.look(t, id)
		b.far.Play(f)
		if err := cancel(t, b, id); err != nil {
			t.Fatal(err)
		}
		b.resolve(t, 0)
		b.heal(f)
		b.resolve(t, 4)
		if p, there := b.payment(t, id), b.newest(t).Holds[0].Status; p.Status != paymentsapi.Cancelled || there != "VOIDED" {
			t.Errorf("%+v, there %s", p, there)
		}
		b.proven(t, id)
	})
}

// What is given up before it was approved takes nothing, also when its payer approves
// it afterwards.
func TestFaultsOfGivingUp(t *testing.T) {
	t.Parallel()
	each(t, "PATCH /v2/checkout/orders/*", func(t *testing.T, b *bundle, f paytest.Fault) {
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.far.Play(f)
		if err := cancel(t, b, id); err != nil {
			t.Fatal(err)
		}
		b.resolve(t, 0)
		b.heal(f)
		b.resolve(t, 4)
		b.choose(t, "approve")
		b.resolve(t, 4)
		if p := b.payment(t, id); p.Status != paymentsapi.Cancelled || b.detail(t, id).Attempts[0].Status != "cancelled" {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
	})
}

// A refund is given once or not at all, and we know which.
func TestFaultsOfRefunds(t *testing.T) {
	t.Parallel()
	each(t, "POST /v2/payments/captures/*/refund", func(t *testing.T, b *bundle, f paytest.Fault) {
		id := b.paid(t, money.New(1999, "EUR"))
		b.far.Play(f)
		b.refund(t, id, 500)
		b.resolve(t, 0)
		b.heal(f)
		b.resolve(t, 4)
		if r := b.detail(t, id).Refunds; len(r) != 1 || r[0].Status != payments.RefundDone {
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
		b.far.Play(paytest.Fault{Do: paytest.DropAfter, On: "POST /v2/checkout/orders", Times: 2})
		b.start(t, first)
		b.Clock.Advance(7 * time.Hour)
		if step := b.start(t, first); step.Status != paymentsapi.Failed || len(b.far.Orders(client)) != 1 {
			t.Errorf("asked again, it is a second order: %+v, %d orders", step, len(b.far.Orders(client)))
		}
		b.start(t, first) // another attempt, with a key of its own
		b.choose(t, "approve")
		if r := b.look(t, first); r.Status != paymentsapi.Captured || len(b.far.Orders(client)) != 2 {
			t.Errorf("%+v", r)
		}
		b.far.Play(paytest.Fault{Do: paytest.DropAfter, On: "POST /v2/payments/captures/*/refund", Times: 2})
		b.refund(t, first, 500)
		b.resolve(t, 0)
		b.Clock.Advance(46 * 24 * time.Hour)
		b.resolve(t, 0)
		if p := b.payment(t, first); p.Refunded.Minor != 500 {
			t.Errorf("%+v", p)
		}
		b.proven(t, first)
	})
}
