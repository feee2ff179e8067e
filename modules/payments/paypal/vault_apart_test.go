package paypal_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
)

// Nobody else sees, uses or removes a remembered account: no other customer, no guest, no
// other store, and nobody with another app. What one removes of an account that two
// share stays the other's.
func TestAccountsStayApart(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		c, o := b.keeps(t), b.begun(t)
		for _, who := range []auth.CustomerID{bert, 0} {
			other := payments.Owned{Customer: who, Payment: o.Payment}
			_, err := b.m.PayWith(t.Context(), b.in, other, c.ID)
			if all := b.accounts(t, who); err == nil || len(all) > 0 || b.m.Remember(t.Context(), b.in, other) == nil || b.m.Remove(t.Context(), b.in, who, c.ID) == nil {
				t.Errorf("%d has %v", who, all)
			}
		}
		b.payer = bert
		own := payments.Owned{Customer: bert, Payment: b.open(t, price)}
		b.start(t, own.Payment)
		if _, err := b.m.PayWith(t.Context(), b.in, own, c.ID); err == nil {
			t.Error("Bert paid with Anna's account")
		}
		if err := b.m.Remember(t.Context(), b.in, own); err != nil {
			t.Fatal(err)
		}
		b.choose(t, "approve") // with the same account
		b.look(t, own.Payment)
		if all := b.accounts(t, bert); len(all) != 1 || b.m.Remove(t.Context(), b.in, bert, all[0].ID) != nil || len(b.far.Remembered(client)) != 1 {
			t.Errorf("%+v, and there %v", all, b.far.Remembered(client))
		}
		elsewhere := e.Store()
		if all, err := b.m.Cards(t.Context(), elsewhere, anna); err != nil || len(all) > 0 || b.m.Remove(t.Context(), elsewhere, anna, c.ID) == nil {
			t.Error(all, err)
		}

		b.far.Open(paytest.PayPalAccount{Client: "other", Secret: "other"})
		was := b.account
		b.account.Client, b.account.Secret = "other", "other"
		there := b.begun(t)
		if _, err := b.m.PayWith(t.Context(), b.in, there, c.ID); err == nil || b.accounts(t, anna)[0].Usable {
			t.Error("an account of another app was used")
		}
		if err := b.m.Remove(t.Context(), b.in, anna, c.ID); err != nil {
			t.Fatal(err)
		}
		b.resolve(t, 5)
		if b.account = was; len(b.far.Remembered(client)) != 1 {
			t.Error("it was dropped with the keys of another app")
		}
		b.resolve(t, 70)
		if far := b.far.Remembered(client); len(far) > 0 {
			t.Errorf("PayPal still has %v", far)
		}
	})
}

// Whatever happens to the calls with which a remembered account pays, it pays once or not
// at all, and can be tried again.
func TestRememberedAccountUnderFaults(t *testing.T) {
	t.Parallel()
	for _, on := range []string{confirming, "POST /v2/checkout/orders/*/capture", "GET /v2/checkout/orders/*"} {
		each(t, on, func(t *testing.T, b *bundle, f paytest.Fault) {
			c, o := b.keeps(t), b.begun(t)
			b.far.Play(f)
			if _, err := b.m.PayWith(t.Context(), b.in, o, c.ID); err != nil {
				t.Fatal(err)
			}
			b.heal(f)
			b.Clock.Advance(time.Minute) // a blown fuse
			b.look(t, o.Payment)
			if _, err := b.m.PayWith(t.Context(), b.in, o, c.ID); err != nil && b.payment(t, o.Payment).Status != paymentsapi.Captured {
				t.Error(err)
			}
			b.resolve(t, 1)
			b.captured(t, o.Payment)
			if all := b.accounts(t, anna); len(all) != 1 || len(b.far.Orders(client)) != 2 {
				t.Errorf("%+v, %d orders", all, len(b.far.Orders(client)))
			}
		})
	}
}

// Whatever happens to the call that says it: what somebody agreed to may be remembered,
// and what they did not is not, or is forgotten again.
func TestAgreementUnderFaults(t *testing.T) {
	t.Parallel()
	each(t, confirming, func(t *testing.T, b *bundle, f paytest.Fault) {
		o := b.begun(t)
		if err := b.m.Remember(t.Context(), b.in, o); err != nil {
			t.Fatal(err)
		}
		b.far.Play(f)
		failed := b.m.Disregard(t.Context(), b.in, o)
		b.heal(f)
		b.Clock.Advance(time.Minute)
		b.choose(t, "approve")
		b.look(t, o.Payment)
		b.captured(t, o.Payment)
		b.resolve(t, 3)
		if all, far := b.accounts(t, anna), b.far.Remembered(client); len(all)+len(far) > 0 {
			t.Errorf("after %v %+v is remembered, and there %v", failed, all, far)
		}
		o = b.begun(t)
		b.far.Play(f)
		failed = b.m.Remember(t.Context(), b.in, o)
		b.heal(f)
		b.Clock.Advance(time.Minute)
		b.choose(t, "approve")
		b.look(t, o.Payment)
		b.captured(t, o.Payment)
		if all, far := b.accounts(t, anna), b.far.Remembered(client); len(all) != len(far) || failed == nil && len(all) != 1 {
			t.Errorf("after %v %+v is remembered, and there %v", failed, all, far)
		}
	})
}

