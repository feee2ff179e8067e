package app

import (
	"testing"

	"orion/kit/modtest"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/tenancy"
)

// visitors are, in English, the operator's super administrator, an administrator of another
// platform alone, and the manager of a store of the demo.
func visitors(t *testing.T, a *App, shop *web.Shop, in tenant.Store) (chief, narrow, staff modtest.Visitor) {
	t.Helper()
	ten, pw, h := a.modules.tenancy, "orion-demo", a.Handler()
	as := func(host, base, cookie, token string, err error) modtest.Visitor {
		return modtest.Visitor{Handler: h, Host: host, Base: base, Cookies: map[string]string{"orion_" + cookie: session(t, token, err), "lang": "en"}}
	}
	token, err := ten.SignInAdmin(t.Context(), tenancy.Credentials{Email: "admin@orion.example", Password: pw})
	chief = as("localhost", "/admin", "admin", token, err)
	token, err = ten.SignInAdmin(t.Context(), tenancy.Credentials{Email: "orders@orion.example", Password: pw})
	narrow = as("oms.localhost", "/admin", "admin", token, err)
	token, err = ten.SignInStaff(t.Context(), in, tenancy.Credentials{Email: "manager@" + shop.Code + ".example", Password: pw})
	return chief, narrow, as(shop.Code+".localhost", "/store", "store", token, err)
}

// strictly asks as a visitor, and gives the answer, which is of the wanted status.
func strictly(t *testing.T) func(v modtest.Visitor, method, path, form string, want int) string {
	t.Helper()
	return func(v modtest.Visitor, method, path, form string, want int) string {
		t.Helper()
		got := v.Ask(modtest.Ask{Method: method, Path: path, Body: form})
		if got.Status != want {
			t.Errorf("%s %s answers %d, not %d: %v", method, path, got.Status, want, got)
		}
		return got.Body
	}
}
