package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/tenant"
	"orion/modules/tenancy"
)

// inState makes stores of the demo's first merchant, by code and state.
func inState(t *testing.T, a *App, states map[string]string) {
	t.Helper()
	shop, _, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	err = a.modules.tenancy.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
		for code, status := range states {
			if _, err := c.CreateStore(ctx, tenancy.Everywhere, tenancy.NewStore{
				Merchant: shop.Merchant, Code: code, Currency: "EUR", Platforms: []tenant.PlatformID{shop.Platform},
				Profile: tenancy.Profile{Name: "The " + code, Lang: "fr", StaffLang: "fr", Country: "LU", Theme: "studio", Status: status},
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A store that does not sell now says so in its own look and to programs too.
func TestShutStores(t *testing.T) {
	t.Parallel()
	a := start(t, sqliteDemo(t))
	inState(t, a, map[string]string{"at-work": "maintenance", "shut": "closed"})
	for host, c := range map[string]struct{ words, again string }{
		"at-work.localhost": {"De retour bientôt", "3600"},
		"shut.localhost":    {"fermée", ""},
	} {
		for _, path := range []string{"/", "/products/anything", "/robots.txt", "/api/v1/storefront/products"} {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.Host = host
			r.Header.Set("Accept-Language", "de") // which the store does not speak
			w := httptest.NewRecorder()
			a.Handler().ServeHTTP(w, r)
			if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != c.again || !strings.Contains(w.Body.String(), c.words) {
				t.Errorf("%s%s answers %d, Retry-After %q:\n%.300s", host, path, w.Code, w.Header().Get("Retry-After"), w.Body)
			}
			if path == "/" && !strings.Contains(w.Body.String(), "look-studio") {
				t.Errorf("%s has another look", host)
			}
		}
	}
}

// What a store does not have is said in its own look, with a way on.
func TestNotFoundIsTheStores(t *testing.T) {
	t.Parallel()
	a := start(t, sqliteDemo(t))
	v := &visitor{t: t, h: a.Handler(), host: "velo-moselle.localhost", jar: map[string]string{}}
	shop, _, err := a.store("velo-moselle")
	if err != nil {
		t.Fatal(err)
	}
	w := v.ask(httptest.NewRequest(http.MethodGet, "/nothing", nil))
	if body := w.Body.String(); w.Code != http.StatusNotFound || !strings.Contains(body, shop.Name) || !strings.Contains(body, `href="/search"`) {
		t.Errorf("answers %d", w.Code)
	}
}

// The stores of one merchant lead to each other; those that are shut are left
// out, and so is every other merchant's.
func TestStoreSwitcher(t *testing.T) {
	t.Parallel()
	a := start(t, sqliteDemo(t))
	inState(t, a, map[string]string{"at-work": "maintenance"})
	v := &visitor{t: t, h: a.Handler(), host: "maison-kirchberg.localhost:8080", jar: map[string]string{"lang": "de"}}
	page := v.get("/products")
	if !strings.Contains(page, `href="http://kirchberg-kids.localhost:8080/?lang=de"`) {
		t.Error("the merchant's other store is not linked")
	}
	for _, other := range []string{"at-work.localhost", "velo-moselle.localhost"} {
		if strings.Contains(page, other) {
			t.Errorf("%s is linked", other)
		}
	}
	if page := (&visitor{t: t, h: a.Handler(), host: "velo-moselle.localhost", jar: map[string]string{}}).get("/"); strings.Contains(page, "kirchberg-kids.localhost") {
		t.Error("another merchant's stores are linked")
	}
}

// Who works in several stores goes from one to the other without a password;
// who works in one is offered nothing, and gets nowhere else by asking.
func TestStaffSwitcher(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		inState(t, a, map[string]string{"at-work": "maintenance"}) // its staff work there all the same
		staff := func(email string) *visitor {
			v := &visitor{t: t, h: a.Handler(), host: "maison-kirchberg.localhost:8080", jar: map[string]string{}}
			if w := v.post("/store/login", url.Values{"email": {email}, "password": {"orion-demo"}}); w.Code != http.StatusSeeOther {
				t.Fatalf("signing in answers %d", w.Code)
			}
			return v
		}
		boss := staff("owner@kirchberg.example")
		page := boss.get("/store/")
		for _, want := range []string{"/store/switch/kirchberg-kids", "Kirchberg Kids", "The at-work"} {
			if !strings.Contains(page, want) {
				t.Errorf("the owner is not offered %s", want)
			}
		}
		w := boss.ask(httptest.NewRequest(http.MethodGet, "/store/switch/kirchberg-kids", nil))
		to, err := url.Parse(w.Header().Get("Location"))
		if err != nil || to.Host != "kirchberg-kids.localhost:8080" || to.Path != "/store/enter" {
			t.Fatalf("leads to %q, %v", w.Header().Get("Location"), err)
		}
		there := &visitor{t: t, h: a.Handler(), host: to.Host, jar: map[string]string{}}
		there.get(to.RequestURI())
		if page := there.get("/store/"); !strings.Contains(page, "Kirchberg Kids") || !strings.Contains(page, "owner@kirchberg.example") {
			t.Errorf("the owner is not in:\n%.300s", page)
		}

		viewer := staff("viewer@maison-kirchberg.example")
		if page := viewer.get("/store/"); strings.Contains(page, "/store/switch/") {
			t.Error("who works in one store is offered others")
		}
		for _, code := range []string{"kirchberg-kids", "velo-moselle", "nowhere"} {
			if w := viewer.ask(httptest.NewRequest(http.MethodGet, "/store/switch/"+code, nil)); w.Code != http.StatusNotFound {
				t.Errorf("%s, where somebody does not work, answers %d", code, w.Code)
			}
		}
	})
}
