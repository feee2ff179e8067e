package app

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
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

// of are the names of the spans of the trace that has one with that name.
func (b *spanBox) of(name string) map[string]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.spans {
		if s.Name != name {
			continue
		}
		out := map[string]int{}
		for _, other := range b.spans {
			if other.TraceID == s.TraceID {
				out[other.Name]++
			}
		}
		return out
	}
	return nil
}

// A message to a store is one trace: the request, its transaction, the job that
// tells the other modules, and what that does.
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
			v := &visitor{t: t, h: a.Handler(), host: "maison-kirchberg.localhost", jar: map[string]string{}}
			ticket := regexp.MustCompile(`name="([^"]*ticket[^"]*)" value="([^"]+)"`).FindStringSubmatch(v.get("/contact"))
			if ticket == nil {
				t.Fatal("the form has no ticket")
			}
			time.Sleep(3100 * time.Millisecond) // who is quicker is taken for a program
			v.post("/contact", url.Values{ticket[1]: {ticket[2]}, "name": {"Anna"}, "email": {"reader@example.com"}, "subject": {"Hours"}, "body": {"When are you open?"}})
			time.Sleep(2 * time.Second) // the jobs that it left behind begin within half a second
			if err := a.Close(t.Context()); err != nil {
				t.Error(err)
			}
			got := box.of("POST /contact")
			if got["POST /contact"] != 1 || got["transaction write"] == 0 {
				t.Errorf("the request's trace is %v", got)
			}
			jobs := 0
			for span := range got {
				if strings.HasPrefix(span, "job ") {
					jobs++
				}
			}
			if jobs == 0 {
				t.Errorf("no job is part of the trace: %v", got)
			}
		})
	}
}
