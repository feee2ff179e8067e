package tenancy_test

import (
	"context"
	"io"
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
	"orion/kit/web"
	"orion/modules/tenancy"
)

// frame draws a body alone.
func frame[A web.Audience](c *web.Ctx[A], _ web.Head, body templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return body.Render(ui.With(ctx, ui.Env{Words: c.Words, Base: c.Base(), Nonce: c.Nonce()}), w)
	})
}

// site serves the module's pages as the program does.
func (w *world) site(t *testing.T) *web.Site {
	t.Helper()
	bundle, err := i18n.Load(tenancy.Files, ui.Files)
	must(t, err)
	s := web.NewSite(web.Options{
		Bundle: bundle, Resolve: w.resolve, Errors: func(_ context.Context, msg string, args ...any) { t.Error(append([]any{msg}, args...)...) },
		Frames: web.Frames{
			Platform: frame[web.Platform], Admin: frame[web.Admin], Merchant: frame[web.Merchant], Store: frame[web.Store],
			Storefront: frame[web.Storefront],
			Error: func(words i18n.Words, f *fault.Error, _ int, _ string) templ.Component {
				return ui.Text(words.Fault(f))
			},
		},
		Identify: web.Identity{
			Staff: w.m.SignedStaff, Admin: w.m.SignedAdmin,
			Merchant: func(ctx context.Context, p tenant.Platform, token string) (web.Merchant, bool) {
				o, ok := w.m.SignedOwner(ctx, p, token)
				return web.Merchant{In: w.Gate.Merchant(o.Merchant, p.ID()), Name: o.Name, User: o.User, Grants: o.Grants}, ok
			},
		},
	})
	s.Mount("tenancy", w.m.Definition().Routes)
	return s
}

func (w *world) resolve(r *http.Request) (web.Place, error) {
	f, ok := w.m.Resolve(r.Host, r.URL.Path)
	if !ok {
		return web.Place{}, fault.New(fault.NotFound, "not_found")
	}
	p := web.Place{
		Platform: web.Platform{In: w.Gate.Platform(f.Platform.ID), Code: f.Platform.Code, Name: f.Platform.Name}, Shop: f.Shop,
		ShopBase: f.ShopBase, StaffBase: f.StaffBase, Audience: f.Audience, Path: f.Path, API: f.API,
	}
	if f.Shop != nil {
		p.In = w.Gate.Store(f.Shop.ID, f.Shop.Merchant, f.Shop.Platform)
	}
	return p, nil
}

// browser is somebody's session on one host.
type browser struct {
	t       *testing.T
	site    *web.Site
	host    string
	cookies map[string]string
}

func (b *browser) do(method, path string, form url.Values) *httptest.ResponseRecorder {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), method, "http://"+b.host+path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	rec := httptest.NewRecorder()
	b.site.ServeHTTP(rec, r)
	for _, c := range rec.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	return rec
}

func (b *browser) see(path string, want int, words ...string) string {
	b.t.Helper()
	rec := b.do(http.MethodGet, path, nil)
	if rec.Code != want {
		b.t.Errorf("GET %s: %d %s", path, rec.Code, rec.Header().Get("Location"))
	}
	body := rec.Body.String()
	for _, s := range words {
		if !strings.Contains(body, s) {
			b.t.Errorf("GET %s does not say %q", path, s)
		}
	}
	return body
}

func (b *browser) send(path string, form url.Values, want int) string {
	b.t.Helper()
	rec := b.do(http.MethodPost, path, form)
	if rec.Code != want {
		b.t.Errorf("POST %s: %d, not %d: %s", path, rec.Code, want, rec.Body.String())
	}
	return rec.Header().Get("Location")
}

func (w *world) browse(t *testing.T, site *web.Site, host string) *browser {
	t.Helper()
	return &browser{t: t, site: site, host: host, cookies: map[string]string{"lang": "en"}}
}

func signIn(email string) url.Values {
	return url.Values{"email": {email}, "password": {password}, "next": {"/store/team"}}
}

