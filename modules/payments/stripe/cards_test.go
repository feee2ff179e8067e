package stripe_test

import (
	"slices"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/slot"
	"orion/modules/customers/customersapi"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
)

// enters is what the payer's browser does on the page of the newest card that is saved
// without a payment.
func (b *bundle) enters(t *testing.T, card string) {
	t.Helper()
	all := b.far.Setups(secret)
	i := all[len(all)-1]
	b.server(t, "/v1/setup_intents/"+i.ID+"/confirm", "payment_method="+card+"&return_url=http://shop.example/back")
}

// Nobody else sees, uses or removes a card: no other customer, no guest, no other
// store, and nobody with other keys.
func TestCardsStayApart(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		c, o := b.keeps(t, "pm_card_visa"), b.begun(t)
		for _, who := range []auth.CustomerID{bert, 0} {
			other := payments.Owned{Customer: who, Payment: o.Payment}
			if f, err := b.m.Confirmation(t.Context(), b.in, other); err != nil || !f.Open || f.Saves || len(f.Cards) > 0 {
				t.Errorf("%d: %+v %v", who, f, err)
			}
			_, err := b.m.PayWith(t.Context(), b.in, other, c.ID)
			if all := b.cards(t, who); err == nil || len(all) > 0 || b.m.Remember(t.Context(), b.in, other) == nil || b.m.Remove(t.Context(), b.in, who, c.ID) == nil {
				t.Errorf("%d has %v", who, all)
			}
		}
		b.payer = bert
		own := b.open(t, price)
		b.start(t, own)
		if _, err := b.m.PayWith(t.Context(), b.in, payments.Owned{Customer: bert, Payment: own}, c.ID); err == nil {
			t.Error("Bert paid with Anna's card")
		}
		elsewhere := e.Store()
		if all, err := b.m.Cards(t.Context(), elsewhere, anna); err != nil || len(all) > 0 {
			t.Error(all, err)
		}
		if b.m.Remove(t.Context(), elsewhere, anna, c.ID) == nil {
			t.Error("another store removed it")
		}

		b.far.Open(paytest.Account{Secret: "sk_test_other", Public: "pk_test_other"})
		was := b.account
		b.account.Secret, b.account.Public = "sk_test_other", "pk_test_other"
		b.payer = anna
		there := b.open(t, price)
		b.start(t, there)
		o = payments.Owned{Customer: anna, Payment: there}
		if f, err := b.m.Confirmation(t.Context(), b.in, o); err != nil || !f.Saves || len(f.Cards) > 0 || b.cards(t, anna)[0].Usable {
			t.Errorf("%+v %v", f, err)
		}
		if _, err := b.m.PayWith(t.Context(), b.in, o, c.ID); err == nil {
			t.Error("a card of other keys was used")
		}
		b.account = was
		if !b.cards(t, anna)[0].Usable {
			t.Error("it cannot be used again with its own keys")
		}
	})
}

// Who removes a card is rid of it at once; the gateway forgets it as soon as it answers.
func TestRemoveCard(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		for _, kind := range []paytest.Kind{"", paytest.DropBefore, paytest.DropAfter, paytest.FailBefore, paytest.FailAfter} {
			c := b.keeps(t, "pm_card_visa")
			if kind != "" {
				b.far.Play(paytest.Fault{Do: kind, On: "POST /v1/payment_methods/*/detach", Times: 20})
			}
			if err := b.m.Remove(t.Context(), b.in, anna, c.ID); err != nil {
				t.Fatal(kind, err)
			}
			if all := b.cards(t, anna); len(all) > 0 {
				t.Error(kind, all)
			}
			if b.m.Remove(t.Context(), b.in, anna, c.ID) == nil {
				t.Error(kind, "it was removed twice")
			}
			b.far.Heal()
			b.resolve(t, 70)
			if far := b.far.Saved(secret); len(far) > 0 {
				t.Errorf("%s: the gateway has %v", kind, far)
			}
			for _, m := range b.far.Messages(secret) { // late news does not bring it back
				b.post(b.site(t), m)
			}
			b.work(t)
			if all := b.cards(t, anna); len(all) > 0 {
				t.Error(kind, "it is back:", all)
			}
		}
	})
}

