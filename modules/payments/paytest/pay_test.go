package paytest_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stripe/stripe-go/v85"

	"orion/modules/payments/paytest"
)

func TestCardIsPaid(t *testing.T) {
	t.Parallel()
	b := setup(t)
	i := b.create(t, asks("a"))
	if i.Status != stripe.PaymentIntentStatusRequiresPaymentMethod || !strings.HasPrefix(i.ClientSecret, i.ID+"_secret_") || i.Metadata["key"] != "a" {
		t.Errorf("%+v", i)
	}
	i, err := b.confirm(t.Context(), i.ID, "pm_card_visa")
	if err != nil || i.Status != stripe.PaymentIntentStatusSucceeded || i.AmountReceived != 1999 || i.LatestCharge == nil {
		t.Errorf("%+v %v", i, err)
	}
	if _, err := b.confirm(t.Context(), i.ID, "pm_card_visa"); problem(err).Code != stripe.ErrorCodePaymentIntentUnexpectedState {
		t.Error("paid twice", err)
	}
	if diff := cmp.Diff([]paytest.Move{paytest.Authorise, paytest.Capture}, b.moves()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"payment_intent.created", "payment_intent.succeeded"}, b.kinds()); diff != "" {
		t.Error(diff)
	}
}

func TestDeclineThenSuccess(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.create(t, asks("a")).ID
	_, err := b.confirm(t.Context(), id, "pm_card_visa_chargeDeclinedInsufficientFunds")
	if e := problem(err); e.HTTPStatusCode != http.StatusPaymentRequired || e.Code != stripe.ErrorCodeCardDeclined ||
		e.DeclineCode != "insufficient_funds" || e.PaymentIntent.Status != stripe.PaymentIntentStatusRequiresPaymentMethod {
		t.Errorf("%+v", err)
	}
	i, err := b.client.V1PaymentIntents.Retrieve(t.Context(), id, nil)
	if err != nil || i.LastPaymentError == nil || i.LastPaymentError.DeclineCode != "insufficient_funds" {
		t.Errorf("%+v %v", i, err)
	}
	if i, err = b.confirm(t.Context(), id, "pm_card_mastercard"); err != nil || i.Status != stripe.PaymentIntentStatusSucceeded || i.LastPaymentError != nil {
		t.Errorf("%+v %v", i, err)
	}
	if diff := cmp.Diff([]string{"payment_intent.created", "payment_intent.payment_failed", "payment_intent.succeeded"}, b.kinds()); diff != "" {
		t.Error(diff)
	}
}

func TestChallenge(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		card, answer, result string
		status               stripe.PaymentIntentStatus
	}{
		{"pm_card_authenticationRequired", "approve", "succeeded", stripe.PaymentIntentStatusSucceeded},
		{"pm_card_authenticationRequired", "refuse", "failed", stripe.PaymentIntentStatusRequiresPaymentMethod},
		{"pm_card_authenticationRequiredChargeDeclinedInsufficientFunds", "approve", "failed", stripe.PaymentIntentStatusRequiresPaymentMethod},
	} {
		b := setup(t)
		i, err := b.confirm(t.Context(), b.create(t, asks("a")).ID, c.card)
		if err != nil || i.Status != stripe.PaymentIntentStatusRequiresAction || i.NextAction.RedirectToURL == nil || len(b.moves()) != 0 {
			t.Fatalf("%+v %v", i, err)
		}
		page := i.NextAction.RedirectToURL.URL
		if res, err := http.Get(page); err != nil || res.StatusCode != http.StatusOK {
			t.Error(res, err)
		}
		browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		for range 2 { // a double click changes nothing
			res, err := browser.PostForm(page, url.Values{"answer": {c.answer}})
			if err != nil {
				t.Fatal(err)
			}
			back := res.Header.Get("Location")
			if !strings.HasPrefix(back, "http://shop.example/back?") || !strings.Contains(back, "redirect_status="+c.result) {
				t.Error(back)
			}
		}
		if i, err = b.client.V1PaymentIntents.Retrieve(t.Context(), i.ID, nil); err != nil || i.Status != c.status || (i.LastPaymentError != nil) != (c.result == "failed") {
			t.Errorf("%+v %v", i, err)
		}
	}
}

func TestManualCapture(t *testing.T) {
	t.Parallel()
	b := setup(t)
	p := asks("a")
	p.CaptureMethod = stripe.String("manual")
	i, err := b.confirm(t.Context(), b.create(t, p).ID, "pm_card_visa")
	if err != nil || i.Status != stripe.PaymentIntentStatusRequiresCapture || i.AmountCapturable != 1999 || i.AmountReceived != 0 {
		t.Fatalf("%+v %v", i, err)
	}
	take := func(amount int64) error {
		i, err = b.client.V1PaymentIntents.Capture(t.Context(), i.ID, &stripe.PaymentIntentCaptureParams{AmountToCapture: stripe.Int64(amount)})
		return err
	}
	id := i.ID
	if err := take(2000); problem(err).Code != stripe.ErrorCodeAmountTooLarge {
		t.Error(err)
	}
	i = &stripe.PaymentIntent{ID: id}
	if err := take(1500); err != nil || i.Status != stripe.PaymentIntentStatusSucceeded || i.AmountReceived != 1500 {
		t.Errorf("%+v %v", i, err)
	}
	if diff := cmp.Diff([]paytest.Move{paytest.Authorise, paytest.Capture, paytest.Release}, b.moves()); diff != "" {
		t.Error(diff)
	}

	p = asks("b")
	p.CaptureMethod = stripe.String("manual")
	held, err := b.confirm(t.Context(), b.create(t, p).ID, "pm_card_visa")
	if err != nil {
		t.Fatal(err)
	}
	for n := range 2 {
		i, err := b.client.V1PaymentIntents.Cancel(t.Context(), held.ID, &stripe.PaymentIntentCancelParams{CancellationReason: stripe.String("abandoned")})
		if n == 0 && (err != nil || i.Status != stripe.PaymentIntentStatusCanceled) || n == 1 && problem(err).Code != stripe.ErrorCodePaymentIntentUnexpectedState {
			t.Errorf("%+v %v", i, err)
		}
	}
	if got := b.moves()[3:]; cmp.Diff([]paytest.Move{paytest.Authorise, paytest.Release}, got) != "" {
		t.Error(got)
	}
}

