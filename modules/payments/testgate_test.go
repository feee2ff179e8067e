package payments_test

import (
	"strings"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
)

func TestTestGateway(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		for _, c := range []struct {
			picks []payments.Choice
			now   paymentsapi.Status // when the payer comes back
			later paymentsapi.Status // ten minutes on
		}{
			{[]payments.Choice{payments.ChooseSuccess}, paymentsapi.Captured, paymentsapi.Captured},
			{[]payments.Choice{payments.ChooseHold}, paymentsapi.Authorised, paymentsapi.Authorised},
			{[]payments.Choice{payments.ChooseDecline}, paymentsapi.Failed, paymentsapi.Failed},
			{[]payments.Choice{payments.ChooseChallenge}, paymentsapi.Pending, paymentsapi.Pending},
			{[]payments.Choice{payments.ChooseChallenge, payments.Approve}, paymentsapi.Captured, paymentsapi.Captured},
			{[]payments.Choice{payments.ChooseChallenge, payments.Refuse}, paymentsapi.Failed, paymentsapi.Failed},
			{[]payments.Choice{payments.ChooseTimeout}, paymentsapi.Pending, paymentsapi.Captured},
			{[]payments.Choice{payments.ChooseLate}, paymentsapi.Pending, paymentsapi.Captured},
			{[]payments.Choice{payments.ChooseSuccess, payments.ChooseDecline}, paymentsapi.Captured, paymentsapi.Captured},
			{nil, paymentsapi.Pending, paymentsapi.Pending},
		} {
			id := b.open(t, payments.Test, 1999)
			for range 2 {
				if step := b.start(t, id); !strings.HasPrefix(step.RedirectPath, "/pay/test/") || step.Status != paymentsapi.Pending {
					t.Fatalf("%+v", step)
				}
			}
			for _, pick := range c.picks {
				if err := b.m.Choose(t.Context(), b.in, id, pick); err != nil {
					t.Fatal(err)
				}
			}
			r, err := b.m.Look(t.Context(), b.in, id)
			if err != nil || r.Status != c.now || r.Return != "/orders/x" {
				t.Errorf("%v: %+v %v", c.picks, r, err)
			}
			for range 10 {
				e.Clock.Advance(time.Minute)
				b.resolve(t)
			}
			if p := b.payment(t, id); p.Status != c.later {
				t.Errorf("%v: %s ten minutes later", c.picks, p.Status)
			}
		}
		b.balanced(t)
	})
}

func TestAbandonedPaymentEnds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.open(t, payments.Test, 1999)
		b.start(t, id)
		e.Clock.Advance(25 * time.Hour)
		b.resolve(t)
		if p := b.payment(t, id); p.Status != paymentsapi.Failed {
			t.Errorf("%+v", p)
		}
		if err := b.m.Choose(t.Context(), b.in, id, payments.ChooseSuccess); err != nil {
			t.Fatal(err)
		}
		if step := b.start(t, id); step.Status != paymentsapi.Pending {
			t.Errorf("a new attempt: %+v", step)
		}
	})
}

func TestTestGatewayRefunds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.open(t, payments.Test, 1999)
		b.start(t, id)
		if err := b.m.Choose(t.Context(), b.in, id, payments.ChooseSuccess); err != nil {
			t.Fatal(err)
		}
		if _, err := b.m.Look(t.Context(), b.in, id); err != nil {
			t.Fatal(err)
		}
		if err := b.refund(t.Context(), id, 1999); err != nil {
			t.Fatal(err)
		}
		b.resolve(t)
		if p := b.payment(t, id); p.Status != paymentsapi.Refunded {
			t.Errorf("%+v", p)
		}
		b.balanced(t)
	})
}
