package app

import (
	"net/http"
	"time"

	"orion/kit/observe"
	"orion/modules/devtools"
)

// inspected lets the developer tools remember what requests did, where the
// settings say so.
func (a *App) inspected(next http.Handler) http.Handler {
	if !a.config.Inspect {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, kept := observe.WithInspection(r.Context())
		seen := devtools.Request{At: a.clock.Now(), Method: r.Method, Path: r.URL.RequestURI()}
		began := time.Now()
		defer func() {
			seen.Took = time.Since(began)
			seen.Answered, seen.Notes, seen.More = kept.Read()
			a.modules.devtools.Saw(seen)
		}()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
