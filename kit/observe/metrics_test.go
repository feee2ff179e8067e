package observe

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestMetrics(t *testing.T) {
	t.Parallel()
	m := NewMetrics()
	end := m.Begin()
	end(Request{Audience: "storefront", Method: "GET", Route: "/products/{slug}", Status: 200, Took: 2 * time.Second})
	m.Transaction("write", time.Second, nil)
	m.Job("orders.release", time.Second, errors.New("no"))
	m.Gauge("queue_length", "Jobs that wait.", func() float64 { return 7 })

	got, err := m.Samples()
	if err != nil {
		t.Fatal(err)
	}
	want := []Sample{
		{Name: "orion_db_transaction_seconds", Labels: map[string]string{"kind": "write", "outcome": "done"}, Value: 1, Count: 1},
		{Name: "orion_http_request_seconds", Labels: map[string]string{"audience": "storefront", "method": "GET", "route": "/products/{slug}", "status": "200"}, Value: 2, Count: 1},
		{Name: "orion_http_requests_in_flight", Labels: map[string]string{}},
		{Name: "orion_job_seconds", Labels: map[string]string{"kind": "orders.release", "outcome": "failed"}, Value: 1, Count: 1},
		{Name: "orion_queue_length", Labels: map[string]string{}, Value: 7},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMetricsHandlerIsForScrapersOnly(t *testing.T) {
	t.Parallel()
	m := NewMetrics()
	for _, c := range []struct {
		name, remote, token, bearer string
		proxied                     bool
		want                        int
	}{
		{"this machine", "127.0.0.1:5", "", "", false, 200},
		{"this machine over IPv6", "[::1]:5", "", "", false, 200},
		{"through a proxy on this machine", "127.0.0.1:5", "", "", true, 404},
		{"another machine", "192.0.2.1:5", "", "", false, 404},
		{"another machine with an empty token", "192.0.2.1:5", "", "Bearer ", false, 404},
		{"another machine with the token", "192.0.2.1:5", "t0ken", "Bearer t0ken", true, 200},
		{"another machine with another token", "192.0.2.1:5", "t0ken", "Bearer token", false, 404},
		{"no address", "", "", "", false, 404},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
			r.RemoteAddr = c.remote
			r.Header.Set("Authorization", c.bearer)
			if c.proxied {
				r.Header.Set("X-Forwarded-For", "198.51.100.1")
			}
			w := httptest.NewRecorder()
			m.Handler(c.token).ServeHTTP(w, r)
			if w.Code != c.want {
				t.Errorf("got %d, want %d", w.Code, c.want)
			}
			if has := strings.Contains(w.Body.String(), "go_goroutines"); has != (c.want == 200) {
				t.Error("the body does not fit the status")
			}
		})
	}
}