// The same card saved again is one card.
func TestSameCardTwice(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		first, second := b.keeps(t, "pm_card_visa"), b.keeps(t, "pm_card_visa")
		b.resolve(t, 2)
		if all, far := b.cards(t, anna), b.far.Saved(secret); first.ID == second.ID || len(all) != 1 || all[0].ID != second.ID || len(far) != 1 {
			t.Errorf("%v, there %v", all, far)
		}
	})
}

// Who is forgotten leaves no card behind, here or there, also one that they were entering.
func TestForgottenCards(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.keeps(t, "pm_card_visa")
		late := b.begun(t)
		if err := b.m.Remember(t.Context(), b.in, late); err != nil {
			t.Fatal(err)
		}
		if _, err := b.m.Collect(t.Context(), b.in, anna); err != nil {
			t.Fatal(err)
		}
		slots := slot.NewHub(nil)
		slots.Add(b.m.Definition().Fills...)
		ctx, n := db.WithCounter(t.Context())
		b.do(t, func(tx tx) error {
			for _, erase := range slot.Collect(ctx, slots, customersapi.Erase, b.in, func(string) bool { return true }) {
				if err := erase(ctx, tx, customersapi.Erased{Customer: anna}); err != nil {
					return err
				}
			}
			return b.m.Forget(ctx, tx, late.Payment)
		})
		if n.N() != 4 {
			t.Errorf("it took %d statements", n.N())
		}
		b.enters(t, "pm_card_mastercard") // after all
		b.pay(t, "pm_card_mastercard")
		b.resolve(t, 5)
		if all, far := b.cards(t, anna), b.far.Saved(secret); len(all) > 0 || len(far) > 0 {
			t.Errorf("%v, there %v", all, far)
		}
		if p := b.payment(t, late.Payment); p.Status != paymentsapi.Captured {
			t.Errorf("%+v", p)
		}
	})
}

// A card is saved without a payment, also when its owner never comes back, and is not
// when nobody goes on.
func TestAddCard(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		for _, comes := range []bool{true, false} {
			id, err := b.m.Collect(t.Context(), b.in, anna)
			if err != nil {
				t.Fatal(err)
			}
			if p, err := b.m.Collecting(t.Context(), b.in, anna, id); err != nil || !p.Open || p.Secret == "" {
				t.Fatalf("%+v %v", p, err)
			}
			if _, err := b.m.Collecting(t.Context(), b.in, bert, id); err == nil {
				t.Error("somebody else enters it")
			}
			b.enters(t, map[bool]string{true: "pm_card_visa", false: "pm_card_mastercard"}[comes])
			if comes {
				if p, err := b.m.Collecting(t.Context(), b.in, anna, id); err != nil || !p.Done {
					t.Fatalf("%+v %v", p, err)
				}
			} else {
				b.resolve(t, 2)
			}
			if all := b.cards(t, anna); len(all) == 0 || all[0].ID != id || !all[0].Usable {
				t.Errorf("%v: %+v", comes, all)
			}
		}
		if _, err := b.m.Collect(t.Context(), b.in, anna); err != nil {
			t.Fatal(err)
		}
		b.resolve(t, 1)
		b.Clock.Advance(25 * time.Hour)
		b.resolve(t, 1)
		if all := b.far.Setups(secret); all[len(all)-1].Status != "canceled" || len(b.cards(t, anna)) != 2 {
			t.Errorf("%+v", all[len(all)-1])
		}
		if slices.ContainsFunc(b.far.Ledger(secret), func(paytest.Entry) bool { return true }) {
			t.Error("money moved")
		}
	})
}
