package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/modtest"
	"orion/kit/module"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/catalog"
	"orion/modules/customers"
	"orion/modules/inventory"
	"orion/modules/orders"
	"orion/modules/tenancy"
)

// tariff is the plan that everybody has: what is not in it has no limit, and 0
// is not granted.
type tariff struct{ limits sync.Map }

func (p *tariff) Grant(_ module.Holder, code string) (int64, bool) {
	if n, ok := p.limits.Load(code); ok {
		return n.(int64), n.(int64) > 0
	}
	return module.Unlimited, true
}

// planned opens the program over a database with a plan.
func planned(t *testing.T, dsn string) (*App, *tariff) {
	t.Helper()
	p := &tariff{}
	a, err := Open(t.Context(), settings(t, t.TempDir(), dsn), Options{Log: slog.New(slog.DiscardHandler), Plans: p})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return a, p
}

func eachPlanned(t *testing.T, fn func(t *testing.T, a *App, p *tariff)) {
	t.Helper()
	eachDemo(t, func(t *testing.T, dsn string) {
		a, p := planned(t, dsn)
		fn(t, a, p)
	})
}

// Every feature is one that something asks for: a route, an entry of a menu, or
// a use case that creates; and each has a name.
func TestFeaturesAreReal(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	known, asked := map[string]string{}, map[string]bool{}
	for _, d := range a.registry.All() {
		for _, f := range d.Features {
			known[f.Code] = d.Code
			asked[f.Code] = f.Limited
			for _, l := range i18n.Langs {
				if w := a.kit.Bundle.In(l); !w.Has("features."+f.Code) || l != i18n.En && w.T("features."+f.Code) == a.kit.Bundle.In(i18n.En).T("features."+f.Code) {
					t.Errorf("%s has no name in %s", f.Code, l)
				}
			}
		}
	}
	for _, r := range a.site.Catalogue() {
		if f := r.Access.Feature(); f != "" {
			if asked[f] = true; known[f] != r.Module {
				t.Errorf("%s asks for the feature %s, which its module does not have", nameOf(r), f)
			}
			if r.Audience == web.StorefrontPages {
				t.Errorf("%s tells shoppers of a plan", nameOf(r))
			}
		}
	}
	for f, used := range asked {
		if !used {
			t.Errorf("nothing asks for the feature %s", f)
		}
	}
}

// What a plan does not have is said before anything else is looked at, and
// nothing offers it.
func TestFeaturesThatPlansLack(t *testing.T) {
	t.Parallel()
	eachPlanned(t, func(t *testing.T, a *App, p *tariff) {
		_, in, err := a.store("maison-kirchberg")
		if err != nil {
			t.Fatal(err)
		}
		token, err := a.modules.tenancy.SignInStaff(t.Context(), in, tenancy.Credentials{Email: "owner@kirchberg.example", Password: "orion-demo"})
		boss := modtest.Visitor{Handler: a.Handler(), Host: "maison-kirchberg.localhost", Base: "/store", Cookies: map[string]string{"orion_store": session(t, token, err), "lang": "en"}}
		nobody := boss
		nobody.Cookies = map[string]string{"lang": "en"}
		offers := func(page, link string) bool {
			t.Helper()
			got := boss.Ask(modtest.Ask{Method: http.MethodGet, Path: page})
			if got.Status != http.StatusOK {
				t.Fatalf("%s: %v", page, got)
			}
			return strings.Contains(got.Body, `href="/store`+link)
		}
		routes := map[string][]modtest.Ask{
			inventory.Places: {
				{Method: http.MethodGet, Path: "/locations"},
				{Method: http.MethodPost, Path: "/locations", Body: "code=new&name=New"},
				{Method: http.MethodPost, Path: "/locations/loc_1"},
				{Method: http.MethodPost, Path: "/locations/loc_1/close"},
			},
			customers.Export: {{Method: http.MethodGet, Path: "/customers.csv"}},
		}
		if !offers("/inventory", "/locations") || !offers("/customers", "/customers.csv") {
			t.Error("what the plan has is not offered")
		}
		for feature, asks := range routes {
			p.limits.Store(feature, int64(0))
			for _, q := range asks {
				for who, v := range map[string]modtest.Visitor{"the owner": boss, "nobody": nobody} {
					got := v.Ask(q)
					if name := a.kit.Bundle.In(i18n.En).T("features." + feature); got.Status != http.StatusForbidden || !strings.Contains(got.Body, "does not include this") || !strings.Contains(got.Body, name) {
						t.Errorf("%s %s answers %s with %v", q.Method, q.Path, who, got)
					}
				}
			}
		}
		if offers("/inventory", "/locations") || offers("/customers", "/customers.csv") {
			t.Error("what the plan lacks is offered")
		}
		if labels, _, _ := finds(t, boss, "locations"); slices.Contains(labels, "Locations") {
			t.Errorf("the palette offers %v", labels)
		}
		// The plan is asked before the module's switch.
		if err := turn(t.Context(), a, "inventory", false); err != nil {
			t.Fatal(err)
		}
		if got := boss.Ask(routes[inventory.Places][0]); got.Status != http.StatusForbidden {
			t.Errorf("of a module that is off: %v", got)
		}
		p.limits.Clear()
		if got := boss.Ask(routes[inventory.Places][0]); got.Status != http.StatusNotFound {
			t.Errorf("of a module that is off, with the feature: %v", got)
		}
	})
}