func TestRefunds(t *testing.T) {
	t.Parallel()
	b := setup(t)
	i := b.paid(t, "a", "pm_card_visa")
	give := func(id string, amount int64) (*stripe.Refund, error) {
		return b.client.V1Refunds.Create(t.Context(), &stripe.RefundCreateParams{
			PaymentIntent: stripe.String(id), Amount: stripe.Int64(amount), Metadata: map[string]string{"key": "r"}, Reason: stripe.String("requested_by_customer"),
		})
	}
	if r, err := give(i.ID, 999); err != nil || r.Status != stripe.RefundStatusSucceeded || r.PaymentIntent.ID != i.ID {
		t.Errorf("%+v %v", r, err)
	}
	if _, err := give(i.ID, 1001); problem(err).HTTPStatusCode != http.StatusBadRequest {
		t.Error("more was given than is left", err)
	}
	if _, err := give(i.ID, 1000); err != nil {
		t.Error(err)
	}
	if _, err := give(i.ID, 1); problem(err).Code != stripe.ErrorCodeChargeAlreadyRefunded {
		t.Error(err)
	}

	i = b.paid(t, "b", "pm_card_pendingRefund")
	r, err := give(i.ID, 1999)
	if err != nil || r.Status != stripe.RefundStatusPending {
		t.Fatalf("%+v %v", r, err)
	}
	b.clock.Advance(time.Minute)
	if r, err = b.client.V1Refunds.Retrieve(t.Context(), r.ID, nil); err != nil || r.Status != stripe.RefundStatusSucceeded {
		t.Errorf("%+v %v", r, err)
	}
	found := 0
	for r, err := range b.client.V1Refunds.List(t.Context(), &stripe.RefundListParams{PaymentIntent: stripe.String(i.ID)}).All(t.Context()) {
		if err != nil || r.Amount != 1999 {
			t.Error(r, err)
		}
		found++
	}
	if found != 1 {
		t.Errorf("%d refunds", found)
	}
	if kinds := b.kinds(); kinds[len(kinds)-1] != "refund.updated" {
		t.Error(kinds)
	}
}

func TestWhatIsNotValidIsRefused(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, c := range []struct {
		amount   int64
		currency string
	}{{0, "eur"}, {100_000_000, "eur"}, {1001, "kwd"}, {150, "isk"}, {100, "eu"}} {
		p := asks("x")
		p.Amount, p.Currency = &c.amount, &c.currency
		if _, err := b.client.V1PaymentIntents.Create(t.Context(), p); problem(err).HTTPStatusCode != http.StatusBadRequest {
			t.Errorf("%d %s: %v", c.amount, c.currency, err)
		}
	}
	p := asks("x")
	p.AddExtra("colour", "red")
	if _, err := b.client.V1PaymentIntents.Create(t.Context(), p); problem(err).Code != "parameter_unknown" {
		t.Error(err)
	}
	if got := b.Intents(secret); len(got) != 0 {
		t.Error(got)
	}
}

func TestKeysAreKeptApart(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Open(paytest.Account{Secret: "sk_test_other"})
	i := b.create(t, asks("a"))
	if _, err := b.clientOf(t, "sk_test_other").V1PaymentIntents.Retrieve(t.Context(), i.ID, nil); problem(err).HTTPStatusCode != http.StatusNotFound {
		t.Error("another account sees it", err)
	}
	if _, err := b.clientOf(t, "sk_test_nobody").V1PaymentIntents.Retrieve(t.Context(), i.ID, nil); problem(err).HTTPStatusCode != http.StatusUnauthorized {
		t.Error(err)
	}
	if _, err := b.clientOf(t, public).V1PaymentIntents.Create(t.Context(), asks("b")); problem(err).HTTPStatusCode != http.StatusUnauthorized {
		t.Error("a browser made an intent", err)
	}
	look := func(clientSecret string) error {
		_, err := b.clientOf(t, public).V1PaymentIntents.Retrieve(t.Context(), i.ID, &stripe.PaymentIntentRetrieveParams{ClientSecret: &clientSecret})
		return err
	}
	if err := look("pi_secret_guess"); problem(err).HTTPStatusCode != http.StatusNotFound {
		t.Error("a browser sees what is not its own", err)
	}
	m, err := b.client.V1PaymentMethods.Create(t.Context(), &stripe.PaymentMethodCreateParams{
		Type: stripe.String("card"), Card: &stripe.PaymentMethodCreateCardParams{Number: stripe.String("4242424242424242"), ExpMonth: stripe.Int64(12), ExpYear: stripe.Int64(2034)},
	})
	if err != nil || m.Card.Last4 != "4242" {
		t.Fatal(m, err)
	}
	if i, err = b.confirm(t.Context(), i.ID, m.ID); err != nil || i.Status != stripe.PaymentIntentStatusSucceeded {
		t.Error(i, err)
	}
}
