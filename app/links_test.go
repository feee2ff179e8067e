package app

import (
	"slices"
	"testing"

	"orion/kit/auth"
	"orion/kit/modtest"
	"orion/kit/web"
	"orion/modules/tenancy"
)

// TestLinks goes through all frontends as everybody: each menu entry, link and
// form of each page leads somewhere that this person may open. Of a store's team
// there is somebody in every role, and somebody with each single permission.
func TestLinks(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	ctx, ten, h, pw := t.Context(), a.modules.tenancy, a.Handler(), "orion-demo"
	own := plough(t, a, owner(t, a), "maison-kirchberg")
	least := func(who string, pages, want int) {
		if pages < want {
			t.Errorf("%s came to %d pages only", who, pages)
		}
	}

	for email, want := range map[string]int{"admin@orion.example": 25, "orders@orion.example": 10} {
		token, err := ten.SignInAdmin(ctx, tenancy.Credentials{Email: email, Password: pw})
		token = session(t, token, err)
		as, _ := a.identity().Admin(ctx, token)
		me := modtest.Visitor{Handler: h, Host: "localhost", Base: "/admin", Cookies: map[string]string{"orion_admin": token, "lang": "en"}}
		least(email, newWalker(t, a, email, web.AdminPages, me, as.Grants).walk("/admin/"), want)
	}

	boss, err := ten.SignInMerchant(ctx, a.gate.Platform(own.shop.Platform), tenancy.Credentials{Email: "owner@kirchberg.example", Password: pw})
	boss = session(t, boss, err)
	merchant, _ := a.identity().Merchant(ctx, a.gate.Platform(own.shop.Platform), boss)
	me := modtest.Visitor{Handler: h, Host: "localhost", Base: "/merchants", Cookies: map[string]string{"orion_merchant": boss, "lang": "en"}}
	least("merchant", newWalker(t, a, "merchant", web.MerchantPages, me, merchant.Grants).walk("/merchants/"), 5)

	host := ten.Host(own.shop)
	buyer, err := a.kit.Sessions.Start(ctx, auth.Session{Audience: "storefront", Realm: int64(own.in.ID()), Subject: int64(own.buyer)})
	buyer = session(t, buyer, err)
	for who, cookies := range map[string]map[string]string{"customer": {"orion_storefront": buyer}, "guest": nil} {
		me := modtest.Visitor{Handler: h, Host: host, Cookies: cookies}
		least(who, newWalker(t, a, who, web.StorefrontPages, me, auth.Grants{}).walk("/"), 40)
	}

	staffAs := func(who, email string, want int) {
		token, err := ten.SignInStaff(ctx, own.in, tenancy.Credentials{Email: email, Password: pw})
		token = session(t, token, err)
		_, may, ok := a.identity().Staff(ctx, own.in, token)
		if !ok {
			t.Fatalf("%s is nobody", who)
		}
		me := modtest.Visitor{Handler: h, Host: host, Base: "/store", Cookies: map[string]string{"orion_store": token, "lang": "en"}}
		w := newWalker(t, a, who, web.StorePages, me, may)
		if want == 1 {
			w.often = 1
		}
		w.palette()
		least(who, w.walk("/store/"), want)
	}
	staffAs("owner", "owner@kirchberg.example", 60)
	const somebody = "viewer@maison-kirchberg.example"
	roles, viewer := rolesOf(t, a, own, somebody)
	all := tenancy.By{Actor: auth.SystemActor, Grants: auth.Everything()}
	for preset, role := range roles.preset {
		if err := ten.EditMember(ctx, own.in, all, viewer, tenancy.MemberEdit{Role: role, Active: true}); err != nil {
			t.Fatal(err)
		}
		staffAs(preset, somebody, 5)
	}
	if err := ten.EditMember(ctx, own.in, all, viewer, tenancy.MemberEdit{Role: roles.own, Active: true}); err != nil {
		t.Fatal(err)
	}
	for _, code := range storeRights(a) {
		if err := ten.EditRole(ctx, own.in, all, roles.own, tenancy.RoleEdit{Name: "Helpers", Permissions: []string{code}}); err != nil {
			t.Fatal(err)
		}
		staffAs("somebody with "+code, somebody, 1)
	}
}

type teamRoles struct {
	preset map[string]tenancy.RoleID
	own    tenancy.RoleID
}

func rolesOf(t *testing.T, a *App, f field, email string) (out teamRoles, user auth.UserID) {
	t.Helper()
	out.preset = map[string]tenancy.RoleID{}
	roles, err := a.modules.tenancy.Roles(t.Context(), f.in)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range roles {
		if r.Preset == "" {
			out.own = r.ID
		} else {
			out.preset[r.Preset] = r.ID
		}
	}
	members, err := a.modules.tenancy.Staff(t.Context(), f.in)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range members {
		if m.Email == email {
			user = m.User
		}
	}
	return out, user
}

// storeRights are all permissions that pages of a store ask for.
func storeRights(a *App) []string {
	var out []string
	for _, r := range a.site.Catalogue() {
		if code := r.Access.Permission().Code; r.Audience == web.StorePages && code != "" && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}
