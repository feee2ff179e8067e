package observe

import (
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestMetrics(t *testing.T) {
	t.Parallel()
	m := NewMetrics("1.2.3")
	m.Request(Request{Platform: "main", Audience: "storefront", Module: "catalog", Method: "GET", Route: "/products/{slug}", Took: 2 * time.Second})
	m.Request(Request{Audience: "platform", Method: "BREW", Status: 404, Took: time.Second})
	m.Transaction("write", "done", time.Second)
	m.Job("orders", "orders.release", "failed", time.Second)
	m.Published("orders.placed.v1")
	m.Delivered("inventory.keep", "done")
	m.Add(
		Reading{Name: "queue", Help: "Jobs that wait.", Labels: []string{"state"}, Read: func(give func(float64, ...string)) { give(7, "available") }},
		Reading{Name: "waits_total", Help: "Waits.", Counter: true, Read: func(give func(float64, ...string)) { give(3) }},
	)

	got, err := m.Samples()
	if err != nil {
		t.Fatal(err)
	}
	want := []Sample{
		{Name: "orion_build_info", Labels: map[string]string{"version": "1.2.3", "go": runtime.Version()}, Value: 1},
		{Name: "orion_db_transaction_seconds", Labels: map[string]string{"kind": "write", "outcome": "done"}, Value: 1, Count: 1},
		{Name: "orion_event_deliveries_total", Labels: map[string]string{"subscriber": "inventory.keep", "outcome": "done"}, Value: 1},
		{Name: "orion_events_published_total", Labels: map[string]string{"event": "orders.placed.v1"}, Value: 1},
		{Name: "orion_http_platform_requests_total", Labels: map[string]string{"platform": "main", "audience": "storefront", "status": "2xx"}, Value: 1},
		{Name: "orion_http_request_seconds", Labels: map[string]string{"audience": "platform", "module": "", "method": "other", "route": "", "status": "4xx"}, Value: 1, Count: 1},
		{Name: "orion_http_request_seconds", Labels: map[string]string{"audience": "storefront", "module": "catalog", "method": "GET", "route": "/products/{slug}", "status": "2xx"}, Value: 2, Count: 1},
		{Name: "orion_http_requests_in_flight", Labels: map[string]string{}},
		{Name: "orion_job_seconds", Labels: map[string]string{"module": "orders", "kind": "orders.release", "outcome": "failed"}, Value: 1, Count: 1},
		{Name: "orion_queue", Labels: map[string]string{"state": "available"}, Value: 7},
		{Name: "orion_waits_total", Labels: map[string]string{}, Value: 3},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMetricsHandlerIsForScrapersOnly(t *testing.T) {
	t.Parallel()
	m := NewMetrics("")
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
