// Package stripespec holds requests against Stripe's published description of
// its interface, by the mock that Stripe makes from it. It is for tests.
package stripespec

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/stripe/stripe-mock/embedded"
	"github.com/stripe/stripe-mock/server"
)

var stub = sync.OnceValues(func() (*server.StubServer, error) {
	described, err := server.LoadSpec(embedded.OpenAPISpec, "")
	if err != nil {
		return nil, err
	}
	examples, err := server.LoadFixtures(embedded.OpenAPIFixtures, "")
	if err != nil {
		return nil, err
	}
	return server.NewStubServer(examples, described, false, false)
})

// Load reads the description, which takes a while, before the clock of a test runs.
func Load(t testing.TB) {
	t.Helper()
	if _, err := stub(); err != nil {
		t.Fatal(err)
	}
}

// Transport sends requests on, and fails the test when Stripe's description
// refuses one that was answered.
type Transport struct {
	T    testing.TB
	Next http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (t Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	res, err := t.Next.RoundTrip(r)
	if err == nil && res.StatusCode == http.StatusOK {
		t.check(r, body)
	}
	return res, err
}

func (t Transport) check(r *http.Request, body []byte) {
	s, err := stub()
	if err != nil {
		t.T.Error(err)
		return
	}
	again := r.Clone(r.Context())
	again.Body = io.NopCloser(bytes.NewReader(body))
	w := httptest.NewRecorder()
	s.HandleRequest(w, again)
	if w.Code != http.StatusOK {
		t.T.Errorf("%s %s %s is not as Stripe describes it: %d %s", r.Method, r.URL, body, w.Code, w.Body)
	}
}
