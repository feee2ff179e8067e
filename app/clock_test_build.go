//go:build orion_test

package app

import (
	"encoding/json"
	"net/http"
	"time"

	"orion/kit/clock"
)

// programClock is the machine's, and can be moved forward.
func programClock() clock.Clock { return clock.NewShifted(clock.System()) }

// mountTestRoutes lets callers on this machine read and move the clock.
func mountTestRoutes(mux *http.ServeMux, a *App) {
	local := func(h http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if !isLoopback(r.RemoteAddr) || r.Header.Get("X-Forwarded-For") != "" {
				http.NotFound(w, r)
				return
			}
			h(w, r)
		}
	}
	tell := func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"now": a.clock.Now().Format(time.RFC3339Nano)})
	}
	mux.HandleFunc("GET /_test/clock", local(func(w http.ResponseWriter, _ *http.Request) { tell(w) }))
	mux.HandleFunc("POST /_test/clock", local(func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			Advance string `json:"advance"`
		}
		err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<10)).Decode(&in)
		d, errD := time.ParseDuration(in.Advance)
		shifted, ok := a.clock.(*clock.Shifted)
		if err != nil || errD != nil || d < 0 || !ok {
			http.Error(w, `send {"advance":"26h"}`, http.StatusUnprocessableEntity)
			return
		}
		shifted.Advance(d)
		if err := a.runner.Shift(r.Context(), d); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		tell(w)
	}))
}
