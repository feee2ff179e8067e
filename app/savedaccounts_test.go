package app

import (
	"testing"

	"orion/app/demo"
	"orion/kit/auth"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paypal"
)

// chooses orders a bowl as a customer, up to the page of ours that leads to PayPal.
func (x *buyer) chooses() {
	x.t.Helper()
	x.checksOut(paypal.Code)
	x.until("the page that leads on", `location.pathname.startsWith('/pay/') && !!document.querySelector('[name=save]')`)
}

const goesOn = `form[action$="/save"] button`

// pays waits until the payment that was begun last is taken, as the double's books say too.
func (x *buyer) pays() {
	x.t.Helper()
	x.thanked()
	x.becomes(paymentsapi.Captured)
	x.proven()
}

func (x *buyer) kept(who auth.CustomerID) []payments.Card {
	x.t.Helper()
	all, err := x.a.modules.payments.Cards(x.t.Context(), x.in, who)
	if err != nil {
		x.t.Fatal(err)
	}
	return all
}

// PayPal saved account in a browser: pay and agree, then pay again with it, also when
// PayPal asks or declines, then remove it; and nobody else ever sees it.
func TestSavedAccounts(t *testing.T) {
	t.Parallel()
	eachBuyer(t, func(t *testing.T, x *buyer) {
		two := shoppers(t, x.a, x.in)
		anna, bert := two[0], two[1]
		far := demo.PayPalKeys("maison-kirchberg").Client
		x.open("/")
		x.is(x.a, x.in, anna)
		x.chooses()
		if eval[bool](x.browser, `document.querySelector('[name=save]').checked || !!document.querySelector('`+useCard+`')`) {
			t.Error("an account is saved unasked, or there before it was")
		}
		x.picture("paypal-choose")
		x.clicks(goesOn)
		x.there()
		x.picks("approve")
		x.pays()
		if n := len(x.kept(anna)) + len(x.w.Remembered(far)); n != 0 {
			t.Error("an account is saved unasked")
		}

		x.chooses()
		x.clicks(`[name=save]`)
		x.clicks(goesOn)
		x.there()
		x.sees("The shop may keep this account")
		x.picks("approve")
		x.pays()
		if all := x.kept(anna); len(all) != 1 || all[0].Account != "l…@example.org" || len(x.w.Remembered(far)) != 1 {
			t.Fatalf("%+v", all)
		}

		x.chooses()
		x.sees("PayPal · l…@example.org")
		x.picture("paypal-saved")
		x.clicks(useCard)
		x.pays()

		token := x.w.Remembered(far)[0].ID
		x.w.Befalls(far, token, "ask")
		x.chooses()
		x.clicks(useCard)
		x.there()
		x.picks("approve")
		x.pays()

		x.w.Befalls(far, token, "decline")
		x.chooses()
		x.clicks(useCard)
		x.sees("PayPal could not take the money")
		x.picture("paypal-saved-declined")
		x.clicks(goesOn)
		x.there()
		x.picks("approve")
		x.pays()

		x.guarded(bert)

		x.open("/")
		x.is(x.a, x.in, anna)
		x.open("/account/cards")
		x.sees("PayPal · l…@example.org")
		x.picture("accounts")
		eval[bool](x.browser, `(window.confirm = () => true) && true`)
		x.clicks(`form[action$="/remove"] button`)
		x.sees("The payment method is removed.")
		x.sees("No saved payment methods")
		if there := x.w.Remembered(far); len(there) != 0 || len(x.kept(anna)) != 0 {
			t.Errorf("PayPal still has %v", there)
		}
		x.chooses()
		if eval[bool](x.browser, `!!document.querySelector('`+useCard+`')`) {
			t.Error("what was removed is offered")
		}
	})
}

// guarded looks as everybody else: another customer, and a guest with the link of a
// customer's payment.
func (x *buyer) guarded(other auth.CustomerID) {
	x.t.Helper()
	x.open("/")
	x.is(x.a, x.in, other)
	x.chooses()
	if eval[bool](x.browser, `document.body.innerText.includes('l…@example.org') || !!document.querySelector('`+useCard+`')`) {
		x.t.Error("another customer sees the account")
	}
	pay := x.where()
	x.is(x.a, x.in, 0)
	x.open(pay)
	x.there() // led on, and asked nothing
	x.open("/")
	x.orders()
}
