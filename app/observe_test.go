package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"orion/kit/config"
	"orion/kit/observe"
	"orion/modules/orders"
)

// inside asks as somebody on this machine, and as somebody behind a proxy on it.
func inside(a *App, path string, proxied bool) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil)
	r.RemoteAddr = "127.0.0.1:4711"
	if proxied {
		r.Header.Set("X-Forwarded-For", "198.51.100.1")
	}
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	return w
}

// scrape reads what /metrics shows: the value of each series.
func scrape(t *testing.T, a *App) map[string]string {
	t.Helper()
	w := inside(a, "/metrics", false)
	if w.Code != http.StatusOK {
		t.Fatalf("metrics answer %d", w.Code)
	}
	out := map[string]string{}
	for line := range strings.Lines(w.Body.String()) {
		if series, value, ok := strings.Cut(strings.TrimSpace(line), "} "); ok && !strings.HasPrefix(line, "#") {
			out[series+"}"] = value
		} else if series, value, ok := strings.Cut(strings.TrimSpace(line), " "); ok && !strings.HasPrefix(line, "#") {
			out[series] = value
		}
	}
	return out
}

// What a sale does is seen: its requests, transactions, statements, jobs and
// events; and what is asked without sense makes no series.
func TestMetricsOfASale(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		s := sellOne(t, a, 10)
		v, err := s.fill(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.modules.orders.Place(t.Context(), s.in, orders.Placing{Visit: v, Key: "metrics"}); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/", "/products/stoneware-mug", "/no-such-page", "/api/v1/storefront/products?limit=1"} {
			a.ask(t, "maison-kirchberg", path, func(*http.Request) {})
		}
		for _, made := range []string{"up-1", "up-2"} {
			a.ask(t, "maison-kirchberg", "/api/v1/"+made+"/products", func(r *http.Request) { r.Header.Set("Authorization", "Bearer x"); r.Method = "BREW" })
		}
		for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			if len(deliveries(scrape(t, a))) > 0 {
				break
			}
		}
		got := scrape(t, a)
		for _, series := range []string{
			`orion_http_request_seconds_count{audience="storefront",method="GET",module="catalog",route="/products/{slug}",status="2xx"}`,
			`orion_http_request_seconds_count{audience="storefront",method="GET",module="catalog",route="/api/v1/products",status="2xx"}`,
			`orion_http_platform_requests_total{audience="storefront",platform="main",status="2xx"}`,
			`orion_db_transaction_seconds_count{kind="write",outcome="done"}`,
			`orion_db_transaction_seconds_count{kind="read",outcome="done"}`,
			`orion_db_connections{pool="write"}`,
			`orion_events_published_total{event="orders.placed.v1"}`,
			`orion_module_enabled{module="orders",platform="main",tier="optional"}`,
			`orion_jobs{state="available"}`,
			`orion_health{check="database"}`,
			`orion_stores{platform="main"}`,
			`orion_events_dead`, `orion_jobs_oldest_due_seconds`, `orion_http_requests_in_flight`, `go_goroutines`, `process_cpu_seconds_total`,
		} {
			if got[series] == "" {
				t.Errorf("nothing shows %s", series)
			}
		}
		if len(deliveries(got)) == 0 {
			t.Error("no delivery is seen")
		}
		for series := range got {
			if strings.Contains(series, "up-1") || strings.Contains(series, "BREW") || strings.Contains(series, "stoneware") {
				t.Errorf("a reader makes series: %s", series)
			}
		}
		if got[`orion_health{check="database"}`] != "0" {
			t.Errorf("the database is %s", got[`orion_health{check="database"}`])
		}
		statements := slices.DeleteFunc(slices.Collect(keys(got)), func(s string) bool { return !strings.HasPrefix(s, `orion_db_statements_total{module="orders"`) })
		if len(statements) == 0 {
			t.Error("no statement of orders is counted")
		}
	})
}

func keys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func deliveries(got map[string]string) []string {
	return slices.DeleteFunc(slices.Collect(keys(got)), func(s string) bool {
		return !strings.HasPrefix(s, `orion_event_deliveries_total{outcome="done"`)
	})
}

// What is inside is shown to this machine, not to those for whom a proxy on it
// speaks, and to those with the token.
func TestHealthTellsDetailsToInsiders(t *testing.T) {
	t.Parallel()
	conf, err := config.Load(config.Sources{Args: map[string]string{
		"data": t.TempDir(), "database-url": sqliteDemo(t), "tools": "Grafana=https://grafana.example.com,Traces=https://traces.example.com/ui",
	}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := Open(t.Context(), conf, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close(context.Background()) })
	a.health.Add(observe.Check{Name: "pump", Run: func(context.Context) observe.Result {
		return observe.Result{Status: observe.Degraded, Detail: "it squeaks"}
	}})
	if w := inside(a, "/health", false); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "it squeaks") || !strings.Contains(w.Body.String(), `"latency_ms"`) {
		t.Errorf("this machine sees %d %s", w.Code, w.Body)
	}
	if w := inside(a, "/health", true); strings.TrimSpace(w.Body.String()) != `{"status":"degraded"}` {
		t.Errorf("a visitor behind a proxy sees %s", w.Body)
	}
	var tools struct{ Tools []observe.Tool }
	if err := json.Unmarshal(inside(a, "/health/tools", false).Body.Bytes(), &tools); err != nil || len(tools.Tools) != 2 || tools.Tools[1] != (observe.Tool{Name: "Traces", URL: "https://traces.example.com/ui"}) {
		t.Errorf("tools: %v %v", tools, err)
	}
	if w := inside(a, "/health/tools", true); w.Code != http.StatusNotFound {
		t.Errorf("a visitor finds tools: %d", w.Code)
	}
}

// A node that stops says so first, and answers while others learn of it.
func TestNotReadyBeforeItStops(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	a.config.DrainTime = 3 * time.Second
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- a.Serve(ctx, l) }()
	ask := func(path string) int {
		resp, err := http.Get(fmt.Sprintf("http://%s%s", l.Addr(), path))
		if err != nil {
			return 0
		}
		defer func() { _ = resp.Body.Close() }()
		_, _ = io.Copy(io.Discard, resp.Body)
		return resp.StatusCode
	}
	if got := ask("/health/ready"); got != http.StatusOK {
		t.Errorf("before: %d", got)
	}
	stop()
	for end := time.Now().Add(2 * time.Second); ask("/health/ready") == http.StatusOK && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	if ready, live, page := ask("/health/ready"), ask("/health/live"), ask("/api"); ready != http.StatusServiceUnavailable || live != http.StatusOK || page != http.StatusOK {
		t.Errorf("while it drains: ready %d, live %d, a page %d", ready, live, page)
	}
	if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if got := ask("/health/live"); got != 0 {
		t.Errorf("afterwards: %d", got)
	}
}
