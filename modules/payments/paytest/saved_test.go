package paytest_test

import (
	"slices"
	"testing"

	"github.com/stripe/stripe-go/v85"
)

func (b *bundle) customer(t *testing.T) string {
	t.Helper()
	c, err := b.client.V1Customers.Create(t.Context(), &stripe.CustomerCreateParams{Metadata: map[string]string{"key": "k"}})
	if err != nil {
		t.Fatal(err)
	}
	return c.ID
}

// A card that was paid with is saved for a customer when that was asked for, is used
// again by that customer alone, and is gone once it was let go.
func TestSaveWhilePaying(t *testing.T) {
	t.Parallel()
	b := setup(t)
	who, other := b.customer(t), b.customer(t)
	i := b.create(t, asks("one"))
	if _, err := b.client.V1PaymentIntents.Update(t.Context(), i.ID, &stripe.PaymentIntentUpdateParams{
		Customer: stripe.String(who), SetupFutureUsage: stripe.String("on_session"),
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.confirm(t.Context(), i.ID, "pm_card_mastercard"); err != nil {
		t.Fatal(err)
	}
	read := &stripe.PaymentIntentRetrieveParams{}
	read.AddExpand("payment_method")
	i, err := b.client.V1PaymentIntents.Retrieve(t.Context(), i.ID, read)
	if err != nil || i.PaymentMethod.Card == nil || i.PaymentMethod.Card.Last4 != "4444" || i.PaymentMethod.Customer.ID != who || i.Customer.ID != who {
		t.Fatalf("%+v %v", i, err)
	}
	card := i.PaymentMethod.ID
	again := func(key, customer string) error {
		p := asks(key)
		p.Customer = stripe.String(customer)
		_, err := b.confirm(t.Context(), b.create(t, p).ID, card)
		return err
	}
	if err := again("two", who); err != nil {
		t.Error(err)
	}
	if err := again("three", other); problem(err).HTTPStatusCode != 400 {
		t.Error("somebody else used it:", err)
	}
	if _, err := b.confirm(t.Context(), b.create(t, asks("four")).ID, card); problem(err).HTTPStatusCode != 400 {
		t.Error("nobody used it:", err)
	}
	if _, err := b.client.V1PaymentMethods.Detach(t.Context(), card, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := b.client.V1PaymentMethods.Detach(t.Context(), card, nil); problem(err).HTTPStatusCode != 400 {
		t.Error("it was let go twice:", err)
	}
	if err := again("five", who); problem(err).HTTPStatusCode != 400 || len(b.Saved(secret)) != 0 {
		t.Error("it was used after it was let go:", err)
	}
}

// Without being asked the gateway saves nothing, and what it did not save is used once.
func TestNothingIsSavedUnasked(t *testing.T) {
	t.Parallel()
	b := setup(t)
	p := asks("one")
	p.Customer = stripe.String(b.customer(t))
	i, err := b.confirm(t.Context(), b.create(t, p).ID, "pm_card_visa")
	if err != nil || len(b.Saved(secret)) != 0 {
		t.Fatal(b.Saved(secret), err)
	}
	if _, err := b.confirm(t.Context(), b.create(t, asks("two")).ID, i.PaymentMethod.ID); problem(err).HTTPStatusCode != 400 {
		t.Error("it was used twice:", err)
	}
}

// A card is saved without a payment: at once, after its bank has asked, or not.
func TestSaveWithoutPaying(t *testing.T) {
	t.Parallel()
	for card, want := range map[string][]string{
		"pm_card_visa":                   {"setup_intent.created", "payment_method.attached", "setup_intent.succeeded"},
		"pm_card_chargeCustomerFail":     {"setup_intent.created", "payment_method.attached", "setup_intent.succeeded"},
		"pm_card_authenticationRequired": {"setup_intent.created", "setup_intent.requires_action"},
		"pm_card_visa_chargeDeclined":    {"setup_intent.created", "setup_intent.setup_failed"},
	} {
		b := setup(t)
		who := b.customer(t)
		i, err := b.client.V1SetupIntents.Create(t.Context(), &stripe.SetupIntentCreateParams{
			Customer: stripe.String(who), Usage: stripe.String("on_session"), PaymentMethodTypes: []*string{stripe.String("card")},
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = b.client.V1SetupIntents.Confirm(t.Context(), i.ID, &stripe.SetupIntentConfirmParams{
			PaymentMethod: stripe.String(card), ReturnURL: stripe.String("http://shop.example/back"),
		})
		if declined := problem(err).HTTPStatusCode == 402; declined != (card == "pm_card_visa_chargeDeclined") {
			t.Error(card, err)
		}
		if got := b.kinds(); !slices.Equal(got, want) {
			t.Errorf("%s: %v", card, got)
		}
		found := 0
		for m, err := range b.client.V1PaymentMethods.List(t.Context(), &stripe.PaymentMethodListParams{Customer: stripe.String(who)}).All(t.Context()) {
			if err != nil || m.Customer.ID != who {
				t.Fatal(m, err)
			}
			found++
		}
		if want := slices.Contains(want, "setup_intent.succeeded"); (found == 1) != want || len(b.Saved(secret)) != found {
			t.Errorf("%s: %d are saved", card, found)
		}
		if _, err := b.client.V1SetupIntents.Cancel(t.Context(), i.ID, nil); (err == nil) != (found == 0) {
			t.Error(card, err)
		}
		if len(b.moves()) != 0 {
			t.Error("money moved")
		}
	}
}

// Where the shop's page handles it, the bank asks there; a method that was made is
// saved for a customer by the server.
func TestAskedOnThePage(t *testing.T) {
	t.Parallel()
	b := setup(t)
	who := b.customer(t)
	made, err := b.client.V1PaymentMethods.Create(t.Context(), &stripe.PaymentMethodCreateParams{
		Type: stripe.String("card"), Card: &stripe.PaymentMethodCreateCardParams{
			Number: stripe.String("4000002500003155"), ExpMonth: stripe.Int64(3), ExpYear: stripe.Int64(2031), CVC: stripe.String("123"),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	m, err := b.client.V1PaymentMethods.Attach(t.Context(), made.ID, &stripe.PaymentMethodAttachParams{Customer: stripe.String(who)})
	if err != nil || m.Card.ExpMonth != 3 || m.Card.ExpYear != 2031 || m.Card.Fingerprint == "" {
		t.Fatalf("%+v %v", m, err)
	}
	p := asks("one")
	p.Customer = stripe.String(who)
	i, err := b.client.V1PaymentIntents.Confirm(t.Context(), b.create(t, p).ID, &stripe.PaymentIntentConfirmParams{
		PaymentMethod: stripe.String(m.ID), ReturnURL: stripe.String("http://shop.example/back"), UseStripeSDK: stripe.Bool(true),
	})
	if err != nil || i.NextAction == nil || i.NextAction.Type != "use_stripe_sdk" || i.NextAction.RedirectToURL != nil || len(b.moves()) != 0 {
		t.Fatalf("%+v %v", i, err)
	}
}
