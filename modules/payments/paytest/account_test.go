package paytest_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stripe/stripe-go/v85"

	"orion/modules/payments/paytest"
)

// An account tells what can be done with it, as Stripe describes it.
func TestAccountTellsOfItself(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Open(paytest.Account{Secret: "sk_test_b", Public: "pk_test_b", Country: "DE", Currency: "chf", Closed: true, Cardless: true, Hook: "http://shop.example/hook", Deaf: true})
	for key, want := range map[string]string{secret: "LU eur true active", "sk_test_b": "DE chf false inactive enabled=0"} {
		c := b.clientOf(t, key)
		a, err := c.V1Accounts.Retrieve(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		got := a.Country + " " + string(a.DefaultCurrency) + map[bool]string{true: " true ", false: " false "}[a.ChargesEnabled] + string(a.Capabilities.CardPayments)
		for e, err := range c.V1WebhookEndpoints.List(t.Context(), &stripe.WebhookEndpointListParams{}).All(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			got += map[bool]string{true: " enabled=1", false: " enabled=0"}[e.Status == "enabled"]
		}
		if got != want {
			t.Errorf("%s: %s, not %s", key, got, want)
		}
		spec, err := c.V1CountrySpecs.Retrieve(t.Context(), a.Country, nil)
		if err != nil || len(spec.SupportedPaymentCurrencies) == 0 {
			t.Error(spec, err)
		}
	}
	b.Play(paytest.Fault{Do: paytest.Forbid, On: "GET /v1/account"})
	if _, err := b.client.V1Accounts.Retrieve(t.Context(), nil); problem(err).HTTPStatusCode != http.StatusForbidden {
		t.Error(err)
	}
}

// What browsers load is there, and loads nothing from elsewhere.
func TestPageIsItsOwn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for name, want := range map[string]string{"stripe.js": "window.Stripe", "frame.html": "<form", "frame.js": "payment_methods", "frame.css": "input"} {
		res, err := http.Get(b.url + "/dahlia/" + name)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("%s: %s %v", name, res.Status, err)
		}
		if strings.Contains(string(body), "https://") {
			t.Errorf("%s names an address outside", name)
		}
	}
	res, err := http.Get(b.url + "/dahlia/none.js")
	if err != nil || res.StatusCode != http.StatusNotFound {
		t.Error(res, err)
	}
	_ = res.Body.Close()
}

func TestScriptIsRead(t *testing.T) {
	t.Parallel()
	got, err := paytest.ReadScript(strings.NewReader("# a bad day\ndrop_after times=2 POST /v1/refunds\n\ndelay wait=3s after=1\n hold webhook refund.* # until released\n"))
	want := []paytest.Fault{
		{Do: paytest.DropAfter, Times: 2, On: "POST /v1/refunds"}, {Do: paytest.Delay, Wait: 3 * time.Second, After: 1}, {Do: paytest.Hold, On: "webhook refund.*"},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
	for _, bad := range []string{"explode", "delay wait=long", "drop_before often=2", "429 times=x"} {
		if _, err := paytest.ReadScript(strings.NewReader("\n" + bad)); err == nil || !strings.HasPrefix(err.Error(), "line 2: ") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
