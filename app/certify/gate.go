package certify

import (
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// Gate is where the double sends what it has to tell: one address, whichever port
// the server has at the moment, and none while there is no server.
type Gate struct {
	server *http.Server
	port   string
	to     atomic.Pointer[url.URL]
}

// OpenGate opens one on this machine.
func OpenGate() (*Gate, error) {
	g := &Gate{}
	base, server, err := listen(http.HandlerFunc(g.pass))
	if err != nil {
		return nil, err
	}
	_, g.port, err = net.SplitHostPort(strings.TrimPrefix(base, "http://"))
	g.server = server
	return g, err
}

// listen serves on a free port of this machine until it is closed.
func listen(h http.Handler) (base string, s *http.Server, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	s = &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = s.Serve(l) }()
	return "http://" + l.Addr().String(), s, nil
}

// Port is where it answers.
func (g *Gate) Port() string { return g.port }

// Close ends it.
func (g *Gate) Close() error { return g.server.Close() }

// lead passes everything on to a server, nil to nobody.
func (g *Gate) lead(s *Server) error {
	if s == nil {
		g.to.Store(nil)
		return nil
	}
	to, err := url.Parse(s.base)
	g.to.Store(to)
	return err
}

func (g *Gate) pass(w http.ResponseWriter, r *http.Request) {
	to := g.to.Load()
	if to == nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	proxy := httputil.ReverseProxy{
		Rewrite:      func(p *httputil.ProxyRequest) { p.SetURL(to); p.Out.Host = r.Host },
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	proxy.ServeHTTP(w, r)
}
