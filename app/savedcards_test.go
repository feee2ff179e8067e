package app

import (
	"fmt"
	"strconv"
	"testing"

	"orion/kit/auth"
	"orion/kit/tenant"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
)

// shoppers are two customers of a store that have an account there.
func shoppers(t *testing.T, a *App, in tenant.Store) (out [2]auth.CustomerID) {
	t.Helper()
	rows, err := owner(t, a).QueryContext(t.Context(), fmt.Sprintf("SELECT id FROM customers_customers WHERE store_id = %d AND status = 'active' ORDER BY id LIMIT 2", in.ID()))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	n := 0
	for ; rows.Next(); n++ {
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		out[n] = auth.CustomerID(id)
	}
	if n != len(out) {
		t.Fatal("there are", n)
	}
	return out
}

// is makes the browser that of a store's customer; zero is a guest.
func (b *browser) is(a *App, in tenant.Store, who auth.CustomerID) {
	b.t.Helper()
	token, age := "", "; max-age=0"
	if !who.IsZero() {
		started, err := a.kit.Sessions.Start(b.t.Context(), auth.Session{Audience: "storefront", Realm: int64(in.ID()), Subject: int64(who)})
		token, age = session(b.t, started, err), ""
	}
	eval[string](b, `document.cookie = 'orion_storefront=`+token+`; path=/`+age+`'`)
	eval[string](b, `document.cookie = 'lang=en; path=/'`)
	b.until("the cookie", `document.cookie.includes('orion_storefront=') === `+strconv.FormatBool(!who.IsZero()))
}

func (x *till) as(who auth.CustomerID) { x.is(x.a, x.in, who) }

func (x *till) kept(who auth.CustomerID) []payments.Card {
	x.t.Helper()
	all, err := x.a.modules.payments.Cards(x.t.Context(), x.in, who)
	if err != nil {
		x.t.Fatal(err)
	}
	return all
}

const useCard = `form[action$="/card"] button`

// Saved cards in a browser: kept while paying, paid with, asked about by the bank,
// added without paying, and removed; and nobody else ever sees them.
func TestSavedCards(t *testing.T) {
	t.Parallel()
	eachTill(t, func(t *testing.T, x *till) {
		two := shoppers(t, x.a, x.in)
		anna, bert := two[0], two[1]
		x.open("/")
		x.as(anna)
		x.orders()
		if eval[bool](x.browser, `document.querySelector('[name=save]').checked || !!document.querySelector('`+useCard+`')`) {
			t.Error("a card is saved unasked, or there before it was")
		}
		x.clicks(`[name=save]`)
		x.types("4242424242424242")
		x.thanked()
		x.becomes(paymentsapi.Captured)
		x.proven()
		if all := x.kept(anna); len(all) != 1 || all[0].Last4 != "4242" || all[0].ExpYear != 2034 {
			t.Fatalf("%+v", all)
		}

		x.orders()
		x.sees("Visa •••• 4242 (12/34)")
		x.picture("card-saved")
		x.clicks(useCard)
		x.thanked()
		x.becomes(paymentsapi.Captured)
		x.proven()

		x.open("/account/cards")
		x.sees("Visa •••• 4242")
		x.clicks(`form[action$="/account/cards"] button`)
		x.until("the form", `location.pathname.startsWith('/account/cards/psm')`)
		x.picture("card-add")
		x.types("4000002500003155")
		x.sees("let the shop keep this card")
		x.clicks(`button[value="approve"]`)
		x.sees("The card is saved.")
		x.sees("Visa •••• 3155")
		x.picture("cards")

		x.bankAsks(anna)
		x.guarded(bert)

		x.open("/")
		x.as(anna)
		x.open("/account/cards")
		for range 2 {
			eval[bool](x.browser, `(window.confirm = () => true) && true`)
			x.clicks(`form[action$="/remove"] button`)
			x.sees("The payment method is removed.")
		}
		x.sees("No saved payment methods")
		if far := x.d.Saved(key); len(far) != 0 || len(x.kept(anna)) != 0 {
			t.Errorf("the gateway still has %v", far)
		}
		x.orders()
		if eval[bool](x.browser, `!!document.querySelector('`+useCard+`')`) {
			t.Error("what was removed is offered")
		}
	})
}

// bankAsks pays with the card whose bank asks: first it is refused, then approved, on
// the shop's own page.
func (x *till) bankAsks(who auth.CustomerID) {
	x.t.Helper()
	if all := x.kept(who); len(all) != 2 || all[0].Last4 != "3155" {
		x.t.Fatalf("%+v", all)
	}
	answer := func(pick string) {
		x.sees("The bank of your card asks")
		x.until("the button", `!document.querySelector('o-pay button').disabled`)
		x.clicks(`o-pay button`)
		x.until("the bank on the page", `document.activeElement?.title === '3D Secure'`)
		x.presses(map[string]string{"approve": "\t\r", "refuse": "\t\t\r"}[pick])
	}
	x.orders()
	x.clicks(useCard)
	answer("refuse")
	x.sees("could not make sure that it is you")
	x.clicks(useCard)
	answer("approve")
	x.thanked()
	x.becomes(paymentsapi.Captured)
	x.proven()
}

// guarded looks as everybody else: another customer, a guest, and a customer of
// another store.
func (x *till) guarded(other auth.CustomerID) {
	x.t.Helper()
	pay := ""
	for _, who := range []auth.CustomerID{other, 0} {
		x.open("/")
		x.as(who)
		if x.orders(); pay == "" {
			pay = x.where()
		}
		if eval[bool](x.browser, `document.body.innerText.includes('•••• 4242') || !!document.querySelector('`+useCard+`')`) {
			x.t.Errorf("%d sees the cards of somebody else", who)
		}
		if box := eval[bool](x.browser, `!!document.querySelector('[name=save]')`); box == who.IsZero() {
			x.t.Errorf("%d may save a card: %v", who, box)
		}
	}
	x.open(pay) // a guest with the link of a customer's payment
	if eval[bool](x.browser, `!!document.querySelector('[name=save]') || !!document.querySelector('`+useCard+`')`) {
		x.t.Error("a guest may save a card for a customer")
	}
	x.open("/account/cards")
	x.until("the way to sign in", `location.pathname === '/account/login'`)
}
