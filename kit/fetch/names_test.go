package fetch

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync/atomic"
	"testing"
)

// fickle is a server of names that gives another address each time it is asked.
func fickle(t *testing.T, addresses ...string) (*net.Resolver, *atomic.Int64) {
	t.Helper()
	l, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	var asked atomic.Int64
	go func() {
		b := make([]byte, 1500)
		for {
			n, from, err := l.ReadFrom(b)
			if err != nil {
				return
			}
			end := 12
			for end < n && b[end] != 0 {
				end += int(b[end]) + 1
			}
			end += 5 // the end of the name, the type, the class
			if end > n {
				continue
			}
			out := append([]byte{b[0], b[1], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}, b[12:end]...)
			if b[end-3] == 1 { // an address of version 4
				at := netip.MustParseAddr(addresses[int(asked.Add(1)-1)%len(addresses)]).As4()
				out[7] = 1
				out = append(append(out, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4), at[:]...)
			}
			_, _ = l.WriteTo(out, from)
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", l.LocalAddr().String())
	}}, &asked
}

// A name that leads to a public address first and into the network then is followed
// to neither: what counts is what is connected to, at each connection.
func TestChangingNames(t *testing.T) {
	t.Parallel()
	port, asked := canary(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://rebind.example:"+port+"/", http.StatusFound)
	}))
	defer s.Close()
	_, open, _ := net.SplitHostPort(s.Listener.Addr().String())
	names, questions := fickle(t, "127.0.0.1")
	// The first connection is allowed as if it were to a public address.
	c := resolving(names, only("127.0.0.1:"+open))
	if _, err := c.Get(t.Context(), "http://rebind.example:"+open+"/", 100); !errors.Is(err, ErrNothing) {
		t.Errorf("it is followed: %v", err)
	}
	if questions.Load() < 2 {
		t.Errorf("the name was looked up %d times", questions.Load())
	}
	for _, inside := range []string{"127.0.0.1", "169.254.169.254", "10.0.0.1", "0.0.0.0"} {
		names, _ := fickle(t, inside)
		if _, err := resolving(names, Public).Get(t.Context(), "http://rebind.example/", 100); !errors.Is(err, ErrNothing) || !errors.Is(err, errNotPublic) {
			t.Errorf("a name for %s: %v", inside, err)
		}
	}
	if asked.Load() != 0 {
		t.Error("the canary was asked")
	}
}
