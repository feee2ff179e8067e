package stripe_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/kit/page"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
)

// disputes are the store's disputes, decided or not.
func (b *bundle) disputes(t *testing.T, open bool) []payments.Disputed {
	t.Helper()
	read := b.m.ClosedDisputes
	if open {
		read = b.m.OpenDisputes
	}
	found, err := read(t.Context(), b.in, page.Request{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	return found.Items
}

// disputed is the only dispute of the store.
func (b *bundle) disputed(t *testing.T) payments.DisputeDetail {
	t.Helper()
	all := append(b.disputes(t, true), b.disputes(t, false)...)
	if len(all) != 1 {
		t.Fatalf("%d disputes: %+v", len(all), all)
	}
	d, err := b.m.Dispute(t.Context(), b.in, all[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// claim has a card's bank dispute the intent that was made last.
func (b *bundle) claim(t *testing.T, intent string, c paytest.Claim) paytest.Dispute {
	t.Helper()
	d, ok := b.far.Dispute(secret, intent, c)
	if !ok {
		t.Fatal("no such intent")
	}
	return d
}

// stands holds a payment's books against what they should be, and against the gateway's.
func (b *bundle) stands(t *testing.T, id paymentsapi.PaymentID, held, lost int64) {
	t.Helper()
	p := b.payment(t, id)
	if p.Disputed.Minor != held || p.Lost.Minor != lost {
		t.Errorf("%v are claimed and %v lost, not %d and %d", p.Disputed, p.Lost, held, lost)
	}
	out := int64(0)
	for _, e := range b.far.Ledger(secret) {
		switch {
		case e.Metadata["orion_payment"] != id.String():
		case e.Move == paytest.Withdraw:
			out += e.Amount
		case e.Move == paytest.Reinstate:
			out -= e.Amount
		}
	}
	if out != held+lost {
		t.Errorf("the gateway took %d, we have %d", out, held+lost)
	}
	b.proven(t, id)
}

// hear posts the webhooks about an intent in an order, with the job between them.
func (b *bundle) hear(t *testing.T, site http.Handler, all []paytest.Message, order []int) {
	t.Helper()
	for _, n := range order {
		if code := b.post(site, all[n]); code != http.StatusOK {
			t.Errorf("%s was answered with %d", all[n].Kind, code)
		}
		b.work(t)
	}
}

// Whatever the order in which the webhooks of a dispute come, also before we know that
// the payment was paid, it ends the same: won and lost, whole and in part.
func TestDisputesInAnyOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		n := 0
		permutations(4, func(order []int) {
			n++
			won, part := n%2 == 0, int64(n%3)*500
			id := b.open(t, money.New(1999, "EUR"))
			b.start(t, id)
			i := b.pay(t, "pm_card_visa") // of which we have not heard
			d := b.claim(t, i.ID, paytest.Claim{Amount: part})
			if !b.far.Decide(secret, d.ID, won) {
				t.Fatal("not decided")
			}
			all := slices.DeleteFunc(b.messagesOf(i.ID), func(m paytest.Message) bool { return !strings.HasPrefix(m.Kind, "charge.dispute.") })
			if !won {
				all = append(all, all[0])
			}
			if len(all) != 4 {
				t.Fatalf("%d webhooks", len(all))
			}
			b.hear(t, site, all, order)
			if p := b.payment(t, id); p.Status != paymentsapi.Captured {
				t.Errorf("%v: %+v", order, p)
			}
			b.stands(t, id, 0, map[bool]int64{true: 0, false: d.Amount}[won])
		})
		if open, over := b.disputes(t, true), b.disputes(t, false); len(open) != 0 || len(over) != 24 {
			t.Errorf("%d open and %d over", len(open), len(over))
		}
		if diffs := b.differences(t, true); len(diffs) != 0 {
			t.Errorf("%+v", diffs)
		}
	})
}

// A dispute is followed step by step, and everybody is told once.
func TestDisputeIsFollowed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		id, i := b.paid(t, 1999, "pm_card_createDisputeInquiry")
		b.heed(t, site, i)
		d := b.disputed(t)
		if d.Status != payments.InquiryOpen || d.Amount != money.New(1999, "EUR") || d.Reason != "fraudulent" || d.DueAt.Sub(b.Clock.Now()) < 8*24*time.Hour {
			t.Errorf("%+v", d)
		}
		b.stands(t, id, 0, 0)

		b.far.Decide(secret, d.External, false) // the bank takes the money now
		b.heed(t, site, i)
		if d = b.disputed(t); d.Status != payments.NeedsResponse || !d.Answerable || !d.Concedable {
			t.Errorf("%+v", d)
		}
		b.stands(t, id, 1999, 0)
		if p := b.payment(t, id); p.Status != paymentsapi.Captured || p.Captured.Minor != 1999 {
			t.Errorf("%+v", p)
		}

		b.far.Decide(secret, d.External, true)
		b.heed(t, site, i)
		if d = b.disputed(t); d.Status != payments.DisputeWon || d.ClosedAt.IsZero() || d.Answerable {
			t.Errorf("%+v", d)
		}
		b.stands(t, id, 0, 0)
		want := []string{"payments.captured.v1", "payments.disputed.v1", "payments.disputed.v1", "payments.dispute_closed.v1"}
		if got := b.told(t); !slices.Equal(got, want) {
			t.Error(got)
		}
		b.heed(t, site, i) // and nothing comes twice
		if got := b.told(t); len(got) != len(want) {
			t.Error(got)
		}
	})
}

