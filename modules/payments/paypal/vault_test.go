package paypal_test

import (
	"errors"
	"strings"
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

	confirming = "POST /v2/checkout/orders/*/confirm-payment-source"
)

var price = money.New(1999, "EUR")

// begun is a payment of anna's whose order waits for her.
func (b *bundle) begun(t *testing.T) payments.Owned {
	t.Helper()
	b.payer = anna
	id := b.open(t, price)
	b.start(t, id)
	return payments.Owned{Customer: anna, Payment: id}
}

func (b *bundle) accounts(t *testing.T, who auth.CustomerID) []payments.Card {
	t.Helper()
	all, err := b.m.Cards(t.Context(), b.in, who)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// keeps is anna's account, which she had remembered while she paid.
func (b *bundle) keeps(t *testing.T) payments.Card {
	t.Helper()
	o := b.begun(t)
	if err := b.m.Remember(t.Context(), b.in, o); err != nil {
		t.Fatal(err)
	}
	b.choose(t, "approve")
	if r := b.look(t, o.Payment); r.Status != paymentsapi.Captured && r.Status != paymentsapi.Authorised {
		t.Fatalf("%+v", r)
	}
	all := b.accounts(t, anna)
	if len(all) == 0 {
		t.Fatal("nothing is remembered")
	}
	return all[0]
}

// token is the newest of those that PayPal remembers.
func (b *bundle) token(t *testing.T) string {
	t.Helper()
	all := b.far.Remembered(client)
	if len(all) == 0 {
		t.Fatal("PayPal remembers none")
	}
	return all[len(all)-1].ID
}

// An account is remembered when its owner agreed before they left, and by default it is
// not. However often the news is brought, it is there once; remembered again, it takes the
// place of the one before.
func TestAccountIsRememberedOnlyWhenAgreed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		o := b.begun(t)
		b.choose(t, "approve")
		b.look(t, o.Payment)
		o = b.begun(t)
		if err := errors.Join(b.m.Remember(t.Context(), b.in, o), b.m.Disregard(t.Context(), b.in, o)); err != nil {
			t.Fatal(err)
		}
		b.choose(t, "approve")
		b.look(t, o.Payment)
		if n, m := len(b.accounts(t, anna)), len(b.far.Remembered(client)); n+m != 0 {
			t.Fatalf("%d are remembered, and %d there", n, m)
		}

		agreed := b.Clock.Now()
		c := b.keeps(t)
		if c.Brand != "paypal" || c.Account != "l…@example.org" || c.Last4 != "" || !c.Usable || c.AgreedAt.Before(agreed) || c.AgreedAt.After(b.Clock.Now()) {
			t.Errorf("%+v", c)
		}
		for range 3 {
			b.told(t, site)
		}
		if all := b.accounts(t, anna); len(all) != 1 || len(b.far.Remembered(client)) != 1 {
			t.Errorf("%+v, and there %v", all, b.far.Remembered(client))
		}
		if again := b.keeps(t); again.ID == c.ID || len(b.accounts(t, anna)) != 1 {
			t.Errorf("%+v", b.accounts(t, anna))
		}
		b.resolve(t, 1)
		if far := b.far.Remembered(client); len(far) != 1 {
			t.Errorf("PayPal remembers %v", far)
		}
	})
}

// A remembered account pays without its owner leaving the shop, taken or held, and a
// double click pays once; when PayPal wants to see them, they go there.
func TestPayWithRememberedAccount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		for _, hold := range []bool{false, true} {
			b.account.Hold = hold
			c, status := b.keeps(t), map[bool]paymentsapi.Status{false: paymentsapi.Captured, true: paymentsapi.Authorised}[hold]
			o := b.begun(t)
			for range 2 {
				if _, err := b.m.PayWith(t.Context(), b.in, o, c.ID); err != nil && b.payment(t, o.Payment).Status != status {
					t.Fatal(err)
				}
			}
			if p := b.payment(t, o.Payment); p.Status != status {
				t.Errorf("%+v", p)
			}
			b.proven(t, o.Payment)

			b.far.Befalls(client, b.token(t), "ask")
			o = b.begun(t)
			s, err := b.m.PayWith(t.Context(), b.in, o, c.ID)
			if err != nil || s.Outcome != payments.RequiresAction || s.Reason != "" || !strings.Contains(s.Redirect, "/checkoutnow?token="+b.newest(t).ID) {
				t.Fatalf("%+v %v", s, err)
			}
			if to := b.choose(t, "approve"); !strings.HasPrefix(to, "https://shop.test/pay/") {
				t.Error(to)
			}
			if r := b.look(t, o.Payment); r.Status != status {
				t.Errorf("%+v", r)
			}
			b.proven(t, o.Payment)
		}
		if all := b.accounts(t, anna); len(all) != 1 {
			t.Errorf("%+v", all)
		}
	})
}

