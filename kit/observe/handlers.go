package observe

import (
	"encoding/json"
	"net/http"
	"time"
)

// Live answers /health/live: the process runs. A supervisor restarts it otherwise.
func (h *Health) Live() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answer(w, Healthy, nil)
	})
}

// Ready answers /health/ready: requests may be sent here. It says no while the
// node drains and while something vital is away.
func (h *Health) Ready() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h.Draining() {
			answer(w, Unhealthy, nil)
			return
		}
		answer(w, h.Report(r.Context()).Status, nil)
	})
}

// Handler answers /health with the status of the program, and with each check
// for requests that mayDetail lets see them; nil lets nobody.
func (h *Health) Handler(mayDetail func(*http.Request) bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		report := h.Report(r.Context())
		if mayDetail == nil || !mayDetail(r) {
			report.Checks = nil
		}
		answer(w, report.Status, report.Checks)
	})
}

// Tool is a page that an operator watches the program with.
type Tool struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

// Tools answers /health/tools with where to look further, to those who may look
// inside. For all others there is nothing here.
func Tools(tools []Tool, token string) http.Handler {
	if tools == nil {
		tools = []Tool{}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !Insider(r, token) {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		_ = json.NewEncoder(w).Encode(map[string][]Tool{"tools": tools}) // an asker who left needs no answer
	})
}

type healthJSON struct {
	Status Status      `json:"status"`
	Checks []checkJSON `json:"checks,omitempty"`
}

type checkJSON struct {
	Name   string  `json:"name"`
	Status Status  `json:"status"`
	Detail string  `json:"detail,omitempty"`
	Millis float64 `json:"latency_ms"`
}

func answer(w http.ResponseWriter, s Status, checks []Outcome) {
	body := healthJSON{Status: s}
	for _, o := range checks {
		millis := float64(o.Took.Round(time.Microsecond)) / float64(time.Millisecond)
		body.Checks = append(body.Checks, checkJSON{o.Name, o.Status, o.Detail, millis})
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if s == Unhealthy {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(body) // an asker who left needs no answer
}