func TestPages(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		site := w.site(t)
		visitor := w.browse(t, site, "localhost:8080")
		visitor.see("/", 200, "http://kids.localhost:8080/", "http://maison.localhost:8080/")

		admin := w.browse(t, site, "localhost")
		if rec := admin.do(http.MethodGet, "/admin/stores?q=a", nil); rec.Code != 303 || rec.Header().Get("Location") != "/admin/login?next=%2Fadmin%2Fstores%3Fq%3Da" {
			t.Errorf("somebody unknown got %d %s", rec.Code, rec.Header().Get("Location"))
		}
		admin.see("/admin/login", 200, "current-password")
		wrong := signIn("admin@orion.example")
		wrong.Set("password", "guess guess")
		admin.send("/admin/login", wrong, 401)
		if to := admin.send("/admin/login", signIn("admin@orion.example"), 303); to != "/admin/" {
			t.Errorf("signing in leads to %s", to)
		}
		admin.see("/admin/stores", 200, "maison", "bikes", "/admin/stores/"+w.kids.String())
		admin.see("/admin/stores?q=kid&status=open", 200, "kids")
		admin.see("/admin/stores/new", 200, "merchant")
		admin.see("/admin/stores/"+w.maison.String(), 200, "manager@kirchberg.example")
		admin.see("/admin/stores/"+w.maison.String()+"/edit", 200, "hero_text.lb")
		admin.see("/admin/stores/nonsense", 404)
		admin.see("/admin/merchants", 200, "Kirchberg", "Velo")
		admin.see("/admin/merchants/new", 200)
		admin.see("/admin/merchants/"+w.kirchberg.String(), 200, "kids")
		admin.see("/admin/merchants/"+w.kirchberg.String()+"/edit", 200, "owner@kirchberg.example")
		admin.see("/admin/platforms", 200, "Orion Orders")
		admin.see("/admin/platforms/new", 200)
		admin.see("/admin/platforms/"+w.oms.String(), 200, "oms")
		admin.see("/admin/users?role=store_member", 200, "staff@kirchberg.example")
		admin.see("/admin/users/new", 200)
		admin.see("/admin/users/"+w.platformers.String(), 200, "oms@orion.example")
		admin.see("/admin/audit", 200, "Store created")
		w.filterAudit(admin)
		admin.send("/admin/merchants", url.Values{"name": {"Um Eck"}, "platform": {w.main.String()}, "owner_email": {"eck@um-eck.example"}, "owner_name": {"Eck"}}, 200)
		admin.send("/admin/stores", url.Values{
			"name": {"Eck"}, "code": {"eck"}, "merchant": {w.velo.String()}, "platforms": {w.main.String()}, "currency": {"EUR"},
			"lang": {"lb"}, "langs": {"lb", "de"}, "staff_lang": {"lb"}, "country": {"LU"}, "status": {"open"}, "theme": {"studio"},
		}, 303)
		admin.send("/admin/stores", url.Values{"name": {""}, "code": {"eck"}}, 422)
		if _, ok := w.m.Resolve("eck.localhost", "/"); !ok {
			t.Error("the new store does not answer")
		}
		admin.send("/admin/users", url.Values{"name": {"Pat"}, "email": {"pat@orion.example"}, "role": {"super_admin"}, "lang": {"en"}}, 200)
		admin.send("/admin/stores/"+w.kids.String()+"/domains", url.Values{"domain": {"kids.example.com"}}, 303)
		admin.send("/admin/stores/"+w.kids.String()+"/domains", url.Values{"domain": {"kids.localhost"}}, 422)
		admin.see("/admin/stores/"+w.kids.String(), 200, "_orion.kids.example.com")
		admin.send("/admin/stores/"+w.maison.String()+"/domains/remove", url.Values{"domain": {"kids.example.com"}}, 404)
		admin.send("/admin/logout", url.Values{}, 303)
		admin.see("/admin/stores", 303)
	})
}

