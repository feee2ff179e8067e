package web_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/kit/web"
)

var ship = auth.Permit("orders.ship")

func text(s string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	})
}

func frame[A web.Audience](c *web.Ctx[A], h web.Head, body templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		said := ""
		for _, f := range c.Flashes() {
			said += f.Key + "! "
		}
		_, err := io.WriteString(w, "["+string(c.Words.Lang())+" "+h.Title+"] "+said)
		return errors.Join(err, body.Render(ctx, w))
	})
}

type in struct {
	Qty int `query:"qty" minimum:"1"`
}

type out struct {
	Body struct {
		Store string `json:"store"`
	}
}

// site is one store at shop.test, with one route of each kind.
func site(t *testing.T) *web.Site {
	t.Helper()
	return siteTelling(t, func(context.Context, string, ...any) {})
}

// siteTelling is site with somebody who hears what failed.
func siteTelling(t *testing.T, failed func(context.Context, string, ...any)) *web.Site {
	t.Helper()
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	gate := tenant.NewGate()
	shop := &web.Shop{ID: 7, Code: "shop", Name: "Shop", Lang: i18n.Fr, Langs: []i18n.Lang{i18n.Fr, i18n.De}}
	place := func(r *http.Request) (web.Place, error) {
		if r.Host != "shop.test" {
			return web.Place{}, fault.New(fault.NotFound, "not_found")
		}
		p := web.Place{
			Platform: web.Platform{In: gate.Platform(1), Code: "main"}, In: gate.Store(7, 2, 1), Shop: shop,
			StaffBase: "/store", Audience: web.StorefrontPages, Path: r.URL.Path, API: strings.HasPrefix(r.URL.Path, "/api/"),
		}
		if rest, ok := strings.CutPrefix(r.URL.Path, "/store"); ok {
			p.Audience, p.Path = web.StorePages, rest
		}
		return p, nil
	}
	s := web.NewSite(web.Options{
		Resolve: place, Bundle: bundle, Errors: failed,
		Frames: web.Frames{
			Platform: frame[web.Platform], Admin: frame[web.Admin], Merchant: frame[web.Merchant], Store: frame[web.Store], Storefront: frame[web.Storefront],
			Error: func(_ i18n.Words, f *fault.Error, _ int, _ string) templ.Component { return text("error " + f.Code) },
		},
		Enabled: func(_ tenant.PlatformID, module string) bool { return module != "off" },
		Identify: web.Identity{
			Customer: func(context.Context, tenant.Store, string) (auth.Customer, bool) { return auth.Customer{}, false },
			Staff: func(_ context.Context, _ tenant.Store, token string) (auth.User, auth.Grants, bool) {
				g := auth.Granted("orders.view")
				if token == "shipper" {
					g = auth.Granted("orders.ship")
				}
				return auth.User{ID: 3}, g, token != ""
			},
			Bearer: func(_ context.Context, token string) (web.Bearer, bool) {
				return web.Bearer{Platform: web.Platform{In: gate.Platform(1)}, Store: &web.Store{
					In: gate.Store(7, 2, 1), Shop: shop,
					User: auth.User{ID: 9}, Grants: auth.Granted("orders.ship"),
				}}, token == "right"
			},
		},
	})
	s.Mount("orders", routes())
	s.Mount("off", web.Routes{Storefront: func(m *web.Mux[web.Storefront]) {
		m.Get("/off", web.Public, func(c *web.Ctx[web.Storefront]) error { return c.Page(web.Head{}, text("off")) })
	}})
	return s
}

func routes() web.Routes {
	return web.Routes{
		Storefront: func(m *web.Mux[web.Storefront]) {
			m.Get("/", web.Public, func(c *web.Ctx[web.Storefront]) error { return c.Page(web.Head{Title: "Home"}, text("hello")) })
			m.Get("/panic", web.Public, func(*web.Ctx[web.Storefront]) error { panic("no") })
			m.Get("/reads", web.Public, func(c *web.Ctx[web.Storefront]) error {
				return fmt.Errorf("find_cart: %w", cmp.Or(c.Context().Err(), errors.New("disk on fire")))
			})
			m.Get("/broken", web.Public, func(*web.Ctx[web.Storefront]) error { return errors.New("disk on fire") })
			m.Post("/cart", web.Public, func(c *web.Ctx[web.Storefront]) error {
				f, err := c.Form()
				if err != nil {
					return err
				}
				f.Between("qty", 1, 9)
				if err := f.Fault("orders.bad"); err != nil {
					return c.PageStatus(422, web.Head{}, text(f.Raw("qty")+" "+f.Errors()[0].Code))
				}
				return c.Redirect("/cart")
			})
			m.Post("/notes", web.Public, func(c *web.Ctx[web.Storefront]) error {
				c.Flash("ok", "orders.noted")
				return c.Redirect("/")
			})
			m.Get("/allows", web.Public, func(c *web.Ctx[web.Storefront]) error {
				said := string(web.Necessary)
				for _, p := range web.Purposes {
					if c.Allows(p) {
						said += " " + string(p)
					}
				}
				return c.Partial(text(said))
			})
			m.Post("/decide", web.Public, func(c *web.Ctx[web.Storefront]) error {
				c.Decide(web.Consent{Allowed: []web.Purpose{web.ForPreferences}, Refused: []web.Purpose{web.ForMarketing}})
				return c.Redirect("/")
			})
			m.Post("/limited", web.Public.Limit(2, time.Minute), func(c *web.Ctx[web.Storefront]) error { return c.Partial(text("ok")) })
		},
		Store: func(m *web.Mux[web.Store]) {
			m.Get("/orders/{id}", web.Need(ship), func(c *web.Ctx[web.Store]) error { return c.Page(web.Head{}, text("order "+c.Param("id"))) })
			m.Get("/orders.txt", web.Need(ship), func(c *web.Ctx[web.Store]) error {
				_, err := io.WriteString(c.W, "all of them")
				return err
			})
		},
		API: func(a *web.API) {
			web.Handle(a, web.Op{Method: "GET", Path: "/stock", ID: "stock", Need: web.Need(ship)},
				func(_ context.Context, as web.Store, _ *in) (*out, error) {
					o := &out{}
					o.Body.Store = as.In.ID().String()
					return o, nil
				})
			web.Handle(a, web.Op{Method: "GET", Path: "/fails", ID: "fails"},
				func(context.Context, web.Storefront, *struct{}) (*out, error) {
					return nil, fault.New(fault.Conflict, "orders.short").With("left", 3)
				})
			web.Handle(a, web.Op{Method: "GET", Path: "/reads", ID: "reads"},
				func(ctx context.Context, _ web.Storefront, _ *struct{}) (*out, error) {
					return nil, fmt.Errorf("find_cart: %w", cmp.Or(ctx.Err(), errors.New("disk on fire")))
				})
		},
	}
}

func ask(t *testing.T, s http.Handler, r *http.Request) (*http.Response, string) {
	t.Helper()
	r.Host = "shop.test"
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result(), w.Body.String()
}

func request(method, path string, change ...func(*http.Request)) *http.Request {
	r := httptest.NewRequest(method, path, nil)
	for _, f := range change {
		f(r)
	}
	return r
}

func cookie(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.AddCookie(&http.Cookie{Name: name, Value: value}) }
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}
