package payments_test

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
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
)

// site serves the module's pages and REST of one store to somebody with these
// permissions.
func site(t *testing.T, b *bundle, may ...string) http.Handler {
	t.Helper()
	words, err := i18n.Load(payments.Files, ui.Files)
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
	s.Mount(paymentsapi.Code, b.m.Definition().Routes)
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

func TestPayersPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		s := site(t, b)
		id := b.open(t, payments.Test, 1999)
		page := b.start(t, id).RedirectPath
		back := strings.Replace(page, "/pay/test/", "/pay/", 1)

		if status, body, _ := ask(t, s, page, nil); status != http.StatusOK || !strings.Contains(body, "19.99") || strings.Contains(body, ">payments.") {
			t.Errorf("%d %s", status, body)
		}
		if status, _, to := ask(t, s, back, nil); status != http.StatusSeeOther || to != page {
			t.Errorf("%d %s", status, to)
		}
		if status, _, to := ask(t, s, page, url.Values{"choice": {"challenge"}}); status != http.StatusSeeOther || to != page {
			t.Errorf("%d %s", status, to)
		}
		if status, body, _ := ask(t, s, page, nil); status != http.StatusOK || !strings.Contains(body, `value="approve"`) {
			t.Errorf("%d %s", status, body)
		}
		if status, _, to := ask(t, s, page, url.Values{"choice": {"approve"}}); status != http.StatusSeeOther || to != back {
			t.Errorf("%d %s", status, to)
		}
		for range 2 {
			if status, _, to := ask(t, s, back, nil); status != http.StatusSeeOther || to != "/orders/x" {
				t.Errorf("%d %s", status, to)
			}
		}
		if p := b.payment(t, id); p.Status != paymentsapi.Captured {
			t.Errorf("%+v", p)
		}
		for _, forged := range []string{"/pay/x", "/pay/test/" + id.String(), back + "A"} {
			if status, _, _ := ask(t, s, forged, nil); status != http.StatusNotFound {
				t.Errorf("%s: %d", forged, status)
			}
		}
	})
}

func TestStaffPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		s := site(t, b, "payments.view", "payments.settle", "payments.refund")
		id := b.open(t, payments.BankTransfer, 1999)
		b.start(t, id)
		page := "/store/payments/" + id.String()
		if status, _, to := ask(t, s, page+"/settle", url.Values{"note": {"statement 12"}}); status != http.StatusSeeOther || to != page {
			t.Errorf("%d %s", status, to)
		}
		if status, body, _ := ask(t, s, page+"/refund", url.Values{"amount": {"20.00"}, "reason": {"damaged in transport"}}); status != http.StatusUnprocessableEntity ||
			!strings.Contains(body, "damaged in transport") || !strings.Contains(body, "more than can be given back") {
			t.Errorf("%d %s", status, body)
		}
		if status, _, _ := ask(t, s, page+"/refund", url.Values{"amount": {"5.00"}, "reason": {"damaged"}}); status != http.StatusSeeOther {
			t.Errorf("refund: %d", status)
		}
		for _, path := range []string{"/store/payments", "/store/payments?status=partially_refunded&q=1001&method=bank_transfer", page, "/api/v1/store/payments", "/api/v1/store/payments/" + id.String()} {
			if status, body, _ := ask(t, s, path, nil); status != http.StatusOK || !strings.Contains(body, "1001") || strings.Contains(body, ">payments.") {
				t.Errorf("%s: %d %s", path, status, body)
			}
		}
		waits := "/store/payments/" + b.open(t, payments.Test, 500).String()
		if status, _, to := ask(t, s, waits+"/check", url.Values{}); status != http.StatusSeeOther || to != waits {
			t.Errorf("%d %s", status, to)
		}
		if p := b.payment(t, id); p.Refunded.Minor != 500 {
			t.Errorf("%+v", p)
		}
		if status, _, _ := ask(t, site(t, b, "payments.view"), page+"/settle", url.Values{}); status != http.StatusForbidden {
			t.Errorf("without the permission: %d", status)
		}
		if status, _, _ := ask(t, s, "/store/payments/pay_0000000000001", nil); status != http.StatusNotFound {
			t.Errorf("an unknown payment: %d", status)
		}
		b.balanced(t)
	})
}
