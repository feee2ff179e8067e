package observe

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Insider tells whether a request may look inside the program: it comes from
// this machine itself, and not from a proxy on it that speaks for somebody, or it
// bears the token, where one is set.
func Insider(r *http.Request, token string) bool { return bears(r, token) || isLocal(r) }

func bears(r *http.Request, token string) bool {
	got, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return ok && token != "" && subtle.ConstantTimeCompare([]byte(got), []byte(token)) == 1
}

// Forwarded tells whether a request says that it came through a proxy.
func Forwarded(r *http.Request) bool {
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(header) != "" {
			return true
		}
	}
	return false
}

// isLocal does not take a proxy on this machine for a scraper on it.
func isLocal(r *http.Request) bool {
	if Forwarded(r) {
		return false
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}
