package stripe_test

import (
	"errors"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

func (b *bundle) funds(t *testing.T, c payments.Cut) payments.Funds {
	t.Helper()
	f, err := b.m.PayoutsOf(t.Context(), b.in, stripe.Code, c)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// What came in is in the balance first, then in a payout, whose parts come to what the
// bank gets and lead to our payments.
func TestPayouts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		all := payments.Cut{Limit: 20}
		if f := b.funds(t, all); len(f.Payouts.All) != 0 || f.Available[0] != money.New(0, "EUR") {
			t.Errorf("before anything was paid: %+v", f)
		}
		first, i := b.paid(t, 5000, "pm_card_visa")
		second, _ := b.paid(t, 1999, "pm_card_visa")
		b.give(t, i.ID, 1000)
		b.elsewhere(t)
		// 1.5 % and 25 cents of each payment; what is given back is without fees.
		net := int64(5000-100) + (1999 - 54) - 1000
		if f := b.funds(t, all); len(f.Payouts.All) != 0 || len(f.Pending) != 1 || f.Pending[0].Minor != net {
			t.Errorf("on the day itself: %+v", f)
		}
		e.Clock.Advance(24 * time.Hour)
		third, _ := b.paid(t, 800, "pm_card_visa")
		e.Clock.Advance(48 * time.Hour)

		f := b.funds(t, payments.Cut{Limit: 1})
		if len(f.Payouts.All) != 1 || !f.More || f.Payouts.All[0].Status != payments.PayoutOnItsWay {
			t.Fatalf("the newest payout: %+v", f)
		}
		older := b.funds(t, payments.Cut{Limit: 1, After: f.Payouts.All[0].ID})
		if len(older.Payouts.All) != 1 || older.More || older.Payouts.All[0].Status != payments.PayoutPaid || older.Payouts.All[0].Amount != money.New(net, "EUR") {
			t.Fatalf("the one before: %+v", older)
		}
		if b.lines(t, f.Payouts.All[0])[third] != 1 {
			t.Error("the third payment is not in the newest payout")
		}
		got := b.lines(t, older.Payouts.All[0])
		if got[first] != 2 || got[second] != 1 || len(got) != 2 {
			t.Errorf("the payout is made of %v", got)
		}
	})
}

// lines is how often payments are in a payout, all of which is read in small parts.
func (b *bundle) lines(t *testing.T, of payments.Payout) map[paymentsapi.PaymentID]int {
	t.Helper()
	out, sum, after := map[paymentsapi.PaymentID]int{}, int64(0), ""
	for {
		p, l, err := b.m.PayoutOf(t.Context(), b.in, stripe.Code, of.ID, payments.Cut{After: after, Limit: 2})
		if err != nil || p != of || len(l.All) == 0 {
			t.Fatal(p, l, err)
		}
		for _, line := range l.All {
			out[line.Payment]++
			sum += line.Net.Minor
			if line.Net.Minor != line.Gross.Minor-line.Fee.Minor || line.Reference != "1001" || (line.Kind == payments.LineRefund) != (line.Gross.Minor < 0) {
				t.Errorf("%+v", line)
			}
		}
		if !l.More {
			break
		}
		after = l.All[len(l.All)-1].ID
	}
	if sum != of.Amount.Minor {
		t.Errorf("its parts come to %d, and it is %d", sum, of.Amount.Minor)
	}
	return out
}

func TestPayoutsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		if _, _, err := b.m.PayoutOf(t.Context(), b.in, stripe.Code, "po_other", payments.Cut{Limit: 2}); !errors.Is(err, payments.ErrNoPayout) {
			t.Errorf("an unknown one: %v", err)
		}
		if _, err := b.m.PayoutsOf(t.Context(), e.Store(), stripe.Code, payments.Cut{Limit: 2}); err == nil {
			t.Error("a store without an account sees payouts")
		}
		for _, fault := range []paytest.Kind{paytest.DropBefore, paytest.FailBefore, paytest.RateLimit, paytest.Forbid} {
			b.far.Play(paytest.Fault{Do: fault, On: "GET /v1/payouts"})
			if _, err := b.m.PayoutsOf(t.Context(), b.in, stripe.Code, payments.Cut{Limit: 2}); err == nil {
				t.Errorf("%s: payouts were read", fault)
			}
			b.far.Heal()
		}
	})
}
