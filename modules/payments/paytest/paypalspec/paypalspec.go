// Package paypalspec holds requests and answers against PayPal's published description
// of its interface. It is for tests.
package paypalspec

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// descriptions are the parts of PayPal's interface that we use. They stand beside the
// project and are no part of it.
var descriptions = []string{
	"checkout_orders_v2.json", "payments_payment_v2.json", "reporting_transactions_v1.json", "notifications_webhooks_v1.json", "vault_payment_tokens_v3.json",
}

// judges find the operation of a request, one for each description.
var judges = sync.OnceValues(func() ([]routers.Router, error) {
	root, err := folder()
	if err != nil {
		return nil, err
	}
	var out []routers.Router
	for _, name := range descriptions {
		text, err := os.ReadFile(filepath.Join(root, name)) //nolint:gosec // a folder beside the project
		if err != nil {
			return nil, err
		}
		d, err := openapi3.NewLoader().LoadFromData(text)
		if err != nil {
			return nil, err
		}
		d.Servers = nil // wherever it is asked
		r, err := gorillamux.NewRouter(d)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
})

// folder is where the descriptions are.
func folder() (string, error) {
	at, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return filepath.Join(at, "..", "shared", "data", "paypal-openapi"), nil
		}
		up := filepath.Dir(at)
		if up == at {
			return "", os.ErrNotExist
		}
		at = up
	}
}

// Load reads the descriptions, which takes a while, and says when there are none: then
// nothing is held against them, and all else is tested all the same.
func Load(t testing.TB) bool {
	t.Helper()
	_, err := judges()
	if errors.Is(err, os.ErrNotExist) {
		t.Logf("NOT HELD against PayPal's description of its interface: %v", err)
		return false
	}
	if err != nil {
		t.Fatal(err)
	}
	return true
}

// Transport sends requests on, and fails the test when PayPal's description refuses
// one that was answered, or its answer.
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
	if err != nil || res.StatusCode/100 != 2 || strings.HasSuffix(r.URL.Path, "/oauth2/token") || strings.Contains(r.URL.Path, "/certs/") {
		return res, err
	}
	all, err := judges()
	if err != nil {
		return res, nil //nolint:nilerr // Load has said so
	}
	said, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	res.Body = io.NopCloser(bytes.NewReader(said))
	if err != nil {
		return res, nil //nolint:nilerr // the connection broke: who reads finds out
	}
	if err := judge(all, heard{r, body, res, said}); err != nil {
		t.T.Errorf("%s %s %s is not as PayPal describes it: %v", r.Method, r.URL, body, err)
	}
	return res, nil
}

// heard is a request and its answer.
type heard struct {
	r    *http.Request
	body []byte
	res  *http.Response
	said []byte
}

func judge(all []routers.Router, h heard) error {
	again := h.r.Clone(context.WithoutCancel(h.r.Context()))
	again.Body = io.NopCloser(bytes.NewReader(h.body))
	var err error
	for _, one := range all {
		route, params, no := one.FindRoute(again)
		if no != nil {
			err = no
			continue
		}
		in := &openapi3filter.RequestValidationInput{
			Request: again, PathParams: params, Route: route,
			Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, MultiError: true, IncludeResponseStatus: true},
		}
		if err := openapi3filter.ValidateRequest(again.Context(), in); err != nil {
			return err
		}
		return openapi3filter.ValidateResponse(again.Context(), &openapi3filter.ResponseValidationInput{
			RequestValidationInput: in, Status: h.res.StatusCode, Header: h.res.Header, Body: io.NopCloser(bytes.NewReader(h.said)), Options: in.Options,
		})
	}
	return err
}
