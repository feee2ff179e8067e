package stripe_test

import (
	"net/http"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

// An account whose owner leaves the platform takes nothing any more, and another can be
// opened.
func TestAccountLeaves(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, site := joined(t, e)
		b.far.Leave(b.under)
		all := b.far.Messages(b.under)
		if code := postAbove(site, all[len(all)-1]); code != http.StatusOK {
			t.Errorf("the news is answered with %d", code)
		}
		b.work(t)
		if got := b.m.StripeAccount(b.in); got.Connected != "" || got.Secret != "" {
			t.Errorf("it is still used: %+v", got)
		}
		if page := staff(site, http.MethodGet, "/payments/connections", "").Body.String(); !strings.Contains(page, "no longer connected") {
			t.Errorf("nothing is said of it:\n%s", page)
		}
		tells(t, invited(t, site), "all")
		staff(site, http.MethodGet, "/payments/connections/stripe/back", "")
		if got := b.m.StripeAccount(b.in); got.Connected == "" || got.Connected == b.under || !got.Active {
			t.Errorf("the new one: %+v", got)
		}
	})
}

// A platform that enters another account's secret loses its stores' accounts only until it
// has entered the right one again, and somebody asks.
func TestPlatformEntersAnotherSecret(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, site := joined(t, e)
		b.far.Open(paytest.Account{Secret: "sk_test_other", Public: "pk_test_other"})
		ask := func(secret string) payments.StripeAccount {
			b.kept.set(paymentsapi.Code, map[string]any{"connect_publishable_key": public, "connect_secret_key": secret})
			if w := staff(site, http.MethodPost, "/payments/connections/account/look", "gateway=stripe"); w.Code != http.StatusSeeOther {
				t.Errorf("asking is answered with %d", w.Code)
			}
			return b.m.StripeAccount(b.in)
		}
		if got := ask("sk_test_other"); got.Connected != "" {
			t.Errorf("it is still used: %+v", got)
		}
		if got := ask(secret); got.Connected != b.under || !got.Active {
			t.Errorf("it is not used again: %+v", got)
		}
	})
}

// The check of the connection asks about the store's own account, and about the
// platform's address.
func TestConnectionUnderAPlatformIsChecked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, _ := joined(t, e)
		found, err := b.m.CheckAccount(t.Context(), b.in, stripe.Code, "EUR")
		if err != nil {
			t.Fatal(err)
		}
		if got := b.codes(t, found); got != "above_hook test_mode" {
			t.Error(got)
		}
	})
}

// No account is opened without a platform's, and by nobody who may not.
func TestNoAccountWithoutAPlatform(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.kept.set(paymentsapi.Code, map[string]any{"stripe_publishable_key": public, "stripe_secret_key": secret})
		_, err := b.m.OpenAccount(t.Context(), b.in, stripe.Code, payments.Founder{Actor: auth.SystemActor, Country: "LU"})
		if err == nil {
			t.Error("an account was opened beside the store's own keys")
		}
		if w := staff(b.site(t, "payments.view"), http.MethodPost, "/payments/connections/account", "gateway=stripe"); w.Code != http.StatusForbidden {
			t.Errorf("whoever may not is answered with %d", w.Code)
		}
		if got := b.far.Connected(secret); len(got) != 0 {
			t.Errorf("opened: %v", got)
		}
	})
}
