package app

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"orion/kit/modtest"
	"orion/modules/tenancy"
)

var undoOf = regexp.MustCompile(`name="change" value="(\d+)"`)

// What the operator chooses for a platform, and a merchant for all stores, holds
// where nothing else was chosen; each takes back what they changed, and nobody
// chooses for others.
func TestSettingsOfPlatforms(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		shop, in, err := a.store("maison-kirchberg")
		if err != nil {
			t.Fatal(err)
		}
		ten, pw, h := a.modules.tenancy, "orion-demo", a.Handler()
		token, err := ten.SignInAdmin(t.Context(), tenancy.Credentials{Email: "admin@orion.example", Password: pw})
		admin := modtest.Visitor{Handler: h, Host: "localhost", Base: "/admin", Cookies: map[string]string{"orion_admin": session(t, token, err)}}
		token, err = ten.SignInAdmin(t.Context(), tenancy.Credentials{Email: "orders@orion.example", Password: pw})
		narrow := modtest.Visitor{Handler: h, Host: "oms.localhost", Base: "/admin", Cookies: map[string]string{"orion_admin": session(t, token, err)}}
		token, err = ten.SignInMerchant(t.Context(), a.gate.Platform(shop.Platform), tenancy.Credentials{Email: "owner@kirchberg.example", Password: pw})
		merchant := modtest.Visitor{Handler: h, Host: "localhost", Base: "/merchants", Cookies: map[string]string{"orion_merchant": session(t, token, err)}}

		const path = "/settings/inventory"
		at := path + "?platform=" + shop.Platform.String()
		ask := func(v modtest.Visitor, method, path, form string, want int) string {
			t.Helper()
			got := v.Ask(modtest.Ask{Method: method, Path: path, Body: form, Type: "application/x-www-form-urlencoded"})
			if got.Status != want {
				t.Errorf("%s %s answers %d, not %d", method, path, got.Status, want)
			}
			return got.Body
		}
		low := func(n int) string {
			return fmt.Sprintf("low_at=%d&location_code=main&location_name=Main+warehouse", n)
		}
		holds := func(want string) {
			t.Helper()
			if got := a.modules.core.Raw("inventory", in); !strings.Contains(got, want) {
				t.Errorf("the store has %s, not %s", got, want)
			}
		}
		if page := ask(admin, http.MethodGet, "/settings", "", http.StatusOK); !strings.Contains(page, path+"?platform=") {
			t.Error("the operator finds no settings of platforms")
		}
		ask(admin, http.MethodPost, at, low(11), http.StatusSeeOther)
		holds(`"low_at":11`)
		ask(merchant, http.MethodGet, "/settings", "", http.StatusOK)
		ask(merchant, http.MethodPost, path, low(12), http.StatusSeeOther)
		holds(`"low_at":12`)
		if page := ask(merchant, http.MethodPost, path, low(-1), http.StatusUnprocessableEntity); !strings.Contains(page, `value="-1"`) {
			t.Error("what was typed is gone")
		}
		page := ask(merchant, http.MethodGet, path, "", http.StatusOK)
		change := undoOf.FindStringSubmatch(page)
		if change == nil {
			t.Fatal("nothing to take back")
		}
		ask(admin, http.MethodPost, path+"/undo?platform="+shop.Platform.String(), "change="+change[1], http.StatusNotFound)
		holds(`"low_at":12`)
		ask(merchant, http.MethodPost, path+"/undo", "change="+change[1], http.StatusSeeOther)
		holds(`"low_at":11`)
		// Who has one platform chooses nothing for another.
		ask(narrow, http.MethodGet, path, "", http.StatusOK)
		ask(narrow, http.MethodGet, at, "", http.StatusNotFound)
		ask(narrow, http.MethodPost, at, low(99), http.StatusNotFound)
		ask(narrow, http.MethodPost, path+"/undo?platform="+shop.Platform.String(), "change=1", http.StatusNotFound)
		holds(`"low_at":11`)
	})
}
