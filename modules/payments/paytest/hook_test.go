package paytest_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stripe/stripe-go/v85/webhook"

	"orion/modules/payments/paytest"
)

func TestWebhooksAreSigned(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.paid(t, "a", "pm_card_visa")
	for _, m := range b.Messages(secret) {
		for key, good := range map[string]bool{"whsec_new": true, "whsec_old": true, "whsec_other": false} {
			e, err := webhook.ConstructEventWithTolerance(m.Body, m.Signature, key, ever)
			if (err == nil) != good || good && (string(e.Type) != m.Kind || e.ID != m.Event) {
				t.Errorf("%s with %s: %v", m.Kind, key, err)
			}
		}
	}
}

func TestWebhooksArrive(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var mu sync.Mutex
	var got []string
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		e, err := webhook.ConstructEventWithTolerance(body, r.Header.Get("Stripe-Signature"), "whsec_shop", ever)
		if err != nil {
			http.Error(w, "no", http.StatusBadRequest)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		got = append(got, string(e.Type))
	}))
	defer shop.Close()
	b.Open(paytest.Account{Secret: "sk_test_shop", Hook: shop.URL, Signing: []string{"whsec_shop"}})
	b.client = b.clientOf(t, "sk_test_shop")
	// deliver sends what waits and gives what arrived.
	deliver := func() []string {
		mu.Lock()
		got = nil
		mu.Unlock()
		_, _ = b.Deliver(t.Context())
		mu.Lock()
		defer mu.Unlock()
		return got
	}
	const made, done = "payment_intent.created", "payment_intent.succeeded"
	for _, c := range []struct {
		fault       paytest.Fault
		first, then []string
	}{
		{paytest.Fault{}, []string{made, done}, nil},
		{paytest.Fault{Do: paytest.Lose, On: "webhook *.created"}, []string{done}, nil},
		{paytest.Fault{Do: paytest.Duplicate, On: "webhook *.succeeded"}, []string{made, done, done}, nil},
		{paytest.Fault{Do: paytest.Reorder, On: "webhook *.created"}, []string{done, made}, nil},
		{paytest.Fault{Do: paytest.Tamper, On: "webhook *.succeeded"}, []string{made}, []string{done}},
		{paytest.Fault{Do: paytest.Hold, On: "webhook *.created"}, []string{done}, []string{made}},
	} {
		b.Heal()
		if c.fault.Do != "" {
			b.Play(c.fault)
		}
		b.paid(t, "key "+string(c.fault.Do), "pm_card_visa")
		if diff := cmp.Diff(c.first, deliver()); diff != "" {
			t.Error(c.fault.Do, diff)
		}
		b.Release()
		if diff := cmp.Diff(c.then, deliver()); diff != "" {
			t.Error(c.fault.Do, diff)
		}
	}
}

// ever is how old webhooks may be here, where the clock stands still.
const ever = 100 * 365 * 24 * time.Hour