// Who removes an account is rid of it at once; PayPal forgets it as soon as it answers.
func TestRemoveAccount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		for _, kind := range []paytest.Kind{"", paytest.DropBefore, paytest.DropAfter, paytest.FailBefore, paytest.FailAfter, paytest.RateLimit} {
			c := b.keeps(t)
			if kind != "" {
				b.far.Play(paytest.Fault{Do: kind, On: "DELETE /v3/vault/payment-tokens/*", Times: 20})
			}
			if err := b.m.Remove(t.Context(), b.in, anna, c.ID); err != nil {
				t.Fatal(kind, err)
			}
			if all := b.accounts(t, anna); len(all) > 0 || b.m.Remove(t.Context(), b.in, anna, c.ID) == nil {
				t.Error(kind, all)
			}
			b.far.Heal()
			b.resolve(t, 70)
			if far := b.far.Remembered(client); len(far) > 0 {
				t.Errorf("%s: PayPal has %v", kind, far)
			}
			b.told(t, site) // late news does not bring it back
			if all := b.accounts(t, anna); len(all) > 0 {
				t.Error(kind, "it is back:", all)
			}
		}
	})
}

// A customer chooses before they leave; a guest, and whoever else has the link, is led on
// and sees none of it.
func TestChoosesBeforeLeaving(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.keeps(t)
		o := b.begun(t)
		path := b.start(t, o.Payment).RedirectPath
		form := strings.Replace(path, "/pay/", "/pay/form/", 1)
		for _, who := range []auth.CustomerID{0, bert, anna} {
			b.reader = who
			w := b.visits(t, http.MethodGet, path, nil)
			own := who == anna
			if leads, offers := w.Header().Get("Refresh") != "", strings.Contains(w.Body.String(), `name="save"`); leads == own || offers != own || strings.Contains(w.Body.String(), "l…@example.org") != own {
				t.Errorf("%d is led on: %v, and chooses: %v %s", who, leads, offers, w.Body)
			}
			if strings.Contains(w.Body.String(), ">payments.") {
				t.Errorf("words are missing: %s", w.Body)
			}
			if w := b.visits(t, http.MethodPost, form+"/card", url.Values{"card": {b.accounts(t, anna)[0].ID.String()}}); !own && w.Code/100 == 2 || !own && b.payment(t, o.Payment).Status == paymentsapi.Captured {
				t.Errorf("%d pays with it: %d", who, w.Code)
			}
		}
		b.captured(t, o.Payment)

		o = b.begun(t)
		path = b.start(t, o.Payment).RedirectPath
		form = strings.Replace(path, "/pay/", "/pay/form/", 1)
		for _, yes := range []string{"on", ""} {
			w := b.visits(t, http.MethodPost, form+"/save", url.Values{"on": {"1"}, "save": {yes}})
			if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || to != path+"?on=1" {
				t.Fatalf("%d %s", w.Code, to)
			}
			if w = b.visits(t, http.MethodGet, path+"?on=1", nil); w.Header().Get("Refresh") != "0; url="+b.url+"/checkoutnow?token="+b.newest(t).ID {
				t.Errorf("%v", w.Header())
			}
		}
		b.far.Play(paytest.Fault{Do: paytest.DropBefore, On: confirming, Times: 9})
		if w := b.visits(t, http.MethodPost, form+"/save", url.Values{"on": {"1"}, "save": {"on"}}); w.Header().Get("Location") != path || !slices.ContainsFunc(w.Result().Cookies(), func(c *http.Cookie) bool { return strings.Contains(c.Name, "flash") }) {
			t.Errorf("%d %v", w.Code, w.Header())
		}
		b.far.Heal()
		b.Clock.Advance(time.Minute)
		for _, how := range []string{"ask", "decline"} { // declined, they read that first
			b.far.Befalls(client, b.token(t), how)
			to, leads := path+"?on=1", true
			if how == "decline" {
				to, leads = path, false
			}
			if w := b.visits(t, http.MethodPost, form+"/card", url.Values{"card": {b.accounts(t, anna)[0].ID.String()}}); w.Header().Get("Location") != to {
				t.Errorf("%s: %d %v", how, w.Code, w.Header())
			}
			if w := b.visits(t, http.MethodGet, to, nil); (w.Header().Get("Refresh") != "") != leads || strings.Contains(w.Body.String(), "PayPal could not take the money") == leads {
				t.Errorf("%s: %v %s", how, w.Header(), w.Body)
			}
		}
	})
}

// visits is a request of the reader's browser.
func (b *bundle) visits(t *testing.T, method, path string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(context.WithoutCancel(t.Context()), method, "http://shop.test"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(&http.Cookie{Name: "orion_storefront", Value: "x"})
	w := httptest.NewRecorder()
	b.site(t).ServeHTTP(w, r)
	return w
}
