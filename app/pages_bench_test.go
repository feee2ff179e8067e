package app

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// BenchmarkPages renders pages of the demo through the whole program, without
// network and compression. With -cpuprofile it shows where the time goes.
func BenchmarkPages(b *testing.B) {
	h := start(b, sqliteDemo(b)).Handler()
	for _, bench := range []struct{ name, path string }{
		{"home", "/"},
		{"category", "/categories/table"},
		{"search", "/search?q=tasse"},
		{"product", "/products/stoneware-mug"},
		{"rest list", "/api/v1/storefront/products?limit=20"},
		{"rest detail", "/api/v1/storefront/products/stoneware-mug"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, bench.path, nil)
			r.Host = "maison-kirchberg.localhost"
			b.ReportAllocs()
			for b.Loop() {
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					b.Fatalf("%s answers %d: %s", bench.path, w.Code, w.Body)
				}
			}
		})
	}
}