// heed posts all webhooks about an intent so far.
func (b *bundle) heed(t *testing.T, site http.Handler, i paytest.Intent) {
	t.Helper()
	for _, m := range b.messagesOf(i.ID) {
		if code := b.post(site, m); code != http.StatusOK {
			t.Errorf("%s was answered with %d", m.Kind, code)
		}
	}
	b.work(t)
}

// Webhook, job and comparison come fifty times at once, and the money is claimed once.
func TestDisputeManyTimes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		id, i := b.paid(t, 1999, "pm_card_createDispute")
		all := b.messagesOf(i.ID)
		var group sync.WaitGroup
		for n := range 50 {
			group.Go(func() {
				if code := b.post(site, all[n%len(all)]); code != http.StatusOK {
					t.Error(code)
				}
			})
			if n%10 == 0 {
				group.Go(func() { b.work(t) })
			}
		}
		group.Wait()
		b.work(t)
		b.disputed(t)
		b.stands(t, id, 1999, 0)
		if got := b.told(t); !slices.Equal(got, []string{"payments.captured.v1", "payments.disputed.v1"}) {
			t.Error(got)
		}
	})
}

// No webhook comes at all: the nightly comparison finds the dispute, and the job asks
// until it is decided.
func TestDisputeThatNobodyTold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id, i := b.paid(t, 1999, "pm_card_visa")
		b.Clock.Advance(90 * 24 * time.Hour)
		d := b.claim(t, i.ID, paytest.Claim{Reason: "product_not_received"})
		if c := b.compare(t); c.Status != payments.Compared {
			t.Fatalf("%+v", c)
		}
		b.stands(t, id, 1999, 0)
		b.far.Decide(secret, d.ID, false)
		b.resolve(t, 1)
		b.ours(t, id, 1999, 0) // not due yet
		b.Clock.Advance(6 * time.Hour)
		b.resolve(t, 0)
		b.stands(t, id, 0, 1999)
		if got := b.disputed(t); got.Status != payments.DisputeLost || got.Reason != "product_not_received" {
			t.Errorf("%+v", got)
		}
		asked := b.far.Requests()
		b.Clock.Advance(7 * 24 * time.Hour)
		b.resolve(t, 1)
		if n := b.far.Requests() - asked; n != 0 {
			t.Errorf("it is decided, and was asked about %d times", n)
		}
	})
}

// ours is stands without the gateway's side.
func (b *bundle) ours(t *testing.T, id paymentsapi.PaymentID, held, lost int64) {
	t.Helper()
	if p := b.payment(t, id); p.Disputed.Minor != held || p.Lost.Minor != lost {
		t.Errorf("%v are claimed and %v lost, not %d and %d", p.Disputed, p.Lost, held, lost)
	}
}
