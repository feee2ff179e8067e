package fetch

import (
	"errors"
	"net/netip"
)

var errNotPublic = errors.New("it is no address of the public internet")

// closed are the networks below those that net/netip tells of which belong to
// nobody on the public internet, or lead to another address inside of them; and
// 168.63.129.16, where Azure answers its own machines.
var closed = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "168.63.129.16/32", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
)

// global is where addresses of version 6 of the public internet are; what stands
// outside of it (as NAT64, 64:ff9b::/96) leads elsewhere.
var global = netip.MustParsePrefix("2000::/3")

func prefixes(texts ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		out[i] = netip.MustParsePrefix(t)
	}
	return out
}

// Public allows the web's own ports of the public internet, and nothing else: not
// this machine, its network, or the data that clouds keep beside it.
func Public(to netip.AddrPort) error {
	if to.Port() != 80 && to.Port() != 443 {
		return errNotPublic
	}
	a := to.Addr()
	if a.Zone() != "" {
		return errNotPublic
	}
	if a.Is4In6() {
		a = a.Unmap()
	}
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.Is6() && !global.Contains(a) {
		return errNotPublic
	}
	for _, p := range closed {
		if p.Contains(a) {
			return errNotPublic
		}
	}
	return nil
}
