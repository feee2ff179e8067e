package stripe_test

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
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

// The check says of each thing that can be wrong with an account that it is, in
// words of every language, and nothing of what is right.
func TestConnectionIsChecked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		hook := "https://shop.test/store" + b.m.HookPath(b.in, stripe.Code)
		for name, c := range map[string]struct {
			there    func(a *paytest.Account) // the account at the gateway
			here     func(a *stripe.Account)  // what was entered
			faults   []paytest.Fault
			currency money.Currency
			want     string
		}{
			"all is well":           {want: "works test_mode"},
			"nothing entered":       {here: func(a *stripe.Account) { *a = stripe.Account{} }, want: "not_set_up"},
			"no publishable key":    {here: func(a *stripe.Account) { a.Public = "" }, want: "not_set_up"},
			"another secret":        {here: func(a *stripe.Account) { a.Secret = "sk_test_mistyped" }, want: "key_wrong test_mode"},
			"another public key":    {here: func(a *stripe.Account) { a.Public = "pk_test_mistyped" }, want: "public_wrong test_mode"},
			"key of the other":      {here: func(a *stripe.Account) { a.Public = "pk_live_other" }, want: "other_mode"},
			"no signing secret":     {here: func(a *stripe.Account) { a.Signing = nil }, want: "hook_secret test_mode"},
			"address of another":    {there: func(a *paytest.Account) { a.Hook += "x" }, want: "hook_missing test_mode"},
			"no address":            {there: func(a *paytest.Account) { a.Hook = "" }, want: "hook_missing test_mode"},
			"address switched off":  {there: func(a *paytest.Account) { a.Deaf = true }, want: "hook_off test_mode"},
			"few events":            {there: func(a *paytest.Account) { a.Events = []string{"payment_intent.succeeded"} }, want: "hook_events test_mode"},
			"not activated":         {there: func(a *paytest.Account) { a.Closed = true }, want: "not_activated test_mode"},
			"no cards":              {there: func(a *paytest.Account) { a.Cardless = true }, want: "no_cards test_mode"},
			"paid out in francs":    {there: func(a *paytest.Account) { a.Currency = "chf" }, want: "works converted test_mode"},
			"a currency it has not": {currency: "XPF", want: "currency test_mode"},
			"may not read itself":   {faults: []paytest.Fault{{Do: paytest.Forbid, On: "GET /v1/account"}}, want: "works key_may_not test_mode"},
			"may not read hooks":    {faults: []paytest.Fault{{Do: paytest.Forbid, On: "GET /v1/webhook_endpoints"}}, want: "works key_may_not test_mode"},
			"may not take money":    {faults: []paytest.Fault{{Do: paytest.Forbid, On: "GET /v1/payment_intents"}}, want: "key_may_not test_mode"},
			"restricted":            {there: func(a *paytest.Account) { a.Secret = "rk_test_some" }, here: func(a *stripe.Account) { a.Secret = "rk_test_some" }, want: "works test_mode"},
			"may save no cards": {
				there: func(a *paytest.Account) { a.Secret = "rk_test_few" }, here: func(a *stripe.Account) { a.Secret = "rk_test_few" },
				faults: []paytest.Fault{{Do: paytest.Forbid, On: "GET /v1/setup_intents"}, {Do: paytest.Forbid, On: "GET /v1/balance"}}, want: "works key_too_narrow key_too_narrow test_mode",
			},
			"does not answer":  {faults: []paytest.Fault{{Do: paytest.DropBefore, Times: 9}}, want: "no_answer test_mode"},
			"answers too late": {faults: []paytest.Fault{{Do: paytest.Delay, Wait: 30 * time.Second, Times: 9}}, want: "no_answer test_mode"},
		} {
			key := strings.ReplaceAll(name, " ", "")
			far := paytest.Account{Secret: "sk_test_" + key, Public: "pk_test_" + key, Signing: []string{"whsec_a"}, Hook: hook}
			b.account = stripe.Account{Secret: far.Secret, Public: far.Public, Signing: far.Signing}
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
			begun := time.Now()
			found, err := b.m.CheckAccount(t.Context(), b.in, stripe.Code, c.currency)
			if err != nil {
				t.Fatal(err)
			}
			if took := time.Since(begun); took > 6*time.Second {
				t.Errorf("%s: it took %s", name, took)
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
		out = append(out, f.Code)
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

// Two keys that are both right may still belong to two accounts, which shows as
// soon as there is something to try them on.
func TestKeysOfTwoAccounts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.start(t, b.open(t, money.New(1999, "EUR")))
		b.far.Open(paytest.Account{Secret: "sk_test_second", Public: "pk_test_second"})
		b.account.Public = "pk_test_second"
		found, err := b.m.CheckAccount(t.Context(), b.in, stripe.Code, "EUR")
		if got := b.codes(t, found); err != nil || got != "hook_missing keys_apart test_mode" {
			t.Error(got, err)
		}
		if _, err := b.m.CheckAccount(t.Context(), b.in, payments.Test, "EUR"); err == nil {
			t.Error("a gateway without an account was checked")
		}
	})
}

// Staff see where the gateway has to tell, and what a check found; nobody sees a key.
func TestConnectionsPage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t, "payments.connect")
		body, _ := shows(t, site, "/store/payments/connections")
		address := "http://shop.test/store" + b.m.HookPath(b.in, stripe.Code)
		if !strings.Contains(body, address) || !strings.Contains(body, "payment_intent.succeeded") || strings.Contains(body, ">payments.") {
			t.Error(body)
		}
		check := func(site http.Handler) (int, string) {
			r := httptest.NewRequest(http.MethodPost, "http://shop.test/store/payments/connections/check", strings.NewReader("gateway=stripe"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			w := httptest.NewRecorder()
			site.ServeHTTP(w, r)
			return w.Code, w.Body.String()
		}
		code, body := check(site)
		if code != http.StatusOK || !strings.Contains(body, "Stripe does not know the address for webhooks") || !strings.Contains(body, "These are test keys") {
			t.Errorf("%d %s", code, body)
		}
		for _, hidden := range []string{secret, "whsec_"} {
			if strings.Contains(body, hidden) {
				t.Errorf("the page shows %s", hidden)
			}
		}
		if code, _ := check(b.site(t, "payments.view")); code != http.StatusForbidden {
			t.Errorf("without the permission: %d", code)
		}
	})
}
