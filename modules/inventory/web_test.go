package inventory_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/ui/layout"
	"orion/kit/web"
	"orion/modules/inventory"
	"orion/modules/inventory/inventoryapi"
)

// site serves the module's pages and REST of one store to somebody with these
// permissions.
func site(t *testing.T, b *bundle, may ...string) http.Handler {
	t.Helper()
	words, err := i18n.Load(inventory.Files, ui.Files)
	if err != nil {
		t.Fatal(err)
	}
	shop := &web.Shop{ID: b.in.ID(), Name: "Maison Kirchberg", Currency: "EUR", Lang: i18n.En, StaffLang: i18n.En, Langs: i18n.Langs}
	place := func(r *http.Request) (web.Place, error) {
		p := web.Place{
			Platform: web.Platform{In: b.Gate.Platform(b.in.Platform())}, In: b.in, Shop: shop, StaffBase: "/store",
			Audience: web.StorefrontPages, Path: r.URL.Path, API: strings.HasPrefix(r.URL.Path, "/api/"),
		}
		if rest, staff := strings.CutPrefix(r.URL.Path, "/store"); staff {
			p.Audience, p.Path = web.StorePages, rest
		}
		return p, nil
	}
	grants := auth.Granted(may...)
	s := web.NewSite(web.Options{
		Resolve: place, Bundle: words, Errors: func(_ context.Context, msg string, args ...any) { t.Log(msg, args) },
		Enabled: func(tenant.PlatformID, string) bool { return true },
		Frames: web.Frames{
			Store: func(c *web.Ctx[web.Store], h web.Head, body templ.Component) templ.Component {
				return layout.StaffPage{Title: h.Title, Brand: layout.Brand{Name: shop.Name}, Body: body}
			},
			Storefront: func(_ *web.Ctx[web.Storefront], h web.Head, body templ.Component) templ.Component {
				return layout.ShopPage{Meta: layout.Meta{Title: h.Title}, Shop: layout.Shop{Name: shop.Name}, Body: body}
			},
			Error: func(_ i18n.Words, f *fault.Error, _ int, _ string) templ.Component { return ui.Text("error " + f.Code) },
		},
		Identify: web.Identity{
			Staff: func(context.Context, tenant.Store, string) (auth.User, auth.Grants, bool) {
				return auth.User{ID: 7, Name: "Ada"}, grants, true
			},
			Bearer: func(context.Context, string) (web.Bearer, bool) {
				return web.Bearer{Store: &web.Store{In: b.in, Shop: shop, User: auth.User{ID: 7, Name: "Ada"}, Grants: grants}}, true
			},
		},
	})
	s.Mount(inventoryapi.Code, b.m.Definition().Routes)
	return s
}

// ask sends a request; a form makes it a post. It gives the answer's status,
// body and where it leads.
func ask(t *testing.T, s http.Handler, path string, form url.Values) (status int, body, to string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "http://shop.test"+path, nil)
	if form != nil {
		r = httptest.NewRequest(http.MethodPost, "http://shop.test"+path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Authorization", "Bearer x")
	r.AddCookie(&http.Cookie{Name: "orion_store", Value: "x"})
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Code, w.Body.String(), w.Header().Get("Location")
}

func TestStockPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		cup := b.variant(t, 2)
		b.location(t, "shop", 5)
		page := "/store/inventory/" + cup.String()
		s := site(t, b, "inventory.view", "inventory.adjust", "inventory.locations")

		for _, path := range []string{"/store/inventory", "/store/inventory?low=1&location=" + b.home(t).String(), page, "/store/locations"} {
			if status, body, _ := ask(t, s, path, nil); status != http.StatusOK || strings.Contains(body, ">inventory.") {
				t.Errorf("%s: %d %s", path, status, body)
			}
		}
		for _, unknown := range []string{"/store/inventory/var_x", "/store/inventory/" + inventoryOther, "/store/inventory?location=loc_x"} {
			if status, _, _ := ask(t, s, unknown, nil); status != http.StatusNotFound {
				t.Errorf("%s: %d", unknown, status)
			}
		}
		if _, body, _ := ask(t, s, "/store/inventory?column=bin&column=free", nil); strings.Count(body, `type="hidden" name="column"`) != 2 {
			t.Errorf("a search drops the chosen columns: %s", body)
		}
		if _, body, _ := ask(t, s, page, nil); !strings.Contains(body, `name="key" value="`) {
			t.Error("the form counts as often as it is sent")
		}
		right := url.Values{"location": {b.home(t).String()}, "mode": {"to"}, "quantity": {"9"}, "reason": {"counted"}}
		if status, body, to := ask(t, s, page+"/adjust", right); status != http.StatusSeeOther || to != page {
			t.Errorf("%d %s %s", status, to, body)
		}
		wrong := url.Values{"location": {b.home(t).String()}, "mode": {"by"}, "quantity": {"-99"}, "reason": {"lost in a flood"}}
		if status, body, _ := ask(t, s, page+"/adjust", wrong); status != http.StatusUnprocessableEntity ||
			!strings.Contains(body, "lost in a flood") || !strings.Contains(body, "not that many on hand") {
			t.Errorf("%d %s", status, body)
		}
		if status, _, _ := ask(t, s, "/store/inventory/receive", url.Values{"sku": {"none"}, "quantity": {"1"}, "location": {b.home(t).String()}}); status != http.StatusUnprocessableEntity {
			t.Errorf("an unknown SKU: %d", status)
		}
		if status, _, _ := ask(t, s, page+"/policy", url.Values{"policy": {"limit"}, "backorder_limit": {"3"}}); status != http.StatusSeeOther {
			t.Errorf("policy: %d", status)
		}
		if got := b.left(t, cup)[cup]; got != 12 {
			t.Errorf("%d left", got)
		}
		if status, _, _ := ask(t, site(t, b, "inventory.view"), page+"/adjust", right); status != http.StatusForbidden {
			t.Errorf("without the permission: %d", status)
		}
		b.balanced(t)
	})
}

const inventoryOther = "var_0000000000001"

func TestStockREST(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		cup := b.variant(t, 2)
		s := site(t, b, "inventory.view")
		if status, body, _ := ask(t, s, "/api/v1/store/stock?limit=5", nil); status != http.StatusOK ||
			!strings.Contains(body, `"variant":"`+cup.String()+`"`) || !strings.Contains(body, `"free":2`) {
			t.Errorf("%d %s", status, body)
		}
		if status, body, _ := ask(t, s, "/api/v1/store/stock/"+cup.String()+"/movements", nil); status != http.StatusOK || !strings.Contains(body, `"kind":"opening"`) {
			t.Errorf("%d %s", status, body)
		}
		if status, _, _ := ask(t, s, "/api/v1/store/stock/"+inventoryOther+"/movements", nil); status != http.StatusNotFound {
			t.Errorf("an unknown variant: %d", status)
		}
	})
}
