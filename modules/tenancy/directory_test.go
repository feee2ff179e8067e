package tenancy_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/web"
	"orion/modules/tenancy"
)

// at is what a test looks at of a resolved request.
type at struct {
	Platform, Store, Path, ShopBase, StaffBase string
	Audience                                   web.AudienceName
	API                                        bool
}

func resolve(m *tenancy.Module, host, path string) (at, bool) {
	f, ok := m.Resolve(host, path)
	if !ok {
		return at{}, false
	}
	out := at{Platform: f.Platform.Code, Path: f.Path, ShopBase: f.ShopBase, StaffBase: f.StaffBase, Audience: f.Audience, API: f.API}
	if f.Shop != nil {
		out.Store = f.Shop.Code + "@" + f.Shop.PlatformCode
	}
	return out, true
}

func TestResolve(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		must(t, w.m.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
			for _, d := range []tenancy.Domain{
				{Domain: "shop.example.com", Store: w.maison, Platform: w.oms},
				{Domain: "kirchberg.example", Merchant: w.kirchberg, Platform: w.main},
				{Domain: "omsflow.example", Platform: w.oms},
				{Domain: "unproven.example", Platform: w.oms},
			} {
				if _, err := c.AddDomain(ctx, d); err != nil {
					return err
				}
				if d.Domain == "unproven.example" {
					continue
				}
				if err := c.TrustDomain(ctx, d.Domain); err != nil {
					return err
				}
			}
			return c.JoinPlatform(ctx, tenancy.Everywhere, w.maison, w.oms, "house")
		}))
		staff, shop := web.StorePages, web.StorefrontPages
		for _, tc := range []struct {
			host, path string
			want       at
		}{
			{"localhost:8080", "/", at{Platform: "main", Path: "/", Audience: web.PlatformPages}},
			{"127.0.0.1:8080", "/admin/stores", at{Platform: "main", Path: "/stores", Audience: web.AdminPages}},
			{"LOCALHOST.", "/merchants", at{Platform: "main", Path: "/", Audience: web.MerchantPages}},
			{"oms.localhost", "/", at{Platform: "oms", Path: "/", Audience: web.PlatformPages}},
			{"maison.localhost:80", "/products/cup", at{Platform: "main", Store: "maison@main", Path: "/products/cup", StaffBase: "/store", Audience: shop}},
			{"maison.localhost", "/store/orders", at{Platform: "main", Store: "maison@main", Path: "/orders", StaffBase: "/store", Audience: staff}},
			{"maison.localhost", "/stored", at{Platform: "main", Store: "maison@main", Path: "/stored", StaffBase: "/store", Audience: shop}},
			{"maison.localhost", "/admin", at{Platform: "main", Store: "maison@main", Path: "/admin", StaffBase: "/store", Audience: shop}},
			{"maison.localhost", "/api/v1/store/orders", at{Platform: "main", Store: "maison@main", Path: "/api/v1/store/orders", StaffBase: "/store", Audience: shop, API: true}},
			{"shop.example.com", "/cart", at{Platform: "oms", Store: "maison@oms", Path: "/cart", StaffBase: "/store", Audience: shop}},
			{"kirchberg.example", "/", at{Platform: "main", Store: "maison@main", Path: "/", StaffBase: "/store", Audience: shop}},
			{"kids.kirchberg.example", "/", at{Platform: "main", Store: "kids@main", Path: "/", StaffBase: "/store", Audience: shop}},
			{"omsflow.example", "/", at{Platform: "oms", Path: "/", Audience: web.PlatformPages}},
			{"maison.omsflow.example", "/", at{Platform: "oms", Store: "maison@oms", Path: "/", StaffBase: "/store", Audience: shop}},
			{"house.omsflow.example", "/", at{Platform: "oms", Store: "maison@oms", Path: "/", StaffBase: "/store", Audience: shop}},
			{"localhost", "/platforms/oms/storefront/maison/cart", at{
				Platform: "oms", Store: "maison@oms", Path: "/cart", Audience: shop,
				ShopBase: "/platforms/oms/storefront/maison", StaffBase: "/platforms/oms/store/maison",
			}},
			{"omsflow.example", "/platforms/oms/storefront/maison/cart", at{
				Platform: "oms", Store: "maison@oms", Path: "/cart", Audience: shop,
				ShopBase: "/platforms/oms/storefront/maison", StaffBase: "/platforms/oms/store/maison",
			}},
			{"oms.localhost", "/platforms/oms/store/maison", at{Platform: "oms", Path: "/platforms/oms/store/maison", Audience: web.PlatformPages}},
			{"oms.localhost", "/platforms/main/storefront/maison", at{Platform: "oms", Path: "/platforms/main/storefront/maison", Audience: web.PlatformPages}},
			{"localhost", "/platforms/main/store/KIDS", at{
				Platform: "main", Store: "kids@main", Path: "/", Audience: staff,
				ShopBase: "/platforms/main/storefront/KIDS", StaffBase: "/platforms/main/store/KIDS",
			}},
			{"localhost", "/platforms/main/storefront/kids/api/v1/storefront/products", at{
				Platform: "main", Store: "kids@main", Path: "/api/v1/storefront/products", Audience: shop, API: true,
				ShopBase: "/platforms/main/storefront/kids", StaffBase: "/platforms/main/store/kids",
			}},
		} {
			got, ok := resolve(w.m, tc.host, tc.path)
			if !ok {
				t.Errorf("%s%s: nothing found", tc.host, tc.path)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s%s (-want +got):\n%s", tc.host, tc.path, diff)
			}
		}
		oms := map[string]string{"localhost": "/platforms/oms/storefront/maison", "oms.localhost:80": "/platforms/oms/storefront/maison", "127.0.0.1": "/platforms/oms/storefront/maison"}
		for _, host := range []string{"localhost", "oms.localhost:80", "127.0.0.1", "kirchberg.example", "nobody.example"} {
			if got := w.m.Sample(host, w.oms); got != oms[host] {
				t.Errorf("on %s a store of the platform is seen at %q, want %q", host, got, oms[host])
			}
		}
		for _, tc := range [][2]string{
			{"nobody.localhost", "/"},
			{"example.com", "/"},
			{"unproven.example", "/"},
			{"kids.omsflow.example", "/"},
			{"bikes.kirchberg.example", "/"},
			{"a.b.localhost", "/"},
			{"localhost", "/platforms/oms/storefront/kids/"},
			{"localhost", "/platforms/none/store/kids/"},
			{"localhost", "/platforms/oms"},
			{"", "/"},
		} {
			if got, ok := resolve(w.m, tc[0], tc[1]); ok {
				t.Errorf("%s%s was found: %+v", tc[0], tc[1], got)
			}
		}
	})
}

