package app

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/module"
	"orion/kit/observe"
	"orion/modules/tenancy"
)

const house = "maison-kirchberg.localhost"

// turn switches a module for the platform of the first demo store.
func turn(ctx context.Context, a *App, code string, on bool) error {
	shop, _, err := a.store("maison-kirchberg")
	if err != nil {
		return err
	}
	_, err = a.modules.board.Switch(ctx, auth.SystemActor, module.Order{
		Platform: module.Platform{ID: int64(shop.Platform), Code: shop.PlatformCode}, Code: code, On: on, Cascade: true,
	})
	return err
}

func answers(a *App, host, path string) int { return opened(a, host, path).Code }

func opened(a *App, host, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://"+host+path, nil))
	return w
}

// eventually waits until ok.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("never: " + what)
		}
	}
}

// What is switched on one node is switched on another: pages, menus, REST, jobs
// and events, for one platform only, and what is kept stays.
func TestModulesAreSwitchedOnAllNodes(t *testing.T) {
	t.Parallel()
	eachDemo(t, func(t *testing.T, dsn string) {
		at := dsn
		one, two := start(t, at), start(t, at)
		shop, _, err := one.store("maison-kirchberg")
		if err != nil {
			t.Fatal(err)
		}
		orders := func() string {
			var n string
			if err := owner(t, one).QueryRow("SELECT COUNT(*) FROM orders_orders").Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		kept := orders()
		if err := turn(t.Context(), one, "orders", false); err != nil {
			t.Fatal(err)
		}
		for i, node := range []*App{one, two} {
			eventually(t, "node sees it", func() bool { return answers(node, house, "/cart") == http.StatusNotFound })
			if got := answers(node, house, "/api/v1/storefront/cart"); got != http.StatusNotFound {
				t.Errorf("node %d answers %d to REST", i, got)
			}
			if home := opened(node, house, "/"); home.Code != http.StatusOK || strings.Contains(home.Body.String(), `href="/cart"`) {
				t.Errorf("node %d: home answers %d and may lead to the cart", i, home.Code)
			}
			if node.modules.enabled(shop.Platform, "orders") {
				t.Errorf("node %d still has orders", i)
			}
			if !node.modules.enabled(shop.Platform, "catalog") {
				t.Errorf("node %d lost what nobody switched", i)
			}
		}
		for _, p := range one.modules.tenancy.Platforms() {
			if p.ID != shop.Platform && !one.modules.enabled(p.ID, "orders") {
				t.Errorf("platform %s lost it, too", p.Code)
			}
		}
		if got := orders(); got != kept {
			t.Errorf("of %s orders %s are kept", kept, got)
		}
		if err := turn(t.Context(), two, "orders", true); err != nil {
			t.Fatal(err)
		}
		eventually(t, "it is back", func() bool {
			return answers(one, house, "/cart") == http.StatusOK && answers(two, house, "/cart") == http.StatusOK
		})
	})
}

// The table may say things that this program does not understand, after an
// update or by hand. It works on, and its health says what.
func TestModulesThatAreOdd(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		shop, _, err := a.store("maison-kirchberg")
		if err != nil {
			t.Fatal(err)
		}
		if err := a.modules.tenancy.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
			return errors.Join(c.SwitchModule(ctx, shop.Platform, "teleport", true), c.SwitchModule(ctx, shop.Platform, "inventory", false))
		}); err != nil {
			t.Fatal(err)
		}
		if got := answers(a, house, "/cart"); got != http.StatusNotFound {
			t.Errorf("orders works without what it requires: %d", got)
		}
		if got := answers(a, house, "/"); got != http.StatusOK {
			t.Errorf("home answers %d", got)
		}
		report := a.health.Report(t.Context())
		if report.Status != observe.Degraded {
			t.Errorf("health is %s", report.Status)
		}
		for _, c := range report.Checks {
			if c.Name == "modules" && (!strings.Contains(c.Detail, "there is no module teleport") || !strings.Contains(c.Detail, "orders is on, but something that it requires is off")) {
				t.Errorf("it says %q", c.Detail)
			}
		}
		if a.modules.enabled(shop.Platform, "teleport") {
			t.Error("a module that does not exist is on")
		}
		// Switching the module on repairs what it requires.
		if err := turn(t.Context(), a, "orders", true); err != nil {
			t.Fatal(err)
		}
		if got := answers(a, house, "/cart"); got != http.StatusOK {
			t.Errorf("after repair the cart answers %d", got)
		}
	})
}

// What modules are called and are for is said in every language.
func TestModulesHaveWords(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	for _, d := range a.registry.All() {
		for _, l := range i18n.Langs {
			for _, key := range []string{"modules." + d.Code, "modules." + d.Code + "_text"} {
				if !a.kit.Bundle.In(l).Has(key) {
					t.Errorf("%s has no word in %s", key, l)
				}
			}
		}
	}
}

// Every request asks this several times; it is to cost less than a microsecond.
func BenchmarkModuleEnabled(b *testing.B) {
	a := still(b, sqliteDemo(b))
	shop := a.modules.tenancy.ShopByCode("maison-kirchberg")
	b.ReportAllocs()
	for b.Loop() {
		if !a.modules.enabled(shop.Platform, "orders") {
			b.Fatal("off")
		}
	}
}

// So does whether somebody may do something.
func BenchmarkPermission(b *testing.B) {
	a := still(b, sqliteDemo(b))
	var codes []string
	for _, p := range a.modules.permissions() {
		codes = append(codes, p.Code)
	}
	grants, need := auth.Granted(codes...), auth.Permit("tenancy.view_audit")
	b.ReportAllocs()
	for b.Loop() {
		if !grants.Has(need) {
			b.Fatal("not granted")
		}
	}
}
