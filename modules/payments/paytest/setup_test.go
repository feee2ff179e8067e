package paytest_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v85"

	"orion/kit/clock"
	"orion/modules/payments/paytest"
	"orion/modules/payments/paytest/stripespec"
)

const (
	secret = "sk_test_orion"
	public = "pk_test_orion"
)

// bundle is a gateway with one account and a client.
type bundle struct {
	*paytest.Stripe
	clock  *clock.Manual
	url    string
	client *stripe.Client
}

func setup(t *testing.T) *bundle {
	t.Helper()
	b := &bundle{clock: clock.NewManual(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))}
	web := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { b.ServeHTTP(w, r) }))
	b.url = "http://" + web.Listener.Addr().String()
	b.Stripe = paytest.New(b.clock, b.url)
	b.Open(paytest.Account{Secret: secret, Public: public, Signing: []string{"whsec_new", "whsec_old"}})
	web.Start()
	t.Cleanup(web.Close)
	b.client = b.clientOf(t, secret)
	return b
}

// clientOf is Stripe's own library, without its repetitions; every request that
// is answered is held against Stripe's description. Each has a connection of its
// own: on one that was used before, Go repeats by itself what carries a key.
func (b *bundle) clientOf(t *testing.T, key string) *stripe.Client {
	return stripe.NewClient(key, stripe.WithBackends(stripe.NewBackendsWithConfig(&stripe.BackendConfig{
		URL: stripe.String(b.url), MaxNetworkRetries: stripe.Int64(0), EnableTelemetry: stripe.Bool(false),
		LeveledLogger: &stripe.LeveledLogger{Level: stripe.LevelNull},
		HTTPClient:    &http.Client{Transport: stripespec.Transport{T: t, Next: &http.Transport{DisableKeepAlives: true}}},
	})))
}

// asks are the parameters of an intent, under a key.
func asks(key string) *stripe.PaymentIntentCreateParams {
	p := &stripe.PaymentIntentCreateParams{
		Amount: stripe.Int64(1999), Currency: stripe.String("eur"), Description: stripe.String("Order 1001"), ReceiptEmail: stripe.String("anna@example.com"),
		AutomaticPaymentMethods: &stripe.PaymentIntentCreateAutomaticPaymentMethodsParams{Enabled: stripe.Bool(true)},
		Metadata:                map[string]string{"key": key},
	}
	p.SetIdempotencyKey(key)
	return p
}

func (b *bundle) create(t *testing.T, p *stripe.PaymentIntentCreateParams) *stripe.PaymentIntent {
	t.Helper()
	i, err := b.client.V1PaymentIntents.Create(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func (b *bundle) confirm(ctx context.Context, id, method string) (*stripe.PaymentIntent, error) {
	return b.client.V1PaymentIntents.Confirm(ctx, id, &stripe.PaymentIntentConfirmParams{
		PaymentMethod: stripe.String(method), ReturnURL: stripe.String("http://shop.example/back"),
	})
}

// paid is an intent that was paid.
func (b *bundle) paid(t *testing.T, key, method string) *stripe.PaymentIntent {
	t.Helper()
	i, err := b.confirm(t.Context(), b.create(t, asks(key)).ID, method)
	if err != nil || i.Status != stripe.PaymentIntentStatusSucceeded || i.AmountReceived != 1999 {
		t.Fatal(i, err)
	}
	return i
}

// problem is the gateway's error, or an empty one.
func problem(err error) *stripe.Error {
	var e *stripe.Error
	if errors.As(err, &e) {
		return e
	}
	return &stripe.Error{}
}

func (b *bundle) kinds() (out []string) {
	for _, m := range b.Messages(secret) {
		out = append(out, m.Kind)
	}
	return out
}

func (b *bundle) moves() (out []paytest.Move) {
	for _, e := range b.Ledger(secret) {
		out = append(out, e.Move)
	}
	return out
}
