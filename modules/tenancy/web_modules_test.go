package tenancy_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/modules/tenancy"
)

func switching(platform, on, expect string, more ...string) url.Values {
	form := url.Values{"platform": {platform}, "on": {on}, "expect": {expect}}
	for _, name := range more {
		form.Set(name, "true")
	}
	return form
}

func TestModulePages(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		site := w.site(t)
		admin := w.browse(t, site, "localhost")
		admin.send("/admin/login", signIn("admin@orion.example"), 303)
		oms := w.oms.String()
		page := admin.see("/admin/modules", 200, "Core", "Optional", "1.2.0", "Degraded", "<svg", "/admin/modules/orders/switch?platform="+oms+"&amp;on=false")
		if strings.Contains(page, "/admin/modules/tenancy/switch") || strings.Contains(page, "Internal") {
			t.Error("what is always on has a switch, or there is an empty tier")
		}
		admin.see("/admin/modules/inventory", 200, "a shelf is full", "Never, so it is on", "Nobody has switched it yet")
		admin.see("/admin/modules/cellar", 404)
		admin.see("/admin/modules/tenancy/switch", 400)
		admin.see("/admin/modules/inventory/switch?platform="+oms+"&on=false", 200,
			"Switch off inventory for Orion Orders", "Pages for the store’s staff", "inventory_*", "Switch these off as well", `value="orders,inventory"`)
		admin.see("/admin/modules/inventory/switch?platform="+oms+"&on=true", 200, "It is on already")

		path := "/admin/modules/inventory/switch"
		if rec := admin.do("POST", path, switching(oms, "false", "orders,inventory")); rec.Code != 409 || !strings.Contains(rec.Body.String(), "Switch them off first") {
			t.Errorf("what is needed is switched off with %d %s", rec.Code, rec.Body)
		}
		admin.send(path, switching(oms, "false", "inventory", "cascade"), 409)
		if !w.m.Switched(w.oms, "inventory") {
			t.Error("a refusal switched it")
		}
		if to := admin.send(path, switching(oms, "false", "orders,inventory", "cascade"), 303); to != "/admin/modules/inventory" {
			t.Errorf("leads to %s", to)
		}
		if w.m.Switched(w.oms, "inventory") || w.m.Switched(w.oms, "orders") || !w.m.Switched(w.main, "orders") {
			t.Error("it switched something else")
		}
		admin.see("/admin/modules/inventory", 200, "Switched off for Orion Orders", "admin@orion.example")
		admin.see("/admin/audit", 200, "Module switched off: Orion Orders: inventory")
		admin.see("/admin/modules", 200, ">Off<")
		admin.send("/admin/modules/inventory/switch", switching(oms, "true", "inventory"), 303)
		admin.see("/admin/modules", 200, ">On<")
		admin.send("/admin/modules/orders/switch", switching(oms, "true", "orders"), 303)
	})
}

func TestModulesThatDoNotSwitch(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		must(t, w.m.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
			return c.EditPlatform(ctx, w.oms, tenancy.PlatformEdit{Name: "Stubborn", Lang: "en", Active: true})
		}))
		admin := w.browse(t, w.site(t), "localhost")
		admin.send("/admin/login", signIn("admin@orion.example"), 303)
		rec := admin.do("POST", "/admin/modules/orders/switch", switching(w.oms.String(), "false", "orders"))
		if rec.Code != 502 || !strings.Contains(rec.Body.String(), "could not be switched; nothing was changed") {
			t.Errorf("a hook that fails answers %d %s", rec.Code, rec.Body)
		}
		if !w.m.Switched(w.oms, "orders") {
			t.Error("it was switched all the same")
		}
	})
}

// Administrators of a platform switch what is theirs; nobody else sees any of it.
func TestWhoSwitchesModules(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		site := w.site(t)
		narrow := w.browse(t, site, "oms.localhost")
		narrow.send("/admin/login", signIn("oms@orion.example"), 303)
		if page := narrow.see("/admin/modules", 200, w.oms.String()); strings.Contains(page, w.main.String()) {
			t.Error("they see the switches of another platform")
		}
		narrow.see("/admin/modules/orders/switch?platform="+w.main.String(), 404)
		narrow.send("/admin/modules/orders/switch", switching(w.main.String(), "false", "orders"), 404)
		if !w.m.Switched(w.main, "orders") {
			t.Error("they switched another platform")
		}
		narrow.send("/admin/modules/orders/switch", switching(w.oms.String(), "false", "orders"), 303)
		w.browse(t, site, "localhost").see("/admin/modules", 303)
		staff := w.browse(t, site, "maison.localhost")
		staff.send("/store/login", signIn("owner@kirchberg.example"), 303)
		staff.see("/store/modules", 404)
		staff.send("/store/modules/orders/switch", switching(w.main.String(), "false", "orders"), 404)
		merchant := w.browse(t, site, "localhost")
		merchant.send("/merchants/login", signIn("owner@kirchberg.example"), 303)
		merchant.see("/merchants/modules", 404)
		merchant.see("/admin/modules", 303)
	})
}
