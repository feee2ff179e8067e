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
	"orion/modules/payments/paypal"
	"orion/modules/payments/paytest"
)

// buyer is somebody who buys in the demo, with a double of PayPal.
type buyer struct {
	*browser
	a     *App
	w     *wallet
	clock *clock.Shifted
	in    tenant.Store
}

// eachBuyer runs fn with a buyer on either kind of database.
func eachBuyer(t *testing.T, fn func(t *testing.T, x *buyer)) {
	t.Helper()
	eachDemo(t, func(t *testing.T, dsn string) {
		fn(t, openBuyer(t, dsn))
	})
}

func openBuyer(t *testing.T, dsn string) *buyer {
	t.Helper()
	w, err := openWallet("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.server.Close() })
	conf, shifted := settings(t, t.TempDir(), dsn), clock.NewShifted(clock.System())
	conf.Services.PayPal = w.base
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
	if err := a.takePayPal(t.Context(), w, port); err != nil {
		t.Fatal(err)
	}
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	return &buyer{newBrowser(t, "http://maison-kirchberg.localhost:"+port), a, w, shifted, in}
}

// orders buys a bowl as a guest, up to PayPal's page.
func (x *buyer) orders() {
	x.t.Helper()
	x.checksOut(paypal.Code)
	x.there()
}

func (x *buyer) there() {
	x.t.Helper()
	x.until("PayPal's page", `location.pathname === '/checkoutnow'`)
	x.sees("This is a demo")
}

func (x *buyer) picks(answer string) { x.clicks(`button[value="` + answer + `"]`) }

func (x *buyer) thanked() {
	x.t.Helper()
	x.until("the order's page", `location.pathname.startsWith('/orders/')`)
	x.sees("Thank you")
}

// latest is the payment that was opened last.
func (x *buyer) latest() payments.Listed {
	x.t.Helper()
	found, err := x.a.modules.payments.Payments(x.t.Context(), x.in, payments.Wanted{Method: paypal.Code}, page.Request{Limit: 1})
	if err != nil || len(found.Items) == 0 {
		x.t.Fatal("no payment", err)
	}
	return found.Items[0]
}

// becomes waits until the payment that was opened last stands so.
func (x *buyer) becomes(want paymentsapi.Status) {
	x.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if x.latest().Status == want {
			return
		}
	}
	x.t.Fatalf("the payment is %s, not %s", x.latest().Status, want)
}

// proven holds what stands here against the double's books: the newest order there is
// that of the latest payment here.
func (x *buyer) proven() {
	x.t.Helper()
	client := demo.PayPalKeys("maison-kirchberg").Client
	all := x.w.Orders(client)
	p, captured, refunded := x.latest(), int64(0), int64(0)
	for _, e := range x.w.Ledger(client) {
		switch {
		case e.Order != all[len(all)-1].ID:
		case e.Move == paytest.Capture:
			captured += e.Amount.Minor
		case e.Move == paytest.GiveBack:
			refunded += e.Amount.Minor
		}
	}
	if captured != p.Captured.Minor || refunded != p.Refunded.Minor || p.Captured != p.Amount {
		x.t.Errorf("we have %v and %v back, the double %d and %d", p.Captured, p.Refunded, captured, refunded)
	}
}

// PayPal in a browser: paid and given back in part, cancelled there and then paid, and
// declined before it is paid.
func TestPayPal(t *testing.T) {
	t.Parallel()
	eachBuyer(t, func(t *testing.T, x *buyer) {
		x.orders()
		x.picture("paypal-page")
		x.picks("approve")
		x.thanked()
		x.becomes(paymentsapi.Captured)
		x.proven()

		x.orders()
		x.picks("cancel")
		x.until("the order's page", `location.pathname.startsWith('/orders/')`)
		x.picture("paypal-cancelled")
		if p := x.latest(); p.Status != paymentsapi.Pending || p.Captured.Minor != 0 {
			t.Errorf("%+v", p)
		}
		x.clicks(`form[action$="/pay"] button`)
		x.there()
		x.picks("approve")
		x.thanked()
		x.becomes(paymentsapi.Captured)
		x.proven()

		x.orders()
		x.picks("decline")
		x.until("our own page", `location.pathname.startsWith('/pay/')`)
		x.sees("PayPal could not take the money")
		x.picture("paypal-declined")
		x.clicks(`main a.btn-primary`)
		x.there()
		x.picks("approve")
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

// Who closes the tab once they have agreed has paid all the same: by what PayPal
// tells, and without that as soon as it is asked.
func TestPayPalTabIsClosed(t *testing.T) {
	t.Parallel()
	eachBuyer(t, func(t *testing.T, x *buyer) {
		for _, told := range []bool{true, false} {
			x.orders()
			x.leaves()
			if p := x.latest(); p.Status != paymentsapi.Pending {
				t.Fatalf("%+v", p)
			}
			if told {
				if n, err := x.w.Deliver(t.Context()); n == 0 || err != nil {
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

// leaves agrees at PayPal, and closes the page before it leads back.
func (x *buyer) leaves() {
	x.t.Helper()
	there := x.where()
	x.open("about:blank")
	away := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := away.PostForm(there, url.Values{"answer": {"approve"}})
	if err != nil || res.StatusCode != http.StatusSeeOther || !strings.Contains(res.Header.Get("Location"), "/pay/") {
		x.t.Fatal(res, err)
	}
	_ = res.Body.Close()
}

// The demo's keys are known to the double alone: with PayPal itself nothing is
// offered, and nobody is asked.
func TestDemoKeysOfPayPalStayHere(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	keys := demo.PayPalKeys("maison-kirchberg")
	if err := a.enterKeys(t.Context(), in, payPalKeys(keys)); err != nil {
		t.Fatal(err)
	}
	if mode := a.modules.paypal(a.kit).Mode(in); mode != "" || a.modules.payments.PayPalAccount(in).Client != keys.Client {
		t.Errorf("the account is in mode %q", mode)
	}
}
