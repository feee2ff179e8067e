package stripe_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

// Whatever the order in which four webhooks come, with all our own answers lost,
// payment and refund end the same.
func TestWebhooksInAnyOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		permutations(4, func(order []int) {
			b.far.Play(paytest.Fault{Do: paytest.DropAfter, On: "POST /v1/payment_intents", Times: 2})
			id := b.open(t, money.New(1999, "EUR"))
			b.start(t, id)
			b.far.Heal()
			b.answer(t, b.pay(t, "pm_card_authenticationRequired"), "approve")
			i := b.newest(t)
			b.give(t, i.ID, 500)
			all := b.messagesOf(i.ID)
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
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.pay(t, "pm_card_visa")
		if _, err := b.m.Look(t.Context(), b.in, id); err != nil {
			t.Fatal(err)
		}
		b.far.Play(paytest.Fault{Do: paytest.DropAfter, On: "POST /v1/refunds", Times: 2})
		b.refund(t, id, 500)
		b.work(t)
		if p := b.payment(t, id); p.Refunded.Minor != 0 {
			t.Fatalf("the answer was not lost: %+v", p)
		}
		all := b.messagesOf(b.newest(t).ID)
		if code := b.post(site, all[len(all)-1]); code != http.StatusOK {
			t.Error(code)
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
		b.pay(t, "pm_card_visa")
		all := b.messagesOf(b.newest(t).ID)
		last := all[len(all)-1]
		asked := b.far.Requests()
		var group sync.WaitGroup
		for range 50 {
			group.Go(func() {
				if code := b.post(site, last); code != http.StatusOK {
					t.Error(code)
				}
			})
		}
		group.Wait()
		b.work(t)
		if got := b.events(t); len(got) != 1 || got[0] != "done" {
			t.Error(got)
		}
		if n := b.far.Requests() - asked; n != 1 {
			t.Errorf("the gateway was asked %d times", n)
		}
		if p := b.payment(t, id); p.Status != paymentsapi.Captured {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
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
		b.pay(t, "pm_card_visa")
		all := b.messagesOf(b.newest(t).ID)
		e.Clock.Advance(time.Minute) // the attempt is due
		var group sync.WaitGroup
		for n := range 8 {
			group.Go(func() {
				if code := b.post(site, all[n%len(all)]); code != http.StatusOK {
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
		if p := b.payment(t, id); p.Status != paymentsapi.Captured || p.Captured.Minor != 1999 {
			t.Errorf("%+v", p)
		}
		if got := b.told(t); !slices.Equal(got, []string{"payments.captured.v1"}) {
			t.Error(got)
		}
		b.proven(t, id)
	})
}

func TestWhatIsNotTheGateways(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.pay(t, "pm_card_visa")
		good := b.messagesOf(b.newest(t).ID)[1]
		now := e.Clock.Now()
		signed := func(body []byte, at time.Time, keys ...string) paytest.Message {
			return paytest.Message{Body: body, Signature: paytest.Sign(body, at, keys...)}
		}
		with := func(field string, v any) []byte {
			var e map[string]json.RawMessage
			_ = json.Unmarshal(good.Body, &e)
			e[field], _ = json.Marshal(v)
			body, _ := json.Marshal(e)
			return body
		}
		var plain bytes.Buffer
		if err := json.Compact(&plain, good.Body); err != nil {
			t.Fatal(err)
		}
		second := time.Second
		for name, c := range map[string]struct {
			m   paytest.Message
			why payments.Refusal
		}{
			"forged":       {signed(good.Body, now, "whsec_guess"), payments.BadSignature},
			"empty secret": {signed(good.Body, now, ""), payments.BadSignature},
			"not signed":   {paytest.Message{Body: good.Body}, payments.BadSignature},
			"only v0":      {paytest.Message{Body: good.Body, Signature: strings.ReplaceAll(good.Signature, "v1=", "v0=")}, payments.BadSignature},
			"other time":   {paytest.Message{Body: good.Body, Signature: strings.Replace(good.Signature, "t=", "t=1", 1)}, payments.BadSignature},
			"re-indented":  {paytest.Message{Body: plain.Bytes(), Signature: good.Signature}, payments.BadSignature},
			"stale":        {signed(good.Body, now.Add(-301*second), "whsec_new"), payments.BadTime},
			"future":       {signed(good.Body, now.Add(301*second), "whsec_new"), payments.BadTime},
			"live":         {signed(with("livemode", true), now, "whsec_new"), payments.BadAccount},
			"connected":    {signed(with("account", "acct_other"), now, "whsec_new"), payments.BadAccount},
			"no event":     {signed([]byte("[]"), now, "whsec_new"), payments.BadForm},
			"oversized":    {signed(with("filler", strings.Repeat("x", 1<<20)), now, "whsec_new"), payments.TooLarge},
		} {
			b.audit.all = nil
			if code := b.post(site, c.m); code != http.StatusBadRequest {
				t.Errorf("%s was answered with %d", name, code)
			}
			if a := b.audit.all; len(a) != 1 || a[0].Action != "payments.refuse_message" || a[0].After.(map[string]string)["reason"] != string(c.why) {
				t.Errorf("%s left %+v", name, a)
			}
		}
		if got := b.events(t); len(got) != 0 {
			t.Errorf("refused and kept: %v", got)
		}
		for _, path := range []string{"/store/hooks/stripe/x", "/store/hooks/bank_transfer/x", "/store" + b.m.HookPath(e.Store(), stripe.Code)} {
			w := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodPost, "http://shop.test"+path, bytes.NewReader(good.Body))
			r.Header.Set("Stripe-Signature", good.Signature)
			if site.ServeHTTP(w, r); w.Code != http.StatusNotFound {
				t.Errorf("%s was answered with %d", path, w.Code)
			}
		}
		for n, m := range []paytest.Message{
			signed(with("id", "evt_1"), now.Add(-299*second), "whsec_new"), signed(with("id", "evt_2"), now.Add(299*second), "whsec_old"),
			signed(with("id", "evt_3"), now, "whsec_other", "whsec_old"),
		} {
			if code := b.post(site, m); code != http.StatusOK || len(b.events(t)) != n+1 {
				t.Errorf("a good one was answered with %d", code)
			}
		}
	})
}

// The account may be used for other things, and not answer for a while.
func TestEventsThatWait(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		b.elsewhere(t)
		for _, m := range b.far.Messages(secret) {
			if code := b.post(site, m); code != http.StatusOK {
				t.Error(code)
			}
		}
		b.work(t)
		if got := b.events(t); !slices.Equal(got, []string{"foreign"}) {
			t.Errorf("what we did not ask for is %v", got)
		}
		other := []byte(`{"id":"evt_c","type":"customer.created","livemode":false,"data":{"object":{"id":"cus_1","object":"customer"}}}`)
		if code := b.post(site, paytest.Message{Body: other, Signature: paytest.Sign(other, e.Clock.Now(), "whsec_new")}); code != http.StatusOK || len(b.events(t)) != 1 {
			t.Errorf("%d, %v", code, b.events(t))
		}

		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.pay(t, "pm_card_visa")
		b.far.Play(paytest.Fault{Do: paytest.FailBefore, On: "GET *", Times: 2}, paytest.Fault{Do: paytest.FailBefore, On: "GET /v1/payment_intents/*", Times: 2})
		all := b.messagesOf(b.newest(t).ID)
		if code := b.post(site, all[1]); code != http.StatusOK {
			t.Error(code)
		}
		b.work(t)
		if got := b.events(t); got[1] != "waiting" {
			t.Fatalf("%v without an answer", got)
		}
		b.far.Heal()
		if code := b.post(site, all[0]); code != http.StatusOK { // another event tells the same
			t.Error(code)
		}
		b.work(t)
		if p := b.payment(t, id); p.Status != paymentsapi.Captured {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
	})
}
