package stripe_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

// get asks for a page as a payer's browser does.
func get(site http.Handler, path string) *http.Response {
	w := httptest.NewRecorder()
	site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://shop.test"+path, nil))
	return w.Result()
}

func leads(t *testing.T, site http.Handler, from string) string {
	t.Helper()
	res := get(site, from)
	if res.StatusCode != http.StatusSeeOther {
		t.Errorf("%s answers %d", from, res.StatusCode)
	}
	return res.Header.Get("Location")
}

// shows gives a page of a payer and its policy.
func shows(t *testing.T, site http.Handler, path string) (body, policy string) {
	t.Helper()
	res := get(site, path)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %d and leads to %s", path, res.StatusCode, res.Header.Get("Location"))
	}
	var out strings.Builder
	if err := res.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String(), res.Header.Get("Content-Security-Policy")
}

// The page has what the form needs, opens the gateway's address and no other,
// and says the truth without JavaScript.
func TestFormPage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		id := b.open(t, money.New(1999, "EUR"))
		page := b.start(t, id).RedirectPath
		body, policy := shows(t, site, page)
		for _, want := range []string{
			`data-script="` + b.url + `/dahlia/stripe.js"`, `data-key="` + public + `"`, `data-secret="` + b.newest(t).ClientSecret + `"`, "<noscript>", "Nothing was taken",
			"4242 4242 4242 4242", "19.99", "Cache-Control: no-store",
		} {
			if !strings.Contains(body, want) {
				t.Errorf("%s is missing in %s", want, body)
			}
		}
		if strings.Contains(body, secret) || strings.Contains(body, "whsec") {
			t.Error("the page tells a secret of the account")
		}
		for _, want := range []string{"frame-src " + b.url + ";", "script-src 'self' " + b.url + " 'nonce-", "connect-src 'self';", "form-action 'self'", "frame-ancestors 'none'", "style-src 'self' 'nonce-"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%q is not in %s", want, policy)
			}
		}
		b.pay(t, "pm_card_visa")
		back := leads(t, site, page)
		if to := leads(t, site, back); to != "/orders/x" {
			t.Errorf("afterwards it leads to %s", to)
		}
		if p := b.payment(t, id); p.Status != paymentsapi.Captured {
			t.Errorf("%+v", p)
		}
		if to := leads(t, site, page); to != back {
			t.Errorf("the form of what is paid leads to %s", to)
		}
		b.proven(t, id)
	})
}

// Who was declined, or refused a challenge, comes back to the form, which says
// so; and pays with another card.
func TestFormAfterADecline(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		for _, c := range []struct{ card, says string }{
			{"pm_card_visa_chargeDeclined", "bank declined the card"},
			{"pm_card_authenticationRequired", "could not make sure"},
		} {
			id := b.open(t, money.New(1999, "EUR"))
			page := b.start(t, id).RedirectPath
			back := strings.Replace(page, "/form/", "/", 1)
			if i := b.pay(t, c.card); i.NextAction != nil {
				b.answer(t, i, "refuse")
			}
			if to := leads(t, site, back); to != page {
				t.Errorf("%s: it leads to %s", c.card, to)
			}
			if body, _ := shows(t, site, page); !strings.Contains(body, c.says) {
				t.Errorf("%s: %s", c.card, body)
			}
			if p := b.payment(t, id); p.Status != paymentsapi.Pending {
				t.Errorf("%s: %+v", c.card, p)
			}
			b.pay(t, "pm_card_visa")
			if to := leads(t, site, back); to != "/orders/x" {
				t.Errorf("%s: it leads to %s", c.card, to)
			}
			b.proven(t, id)
		}
	})
}

// While the gateway does not answer nobody is led in circles: the page waits, and
// knows as soon as the gateway does.
func TestFormWhileNobodyAnswers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		id := b.open(t, money.New(1999, "EUR"))
		page := b.start(t, id).RedirectPath
		b.far.Play(paytest.Fault{Do: paytest.DropBefore, Times: 4})
		back := leads(t, site, page)
		body, policy := shows(t, site, back)
		if !strings.Contains(body, "checking your payment") || !strings.Contains(body, "Refresh: 4") || strings.Contains(policy, b.url) {
			t.Errorf("%s %s", policy, body)
		}
		b.far.Heal()
		if to := leads(t, site, back); to != page {
			t.Errorf("it leads to %s", to)
		}
		b.do(t, func(tx tx) error { return b.m.Cancel(t.Context(), tx, id) })
		if to := leads(t, site, page); to != back {
			t.Errorf("the form of what was cancelled leads to %s", to)
		}
		if to := leads(t, site, back); to != "/orders/x" {
			t.Errorf("what was cancelled leads to %s", to)
		}
	})
}

// Stripe itself is spread over these addresses.
func TestFormOfStripeItself(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"", "https://api.stripe.com", "https://api.stripe.com/"} {
		f := stripe.New(stripe.Options{Base: base}).Element()
		if f.Script != "https://js.stripe.com/dahlia/stripe.js" || strings.Join(f.Calls, " ") != "https://api.stripe.com" ||
			strings.Join(f.Frames, " ") != "https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com" {
			t.Errorf("%q: %+v", base, f)
		}
	}
}
