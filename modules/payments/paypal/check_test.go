package paypal_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/modules/payments"
	"orion/modules/payments/paypal"
	"orion/modules/payments/paytest"
)

// The check says of each thing that can be wrong with an account that it is, in
// words of every language, and nothing of what is right.
func TestConnectionIsChecked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		hook := "https://shop.test/store" + b.m.HookPath(b.in, paypal.Code)
		const scope = "https://uri.paypal.com/services/"
		const pay, refund, search = scope + "payments/payment/authcapture", scope + "payments/refund", scope + "reporting/search/read"
		for name, c := range map[string]struct {
			there    func(a *paytest.PayPalAccount) // the account at the gateway
			here     func(a *paypal.Account)        // what was entered
			faults   []paytest.Fault
			currency money.Currency
			want     string
		}{
			"all is well":            {want: "works test_mode"},
			"nothing entered":        {here: func(a *paypal.Account) { *a = paypal.Account{} }, want: "not_set_up"},
			"no client":              {here: func(a *paypal.Account) { a.Client = "" }, want: "not_set_up"},
			"live keys at a sandbox": {here: func(a *paypal.Account) { a.Sandbox = false }, want: "not_set_up"},
			"another secret":         {here: func(a *paypal.Account) { a.Secret = "mistyped" }, want: "key_wrong test_mode"},
			"no webhook id":          {here: func(a *paypal.Account) { a.Webhook = "" }, want: "hook_id test_mode"},
			"another webhook id":     {here: func(a *paypal.Account) { a.Webhook = "OTHER" }, want: "hook_other test_mode"},
			"address of another":     {there: func(a *paytest.PayPalAccount) { a.Hook += "x" }, want: "hook_missing test_mode"},
			"no address":             {there: func(a *paytest.PayPalAccount) { a.Hook = "" }, want: "hook_missing test_mode"},
			"few events":             {there: func(a *paytest.PayPalAccount) { a.Events = []string{"PAYMENT.CAPTURE.COMPLETED"} }, want: "hook_events test_mode"},
			"may not pay":            {there: func(a *paytest.PayPalAccount) { a.Scopes = []string{refund} }, want: "may_not_pay may_not_search may_not_save test_mode"},
			"may not refund":         {there: func(a *paytest.PayPalAccount) { a.Scopes = []string{pay} }, want: "may_not_refund may_not_search may_not_save test_mode"},
			"may not search":         {there: func(a *paytest.PayPalAccount) { a.Scopes = []string{pay, refund} }, want: "works may_not_search may_not_save test_mode"},
			"may not save":           {there: func(a *paytest.PayPalAccount) { a.Scopes = []string{pay, refund, search} }, want: "works may_not_save test_mode"},
			"a currency it has not":  {currency: "KWD", want: "currency test_mode"},
			"may not read hooks":     {faults: []paytest.Fault{{Do: paytest.Forbid, On: "GET /v1/notifications/webhooks"}}, want: "no_answer test_mode"},
			"does not answer":        {faults: []paytest.Fault{{Do: paytest.DropBefore, Times: 9}}, want: "no_answer test_mode"},
			"answers too late":       {faults: []paytest.Fault{{Do: paytest.Delay, Wait: 30 * time.Second, Times: 9}}, want: "no_answer test_mode"},
		} {
			key := strings.ReplaceAll(name, " ", "")
			far := paytest.PayPalAccount{Client: "AY-" + key, Secret: "EK-" + key, Webhook: "WH" + key, Hook: hook}
			b.account = paypal.Account{Client: far.Client, Secret: far.Secret, Webhook: far.Webhook, Sandbox: true}
			if c.there != nil {
				c.there(&far)
			}
			if c.here != nil {
				c.here(&b.account)
			}
			if c.currency == "" {
				c.currency = "EUR"
			}
			b.far.Open(far)
			b.far.Play(c.faults...)
			found, err := b.m.CheckAccount(t.Context(), b.in, paypal.Code, c.currency)
			if err != nil {
				t.Fatal(err)
			}
			b.far.Heal()
			if got := b.codes(t, found); got != c.want {
				t.Errorf("%s: %s, not %s", name, got, c.want)
			}
		}
	})
}

// codes are the codes of findings, each of which has its words.
func (b *bundle) codes(t *testing.T, found []payments.Finding) string {
	t.Helper()
	words, err := i18n.Load(payments.Files)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range found {
		out = append(out, strings.TrimPrefix(f.Code, "paypal_"))
		for _, l := range i18n.Langs {
			for _, key := range []string{"payments.check." + f.Code, "payments.check." + f.Code + "_fix"} {
				if w := words.In(l); !w.Has(key) || strings.Contains(w.T(key, f.Args...), "{") {
					t.Errorf("%s says %q in %s", key, w.T(key, f.Args...), l)
				}
			}
		}
	}
	return strings.Join(out, " ")
}

// Staff see where PayPal has to tell, and what a check found; nobody sees a key.
func TestConnectionsPage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t, "payments.connect")
		r := httptest.NewRequest(http.MethodPost, "http://shop.test/store/payments/connections/check", strings.NewReader("gateway=paypal"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		body := w.Body.String()
		for _, want := range []string{
			"http://shop.test/store" + b.m.HookPath(b.in, paypal.Code), "CHECKOUT.ORDER.APPROVED", "PayPal does not know the address for webhooks", "These are keys of the sandbox",
		} {
			if !strings.Contains(body, want) {
				t.Errorf("%s is not on the page: %d %s", want, w.Code, body)
			}
		}
		for _, hidden := range []string{client, secret, webhook} {
			if strings.Contains(body, hidden) {
				t.Errorf("the page shows %s", hidden)
			}
		}
	})
}

// A payer is led on by itself, and reads first why the last try failed.
func TestLeadsOn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		id := b.open(t, money.New(1999, "EUR"))
		path := b.start(t, id).RedirectPath
		for n, pick := range []string{"", "decline"} {
			if pick != "" {
				b.choose(t, pick)
			}
			w := httptest.NewRecorder()
			site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://shop.test"+path, nil))
			to := b.url + "/checkoutnow?token=" + b.newest(t).ID
			if body := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(body, `href="`+to+`"`) || !strings.Contains(body, "€19.99") || strings.Contains(body, ">payments.") {
				t.Errorf("%d %s", w.Code, body)
			}
			want := "0; url=" + to
			if n == 1 {
				want = ""
			}
			if got := w.Header().Get("Refresh"); got != want || strings.Contains(w.Body.String(), "PayPal could not take the money") != (n == 1) {
				t.Errorf("%q, and %s", got, w.Body)
			}
		}
		b.choose(t, "approve")
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://shop.test"+path, nil))
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/orders/x" {
			t.Errorf("%d %v", w.Code, w.Header())
		}
	})
}
