package paypal

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"orion/kit/clock"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/payments"
)

// witness writes down who is asked, and answers nothing of use.
type witness struct{ hosts []string }

// RoundTrip implements http.RoundTripper.
func (w *witness) RoundTrip(r *http.Request) (*http.Response, error) {
	w.hosts = append(w.hosts, r.URL.Scheme+"://"+r.URL.Host)
	return &http.Response{StatusCode: http.StatusUnauthorized, Header: http.Header{}, Body: http.NoBody}, nil
}

// Keys of real money are shown to PayPal alone, and those of the sandbox to the sandbox
// or to who stands in for it.
func TestWhoIsShownKeys(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		base    string
		sandbox bool
		want    string // empty: nobody
		mode    string
	}{
		{"", false, Live, "live"},
		{Live + "/", false, Live, "live"},
		{"", true, Sandbox, "test"},
		{Live, true, Sandbox, "test"},
		{Sandbox, true, Sandbox, "test"},
		{Sandbox, false, "", ""},
		{"http://127.0.0.1:9/", true, "http://127.0.0.1:9", "test"},
		{"http://127.0.0.1:9", false, "", ""},
	} {
		w := &witness{}
		g := New(Options{Base: c.base, HTTP: w, Clock: clock.NewManual(now), Account: func(tenant.Store) (Account, bool) {
			return Account{Client: "a", Secret: "b", Sandbox: c.sandbox}, true
		}, Address: func(_ context.Context, _ tenant.Store, path string) string { return path }})
		s, err := g.Create(t.Context(), tenant.Store{}, payments.Request{Key: "k", At: now, Amount: money.New(100, "EUR")})
		if err != nil || s.Outcome != payments.Declined || s.Reason != "not_set_up" {
			t.Errorf("%+v: %+v %v", c, s, err)
		}
		if got := strings.Join(w.hosts, " "); got != c.want || g.Mode(tenant.Store{}) != c.mode {
			t.Errorf("%+v: %q was asked, in mode %q", c, got, g.Mode(tenant.Store{}))
		}
	}
}
