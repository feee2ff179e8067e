package stripe_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

// under is a store without keys of its own, on a platform that keeps 1.5 %.
func under(t *testing.T, e *dbtest.Env) *bundle {
	t.Helper()
	b := setup(t, e)
	b.account = stripe.Account{}
	b.kept.set(paymentsapi.Code, map[string]any{
		"connect_publishable_key": public, "connect_secret_key": secret, "connect_webhook_secret": "whsec_new", "connect_fee": 150,
	})
	return b
}

// staff asks for a page of the store's staff, or sends a form to it.
func staff(site http.Handler, method, path, form string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://shop.test/store"+path, strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	return w
}

// invited is the gateway's page to which staff are led.
func invited(t *testing.T, site http.Handler) string {
	t.Helper()
	w := staff(site, http.MethodPost, "/payments/connections/account", "gateway=stripe")
	_, to, ok := strings.Cut(w.Header().Get("Refresh"), "url=")
	if w.Code != http.StatusOK || !ok {
		t.Fatalf("nobody is led on: %d %s %s", w.Code, w.Header(), w.Body)
	}
	return to
}

// tells is what the owner of an account answers on the gateway's page.
func tells(t *testing.T, page, answer string) {
	t.Helper()
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := browser.PostForm(page, url.Values{"answer": {answer}})
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if want := "http://shop.example/store/payments/connections/stripe/back"; res.Header.Get("Location") != want {
		t.Fatalf("the owner is led to %q", res.Header.Get("Location"))
	}
}

// joined is a store whose account under its platform's takes payments.
func joined(t *testing.T, e *dbtest.Env) (*bundle, http.Handler) {
	t.Helper()
	b := under(t, e)
	site := b.site(t, "payments.connect", "payments.view")
	tells(t, invited(t, site), "all")
	if w := staff(site, http.MethodGet, "/payments/connections/stripe/back", ""); w.Code != http.StatusSeeOther {
		t.Fatalf("back: %d %s", w.Code, w.Body)
	}
	b.under = b.far.Connected(secret)[0]
	if got := b.m.StripeAccount(b.in); got.Connected != b.under || !got.Active || got.Fee != 150 {
		t.Fatalf("%+v", got)
	}
	return b, site
}

// A store opens an account under its platform's: whatever is lost on the way there is
// one, its owner is led to the gateway as often as they like, and cards are offered once
// the gateway says that the account takes payments.
func TestStoreOpensAnAccount(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := under(t, e)
		site := b.site(t, "payments.connect")
		page := func() string { return staff(site, http.MethodGet, "/payments/connections", "").Body.String() }
		offered := func(want bool) {
			t.Helper()
			b.do(t, func(tx tx) error {
				methods, err := b.m.Methods(t.Context(), tx, money.New(1999, "EUR"), i18n.En)
				got := slices.ContainsFunc(methods, func(m paymentsapi.Method) bool { return m.Code == stripe.Code })
				if got != want {
					t.Errorf("cards are offered: %t", got)
				}
				return err
			})
		}
		if !strings.Contains(page(), "Open an account at Stripe") || !strings.Contains(page(), "1.5") {
			t.Errorf("nothing is said of an account, or of what it costs:\n%s", page())
		}
		b.far.Play(paytest.Fault{Do: paytest.DropAfter, On: "POST /v1/accounts", Times: 2})
		if w := staff(site, http.MethodPost, "/payments/connections/account", "gateway=stripe"); w.Code != http.StatusSeeOther {
			t.Errorf("no answer is answered with %d", w.Code)
		}
		b.far.Heal()
		b.Clock.Advance(2 * time.Minute)
		b.resolve(t, 0) // finds what was opened without an answer
		first := invited(t, site)
		second := invited(t, site)
		if got := b.far.Connected(secret); len(got) != 1 || first == second {
			t.Fatalf("accounts %v, led to %s and %s", got, first, second)
		}
		if !strings.Contains(page(), "wants to know") {
			t.Error("nothing is said of what the gateway wants to know")
		}
		offered(false)
		tells(t, second, "slow")
		staff(site, http.MethodGet, "/payments/connections/stripe/back", "")
		if !strings.Contains(page(), "is looking at what you told it") {
			t.Error("nothing is said of the gateway's look")
		}
		offered(false)

		b.under = b.far.Connected(secret)[0]
		b.far.Approve(b.under)
		all := b.far.Messages(b.under)
		if code := postAbove(site, all[len(all)-1]); code != http.StatusOK {
			t.Errorf("the news is answered with %d", code)
		}
		b.work(t)
		offered(true)
		if len(b.audit.all) != 1 || b.audit.all[0].Action != "payments.open_account" {
			t.Errorf("audit log: %+v", b.audit.all)
		}
	})
}

