package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/modules/catalog"
	"orion/modules/inventory"
	"orion/modules/inventory/inventoryapi"
)

// shopper is a client with a cart of its own.
type shopper struct {
	h       http.Handler
	cookies map[string]string
}

func (s *shopper) ask(method, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://"+house+path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range s.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	for _, ck := range w.Result().Cookies() {
		if s.cookies[ck.Name] = ck.Value; ck.MaxAge < 0 {
			delete(s.cookies, ck.Name)
		}
	}
	return w
}

// onSale puts something on sale of which there is enough for everybody, and gives
// its address and what to put into a cart.
func onSale(t *testing.T, a *App) (slug, variant string) {
	t.Helper()
	ctx := t.Context()
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	id, err := a.modules.catalog.Save(ctx, in, catalog.ProductInput{
		Title: i18n.Text{i18n.Fr: "Assiette", i18n.En: "Plate"}, Status: catalog.Active,
		Variants: []catalog.Variant{{SKU: "PLATE", Price: money.New(1990, "EUR"), Grams: 300}},
	})
	if err != nil {
		t.Fatal(err)
	}
	p, err := a.modules.catalog.Product(ctx, in, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.kit.Events.Flush(ctx, in); err != nil {
		t.Fatal(err)
	}
	places, err := a.modules.inventory.Locations(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.modules.inventory.Receive(ctx, in, auth.SystemActor, inventory.Receipt{
		Location: places[0].ID, Reason: "test", Lines: []inventoryapi.Line{{Variant: p.Variants[0].ID, Quantity: 100_000}},
	}); err != nil {
		t.Fatal(err)
	}
	return p.Slug, p.Variants[0].ID.String()
}

// Fifty clients shop on one node while an operator switches a module off and on
// a hundred times on another. Every page answers every time, with the module or
// without it.
func TestShoppingWhileModulesAreSwitched(t *testing.T) {
	t.Parallel()
	const clients, switchings = 50, 100
	eachDemo(t, func(t *testing.T, dsn string) {
		at := dsn
		shop, office := start(t, at), start(t, at)
		slug, variant := onSale(t, shop)
		var asked, with, without atomic.Int64
		done := make(chan struct{})
		var all sync.WaitGroup
		for range clients {
			all.Go(func() {
				s := &shopper{h: shop.Handler(), cookies: map[string]string{}}
				for {
					for _, step := range []struct {
						method, path string
						form         url.Values
					}{
						{http.MethodGet, "/", nil},
						{http.MethodGet, "/products/" + slug, nil},
						{http.MethodPost, "/cart/add", url.Values{"variant": {variant}, "quantity": {"1"}}},
						{http.MethodGet, "/cart", nil},
						{http.MethodGet, "/checkout", nil},
						{http.MethodGet, "/search?q=assiette", nil},
					} {
						w := s.ask(step.method, step.path, step.form)
						asked.Add(1)
						if w.Code >= http.StatusBadRequest {
							t.Errorf("%s %s answers %d", step.method, step.path, w.Code)
							return
						}
						if step.path == "/products/"+slug {
							if strings.Contains(w.Body.String(), "/products/"+slug+"/reviews") {
								with.Add(1)
							} else {
								without.Add(1)
							}
						}
					}
					select {
					case <-done:
						return
					default:
					}
				}
			})
		}
		for i := range switchings {
			if err := turn(t.Context(), office, "reviews", i%2 == 1); err != nil {
				t.Errorf("switching %d: %v", i, err)
			}
		}
		// The other node learns of it within a second; a hundred may take less.
		for on, seen := range map[bool]*atomic.Int64{false: &without, true: &with} {
			if err := turn(t.Context(), office, "reviews", on); err != nil {
				t.Error(err)
			}
			for end := time.Now().Add(30 * time.Second); seen.Load() == 0 && !t.Failed() && time.Now().Before(end); {
				time.Sleep(20 * time.Millisecond)
			}
		}
		close(done)
		all.Wait()
		fmt.Fprintf(t.Output(), "%d requests, %d product pages with reviews, %d without\n", asked.Load(), with.Load(), without.Load())
		if with.Load() == 0 || without.Load() == 0 {
			t.Error("the shop never saw it switched")
		}
	})
}
