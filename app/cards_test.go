package app

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"orion/app/demo"
	"orion/kit/clock"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

// till is the demo with a double of Stripe, and somebody who buys there.
type till struct {
	*browser
	a     *App
	d     *double
	clock *clock.Shifted
	in    tenant.Store
}

// key is the secret key of the store's account at the double.
const key = demo.StripeSecret + "maison-kirchberg"

// eachTill runs fn with a till on either kind of database.
func eachTill(t *testing.T, fn func(t *testing.T, x *till)) {
	t.Helper()
	eachDemo(t, func(t *testing.T, dsn string) {
		fn(t, openTill(t, dsn))
	})
}

func openTill(t *testing.T, dsn string) *till {
	t.Helper()
	d, err := openDouble("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.server.Close() })
	conf, shifted := settings(t, t.TempDir(), dsn), clock.NewShifted(clock.System())
	d.Stripe = paytest.New(shifted, d.base) // what is paid out depends on the day
	conf.Services.Stripe = d.base
	a, err := Open(t.Context(), conf, Options{Log: slog.New(slog.DiscardHandler), Clock: shifted})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(t.Context()); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
	})
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	port := serve(t, a)
	if err := a.takeCards(t.Context(), d, port); err != nil {
		t.Fatal(err)
	}
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	return &till{newBrowser(t, "http://maison-kirchberg.localhost:"+port), a, d, shifted, in}
}

// orders buys a bowl as a guest, up to the form for the card.
func (x *till) orders() {
	x.t.Helper()
	x.checksOut(stripe.Code)
	x.until("the form's page", `location.pathname.startsWith('/pay/form/')`)
}

// checksOut is a guest who orders a bowl, and chooses how to pay for it.
func (b *browser) checksOut(method string) {
	b.t.Helper()
	b.open("/products/serving-bowl")
	b.clicks(`form[action$="/cart/add"] button.btn-primary`)
	b.until("the cart", `location.pathname === '/cart' || document.querySelector('#cart-count').innerText.trim() === '1'`)
	b.open("/checkout")
	b.typed("email", "lea@example.com")
	b.typed("name", "Léa Schmit")
	b.clicks(`button[name="step"][value="contact"]`)
	b.typed("address.name", "Léa Schmit")
	b.typed("address.line1", "12, rue des Roses")
	b.typed("address.postal_code", "2445")
	b.typed("address.city", "Luxembourg")
	b.typed("address.country", "LU")
	b.clicks(`button[name="step"][value="address"]`)
	b.sees("Post")
	b.clicks(`input[name="delivery"]`)
	b.clicks(`button[name="step"][value="delivery"]`)
	b.sees("This is a test, no money is taken") // beside the method, before anybody chooses it
	b.clicks(`input[name="payment"][value="` + method + `"]`)
	b.clicks(`input[name="terms"]`)
	b.clicks(`button[name="step"][value="place"]`)
}

// types fills the form in the frame by keyboard, and presses the page's button.
func (x *till) types(card string) {
	x.t.Helper()
	x.until("the form", `!!document.querySelector('.pay-fields iframe') && !document.querySelector('o-pay button').disabled`)
	x.focuses(`.pay-fields iframe`)
	x.presses("\t" + card + "\t1234\t123")
	x.clicks(`o-pay button`)
}

func (x *till) thanked() {
	x.t.Helper()
	x.until("the order's page", `location.pathname.startsWith('/orders/')`)
	x.sees("Thank you")
}

// buys pays an order with a card that is taken at once.
func (x *till) buys(card string) {
	x.t.Helper()
	x.orders()
	x.types(card)
	x.thanked()
	x.becomes(paymentsapi.Captured)
}

// latest is the payment that was opened last.
func (x *till) latest() payments.Listed {
	x.t.Helper()
	found, err := x.a.modules.payments.Payments(x.t.Context(), x.in, payments.Wanted{Method: stripe.Code}, page.Request{Limit: 1})
	if err != nil || len(found.Items) == 0 {
		x.t.Fatal("no payment", err)
	}
	return found.Items[0]
}

// becomes waits until the payment that was opened last stands so.
func (x *till) becomes(want paymentsapi.Status) {
	x.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if x.latest().Status == want {
			return
		}
	}
	x.t.Fatalf("the payment is %s, not %s", x.latest().Status, want)
}