func TestRefresh(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		node := newModule(w.Env, tenancy.Needs{})
		if _, ok := node.Resolve("kids.localhost", "/"); ok {
			t.Error("a node that never looked knows a store")
		}
		must(t, node.Refresh(t.Context()))
		if _, ok := node.Resolve("kids.localhost", "/"); !ok {
			t.Error("a node that looked does not know a store")
		}
		ctx, n := db.WithCounter(t.Context())
		must(t, node.Refresh(ctx))
		if n.N() != 1 {
			t.Errorf("looking for changes took %d statements", n.N())
		}
		p, err := w.m.OwnStore(t.Context(), w.in())
		must(t, err)
		p.Status = "closed"
		must(t, w.m.EditProfile(t.Context(), w.in(), auth.SystemActor, p.Profile))
		if got := w.m.FirstShop(w.maison).Status; got != web.StatusClosed {
			t.Errorf("the node that changed it sees %s", got)
		}
		must(t, node.Refresh(t.Context()))
		if got := node.FirstShop(w.maison).Status; got != web.StatusClosed {
			t.Errorf("another node sees %s after a look", got)
		}
	})
}

func TestModules(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		if !w.m.Switched(w.oms, "inventory") {
			t.Error("a module that nobody switched is off")
		}
		must(t, w.m.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
			return c.SwitchModule(ctx, w.oms, "inventory", false)
		}))
		if w.m.Switched(w.oms, "inventory") || !w.m.Switched(w.main, "inventory") {
			t.Error("switching a module off reached the wrong platform")
		}
		if diff := cmp.Diff(map[string]bool{"inventory": false}, w.m.EnabledModules(w.oms)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestInactiveStoresAnswerNowhere(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		s, err := w.m.Store(t.Context(), tenancy.Everywhere, w.kids)
		must(t, err)
		must(t, w.m.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
			return c.EditStore(ctx, tenancy.Everywhere, w.kids, tenancy.StoreEdit{Profile: s.Profile})
		}))
		if got, ok := resolve(w.m, "kids.localhost", "/"); ok {
			t.Errorf("found %+v", got)
		}
	})
}
