package stripe_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/money"
	"orion/kit/page"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

var boss = auth.Actor{Name: "Claire Thill"}

// compare holds the books of the last week against the gateway's.
func (b *bundle) compare(t *testing.T) payments.Comparison {
	t.Helper()
	now := b.Clock.Now()
	if err := b.m.CompareAs(t.Context(), b.in, boss, stripe.Code, payments.Span{From: now.AddDate(0, 0, -7), To: now.Add(time.Second)}); err != nil {
		t.Fatal(err)
	}
	b.work(t)
	all, err := b.m.Comparisons(t.Context(), b.in)
	if err != nil || len(all) == 0 || all[0].Actor != boss.Name {
		t.Fatal(all, err)
	}
	return all[0]
}

func (b *bundle) differences(t *testing.T, open bool) []payments.Difference {
	t.Helper()
	found, err := b.m.Differences(t.Context(), b.in, open, page.Request{})
	if err != nil {
		t.Fatal(err)
	}
	return found.Items
}

// paid is a payment that both books have.
func (b *bundle) paid(t *testing.T, minor int64, card string) (paymentsapi.PaymentID, paytest.Intent) {
	t.Helper()
	id := b.open(t, money.New(minor, "EUR"))
	b.start(t, id)
	i := b.pay(t, card)
	if _, err := b.m.Look(t.Context(), b.in, id); err != nil {
		t.Fatal(err)
	}
	return id, i
}

func TestBooksAgree(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id, _ := b.paid(t, 1999, "pm_card_visa")
		b.refund(t, id, 500)
		b.resolve(t, 0)
		b.paid(t, 700, "pm_card_visa")
		late := b.open(t, money.New(300, "EUR"))
		b.start(t, late)
		b.pay(t, "pm_card_visa") // and nobody told
		for n := range 120 {     // what else the account is used for, on more than one page
			b.server(t, "/v1/payment_intents", "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa&return_url=http://x.example&description="+fmt.Sprint(n))
		}
		c := b.compare(t)
		if diff := cmp.Diff(payments.Tally{Matched: 3, Mended: 1, Other: 120}, c.Tally); diff != "" || c.Status != payments.Compared {
			t.Error(diff, c.Status)
		}
		if p := b.payment(t, late); p.Status != paymentsapi.Captured {
			t.Errorf("what nobody told is not settled: %+v", p)
		}
		if got := b.differences(t, true); len(got) != 0 {
			t.Errorf("%+v", got)
		}
		if c := b.compare(t); c.Matched != 4 || c.Mended != 0 {
			t.Errorf("%+v", c)
		}
	})
}

// Money went back on the gateway's own pages; staff book it with one click.
func TestRefundOnTheGatewaysPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id, i := b.paid(t, 1999, "pm_card_visa")
		b.give(t, i.ID, 500)
		for range 2 { // what is seen again stands once
			if c := b.compare(t); c.Different != 1 || c.Matched != 1 {
				t.Errorf("%+v", c)
			}
		}
		all := b.differences(t, true)
		if len(all) != 1 || all[0].Kind != payments.RefundMissingHere || all[0].Theirs != money.New(500, "EUR") || all[0].Payment != id || !all[0].Bookable() {
			t.Fatalf("%+v", all)
		}
		if n, err := b.m.OpenDifferences(t.Context(), b.in); n != 1 || err != nil {
			t.Errorf("%d %v", n, err)
		}
		if err := b.m.OwnAs(t.Context(), b.in, boss, all[0].ID); err != nil {
			t.Fatal(err)
		}
		if err := b.m.BookAs(t.Context(), b.in, boss, all[0].ID); err != nil {
			t.Fatal(err)
		}
		if err := b.m.BookAs(t.Context(), b.in, boss, all[0].ID); fault.As(err).Code != "payments.difference_not_bookable" {
			t.Errorf("somebody else books it, too: %v", err)
		}
		b.work(t)
		if p := b.payment(t, id); p.Refunded.Minor != 500 {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
		if done := b.differences(t, false); len(done) != 1 || done[0].Owner != boss.Name || done[0].ClosedBy != "" {
			t.Errorf("%+v", done)
		}
		if err := b.m.BookAs(t.Context(), b.in, boss, all[0].ID); fault.As(err).Code != "payments.difference_closed" {
			t.Errorf("booked twice: %v", err)
		}
		if c := b.compare(t); c.Different != 0 || c.Matched != 2 {
			t.Errorf("%+v", c)
		}
	})
}