// What is declined, and what PayPal does not know any more, takes nothing; the order can
// still be paid at PayPal.
func TestRememberedAccountFails(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		c := b.keeps(t)
		b.far.Befalls(client, b.token(t), "decline")
		o := b.begun(t)
		for range 2 {
			if s, err := b.m.PayWith(t.Context(), b.in, o, c.ID); err != nil || s.Outcome != payments.RequiresAction || s.Reason != "instrument_declined" {
				t.Fatal(s, err)
			}
		}
		if r := b.look(t, o.Payment); r.Problem != "instrument_declined" || r.Turn == "" {
			t.Errorf("%+v", r)
		}
		b.choose(t, "approve")
		b.look(t, o.Payment)
		b.captured(t, o.Payment)

		b.far.TakesBack(client, b.token(t))
		o = b.begun(t)
		if s, err := b.m.PayWith(t.Context(), b.in, o, c.ID); err != nil || s.Outcome != payments.RequiresAction || s.Reason != payments.Unusable {
			t.Fatal(s, err)
		}
		b.choose(t, "approve")
		b.look(t, o.Payment)
		b.captured(t, o.Payment)
		if err := b.m.Remove(t.Context(), b.in, anna, c.ID); err != nil || len(b.accounts(t, anna)) > 0 {
			t.Error(err)
		}
		if left, err := b.m.Resolve(t.Context(), b.in); err != nil || left != 0 {
			t.Error(left, err)
		}
	})
}

// An account that may not remember any says so, and is paid all the same.
func TestNothingCanBeRemembered(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.far.Open(paytest.PayPalAccount{Client: client, Secret: secret, Webhook: webhook, Scopes: []string{"https://uri.paypal.com/services/payments/payment"}})
		o := b.begun(t)
		if err := b.m.Remember(t.Context(), b.in, o); err == nil || !strings.Contains(err.Error(), "not_kept") {
			t.Error(err)
		}
		b.choose(t, "approve")
		b.look(t, o.Payment)
		b.captured(t, o.Payment)
		if all := b.accounts(t, anna); len(all) > 0 {
			t.Errorf("%+v", all)
		}
		if err := b.m.Remember(t.Context(), b.in, o); err == nil {
			t.Error("an account is remembered after it has paid")
		}
	})
}

// PayPal remembers some accounts a while after they have paid: it tells, and where it does
// not, it is asked, also when it is silent meanwhile.
func TestRememberedLater(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		for _, tells := range []bool{true, false} {
			b := setup(t, e)
			b.in = e.Store()
			site := b.site(t)
			b.far.Open(paytest.PayPalAccount{Client: client, Secret: secret, Webhook: webhook, Slow: true})
			o := b.begun(t)
			if err := b.m.Remember(t.Context(), b.in, o); err != nil {
				t.Fatal(err)
			}
			b.choose(t, "approve")
			b.look(t, o.Payment)
			b.captured(t, o.Payment)
			if all := b.accounts(t, anna); len(all) > 0 {
				t.Fatalf("%+v", all)
			}
			b.Clock.Advance(2 * time.Minute)
			if b.token(t); tells {
				b.told(t, site)
			} else {
				b.far.Play(paytest.Fault{Do: paytest.DropBefore, On: "GET /v2/checkout/orders/*", Times: 4})
				b.resolve(t, 12)
			}
			if all := b.accounts(t, anna); len(all) != 1 || all[0].Account != "l…@example.org" {
				t.Errorf("told: %v: %+v", tells, all)
			}
			b.resolve(t, 2)
			if left, err := b.m.Resolve(t.Context(), b.in); err != nil || left != 0 {
				t.Errorf("%d are asked about for ever, %v", left, err)
			}
			b.captured(t, o.Payment)
		}
	})
}