// What is paid under a platform is the store's, the platform keeps its fee, and gives back
// the part of it that is given back; another fee meanwhile changes nothing of that.
func TestPlatformKeepsAFee(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, site := joined(t, e)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		i := b.pay(t, "pm_card_visa")
		for _, m := range b.messagesOf(i.ID) {
			if code := postAbove(site, m); code != http.StatusOK {
				t.Errorf("%s is answered with %d", m.Kind, code)
			}
		}
		b.work(t)
		if p := b.payment(t, id); p.Status != paymentsapi.Captured {
			t.Fatalf("%+v", p)
		}
		b.kept.set(paymentsapi.Code, map[string]any{"connect_publishable_key": public, "connect_secret_key": secret, "connect_webhook_secret": "whsec_new"})
		b.refund(t, id, 500)
		b.work(t)
		b.refund(t, id, 1499)
		b.work(t)
		b.proven(t, id)
		var fees []int64
		for _, e := range b.far.Ledger(b.under) {
			switch e.Move {
			case paytest.TakeFee:
				fees = append(fees, e.Amount)
			case paytest.ReturnFee:
				fees = append(fees, -e.Amount)
			}
		}
		if len(fees) != 3 || fees[0] != 30 || fees[1] != -7 || fees[2] != -23 {
			t.Errorf("fees: %v", fees)
		}

		free := b.open(t, money.New(1000, "EUR")) // no fee by now, and none to give back
		b.start(t, free)
		b.pay(t, "pm_card_visa")
		if _, err := b.m.Look(t.Context(), b.in, free); err != nil {
			t.Fatal(err)
		}
		b.refund(t, free, 1000)
		b.work(t)
		b.proven(t, id, free)
		if got := b.far.Ledger(secret); len(got) != 0 {
			t.Errorf("something went through the platform's own account: %v", got)
		}
	})
}

// Only what the platform's secret signs about an account that the store has under it is
// taken at the platform's address.
func TestPlatformAddressRefuses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b, site := joined(t, e)
		b.start(t, b.open(t, money.New(1999, "EUR")))
		good := b.messagesOf(b.pay(t, "pm_card_visa").ID)[0]
		resign := func(body []byte, secret string, at time.Time) paytest.Message {
			return paytest.Message{Body: body, Signature: paytest.Sign(body, at, secret)}
		}
		now := b.Clock.Now()
		for name, m := range map[string]paytest.Message{
			"another secret":     resign(good.Body, "whsec_old", now),
			"stale":              resign(good.Body, "whsec_new", now.Add(-301*time.Second)),
			"from the future":    resign(good.Body, "whsec_new", now.Add(301*time.Second)),
			"of another account": resign(bytes.ReplaceAll(good.Body, []byte(b.under), []byte("acct_other")), "whsec_new", now),
			"of no account":      resign(bytes.ReplaceAll(good.Body, []byte(`"account":`), []byte(`"accounts":`)), "whsec_new", now),
			"changed":            {Body: append([]byte(" "), good.Body...), Signature: good.Signature},
			"no JSON":            resign([]byte("account"), "whsec_new", now),
			"too large":          resign(append(bytes.Clone(good.Body), bytes.Repeat([]byte(" "), 1<<20)...), "whsec_new", now),
		} {
			if code := postAbove(site, m); code != http.StatusBadRequest {
				t.Errorf("%s: answered with %d", name, code)
			}
		}
		if code := postTo(site, "other.test", good); code != http.StatusBadRequest {
			t.Errorf("another platform's address: answered with %d", code)
		}
		if got := b.events(t); len(got) != 0 {
			t.Errorf("events were stored: %v", got)
		}
		if len(b.audit.all) != 1 || b.audit.all[0].Action != "payments.open_account" {
			t.Errorf("strangers wrote into the audit log: %+v", b.audit.all)
		}
		if code := postAbove(site, good); code != http.StatusOK {
			t.Errorf("what is good is answered with %d", code)
		}
		b.account = stripe.Account{Public: "pk_test_own", Secret: "sk_test_own", Signing: []string{"whsec_new"}} // keys of its own by now
		b.kept.set(paymentsapi.Code, map[string]any{"connect_publishable_key": public, "connect_secret_key": secret, "connect_webhook_secret": "whsec_new", "stripe_publishable_key": "pk_test_own", "stripe_secret_key": "sk_test_own"})
		if code := postAbove(site, good); code == http.StatusOK {
			t.Error("a message of an account that is not in use was taken")
		}
	})
}
