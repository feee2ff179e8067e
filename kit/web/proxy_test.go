package web

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestOnlyProxiesAreBelieved(t *testing.T) {
	t.Parallel()
	local := Proxies{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	lan := append(Proxies{netip.MustParsePrefix("10.0.0.0/8")}, local...)
	for name, c := range map[string]struct {
		trust        Proxies
		peer, chain  string
		want, scheme string
	}{
		"a stranger's header is nothing":         {local, "203.0.113.5:1", "1.2.3.4", "203.0.113.5", "http"},
		"this machine's proxy is believed":       {local, "127.0.0.1:1", "1.2.3.4", "1.2.3.4", "https"},
		"what it was told itself is not":         {local, "127.0.0.1:1", "9.9.9.9, 1.2.3.4", "1.2.3.4", "https"},
		"nor is it by default from the network":  {local, "10.0.0.9:1", "1.2.3.4", "10.0.0.9", "http"},
		"a chain of proxies that are all ours":   {lan, "127.0.0.1:1", "1.2.3.4, 10.0.0.9", "1.2.3.4", "https"},
		"a chain that begins with a lie":         {lan, "10.0.0.9:1", "127.0.0.1, 1.2.3.4", "1.2.3.4", "https"},
		"nonsense counts as the proxy":           {local, "127.0.0.1:1", "evil", "127.0.0.1", "https"},
		"nobody is believed when none is named":  {nil, "127.0.0.1:1", "1.2.3.4", "127.0.0.1", "http"},
		"IPv6 counts by network":                 {local, "[2001:db8::1:2]:1", "", "2001:db8::/64", "http"},
		"so do addresses that a proxy names":     {local, "[::1]:1", "2001:db8::9", "2001:db8::/64", "https"},
		"IPv4 in the clothes of IPv6 stays IPv4": {local, "[::ffff:203.0.113.5]:1", "", "203.0.113.5", "http"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = c.peer
			if c.chain != "" {
				r.Header.Set("X-Forwarded-For", c.chain)
			}
			r.Header.Set("X-Forwarded-Proto", "https")
			if got := c.trust.client(r); got != c.want {
				t.Errorf("counts by %s, want %s", got, c.want)
			}
			if got := c.trust.scheme(r); got != c.scheme {
				t.Errorf("came by %s, want %s", got, c.scheme)
			}
		})
	}
}
