package paytest_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v85"

	"orion/modules/payments/paytest"
)

func TestSameKeySameAnswer(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first := b.create(t, asks("a"))
	again := b.create(t, asks("a"))
	if first.ID != again.ID || again.LastResponse.Header.Get("Idempotent-Replayed") != "true" || first.LastResponse.Header.Get("Idempotent-Replayed") != "" {
		t.Error(first.ID, again.ID, again.LastResponse.Header)
	}
	p := asks("a")
	p.Amount = stripe.Int64(5)
	if _, err := b.client.V1PaymentIntents.Create(t.Context(), p); problem(err).Type != stripe.ErrorTypeIdempotency || problem(err).HTTPStatusCode != http.StatusBadRequest {
		t.Error("other parameters under the same key", err)
	}
	b.clock.Advance(24*time.Hour + time.Second)
	if later := b.create(t, asks("a")); later.ID == first.ID {
		t.Error("a key is remembered for more than a day")
	}
	if n := len(b.Intents(secret)); n != 2 {
		t.Errorf("%d intents", n)
	}
}

func TestOnlyWhatHasBegunIsKept(t *testing.T) {
	t.Parallel()
	b := setup(t)
	p := asks("a")
	p.Amount = stripe.Int64(0)
	if _, err := b.client.V1PaymentIntents.Create(t.Context(), p); problem(err).HTTPStatusCode != http.StatusBadRequest {
		t.Error(err)
	}
	b.Play(paytest.Fault{Do: paytest.RateLimit}, paytest.Fault{Do: paytest.InUse})
	if _, err := b.client.V1PaymentIntents.Create(t.Context(), asks("a")); problem(err).HTTPStatusCode != http.StatusTooManyRequests {
		t.Error(err)
	}
	if _, err := b.client.V1PaymentIntents.Create(t.Context(), asks("a")); problem(err).HTTPStatusCode != http.StatusConflict {
		t.Error(err)
	}
	b.create(t, asks("a"))

	for _, kind := range []paytest.Kind{paytest.FailBefore, paytest.FailAfter} {
		before := len(b.Intents(secret))
		b.Play(paytest.Fault{Do: kind, On: "POST /v1/payment_intents"})
		for range 3 { // the script strikes once; the answer is kept
			if _, err := b.client.V1PaymentIntents.Create(t.Context(), asks(string(kind))); problem(err).HTTPStatusCode != http.StatusInternalServerError {
				t.Error(kind, err)
			}
		}
		want := 0
		if kind == paytest.FailAfter {
			want = 1
		}
		if n := len(b.Intents(secret)) - before; n != want {
			t.Errorf("%s made %d intents", kind, n)
		}
	}
	id := b.create(t, asks("c")).ID
	p2 := &stripe.PaymentIntentConfirmParams{PaymentMethod: stripe.String("pm_card_visa_chargeDeclined"), ReturnURL: stripe.String("http://shop.example/")}
	p2.SetIdempotencyKey("decline")
	for range 2 {
		if _, err := b.client.V1PaymentIntents.Confirm(t.Context(), id, p2); problem(err).Code != stripe.ErrorCodeCardDeclined {
			t.Error(err)
		}
	}
	failed := 0
	for _, kind := range b.kinds() {
		if kind == "payment_intent.payment_failed" {
			failed++
		}
	}
	if failed != 1 {
		t.Errorf("declined %d times", failed)
	}
}

func TestAKeyInUse(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Play(paytest.Fault{Do: paytest.Delay, Wait: 300 * time.Millisecond})
	var done sync.WaitGroup
	done.Go(func() { b.create(t, asks("a")) })
	time.Sleep(100 * time.Millisecond)
	if _, err := b.client.V1PaymentIntents.Create(t.Context(), asks("a")); problem(err).Code != "idempotency_key_in_use" {
		t.Error(err)
	}
	done.Wait()
	b.create(t, asks("a"))
	if n := len(b.Intents(secret)); n != 1 {
		t.Errorf("%d intents", n)
	}
}

func TestBrokenConnections(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for kind, want := range map[paytest.Kind]int{paytest.DropBefore: 0, paytest.DropAfter: 1} {
		before := len(b.Intents(secret))
		b.Play(paytest.Fault{Do: kind, On: "POST /v1/payment_intents", After: 1})
		b.create(t, asks("well "+string(kind)))
		if i, err := b.client.V1PaymentIntents.Create(t.Context(), asks(string(kind))); err == nil {
			t.Error(kind, i)
		}
		if n := len(b.Intents(secret)) - before - 1; n != want {
			t.Errorf("%s made %d intents", kind, n)
		}
		b.create(t, asks(string(kind)))
		if n := len(b.Intents(secret)) - before - 1; n != 1 {
			t.Errorf("%s and again made %d intents", kind, n)
		}
	}
	b.Play(paytest.Fault{Do: paytest.WrongAmount, On: "POST /v1/payment_intents/*/confirm"})
	if i, err := b.confirm(t.Context(), b.create(t, asks("w")).ID, "pm_card_visa"); err != nil || i.AmountReceived != 2000 {
		t.Error(i, err)
	}
	b.Play(paytest.Fault{Do: paytest.DropBefore, Times: 100})
	b.Heal()
	b.create(t, asks("healed"))
}
