package catalog

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/modtest"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
)

// bare frames draw the body of a page and nothing around it.
func bareFrame[A web.Audience](_ *web.Ctx[A], _ web.Head, body templ.Component) templ.Component {
	return body
}

// site serves the module's pages for its store.
func (b *bench) site(t testing.TB) http.Handler {
	t.Helper()
	bundle, err := i18n.Load(ui.Files, Files)
	if err != nil {
		t.Fatal(err)
	}
	shop := &web.Shop{Name: "Shop", Currency: "EUR", Lang: "en", Langs: i18n.Langs, Status: web.StatusOpen}
	s := web.NewSite(web.Options{
		Bundle: bundle,
		Resolve: func(r *http.Request) (web.Place, error) {
			p := web.Place{In: b.in, Shop: shop, StaffBase: "/store", Audience: web.StorefrontPages, Path: r.URL.Path}
			if rest, ok := strings.CutPrefix(r.URL.Path, "/store"); ok {
				p.Audience, p.Path = web.StorePages, rest
			}
			p.API = strings.HasPrefix(r.URL.Path, "/api/")
			return p, nil
		},
		Identify: web.Identity{
			Customer: func(context.Context, tenant.Store, string) (auth.Customer, bool) { return auth.Customer{}, false },
			Staff: func(context.Context, tenant.Store, string) (auth.User, auth.Grants, bool) {
				return auth.User{ID: 1, Name: "Ada", Lang: "en"}, auth.Granted(View.Code, MayEdit.Code, MayImport.Code), true
			},
		},
		Frames: web.Frames{
			Platform: bareFrame[web.Platform], Admin: bareFrame[web.Admin], Merchant: bareFrame[web.Merchant],
			Store: bareFrame[web.Store], Storefront: bareFrame[web.Storefront],
			Error: func(w i18n.Words, _ *fault.Error, status int, _ string) templ.Component {
				return ui.Text(http.StatusText(status))
			},
		},
		Errors: func(_ context.Context, msg string, args ...any) { t.Error(append([]any{msg}, args...)...) },
	})
	s.Mount("catalog", b.Definition().Routes)
	return s
}

func get(t testing.TB, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return w
}

func TestPages(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		fill(t, b)
		s := b.site(t)
		p, err := b.PageOf(t.Context(), b.in, "en", "linen-shirt")
		if err != nil {
			t.Fatal(err)
		}
		for path, want := range map[string]string{
			"/products?b=Kiln": "3 products", "/categories/table": "Mugs", "/search?q=lin": "Linen shirt",
			"/search/suggest?q=lin": `href="/products/linen-shirt"`, "/products/linen-shirt?o.colour=wine&o.size=m": "€92.00",
			"/sitemap.xml": "/sitemaps/pages.xml</loc>", "/sitemaps/pages.xml": "/categories/table</loc>", "/robots.txt": "Sitemap:",
			"/api/v1/storefront/products?category=table&sort=price": `"slug":"grosse-tasse"`, "/api/v1/storefront/search?q=lin": `"total":1`,
			"/api/v1/storefront/products/linen-shirt": p.Variants[0].ID.String(),
			"/store/products":                         "Linen shirt", "/store/products/" + p.ID.String(): `name="variants.3.price"`, "/store/products/new": `name="title_lb"`,
			"/store/categories": "Mugs", "/store/imports": `name="file"`, "/store/products.csv": "linen-shirt,Linen shirt",
		} {
			w := get(t, s, path)
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s: %d, lacks %s", path, w.Code, want)
			}
		}
		for _, path := range []string{"/products/none", "/categories/none", "/store/products/x", "/store/products/prd_0000000000001", "/store/imports/imp_0000000000001"} {
			if w := get(t, s, path); w.Code != http.StatusNotFound {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
	})
}

func TestRequest(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		id, err := b.Request(ctx, b.in, Upload{File: "bad.csv", R: strings.NewReader(badFile), Options: english(), Actor: auth.Actor{Name: "Ada"}})
		if err != nil {
			t.Fatal(err)
		}
		modtest.Settle(t, b.env, b.kit, b.Definition())
		got, err := b.Transfer(ctx, b.in, id)
		if err != nil {
			t.Fatal(err)
		}
		if got.Status != Done || got.Created != 2 || got.Failed != 5 || len(got.Problems) != 5 || got.Position != got.Size || got.Actor != "Ada" || got.EndedAt.IsZero() {
			t.Errorf("import %+v", got)
		}
		if _, err := b.Transfer(ctx, b.env.Store(), id); !errors.Is(err, ErrNoImport) {
			t.Errorf("another store reads the import: %v", err)
		}
		s := b.site(t)
		if w := get(t, s, "/store/imports/"+id.String()+"/problems.csv"); !strings.Contains(w.Body.String(), "3,no-price,") {
			t.Errorf("problems %s", w.Body)
		}
		stopped, err := b.Request(ctx, b.in, Upload{File: "again.csv", R: strings.NewReader(badFile), Options: english()})
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Cancel(ctx, b.in, stopped); err != nil {
			t.Fatal(err)
		}
		modtest.Settle(t, b.env, b.kit, b.Definition())
		if got, err := b.Transfer(ctx, b.in, stopped); err != nil || got.Status != Cancelled || got.Unchanged != 0 {
			t.Errorf("a cancelled import went on: %+v, %v", got, err)
		}
	})
}

// A search without a result says what it looked for and leads on; what was
// typed stays text.
func TestNothingFound(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		fill(t, b)
		s := b.site(t)
		for path, want := range map[string][]string{
			"/search?q=zeppelin":                {"Nothing found for “zeppelin”", `href="/categories/table"`, "Picked for you", "Voucher", `value="zeppelin"`},
			"/search?q=%3Czz%3E":                {"“&lt;zz&gt;”"},
			"/search":                           {`href="/categories/table"`, "Picked for you", "autofocus"},
			"/search?q=lin&b=Nobody":            {"Nothing"},
			"/search/suggest?q=linnen":          {"Nothing for linnen. Showing linen.", `href="/products/linen-shirt"`},
			"/search/suggest?q=%22%3E%3Cscript": {`role="listbox"`, `data-said="0 suggestions"`},
		} {
			w := get(t, s, path)
			for _, part := range want {
				if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), part) {
					t.Errorf("%s: %d, lacks %s", path, w.Code, part)
				}
			}
			if strings.Contains(w.Body.String(), "><script") {
				t.Errorf("%s writes what was typed as markup", path)
			}
		}
	})
}