func TestStaffPages(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		site := w.site(t)
		owner := w.browse(t, site, "maison.localhost")
		if to := owner.send("/store/login", signIn("owner@kirchberg.example"), 303); to != "/store/team" {
			t.Errorf("signing in leads to %s", to)
		}
		owner.see("/store/team", 200, "manager@kirchberg.example", "/store/team/invite")
		owner.see("/store/team/invite", 200, "Marketing")
		owner.see("/store/team/"+w.staff.String(), 200)
		owner.see("/store/team/"+w.super.String(), 404)
		owner.see("/store/team/roles", 200, "Manager")
		owner.see("/store/team/roles/new", 200)
		role := w.role(t, w.in(), tenancy.PresetStaff)
		owner.see("/store/team/roles/"+role.String(), 200)
		owner.see("/store/team/roles/"+w.role(t, w.other(), tenancy.PresetStaff).String(), 404)
		owner.see("/store/settings/store", 200, "announcement.de")
		owner.see("/store/audit", 200, "Store created")
		owner.send("/store/team/roles", url.Values{"name": {"Packer"}, "permissions": {"orders.ship"}}, 303)
		owner.send("/store/team/invite", url.Values{"name": {"Pol"}, "email": {"pol@kirchberg.example"}, "lang": {"lb"}, "role": {role.String()}}, 200)
		owner.send("/store/team/invite", url.Values{"name": {"Pol"}, "email": {"nonsense"}, "role": {role.String()}}, 422)
		owner.send("/store/settings/store", url.Values{"name": {"Maison K"}, "lang": {"fr"}, "langs": {"fr"}, "country": {"LU"}, "status": {"open"}, "theme": {"market"}, "hero.fr": {"Bonjour"}}, 303)
		if got := w.m.FirstShop(w.maison); got.Name != "Maison K" || got.Hero.In(i18n.Fr) != "Bonjour" || got.Theme != "market" {
			t.Errorf("the shop is %+v", got)
		}

		staff := w.browse(t, site, "maison.localhost")
		staff.send("/store/login", signIn("staff@kirchberg.example"), 303)
		staff.see("/store/team", 403)
		staff.see("/store/settings/store", 403)
		other := w.browse(t, site, "bikes.localhost")
		other.cookies = staff.cookies
		other.see("/store/audit", 303)

		merchant := w.browse(t, site, "localhost")
		merchant.send("/merchants/login", signIn("owner@kirchberg.example"), 303)
		if body := merchant.see("/merchants/stores", 200, "kids", "http://maison.localhost/store/"); strings.Contains(body, "bikes") {
			t.Error("a merchant sees another's store")
		}
		merchant.see("/merchants/team", 200, "staff@kirchberg.example")
	})
}

func TestJoinPage(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		b := w.browse(t, w.site(t), "maison.localhost")
		var token string
		must(t, w.m.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) (err error) {
			token, err = c.Link(ctx, w.staff)
			return err
		}))
		b.see("/store/join?token="+token, 200, "staff@kirchberg.example")
		b.send("/store/join", url.Values{"token": {token}, "password": {"short"}}, 422)
		b.send("/store/join", url.Values{"token": {token}, "password": {"long enough now"}}, 303)
		b.see("/store/join?token="+token, 404)
	})
}

func TestFirstRun(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := &world{Env: e, m: newModule(e, tenancy.Needs{})}
		must(t, w.m.Refresh(t.Context()))
		site := w.site(t)
		b := w.browse(t, site, "localhost")
		b.see("/", 200, "/admin/setup")
		b.see("/admin/setup", 200, "/admin/setup/account", `name="token"`)
		b.send("/admin/setup/account", url.Values{"token": {"guessed"}, "name": {"Eve"}, "email": {"eve@example.com"}, "password": {password}}, 422)
		hash, err := tenancy.HashPassword(t.Context(), password)
		must(t, err)
		must(t, w.m.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
			_, err := c.CreateUser(ctx, tenancy.NewUser{Email: "first@orion.example", Name: "First", Role: auth.SuperAdmin, Password: hash})
			return err
		}))
		b.send("/admin/login", signIn("first@orion.example"), 303)
		b.send("/admin/platforms", url.Values{"name": {"Orion"}, "code": {"main"}, "lang": {"en"}}, 303)
		if f, ok := w.m.Resolve("localhost", "/"); !ok || f.Platform.ID.IsZero() {
			t.Error("the first platform does not answer at the base domain")
		}
	})
}
