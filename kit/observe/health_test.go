package observe

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func check(name string, s Status, detail string) Check {
	return Check{Name: name, Run: func(context.Context) Result { return Result{Status: s, Detail: detail} }}
}

func TestReportIsTheWorstCheck(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		statuses []Status
		want     Status
	}{
		{"no checks", nil, Healthy},
		{"all well", []Status{Healthy, Healthy}, Healthy},
		{"one degraded", []Status{Degraded, Healthy}, Degraded},
		{"one unhealthy", []Status{Unhealthy, Degraded}, Unhealthy},
		{"a status nobody knows", []Status{Healthy, "fine"}, Unhealthy},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var h Health
			for _, s := range c.statuses {
				h.Add(check("x", s, ""))
			}
			if got := h.Report(t.Context()).Status; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestReportSurvivesBadChecks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var h Health
		free := make(chan struct{})
		var runs atomic.Int32
		h.Add(
			Check{Name: "panics", Run: func(context.Context) Result { panic("oh") }},
			Check{Name: "hangs", Timeout: time.Second, Run: func(context.Context) Result { runs.Add(1); <-free; return OK() }},
			Check{Name: "gives up", Run: func(ctx context.Context) Result { <-ctx.Done(); return Result{Status: Degraded, Detail: "slow"} }, Timeout: time.Minute},
		)
		start := time.Now()
		got := h.Report(t.Context())
		h.Report(t.Context())
		want := Report{Status: Unhealthy, Checks: []Outcome{
			{Name: "gives up", Result: Result{Status: Degraded, Detail: "slow"}},
			{Name: "hangs", Result: Result{Status: Unhealthy, Detail: "no answer within 1s"}},
			{Name: "panics", Result: Result{Status: Unhealthy, Detail: "panic: oh"}},
		}}
		late := cmp.Options{cmpopts.IgnoreFields(Outcome{}, "Took"), cmpopts.IgnoreFields(Report{}, "At")}
		got.Checks[0].Result = want.Checks[0].Result // either its own word or the timeout comes first
		if diff := cmp.Diff(want, got, late); diff != "" {
			t.Error(diff)
		}
		if took := time.Since(start); took != 2*time.Minute {
			t.Errorf("two reports took %v: the checks do not run at once", took)
		}
		if n := runs.Load(); n != 1 {
			t.Errorf("the hanging check runs %d times", n)
		}
		close(free)
		synctest.Wait()
		if got := h.Report(t.Context()).Checks[1]; got.Status != Healthy {
			t.Errorf("after it came free: %v", got)
		}
	})
}

func TestHealthHandlers(t *testing.T) {
	t.Parallel()
	var h Health
	h.Add(check("db", Healthy, "sqlite"), check("mail", Degraded, "refused"))
	ask := func(handler http.Handler) (int, healthJSON) {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/health", nil))
		var body healthJSON
		if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
			t.Fatal(err)
		}
		for i := range body.Checks {
			body.Checks[i].Millis = 0
		}
		return w.Code, body
	}
	expect := func(act string, handler http.Handler, code int, want healthJSON) {
		t.Helper()
		got, body := ask(handler)
		if diff := cmp.Diff(want, body); diff != "" || got != code {
			t.Errorf("%s: %d %s", act, got, diff)
		}
	}
	anyone := func(*http.Request) bool { return true }
	expect("health for a visitor", h.Handler(nil), 200, healthJSON{Status: Degraded})
	expect("health for an operator", h.Handler(anyone), 200, healthJSON{Degraded, []checkJSON{
		{Name: "db", Status: Healthy, Detail: "sqlite"}, {Name: "mail", Status: Degraded, Detail: "refused"},
	}})
	expect("ready while degraded", h.Ready(), 200, healthJSON{Status: Degraded})

	h.Add(check("vital", Unhealthy, "gone"))
	expect("ready without a vital thing", h.Ready(), 503, healthJSON{Status: Unhealthy})
	expect("live without a vital thing", h.Live(), 200, healthJSON{Status: Healthy})

	var leaving Health
	leaving.Drain()
	expect("ready while draining", leaving.Ready(), 503, healthJSON{Status: Unhealthy})
	expect("health while draining", leaving.Handler(nil), 200, healthJSON{Status: Healthy})
}

func TestHealthIsWatched(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var h Health
		var ill atomic.Bool
		h.Add(check("calm", Healthy, ""), Check{Name: "moody", Run: func(context.Context) Result {
			if ill.Load() {
				return Result{Status: Degraded, Detail: "ill"}
			}
			return OK()
		}})
		if got := h.Latest(); got.Status != "" {
			t.Errorf("before anybody looked: %v", got)
		}
		ctx, cancel := context.WithCancel(t.Context())
		var told []string
		done := make(chan struct{})
		go func() {
			h.Watch(ctx, time.Minute, func(before Status, o Outcome) {
				told = append(told, o.Name+": "+string(before)+" → "+string(o.Status))
			})
			close(done)
		}()
		synctest.Wait()
		for i := range 4 {
			ill.Store(i < 2)
			time.Sleep(time.Minute)
			synctest.Wait()
			if want := map[bool]Status{true: Degraded, false: Healthy}[i < 2]; h.Latest().Status != want {
				t.Errorf("minute %d: %v", i, h.Latest())
			}
		}
		cancel()
		<-done
		if want := []string{"moody: healthy → degraded", "moody: degraded → healthy"}; !slices.Equal(told, want) {
			t.Errorf("told %q, want %q", told, want)
		}
	})
}
