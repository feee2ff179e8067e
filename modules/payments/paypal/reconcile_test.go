package paypal_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/kit/page"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paypal"
	"orion/modules/payments/paytest"
)

var boss = auth.Actor{Name: "Claire Thill"}

// compare holds the books of the last week against PayPal's.
func (b *bundle) compare(t *testing.T) payments.Comparison {
	t.Helper()
	now := b.Clock.Now()
	if err := b.m.CompareAs(t.Context(), b.in, boss, paypal.Code, payments.Span{From: now.AddDate(0, 0, -7), To: now.Add(time.Second)}); err != nil {
		t.Fatal(err)
	}
	b.work(t)
	all, err := b.m.Comparisons(t.Context(), b.in)
	if err != nil || len(all) == 0 || all[0].Status != payments.Compared {
		t.Fatal(all, err)
	}
	return all[0]
}

func (b *bundle) differences(t *testing.T) []payments.Difference {
	t.Helper()
	found, err := b.m.Differences(t.Context(), b.in, true, page.Request{})
	if err != nil {
		t.Fatal(err)
	}
	return found.Items
}

func TestBooksAgree(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.paid(t, money.New(1999, "EUR"))
		b.refund(t, id, 500)
		b.resolve(t, 0)
		b.paid(t, money.New(700, "EUR"))
		lost := b.open(t, money.New(300, "EUR"))
		b.start(t, lost)
		b.choose(t, "approve")
		b.far.Play(paytest.Fault{Do: paytest.DropAfter, On: "POST /v2/checkout/orders/*/capture"}, paytest.Fault{Do: paytest.FailBefore, On: "GET /v2/checkout/orders/*", After: 1, Times: 2})
		b.look(t, lost) // taken, and the answer is lost
		b.far.Heal()
		for range 3 { // what else the account is used for
			b.elsewhere(t)
			b.choose(t, "approve")
			b.server(t, "/v2/checkout/orders/"+b.newest(t).ID+"/capture", "{}")
		}
		c := b.compare(t)
		if diff := cmp.Diff(payments.Tally{Matched: 3, Mended: 1, Other: 3}, c.Tally); diff != "" {
			t.Error(diff)
		}
		if p := b.payment(t, lost); p.Status != paymentsapi.Captured {
			t.Errorf("what nobody told is not settled: %+v", p)
		}
		if got := b.differences(t); len(got) != 0 {
			t.Errorf("%+v", got)
		}
		if c := b.compare(t); c.Matched != 4 || c.Mended != 0 {
			t.Errorf("%+v", c)
		}
		b.proven(t, id, lost)
	})
}

// Money went back on PayPal's own pages; staff book it with one click.
func TestRefundOnPayPalsPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.paid(t, money.New(1999, "EUR"))
		b.give(t, 500)
		for range 2 { // what is seen again stands once
			if c := b.compare(t); c.Different != 1 || c.Matched != 1 {
				t.Errorf("%+v", c)
			}
		}
		all := b.differences(t)
		if len(all) != 1 || all[0].Kind != payments.RefundMissingHere || all[0].Theirs != money.New(500, "EUR") || all[0].Payment != id || !all[0].Bookable() {
			t.Fatalf("%+v", all)
		}
		if err := b.m.BookAs(t.Context(), b.in, boss, all[0].ID); err != nil {
			t.Fatal(err)
		}
		b.work(t)
		if p := b.payment(t, id); p.Refunded.Minor != 500 {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
		if c := b.compare(t); c.Different != 0 || c.Matched != 2 {
			t.Errorf("%+v", c)
		}
	})
}

// Money that only PayPal knows, and money that it does not know any more.
func TestDifferences(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.server(t, "/v2/checkout/orders", `{"intent":"CAPTURE","purchase_units":[{"custom_id":"orion-pat_lost","amount":{"currency_code":"EUR","value":"10.00"}}],
			"payment_source":{"paypal":{"experience_context":{"return_url":"http://x.example/","cancel_url":"http://x.example/"}}}}`)
		b.choose(t, "approve")
		b.server(t, "/v2/checkout/orders/"+b.newest(t).ID+"/capture", "{}")
		short := b.open(t, money.New(1999, "EUR"))
		b.start(t, short)
		b.far.Play(paytest.Fault{Do: paytest.WrongAmount, On: "POST /v2/checkout/orders/*/capture"})
		b.choose(t, "approve")
		b.look(t, short)
		if c := b.compare(t); c.Different != 2 {
			t.Errorf("%+v", c)
		}
		kinds := func() (out []payments.DifferenceKind) {
			for _, d := range b.differences(t) {
				out = append(out, d.Kind)
			}
			slices.Sort(out)
			return out
		}
		if diff := cmp.Diff([]payments.DifferenceKind{payments.OtherAmount, payments.MissingHere}, kinds()); diff != "" {
			t.Error(diff)
		}
		gone := b.paid(t, money.New(2500, "EUR"))
		mine := b.account
		b.far.Open(paytest.PayPalAccount{Client: "other", Secret: "other"})
		b.account.Client, b.account.Secret = "other", "other"
		b.compare(t)
		if !slices.Contains(kinds(), payments.MissingThere) {
			t.Errorf("%v", kinds())
		}
		b.account = mine
		b.compare(t)
		if slices.Contains(kinds(), payments.MissingThere) {
			t.Errorf("what agrees again is still open: %v", kinds())
		}
		b.proven(t, gone)
	})
}
