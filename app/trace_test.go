package app

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"orion/app/certify"
)

// traced is a span as a collector gets it.
type traced struct {
	TraceID, SpanID, ParentSpanID, Name string
}

// spanBox is a collector of traces.
type spanBox struct {
	mu    sync.Mutex
	spans []traced
}

func (b *spanBox) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	var m struct {
		ResourceSpans []struct {
			ScopeSpans []struct{ Spans []traced }
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, res := range m.ResourceSpans {
		for _, scope := range res.ScopeSpans {
			b.spans = append(b.spans, scope.Spans...)
		}
	}
}

// traces are how often each span was sent, by its trace and its name.
func (b *spanBox) traces() map[string]map[string]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := map[string]map[string]int{}
	for _, s := range b.spans {
		if out[s.TraceID] == nil {
			out[s.TraceID] = map[string]int{}
		}
		out[s.TraceID][s.Name]++
	}
	return out
}

// An order is one trace: the request, its transaction, the job that tells the
// other modules, and what that writes.
func TestOneTrace(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]string{"sqlite": sqliteDemo(t), "postgres": postgresDemo(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			box := &spanBox{}
			collector := httptest.NewServer(box)
			t.Cleanup(collector.Close)
			conf := settings(t, t.TempDir(), dsn)
			conf.Traces, conf.TraceShare = collector.URL, 100
			a, err := Open(t.Context(), conf, Options{Log: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			if err := a.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			c := sellOne(t, a, 5)
			server := httptest.NewServer(a.Handler())
			t.Cleanup(server.Close)
			if _, err := c.buys(t.Context(), certify.At(server.URL, trialStore+".localhost", nil), "one"); err != nil {
				t.Fatal(err)
			}
			time.Sleep(3 * time.Second) // the jobs that it left behind begin within half a second
			if err := a.Close(t.Context()); err != nil {
				t.Error(err)
			}
			whole := false
			for _, spans := range box.traces() {
				ordered, told := false, false
				for name := range spans {
					ordered = ordered || strings.HasPrefix(name, "POST ") && strings.HasSuffix(name, "/orders")
					told = told || name == "job event.tell"
				}
				whole = whole || ordered && told && spans["transaction write"] > 1
			}
			if !whole {
				t.Errorf("no trace has all of it: %v", box.traces())
			}
		})
	}
}
