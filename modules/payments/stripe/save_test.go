package stripe_test

import (
	"errors"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
)

const (
	anna = auth.CustomerID(4711)
	bert = auth.CustomerID(4712)
)

var price = money.New(1999, "EUR")

// begun is a payment of anna's that waits for a card.
func (b *bundle) begun(t *testing.T) payments.Owned {
	t.Helper()
	b.payer = anna
	id := b.open(t, price)
	b.start(t, id)
	return payments.Owned{Customer: anna, Payment: id}
}

func (b *bundle) cards(t *testing.T, who auth.CustomerID) []payments.Card {
	t.Helper()
	all, err := b.m.Cards(t.Context(), b.in, who)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// look settles what the payer's return would.
func (b *bundle) look(t *testing.T, id paymentsapi.PaymentID) payments.Receipt {
	t.Helper()
	r, err := b.m.Look(t.Context(), b.in, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// keeps is a card that anna saved while she paid.
func (b *bundle) keeps(t *testing.T, card string) payments.Card {
	t.Helper()
	o := b.begun(t)
	if err := b.m.Remember(t.Context(), b.in, o); err != nil {
		t.Fatal(err)
	}
	if i := b.pay(t, card); i.NextAction != nil {
		b.answer(t, i, "approve")
	}
	if r := b.look(t, o.Payment); r.Status != paymentsapi.Captured {
		t.Fatalf("%+v", r)
	}
	all := b.cards(t, anna)
	if len(all) == 0 {
		t.Fatal("nothing is saved")
	}
	return all[0]
}

// A card is saved when its owner agreed before they paid, and by default it is not.
// However often and by whom the news is brought, it is saved once.
func TestCardIsSavedOnlyWhenAgreed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		o := b.begun(t)
		b.pay(t, "pm_card_visa")
		b.look(t, o.Payment)
		o = b.begun(t)
		if err := errors.Join(b.m.Remember(t.Context(), b.in, o), b.m.Disregard(t.Context(), b.in, o)); err != nil {
			t.Fatal(err)
		}
		b.pay(t, "pm_card_visa")
		b.look(t, o.Payment)
		if n, m := len(b.cards(t, anna)), len(b.far.Saved(secret)); n+m != 0 {
			t.Fatalf("%d cards are saved, and %d there", n, m)
		}

		agreed := b.Clock.Now()
		c := b.keeps(t, "pm_card_mastercard")
		if c.Brand != "mastercard" || c.Last4 != "4444" || c.ExpYear != 2034 || !c.Usable || c.AgreedAt.Before(agreed) || c.AgreedAt.After(b.Clock.Now()) {
			t.Errorf("%+v", c)
		}
		site := b.site(t)
		for range 3 {
			for _, m := range b.far.Messages(secret) {
				b.post(site, m)
			}
		}
		b.work(t)
		if all, far := b.cards(t, anna), b.far.Saved(secret); len(all) != 1 || len(far) != 1 || len(b.far.Customers(secret)) != 1 {
			t.Errorf("%d cards, there %d of %d", len(all), len(far), len(b.far.Customers(secret)))
		}
		b.keeps(t, "pm_card_visa")
		if n := len(b.far.Customers(secret)); n != 1 || len(b.cards(t, anna)) != 2 {
			t.Errorf("the gateway knows her %d times", n)
		}
	})
}

// A saved card pays: at once, once its bank has asked, and not when it is declined;
// our books are the gateway's each time, however often it is asked.
func TestPayWithSavedCard(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		c := b.keeps(t, "pm_card_visa")
		o := b.begun(t)
		for range 2 {
			if _, err := b.m.PayWith(t.Context(), b.in, o, c.ID); err != nil && b.payment(t, o.Payment).Status != paymentsapi.Captured {
				t.Fatal(err)
			}
		}
		if p := b.payment(t, o.Payment); p.Status != paymentsapi.Captured {
			t.Errorf("%+v", p)
		}
		b.proven(t, o.Payment)

		c = b.keeps(t, "pm_card_authenticationRequired")
		for _, pick := range []string{"refuse", "approve"} {
			o = b.begun(t)
			if s, err := b.m.PayWith(t.Context(), b.in, o, c.ID); err != nil || s.Outcome != payments.RequiresAction {
				t.Fatal(s, err)
			}
			f, err := b.m.Confirmation(t.Context(), b.in, o)
			if err != nil || !f.Open || !f.Asks {
				t.Fatalf("%+v %v", f, err)
			}
			b.answer(t, b.newest(t), pick)
			r := b.look(t, o.Payment)
			if paid := r.Status == paymentsapi.Captured; paid != (pick == "approve") {
				t.Errorf("%s: %+v", pick, r)
			}
			if pick == "refuse" && r.Problem != "payment_intent_authentication_failure" {
				t.Errorf("%+v", r)
			}
			b.proven(t, o.Payment)
		}
		if n := len(b.cards(t, anna)); n != 2 {
			t.Errorf("%d cards", n)
		}
	})
}

// What is declined can be tried again, with another card.
func TestSavedCardIsDeclined(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		bad, err := b.m.Collect(t.Context(), b.in, anna)
		if err != nil {
			t.Fatal(err)
		}
		b.enters(t, "pm_card_chargeCustomerFail")
		if p, err := b.m.Collecting(t.Context(), b.in, anna, bad); err != nil || !p.Done {
			t.Fatalf("%+v %v", p, err)
		}
		good, o := b.keeps(t, "pm_card_visa"), b.begun(t)
		for range 2 {
			if s, err := b.m.PayWith(t.Context(), b.in, o, bad); err != nil || s.Outcome != payments.RequiresAction || s.Reason != "card_declined" {
				t.Fatal(s, err)
			}
		}
		if _, err := b.m.PayWith(t.Context(), b.in, o, good.ID); err != nil || b.payment(t, o.Payment).Status != paymentsapi.Captured {
			t.Error(err)
		}
		b.proven(t, o.Payment)
	})
}

// While the gateway fails in any way a saved card pays once or not at all.
func TestSavedCardUnderFaults(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		c := b.keeps(t, "pm_card_visa")
		for _, kind := range []paytest.Kind{
			paytest.DropBefore, paytest.DropAfter, paytest.FailBefore, paytest.FailAfter, paytest.RateLimit, paytest.InUse, paytest.Forbid, paytest.WrongAmount,
		} {
			o := b.begun(t)
			b.far.Play(paytest.Fault{Do: kind, On: "POST /v1/payment_intents/*/confirm", Times: 5})
			_, err := b.m.PayWith(t.Context(), b.in, o, c.ID)
			b.far.Heal()
			if err != nil {
				t.Fatal(kind, err)
			}
			if _, err := b.m.PayWith(t.Context(), b.in, o, c.ID); err != nil && b.payment(t, o.Payment).Status == paymentsapi.Pending && kind != paytest.WrongAmount {
				t.Error(kind, err)
			}
			b.Clock.Advance(time.Minute) // a blown fuse
			b.look(t, o.Payment)
			if kind == paytest.WrongAmount {
				continue // a mismatch, for people to look at
			}
			if _, err := b.m.PayWith(t.Context(), b.in, o, c.ID); err != nil && b.payment(t, o.Payment).Status != paymentsapi.Captured {
				t.Error(kind, err)
			}
			if p := b.payment(t, o.Payment); p.Status != paymentsapi.Captured {
				t.Errorf("%s: %+v", kind, p)
			}
			b.proven(t, o.Payment)
		}
	})
}
