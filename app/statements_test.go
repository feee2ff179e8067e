package app

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"orion/kit/db"
	"orion/modules/orders"
)

// TestStatements holds the pages that shoppers see most, and the sale, to a
// number of statements that nothing makes larger. The home page is asked for
// first, so that the store's categories are in memory, as they are of every
// store that is visited; each page itself is read for the first time.
func TestStatements(t *testing.T) {
	t.Parallel()
	eachStill(t, func(t *testing.T, a *App) {
		h := a.Handler()
		get := func(path string) int {
			ctx, n := db.WithCounter(t.Context())
			r := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
			r.Host = "maison-kirchberg.localhost"
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				t.Fatalf("%s answers %d", path, w.Code)
			}
			return n.N()
		}
		get("/")
		for path, most := range map[string]int{
			"/":                                    1,
			"/categories/table":                    2,
			"/search?q=tasse":                      2,
			"/products/stoneware-mug":              3,
			"/api/v1/storefront/products":          2,
			"/api/v1/storefront/products/bud-vase": 3,
		} {
			if n := get(path); n > most {
				t.Errorf("%s takes %d statements, want at most %d", path, n, most)
			}
		}

		s := sellOne(t, a, 10)
		v, err := s.fill(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		ctx, n := db.WithCounter(t.Context())
		if _, err := a.modules.orders.Place(ctx, s.in, orders.Placing{Visit: v, Key: "statements"}); err != nil {
			t.Fatal(err)
		}
		if n.N() > 30 {
			t.Errorf("placing an order takes %d statements, want at most 30", n.N())
		}
		t.Logf("placing an order takes %d statements", n.N())
	})
}
