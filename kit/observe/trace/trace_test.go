package trace_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"orion/kit/observe/trace"
)

type span struct {
	TraceID, SpanID, ParentSpanID, Name string
	Status                              struct{ Code int }
	Attributes                          []struct {
		Key   string
		Value struct{ StringValue string }
	}
}

// collector is a collector that keeps the spans that it is sent, by name.
func collector(t *testing.T) (endpoint string, spans func() map[string]span) {
	t.Helper()
	got := make(chan []byte, 16)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body json.RawMessage
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil || r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/json" {
			w.WriteHeader(http.StatusBadRequest)
		}
		got <- body
	}))
	t.Cleanup(s.Close)
	return s.URL, func() map[string]span {
		out := map[string]span{}
		for {
			select {
			case body := <-got:
				var m struct {
					ResourceSpans []struct {
						ScopeSpans []struct{ Spans []span }
					}
				}
				if err := json.Unmarshal(body, &m); err != nil {
					t.Fatal(err)
				}
				for _, s := range m.ResourceSpans[0].ScopeSpans[0].Spans {
					out[s.Name] = s
				}
			default:
				return out
			}
		}
	}
}

func TestOneTraceThroughAll(t *testing.T) {
	t.Parallel()
	endpoint, spans := collector(t)
	tr := trace.New(trace.Options{Endpoint: endpoint, Version: "1", Share: 1})
	parent := ""
	h := tr.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		trace.Of(r.Context()).Name("POST /checkout")
		trace.Of(r.Context()).Set("module", "orders")
		trace.Did(r.Context(), "transaction", "write", time.Millisecond, errors.New("of anna@example.com"))
		parent = trace.Parent(r.Context())
	}), func(*http.Request) bool { return true })
	r := httptest.NewRequest(http.MethodPost, "/checkout", nil)
	r.Header.Set("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	h.ServeHTTP(httptest.NewRecorder(), r)
	ctx, job := tr.Enter(context.Background(), "job orders.mail", parent)
	trace.Did(ctx, "transaction", "read", time.Millisecond, nil)
	job.End(nil)
	if err := tr.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := spans()
	request := got["POST /checkout"]
	for name, want := range map[string]string{"POST /checkout": "b7ad6b7169203331", "transaction write": request.SpanID, "job orders.mail": request.SpanID, "transaction read": got["job orders.mail"].SpanID} {
		s := got[name]
		if s.TraceID != "0af7651916cd43dd8448eb211c80319c" || s.ParentSpanID != want || want == "" {
			t.Errorf("%s is not where it belongs: %+v, want parent %s", name, s, want)
		}
	}
	if got["transaction write"].Status.Code != 2 || got["transaction read"].Status.Code != 0 {
		t.Errorf("failures are not told: %+v", got)
	}
	if all, _ := json.Marshal(got); strings.Contains(string(all), "anna@example.com") {
		t.Errorf("what people typed is sent: %s", all)
	}
	if a := request.Attributes; len(a) != 1 || a[0].Key != "module" || a[0].Value.StringValue != "orders" {
		t.Errorf("attributes: %+v", a)
	}
}

func TestStrangersDoNotMakeUsTrace(t *testing.T) {
	t.Parallel()
	endpoint, spans := collector(t)
	tr := trace.New(trace.Options{Endpoint: endpoint, Share: 0})
	h := tr.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if trace.Parent(r.Context()) != "" {
			t.Error("a stranger's traceparent is believed")
		}
	}), func(*http.Request) bool { return false })
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	h.ServeHTTP(httptest.NewRecorder(), r)
	if err := tr.Close(t.Context()); err != nil || len(spans()) > 0 {
		t.Errorf("it was traced: %v %v", err, spans())
	}
}

// Off is nothing: no span, no parent, no handler in between.
func TestOff(t *testing.T) { //nolint:paralleltest // it counts what the whole process allocates
	var tr *trace.Tracer
	ctx, s := tr.Enter(t.Context(), "job", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	s.Name("x")
	s.Set("a", "b")
	s.Fail()
	s.End(nil)
	trace.Did(ctx, "transaction", "read", time.Millisecond, nil)
	if s != nil || trace.Parent(ctx) != "" || trace.Of(ctx) != nil || tr.Close(ctx) != nil {
		t.Error("something is traced")
	}
	if n := testing.AllocsPerRun(100, func() { trace.Did(ctx, "transaction", "read", time.Millisecond, nil); _ = trace.Parent(ctx) }); n > 0 {
		t.Errorf("being off allocates %v times", n)
	}
}