// atOnce runs do many times at once, and tells how often it was done. What was
// refused must be for want of room in the plan.
func atOnce(t *testing.T, code string, do func(i int) error) (done int64) {
	t.Helper()
	var ok atomic.Int64
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			switch err := do(i); {
			case err == nil:
				ok.Add(1)
			case !errors.Is(err, fault.New(fault.Rule, module.FullCode(code))):
				t.Errorf("%s: %v", code, err)
			}
		})
	}
	wg.Wait()
	return ok.Load()
}

// However many come at once, nobody gets more than the plan has room for.
func TestLimitsOfPlans(t *testing.T) {
	t.Parallel()
	eachPlanned(t, func(t *testing.T, a *App, p *tariff) {
		ctx, pool := t.Context(), owner(t, a)
		c := sellOne(t, a, 50)
		count := func(what string) (n int64) {
			t.Helper()
			if err := pool.QueryRow("SELECT COUNT(*) FROM " + what).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		// holds gives the plan room for two more, and tries eight times at once.
		holds := func(code, what string, do func(i int) error) {
			t.Helper()
			p.limits.Store(code, count(what)+2)
			if done := atOnce(t, code, do); done != 2 {
				t.Errorf("%s: done %d times, where the plan has room for 2", code, done)
			}
		}
		ofStore := fmt.Sprintf(" WHERE store_id = %d", c.in.ID())
		products := "catalog_products" + ofStore + " AND NOT deleted"
		cup := func(i int) catalog.ProductInput {
			return catalog.ProductInput{Title: i18n.Text{i18n.En: fmt.Sprint("Cup ", i)}, Status: catalog.Draft, Variants: []catalog.Variant{{SKU: fmt.Sprint("CUP-", i), Price: money.New(990, "EUR")}}}
		}
		holds(catalog.Products, products, func(i int) error {
			_, err := a.modules.catalog.Save(ctx, c.in, cup(i))
			return err
		})
		holds(orders.Monthly, "orders_orders"+ofStore+fmt.Sprintf(" AND placed_at >= %d", monthStart(a)), func(i int) error {
			v, err := c.fill(ctx, i)
			if err == nil {
				_, err = a.modules.orders.Place(ctx, c.in, orders.Placing{Visit: v, Key: fmt.Sprint("plan-", i)})
			}
			return err
		})
		boss := tenancy.By{Actor: auth.SystemActor, Grants: auth.Everything()}
		roles, err := a.modules.tenancy.Roles(ctx, c.in)
		if err != nil {
			t.Fatal(err)
		}
		holds(tenancy.Members, "tenancy_staff"+ofStore+" AND active", func(i int) error {
			_, err := a.modules.tenancy.Invite(ctx, c.in, boss, tenancy.Invitation{Email: fmt.Sprintf("new%d@plans.example", i), Name: "New", Role: roles[0].ID})
			return err
		})
		holds(tenancy.Stores, fmt.Sprintf("tenancy_stores WHERE merchant_id = %d", c.in.Merchant()), func(i int) error {
			return a.modules.tenancy.Change(ctx, auth.SystemActor, func(ctx context.Context, ch *tenancy.Change) error {
				_, err := ch.CreateStore(ctx, tenancy.Everywhere, tenancy.NewStore{
					Merchant: c.in.Merchant(), Code: fmt.Sprint("plan-", i), Currency: "EUR", Platforms: []tenant.PlatformID{c.in.Platform()},
					Profile: tenancy.Profile{Name: "New", Lang: "fr", Country: "LU", Theme: "studio"},
				})
				return err
			})
		})
		plansLimitReturns(t, a, c.in, boss)
		plansLimitProducts(t, a, c.in)
	})
}

// monthStart is when the month began in which orders are placed.
func monthStart(a *App) int64 {
	now := a.clock.Now().UTC()
	return now.AddDate(0, 0, 1-now.Day()).Truncate(24 * 3600 * 1e9).UnixMicro()
}

// Where the plan is full, who was taken off the team comes back only when
// somebody else goes.
func plansLimitReturns(t *testing.T, a *App, in tenant.Store, boss tenancy.By) {
	t.Helper()
	ctx, ten := t.Context(), a.modules.tenancy
	staff, err := ten.Staff(ctx, in)
	if err != nil || len(staff) < 2 {
		t.Fatal(staff, err)
	}
	edit := func(i int, active bool) error {
		return ten.EditMember(ctx, in, boss, staff[i].User, tenancy.MemberEdit{Role: staff[i].Role.ID, Active: active})
	}
	full := fault.New(fault.Rule, "tenancy.members_full")
	if err := edit(0, false); err != nil {
		t.Fatal(err)
	}
	if _, err := ten.Invite(ctx, in, boss, tenancy.Invitation{Email: "instead@plans.example", Name: "New", Role: staff[0].Role.ID}); err != nil {
		t.Errorf("instead of somebody: %v", err)
	}
	if err := edit(0, true); !errors.Is(err, full) {
		t.Errorf("somebody came back to a full team: %v", err)
	}
	if err := errors.Join(edit(1, false), edit(0, true)); err != nil {
		t.Error(err)
	}
}
