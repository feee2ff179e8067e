package app

import (
	"net"
	"net/http"
	"net/netip"
)

// certificates answers a proxy that is about to order a certificate for a name:
// 200 when somebody sells or works there, 404 when not, so that nobody makes it
// order certificates for names of their own. Only trusted proxies are answered.
func (a *App) certificates(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("domain")
	if !a.isProxy(r) || net.ParseIP(name) != nil {
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

// isProxy tells whether a request comes from a trusted proxy itself, and not
// through it.
func (a *App) isProxy(r *http.Request) bool {
	for _, header := range []string{"Forwarded", "X-Forwarded-For"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	for _, network := range a.config.Proxies() {
		if network.Contains(at.Addr().Unmap()) {
			return true
		}
	}
	return false
}
