package app

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
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
		seen := devtools.Request{At: a.clock.Now(), Method: r.Method, Path: address(r.URL)}
		began := time.Now()
		defer func() {
			seen.Took = time.Since(began)
			seen.Answered, seen.Notes, seen.More = kept.Read()
			a.modules.devtools.Saw(seen)
		}()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// address is what is kept of an address: of its query only the names, for others lead
// payers back to us with what opens their payments.
func address(u *url.URL) string {
	if names := slices.Sorted(maps.Keys(u.Query())); len(names) > 0 {
		return u.Path + "?" + strings.Join(names, "&")
	}
	return u.Path
}
