package paypal_test

import (
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
)

// Whatever the order in which the webhooks come, payment and refund end the same, and
// the browser is not needed.
func TestWebhooksInAnyOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		permutations(4, func(order []int) {
			id := b.open(t, money.New(1999, "EUR"))
			b.start(t, id)
			b.choose(t, "approve")
			b.far.Play(paytest.Fault{Do: paytest.DropAfter, On: "POST /v2/checkout/orders/*/capture"})
			if code := b.post(site, b.messagesOf(b.newest(t).ID)[0]); code != http.StatusOK {
				t.Error(code)
			}
			b.work(t) // PayPal told that it was approved, and we take it
			b.far.Heal()
			b.give(t, 500)
			b.give(t, 300)
			all := b.messagesOf(b.newest(t).ID)
			if len(all) != 4 {
				t.Fatalf("%d webhooks", len(all))
			}
			for _, n := range order {
				if code := b.post(site, all[n]); code != http.StatusOK {
					t.Errorf("%s was answered with %d", all[n].Kind, code)
				}
				if n%2 == 0 {
					b.work(t) // now and then also between two of them
				}
			}
			b.work(t)
			if p := b.payment(t, id); p.Status != paymentsapi.Captured || p.Captured.Minor != 1999 {
				t.Errorf("%v: %+v", order, p)
			}
		})
		for _, status := range b.events(t) {
			if status != "done" {
				t.Error(status)
			}
		}
	})
}

// A refund whose answer was lost is known as soon as its webhook comes.
func TestWebhookOfARefund(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		id := b.paid(t, money.New(1999, "EUR"))
		b.far.Play(
			paytest.Fault{Do: paytest.DropAfter, On: "POST /v2/payments/captures/*/refund", Times: 2},
			paytest.Fault{Do: paytest.FailBefore, On: "GET /v2/checkout/orders/*", After: 1},
		)
		b.refund(t, id, 500)
		b.work(t)
		if p := b.payment(t, id); p.Refunded.Minor != 0 {
			t.Fatalf("the answer was not lost: %+v", p)
		}
		b.far.Heal()
		all := b.messagesOf(b.newest(t).ID)
		if last := all[len(all)-1]; last.Kind != "PAYMENT.CAPTURE.REFUNDED" || b.post(site, last) != http.StatusOK {
			t.Error(last.Kind)
		}
		b.work(t)
		if p := b.payment(t, id); p.Refunded.Minor != 500 {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
	})
}

func TestOneEventFiftyTimes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.choose(t, "approve")
		first := b.messagesOf(b.newest(t).ID)[0]
		var group sync.WaitGroup
		for range 50 {
			group.Go(func() {
				if code := b.post(site, first); code != http.StatusOK {
					t.Error(code)
				}
			})
		}
		group.Wait()
		asked := b.far.Requests()
		b.work(t)
		if got := b.events(t); len(got) != 1 || got[0] != "done" {
			t.Error(got)
		}
		if n := b.far.Requests() - asked; n != 2 { // how it stands, and to take it
			t.Errorf("the gateway was asked %d times", n)
		}
		b.captured(t, id)
	})
}

// The browser, the job and the webhook come at the same time, and one of them
// captures.
func TestEverybodyAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.choose(t, "approve")
		first := b.messagesOf(b.newest(t).ID)[0]
		e.Clock.Advance(time.Minute) // the attempt is due
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				if code := b.post(site, first); code != http.StatusOK {
					t.Error(code)
				}
			})
			group.Go(func() {
				if _, err := b.m.Look(t.Context(), b.in, id); err != nil {
					t.Error(err)
				}
			})
			group.Go(func() {
				if _, err := b.m.Resolve(t.Context(), b.in); err != nil {
					t.Error(err)
				}
			})
		}
		group.Go(func() { b.work(t) })
		group.Wait()
		b.work(t)
		if n := len(b.newest(t).Captures); n != 1 {
			t.Errorf("taken %d times", n)
		}
		if got := b.published(t); !slices.Equal(got, []string{"payments.captured.v1"}) {
			t.Error(got)
		}
		b.captured(t, id)
	})
}

// The account may be used for other things, of which nothing is taken, and not answer
// for a while.
func TestEventsThatWait(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		b.elsewhere(t)
		b.choose(t, "approve")
		b.told(t, site)
		if got := b.events(t); !slices.Equal(got, []string{"foreign"}) {
			t.Errorf("what we did not ask for is %v", got)
		}
		if o := b.newest(t); o.Status != paytest.OrderApproved || len(o.Captures) != 0 {
			t.Errorf("money of others was taken: %+v", o)
		}
		other := []byte(`{"id":"WH-C","event_type":"CUSTOMER.DISPUTE.CREATED","resource":{"id":"PP-1"}}`)
		if code := b.post(site, paytest.PayPalMessage{Body: other, Headers: b.far.Sign(other, e.Clock.Now(), webhook)}); code != http.StatusOK || len(b.events(t)) != 1 {
			t.Errorf("%d, %v", code, b.events(t))
		}
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.choose(t, "approve")
		b.far.Play(paytest.Fault{Do: paytest.FailBefore, On: "GET /v2/checkout/orders/*", Times: 2})
		b.told(t, site)
		if got := b.events(t); got[1] != "waiting" {
			t.Fatalf("%v without an answer", got)
		}
		b.far.Heal()
		b.resolve(t, 1)
		b.told(t, site) // the capture tells the same
		b.captured(t, id)
	})
}
