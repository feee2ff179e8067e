package app

import (
	"net"
	"net/http"

	"orion/kit/observe"
	"orion/kit/web"
)

// certificates answers a proxy that is about to order a certificate for a name:
// 200 when somebody sells or works there, 404 when not, so that nobody makes it
// order certificates for names of their own. Only trusted proxies are answered.
func (a *App) certificates(isProxy func(*http.Request) bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Query().Get("domain")
		if !isProxy(r) || net.ParseIP(name) != nil {
			http.NotFound(w, r)
			return
		}
		if _, ok := a.modules.tenancy.Resolve(name, "/"); !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusOK)
	}
}

// ownRequests tells whether a request comes from a trusted proxy itself, and not
// through it.
func (a *App) ownRequests() func(*http.Request) bool {
	proxies := web.Proxies(a.config.Proxies())
	return func(r *http.Request) bool { return !observe.Forwarded(r) && proxies.Speaks(r) }
}
