package web

import (
	"net/http"
	"net/netip"
	"strings"
)

// Proxies are the networks of those who may say for whom they speak. Everybody
// may write X-Forwarded-For and X-Forwarded-Proto; they count only when the
// connection itself comes from here.
type Proxies []netip.Prefix

func (p Proxies) has(a netip.Addr) bool {
	for _, network := range p {
		if network.Contains(a) {
			return true
		}
	}
	return false
}

// Speaks tells whether a request came from a proxy that is believed.
func (p Proxies) Speaks(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && p.has(peer.Addr().Unmap())
}

// client is the address that rate limits count by: the last one in the chain of
// proxies that is none of ours. Whoever has an IPv6 address has 2^64 of them,
// so those count by their network.
func (p Proxies) client(r *http.Request) string {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	addr := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && p.has(addr); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = hop.Unmap()
	}
	if addr.Is6() {
		if network, err := addr.WithZone("").Prefix(64); err == nil {
			return network.String()
		}
	}
	return addr.String()
}

// scheme is how the reader came: proxies that are believed say so.
func (p Proxies) scheme(r *http.Request) string {
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" && p.Speaks(r) {
		return "https"
	}
	return "http"
}
