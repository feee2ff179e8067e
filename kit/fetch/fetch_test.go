package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestPublic(t *testing.T) {
	t.Parallel()
	for _, a := range []string{"93.184.216.34:80", "1.1.1.1:443", "[2606:4700:4700::1111]:443", "[::ffff:1.1.1.1]:80"} {
		if err := Public(netip.MustParseAddrPort(a)); err != nil {
			t.Errorf("%s is refused: %v", a, err)
		}
	}
	for _, a := range []string{
		"127.0.0.1:80", "127.9.9.9:443", "0.0.0.0:80", "10.0.0.1:80", "172.16.0.1:80", "192.168.1.1:80", "169.254.169.254:80", "168.63.129.16:80", "100.64.0.1:80", "192.0.0.192:80",
		"198.18.0.1:80", "224.0.0.1:80", "255.255.255.255:80", "240.0.0.1:80", "203.0.113.9:80", "1.1.1.1:22", "1.1.1.1:8080",
		"[::1]:80", "[::]:80", "[::ffff:127.0.0.1]:80", "[::ffff:169.254.169.254]:80", "[::ffff:10.0.0.1]:80", "[::127.0.0.1]:80", "[fe80::1]:80", "[fe80::1%25eth0]:80", "[fc00::1]:80",
		"[fd00:ec2::254]:80", "[fec0::1]:80", "[ff02::1]:80", "[64:ff9b::7f00:1]:80", "[64:ff9b:1::1]:80", "[2002:7f00:1::]:80", "[2001:0:7f00:1::]:80", "[2001:db8::1]:80", "[100::1]:80",
	} {
		to, err := netip.ParseAddrPort(a)
		if err != nil {
			t.Fatal(err)
		}
		if Public(to) == nil {
			t.Errorf("%s is allowed", a)
		}
	}
}

// canary is a server on this machine that must never be asked.
func canary(t *testing.T) (port string, asked *atomic.Int64) {
	t.Helper()
	asked = &atomic.Int64{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			asked.Add(1)
			_ = c.Close()
		}
	}()
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return port, asked
}

// inside are ways to write addresses of this machine and its network.
func inside(port string) []string {
	var out []string
	for _, host := range []string{
		"127.0.0.1", "localhost", "2130706433", "0x7f000001", "0x7f.0.0.1", "017700000001", "0177.0.0.1", "127.1", "127.0.1", "0", "0.0.0.0", "127.000.000.001",
		"[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[fe80::1%25lo]", "localhost.", "LOCALHOST",
		"127.0.0.1.", "①②⑦.⓪.⓪.①", "169.254.169.254", "[fd00:ec2::254]", "[fe80::a9fe:a9fe]", "10.0.0.1", "192.168.0.1", "metadata.google.internal",
	} {
		out = append(out, "http://"+host+":"+port+"/latest/meta-data/", "https://"+host+":"+port+"/")
	}
	return append(out,
		"http://user:pass@127.0.0.1:"+port, "http://1.1.1.1@127.0.0.1:"+port, "http://127.0.0.1:"+port+"#@example.com", "http://127.0.0.1:"+port+"\\@example.com",
		"file:///etc/passwd", "gopher://127.0.0.1:"+port+"/_x", "ftp://127.0.0.1:"+port, "dict://127.0.0.1:"+port, "data:text/plain,x", "javascript:alert(1)", "//127.0.0.1:"+port,
		"http:127.0.0.1:"+port, "http:///x", "http://", "", " http://127.0.0.1:"+port, "HTTP://127.0.0.1:"+port, "http://127.0.0.1:"+port+"/\r\nHost: x", "jar:http://127.0.0.1:"+port+"!/", "unix:/var/run/docker.sock",
		"http://"+strings.Repeat("a", 3000),
	)
}

func TestCanaryStaysSilent(t *testing.T) {
	t.Setenv("HTTP_PROXY", "")
	port, asked := canary(t)
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:"+port)
	t.Setenv("ALL_PROXY", "http://127.0.0.1:"+port)
	c := New(nil)
	for _, address := range inside(port) {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		f, err := c.Get(ctx, address, 1<<20)
		cancel()
		if err == nil {
			t.Errorf("%q is fetched", address)
			_ = f.Close()
		}
		if !errors.Is(err, ErrAddress) && !errors.Is(err, ErrNothing) {
			t.Errorf("%q: %v", address, err)
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("the canary was asked %d times", n)
	}
}

// only allows one address of this machine, as if it were public.
func only(address string) func(netip.AddrPort) error {
	return func(to netip.AddrPort) error {
		if to.String() == address {
			return nil
		}
		return Public(to)
	}
}

// What leads elsewhere is looked at again at each step, and a name each time that
// somebody connects to it.
func TestRedirects(t *testing.T) {
	t.Parallel()
	port, asked := canary(t)
	mux := http.NewServeMux()
	s := httptest.NewServer(mux)
	defer s.Close()
	address := s.Listener.Addr().String()
	to := inside(port)
	mux.HandleFunc("GET /away/{n}", func(w http.ResponseWriter, r *http.Request) {
		var n int
		_, _ = fmt.Sscan(r.PathValue("n"), &n)
		w.Header()["Location"] = []string{to[n]}
		w.WriteHeader(http.StatusFound)
	})
	mux.HandleFunc("GET /around", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/around", http.StatusFound) })
	mux.HandleFunc("GET /twice", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/a%20photo.png", http.StatusFound) })
	mux.HandleFunc("GET /a photo.png", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Referer") != "" || r.Header.Get("Cookie") != "" {
			w.WriteHeader(http.StatusTeapot)
		}
		_, _ = w.Write([]byte("fine"))
	})
	c := New(only(address))
	for n, where := range to {
		if where == "" || strings.HasPrefix(where, "http:///") {
			continue // leads to the same server
		}
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		f, err := c.Get(ctx, fmt.Sprintf("http://%s/away/%d", address, n), 1<<20)
		cancel()
		if err == nil {
			t.Errorf("a way to %q is followed", where)
			_ = f.Close()
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("the canary was asked %d times", n)
	}
	if _, err := c.Get(t.Context(), "http://"+address+"/around", 100); !errors.Is(err, ErrNothing) {
		t.Errorf("around and around: %v", err)
	}
	f, err := c.Get(t.Context(), "http://"+address+"/twice", 100)
	if err != nil {
		t.Fatal(err)
	}
	if f.Path != "/a photo.png" {
		t.Errorf("its path is %q", f.Path)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(f.Name()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file stays: %v", err)
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	gone := make(chan struct{})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /says", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 101)) })
	mux.HandleFunc("GET /endless", func(w http.ResponseWriter, r *http.Request) {
		for range 1 << 20 {
			if _, err := w.Write(make([]byte, 1000)); err != nil || r.Context().Err() != nil {
				close(gone)
				return
			}
		}
	})
	mux.HandleFunc("GET /slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("GET /packed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write([]byte("x"))
	})
	mux.HandleFunc("GET /missing", http.NotFound)
	mux.HandleFunc("GET /heads", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X", strings.Repeat("x", 200<<10)) })
	s := httptest.NewServer(mux)
	defer s.Close()
	c := New(only(s.Listener.Addr().String()))
	for path, want := range map[string]error{"/says": ErrLarge, "/endless": ErrLarge, "/slow": ErrNothing, "/packed": ErrNothing, "/missing": ErrNothing, "/heads": ErrNothing} {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		if _, err := c.Get(ctx, s.URL+path, 100); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", path, err, want)
		}
		cancel()
	}
	select {
	case <-gone:
	case <-time.After(10 * time.Second):
		t.Error("what sends without end is still listened to")
	}
}