// proven holds what stands here against the double's books.
func (x *till) proven() {
	x.t.Helper()
	p, captured, refunded := x.latest(), int64(0), int64(0)
	for _, e := range x.d.Ledger(key) {
		switch {
		case e.Metadata["orion_payment"] != p.ID.String():
		case e.Move == paytest.Capture:
			captured += e.Amount
		case e.Move == paytest.GiveBack:
			refunded += e.Amount
		}
	}
	if captured != p.Captured.Minor || refunded != p.Refunded.Minor || p.Captured != p.Amount {
		x.t.Errorf("we have %v and %v back, the double %d and %d", p.Captured, p.Refunded, captured, refunded)
	}
}

// Cards in a browser, through the form in the double's frame: paid and given back
// in part, with a bank that asks, and declined before it is paid.
func TestCards(t *testing.T) {
	t.Parallel()
	eachTill(t, func(t *testing.T, x *till) {
		x.orders()
		x.sees("No money is taken")
		x.picture("card-form")
		x.types("4242424242424242")
		x.thanked()
		x.becomes(paymentsapi.Captured)
		x.proven()

		x.orders()
		x.types("4000002500003155")
		x.sees("Test bank")
		x.clicks(`button[value="refuse"]`)
		x.until("the form again", `location.pathname.startsWith('/pay/form/')`)
		x.sees("could not make sure that it is you")
		x.types("4000002500003155")
		x.sees("Test bank")
		x.clicks(`button[value="approve"]`)
		x.thanked()
		x.becomes(paymentsapi.Captured)
		x.proven()

		x.orders()
		x.types("4000000000000002")
		x.sees("Your card was declined")
		x.until("the button again", `!document.querySelector('o-pay button').disabled`)
		x.open(x.where()) // also the page knows
		x.sees("Your bank declined the card")
		x.types("4242424242424242")
		x.thanked()
		x.becomes(paymentsapi.Captured)
		x.proven()

		x.signsIn("/store/login", "manager@maison-kirchberg.example")
		eval[string](x.browser, `document.cookie = 'lang=en; path=/'`)
		x.open("/store/payments/" + x.latest().ID.String())
		x.typed("amount", "5.00")
		x.typed("reason", "A scratch")
		x.clicks(`form[action$="/refund"] button`)
		x.becomes(paymentsapi.PartiallyRefunded)
		x.proven()
		if p := x.latest(); p.Refunded != money.New(500, "EUR") {
			t.Errorf("%+v", p)
		}
	})
}

// Who closes the tab once the bank has agreed has paid all the same: by what the
// gateway tells, and without that as soon as it is asked.
func TestTabIsClosed(t *testing.T) {
	t.Parallel()
	eachTill(t, func(t *testing.T, x *till) {
		for _, told := range []bool{true, false} {
			x.orders()
			x.types("4000002500003155")
			x.sees("Test bank")
			x.leaves()
			if p := x.latest(); p.Status != paymentsapi.Pending {
				t.Fatalf("%+v", p)
			}
			if told {
				if n, err := x.d.Deliver(t.Context()); n == 0 || err != nil {
					t.Fatal(n, err)
				}
			} else {
				x.clock.Advance(2 * time.Minute)
				if _, err := x.a.modules.payments.Resolve(t.Context(), x.in); err != nil {
					t.Fatal(err)
				}
			}
			x.becomes(paymentsapi.Captured)
			x.proven()
		}
	})
}

// leaves agrees at the bank, and closes the page before it leads back.
func (x *till) leaves() {
	x.t.Helper()
	bank := x.where()
	x.open("about:blank")
	away := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := away.PostForm(bank, url.Values{"answer": {"approve"}})
	if err != nil || res.StatusCode != http.StatusSeeOther || !strings.Contains(res.Header.Get("Location"), "redirect_status=succeeded") {
		x.t.Fatal(res, err)
	}
	_ = res.Body.Close()
}

// The demo's keys are known to the double alone: with Stripe itself nothing is
// offered, and nobody is asked.
func TestDemoKeysStayHere(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.enterKeys(t.Context(), in, stripeKeys(demo.Keys("maison-kirchberg"))); err != nil {
		t.Fatal(err)
	}
	if mode := a.modules.stripe(a.kit).Mode(in); mode != "" || a.modules.payments.StripeAccount(in).Secret != key {
		t.Errorf("the account is in mode %q", mode)
	}
}