func TestDifferences(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		kinds := func(open bool) (out []payments.DifferenceKind) {
			for _, d := range b.differences(t, open) {
				out = append(out, d.Kind)
			}
			return out
		}
		// Money that only the gateway knows, as after going back to an older backup.
		b.server(t, "/v1/payment_intents", "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa&return_url=http://x.example&metadata[orion_key]=orion-pat_lost")
		// Another amount than we asked for is known at once, without a comparison.
		short := b.open(t, money.New(1999, "EUR"))
		b.start(t, short)
		b.far.Play(paytest.Fault{Do: paytest.WrongAmount, On: "POST /v1/payment_intents/*/confirm"})
		b.pay(t, "pm_card_visa")
		if _, err := b.m.Look(t.Context(), b.in, short); err != nil {
			t.Fatal(err)
		}
		if got := kinds(true); len(got) != 1 || got[0] != payments.OtherAmount {
			t.Fatalf("%v", got)
		}
		if c := b.compare(t); c.Different != 2 {
			t.Errorf("%+v", c)
		}
		if diff := cmp.Diff([]payments.DifferenceKind{payments.MissingHere, payments.OtherAmount}, kinds(true)); diff != "" {
			t.Error(diff)
		}
		for _, d := range b.differences(t, true) {
			if d.Kind == payments.OtherAmount && (d.Ours.Minor != 1999 || d.Theirs.Minor == 1999 || d.Theirs.Minor == 0 || d.Payment != short) {
				t.Errorf("%+v", d)
			}
			if err := b.m.BookAs(t.Context(), b.in, boss, d.ID); fault.As(err).Code != "payments.difference_not_bookable" {
				t.Errorf("%s: %v", d.Kind, err)
			}
			if err := b.m.CloseAs(t.Context(), b.in, boss, d.ID, " "); fault.As(err) == nil {
				t.Error("closed without a word")
			}
			if err := b.m.CloseAs(t.Context(), b.in, boss, d.ID, "given back there"); err != nil {
				t.Error(err)
			}
		}
		b.compare(t)
		if got := kinds(true); len(got) != 0 {
			t.Errorf("what people closed is open again: %v", got)
		}
		// A refund came back, and nobody told.
		back, _ := b.paid(t, 900, "pm_card_refundFail")
		b.refund(t, back, 900)
		b.work(t)
		b.Clock.Advance(time.Minute)
		if c := b.compare(t); c.Mended != 1 {
			t.Errorf("%+v", c)
		}
		if p := b.payment(t, back); p.Refunded.Minor != 0 {
			t.Errorf("%+v", p)
		}
		// The keys are those of another account by now.
		gone, _ := b.paid(t, 2500, "pm_card_visa")
		b.far.Open(paytest.Account{Secret: "sk_test_other", Public: "pk_test_other", Signing: []string{"whsec_other"}})
		b.account.Secret, b.account.Public = "sk_test_other", "pk_test_other"
		b.compare(t)
		if got := b.differences(t, true); len(got) != 2 || got[0].Kind != payments.MissingThere || got[0].Ours.Minor != 2500 && got[1].Ours.Minor != 2500 {
			t.Errorf("%+v", got)
		}
		b.account.Secret, b.account.Public = secret, public
		b.compare(t)
		if got := kinds(true); len(got) != 0 {
			t.Errorf("what agrees again is still open: %v", got)
		}
		b.proven(t, gone, back)
	})
}

// A refund of ours whose answer was lost is no refund of somebody else's, which could
// be booked besides: it is mended, or waits for the gateway to say something.
func TestLostRefundIsNoDifference(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id, _ := b.paid(t, 1999, "pm_card_visa")
		b.far.Play(paytest.Fault{Do: paytest.DropAfter, On: "POST /v1/refunds", Times: 4}, paytest.Fault{Do: paytest.FailBefore, On: "GET /v1/payment_intents/*", Times: 2})
		b.refund(t, id, 500)
		for range 3 {
			b.compare(t)
			if got := b.differences(t, true); len(got) != 0 {
				t.Errorf("%+v", got)
			}
		}
		if p := b.payment(t, id); p.Refunded.Minor != 500 {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
	})
}

// Every night, without anybody asking, and once for each store.
func TestNightlyComparison(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.paid(t, 1999, "pm_card_visa")
		b.far.Play(paytest.Fault{Do: paytest.FailBefore, On: "GET /v1/payment_intents", Times: 1})
		if err := b.m.CompareDue(t.Context(), b.in); err == nil {
			t.Error("a gateway that fails is not told")
		}
		if err := b.m.CompareDue(t.Context(), b.in); err != nil {
			t.Fatal(err)
		}
		all, err := b.m.Comparisons(t.Context(), b.in)
		if err != nil || len(all) != 2 || all[0].Matched != 1 || all[0].Status != payments.Compared || all[0].Actor != "" || all[1].Status != payments.NotComparable {
			t.Errorf("%+v %v", all, err)
		}
	})
}
