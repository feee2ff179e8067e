package app

import (
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
	"time"

	"github.com/a-h/templ"

	"orion/kit/web"
	"orion/modules/orders"
	"orion/modules/tenancy"
)

// blank is an answer that keeps nothing, so that what is measured is the program
// and not the test's own recorder.
type blank struct {
	header http.Header
	status int
}

// Header implements http.ResponseWriter.
func (b *blank) Header() http.Header { return b.header }

// Write implements http.ResponseWriter.
func (b *blank) Write(p []byte) (int, error) { return len(p), nil }

// WriteHeader implements http.ResponseWriter.
func (b *blank) WriteHeader(status int) { b.status = status }

// cpu is the time that this process has worked so far.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkFramework sends requests through everything that stands before a
// handler: limits, compression, the directory of hosts, sessions, the module's
// switch, the permission, headers, metrics. The page itself is empty, once by
// itself and once in its audience's frame. What it costs is what the framework costs.
func BenchmarkFramework(b *testing.B) {
	a := uninspected(b, sqliteDemo(b))
	a.site.Mount("orders", web.Routes{
		Storefront: func(m *web.Mux[web.Storefront]) {
			m.Get("/bench/empty", web.Public, func(c *web.Ctx[web.Storefront]) error { return c.Partial(templ.NopComponent) })
			m.Get("/bench/framed", web.Public, func(c *web.Ctx[web.Storefront]) error { return c.Page(web.Head{}, templ.NopComponent) })
		},
		Store: func(m *web.Mux[web.Store]) {
			m.Get("/bench/empty", web.Need(orders.MayView), func(c *web.Ctx[web.Store]) error { return c.Partial(templ.NopComponent) })
			m.Get("/bench/framed", web.Need(orders.MayView), func(c *web.Ctx[web.Store]) error { return c.Page(web.Head{}, templ.NopComponent) })
		},
	})
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		b.Fatal(err)
	}
	session, err := a.modules.tenancy.SignInStaff(b.Context(), in, tenancy.Credentials{Email: "manager@maison-kirchberg.example", Password: "orion-demo"})
	if err != nil {
		b.Fatal(err)
	}
	h := a.Handler()
	for _, bench := range []struct{ name, path string }{
		{"shopper, empty page", "/bench/empty"},
		{"staff with a permission, empty page", "/store/bench/empty"},
		{"shopper, empty page in its frame", "/bench/framed"},
		{"staff with a permission, empty page in its frame", "/store/bench/framed"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, bench.path, nil)
			r.Host = "maison-kirchberg.localhost"
			r.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
			r.Header.Set("Accept-Language", "en-GB,en;q=0.9,fr;q=0.8")
			r.AddCookie(&http.Cookie{Name: "orion_store", Value: session})
			b.ReportAllocs()
			began := cpu()
			for b.Loop() {
				w := &blank{header: http.Header{}, status: http.StatusOK}
				if h.ServeHTTP(w, r); w.status != http.StatusOK {
					b.Fatalf("%s answers %d", bench.path, w.status)
				}
			}
			b.ReportMetric(float64(cpu()-began)/float64(b.N)/1e3, "cpu-µs/op")
		})
	}
}
