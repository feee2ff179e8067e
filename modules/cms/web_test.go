package cms

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/cms/cmsapi"
)

// front is the module's pages as they are served, without JavaScript.
type front struct {
	t    *testing.T
	site *web.Site
	w    *world
	can  []string // of the staff
	far  Platform // where the operator does not work
}

// samplePath is before the paths of the store in which operators see defaults.
const samplePath = "/platforms/main/storefront/maison"

func serve(t *testing.T, w *world) *front {
	t.Helper()
	bundle, err := i18n.Load(ui.Files, Files)
	must(t, err)
	f := &front{t: t, w: w, can: []string{MayView.Code, MayEdit.Code, MayPublish.Code}}
	near := w.Sites()[0]
	f.far = Platform{In: w.Gate.Platform(near.In.ID() + 1), Code: "far", Name: "Far", Host: "far.localhost", Lang: i18n.En}
	w.need.Platforms = func() []Platform { return []Platform{f.far, near} }
	w.need.Sample = func(_ string, p tenant.PlatformID) string {
		if p != near.In.ID() {
			return ""
		}
		return samplePath
	}
	shop := &web.Shop{
		ID: w.at.Store.ID(), Name: "Maison", MerchantName: "Maison Sàrl", PlatformName: "Orion", Email: "hello@maison.example", Currency: "EUR", Country: "LU",
		Lang: i18n.En, StaffLang: i18n.En, Langs: []i18n.Lang{i18n.En, i18n.Fr},
	}
	here := web.Platform{In: w.at.Platform, Code: "main", Name: "Orion"}
	f.site = web.NewSite(web.Options{
		Bundle: bundle, Errors: func(_ context.Context, msg string, args ...any) { t.Error(msg, args) },
		Resolve: func(r *http.Request) (web.Place, error) {
			p := web.Place{Platform: here, In: w.at.Store, Shop: shop, StaffBase: "/store", Audience: web.StorefrontPages, Path: r.URL.Path}
			if rest, ok := strings.CutPrefix(r.URL.Path, "/store"); ok {
				p.Audience, p.Path = web.StorePages, rest
			}
			if rest, ok := strings.CutPrefix(r.URL.Path, samplePath); ok {
				p.Path, p.ShopBase = rest, samplePath
			}
			if rest, ok := strings.CutPrefix(r.URL.Path, "/admin"); ok {
				p = web.Place{Platform: here, Audience: web.AdminPages, Path: rest}
			}
			if rest, ok := strings.CutPrefix(r.URL.Path, "/site"); ok {
				p = web.Place{Platform: here, Audience: web.PlatformPages, Path: rest}
			}
			return p, nil
		},
		Frames: web.Frames{
			Platform: plainly[web.Platform], Admin: plainly[web.Admin], Merchant: plainly[web.Merchant], Store: plainly[web.Store], Storefront: plainly[web.Storefront],
			Error: func(_ i18n.Words, e *fault.Error, _ int, _ string) templ.Component { return ui.Text("error " + e.Code) },
		},
		Enabled: func(tenant.PlatformID, string) bool { return true }, Lost: w.Lost,
		Identify: web.Identity{
			Customer: func(context.Context, tenant.Store, string) (auth.Customer, bool) { return auth.Customer{}, false },
			Staff: func(_ context.Context, _ tenant.Store, token string) (auth.User, auth.Grants, bool) {
				return auth.User{ID: 3, Name: token, Lang: i18n.En}, auth.Granted(f.can...), token != ""
			},
			Admin: func(_ context.Context, token string) (web.Admin, bool) {
				return web.Admin{User: auth.User{ID: 4, Name: token, Lang: i18n.En}, Grants: auth.Granted(f.can...), Platforms: []tenant.PlatformID{near.In.ID()}}, token != ""
			},
			Bearer: func(context.Context, string) (web.Bearer, bool) { return web.Bearer{}, false },
		},
	})
	f.site.Mount(cmsapi.Code, w.Definition().Routes)
	return f
}

func plainly[A web.Audience](_ *web.Ctx[A], h web.Head, body templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<title>"+templ.EscapeString(h.Title)+"</title><meta name=description content=\""+templ.EscapeString(h.Description)+"\">")
		return errors.Join(err, body.Render(ctx, w))
	})
}

// wants makes a request as somebody, and wants its status and words on the page.
// It gives the page, or where the answer leads.
func (f *front) wants(status int, who, method, path string, form url.Values, words ...string) string {
	f.t.Helper()
	r := httptest.NewRequest(method, "http://maison.localhost"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, name := range []string{"orion_store", "orion_admin"} {
		r.AddCookie(&http.Cookie{Name: name, Value: who})
	}
	got := httptest.NewRecorder()
	f.site.ServeHTTP(got, r)
	page := got.Body.String()
	if got.Code != status {
		f.t.Fatalf("%s %s answers %d to %q, want %d\n%s", method, path, got.Code, who, status, page)
	}
	for _, w := range words {
		if text, without := strings.CutPrefix(w, "!"); strings.Contains(page, text) == without {
			f.t.Errorf("%s %s: %q is not as it should be on the page", method, path, w)
		}
	}
	if to := got.Header().Get("Location"); to != "" {
		return to
	}
	return page
}

func typed(slug, title, body, revision string) url.Values {
	return url.Values{
		"slug": {slug}, "title_en": {title}, "body_en": {body}, "title_fr": {""}, "body_fr": {""}, "footer": {"true"}, "place": {"0"}, "revision": {revision},
	}
}

var revisionField = regexp.MustCompile(`name="revision" value="(\d+)"`)

func TestStaffWrite(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		w.common(t, "terms", "Terms of all", "<p>From {store} of {merchant}.</p>")
		f.wants(200, "", "GET", "/pages/terms", nil, "From Maison of Maison Sàrl.", "<title>Terms of all</title>")
		f.wants(200, "lena", "GET", "/store/pages", nil, "Terms of all", "/store/pages/override")
		path := f.wants(303, "lena", "POST", "/store/pages/override", url.Values{"slug": {"terms"}})
		f.wants(200, "lena", "GET", path, nil, "{store} of {merchant}", "Draft")
		f.wants(303, "lena", "POST", path, typed("terms", "Our terms", "<p>Ours.</p><script>x()</script>", "1"))
		f.wants(200, "", "GET", "/pages/terms", nil, "Terms of all")
		page := f.wants(200, "lena", "GET", path, nil, "/pages/preview/")
		preview := regexp.MustCompile(`/pages/preview/[\w-]+`).FindString(page)
		f.wants(200, "", "GET", preview, nil, "<p>Ours.</p>", "!<script>x")
		f.wants(404, "", "GET", preview[:len(preview)-4]+"AAAA", nil)
		f.wants(303, "lena", "POST", path+"/publish", url.Values{"revision": {"2"}})
		f.wants(200, "", "GET", "/pages/terms", nil, "<p>Ours.</p>", `content="Ours."`)
		f.wants(200, "lena", "GET", "/store/pages", nil, "Replaces the platform", "Published")
		f.wants(303, "lena", "POST", path+"/hide", nil)
		f.wants(200, "", "GET", "/pages/terms", nil, "Terms of all")
		f.wants(303, "lena", "POST", path+"/delete", nil)
		f.wants(404, "lena", "GET", path, nil)
		f.wants(200, "", "GET", "/pages/terms", nil, "Terms of all")
		f.wants(404, "lena", "POST", "/store/pages/override", url.Values{"slug": {"nothing"}})
	})
}

func TestEditorMeetsAnother(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		path := f.wants(303, "lena", "POST", "/store/pages", typed("about", "About", "<p>One two three.</p>", "0"))
		f.wants(303, "lena", "POST", path, typed("about", "About", "<p>One two four.</p>", "1"))
		page := f.wants(409, "paul", "POST", path, typed("about", "About", "<p>One two five.</p>", "1"), "Somebody else changed this page", "One two four.", "One two five.")
		again := revisionField.FindStringSubmatch(page)[1]
		f.wants(303, "paul", "POST", path, typed("about", "About", "<p>One two five.</p>", again))
		f.wants(422, "paul", "POST", path, typed("About us", "", "x", "3"), "Please fill this in.", "Use small letters")
		f.wants(422, "paul", "POST", "/store/pages", typed("about", "About", "x", "0"), "already")
		f.wants(303, "paul", "POST", path+"/publish", url.Values{"revision": {"1"}}) // says that somebody was faster
		wants(t, w.Stores, w.at.Store, mustParse(t, path), Draft, 3)
	})
}

func mustParse(t *testing.T, path string) PageID {
	t.Helper()
	p, err := parsePage(regexp.MustCompile(`pag_\w+`).FindString(path))
	must(t, err)
	return p
}

func TestVersionsAndTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		path := f.wants(303, "lena", "POST", "/store/pages", typed("about", "About", "<p>One.</p>", "0"))
		f.wants(303, "lena", "POST", path+"/publish", url.Values{"revision": {"1"}})
		f.wants(303, "paul", "POST", path, typed("about", "About", "<p>Two.</p>", "1"))
		f.wants(200, "lena", "GET", path+"/versions", nil, "Version 1", "lena")
		f.wants(200, "lena", "GET", path+"/versions?n=1", nil, "<ins>One.</ins>", "<del>Two.</del>")
		f.wants(404, "lena", "GET", path+"/versions?n=7", nil)
		f.wants(303, "lena", "POST", path+"/restore", url.Values{"number": {"1"}})
		f.wants(200, "lena", "GET", path, nil, "&lt;p&gt;One.&lt;/p&gt;", "Unpublished changes")
		zone := i18n.ZoneOf("LU")
		at := w.Clock.Now().Add(time.Hour).In(zone).Format(timeShape)
		f.wants(422, "lena", "POST", path+"/schedule", url.Values{"due": {"soon"}}, "a day and a time")
		f.wants(422, "lena", "POST", path+"/schedule", url.Values{"due": {w.Clock.Now().Add(-time.Hour).In(zone).Format(timeShape)}}, "in the past")
		f.wants(303, "lena", "POST", path+"/schedule", url.Values{"due": {at}})
		f.wants(200, "lena", "GET", path, nil, "Scheduled", at)
		f.wants(303, "lena", "POST", path+"/schedule", url.Values{"due": {""}})
		f.wants(200, "lena", "GET", path, nil, "!Scheduled")
	})
}

// Operators write the pages of platforms that they work for, and find no others.
func TestOperator(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		theirs := write(t, w.Platforms, f.far.In, func() Writing { s := says("terms", "Far terms", "x"); s.Tier = Site; return s }())
		f.wants(200, "otto", "GET", "/admin/pages", nil, "No page yet", "!Far")
		f.wants(404, "otto", "GET", "/admin/pages?platform="+f.far.In.ID().String(), nil)
		for _, q := range []string{"", "?platform=" + f.far.In.ID().String()} {
			for _, act := range []string{"", "/publish", "/hide", "/schedule", "/delete", "/restore"} {
				f.wants(404, "otto", "POST", "/admin/pages/"+theirs.String()+act+q, typed("terms", "T", "x", "1"))
			}
			f.wants(404, "otto", "GET", "/admin/pages/"+theirs.String()+q, nil)
			f.wants(404, "otto", "GET", "/admin/pages/"+theirs.String()+"/versions"+q, nil)
		}
		wants(t, w.Platforms, f.far.In, theirs, Published, 1)
		path := f.wants(303, "otto", "POST", "/admin/pages?tier=site", typed("pricing", "Pricing", "<p>Free on {platform}.</p>", "0"))
		page := f.wants(200, "otto", "GET", path, nil, "http://localhost/pages/preview/")
		f.wants(404, "", "GET", "/site/pages/pricing", nil)
		f.wants(200, "", "GET", "/site"+regexp.MustCompile(`/pages/preview/[\w-]+`).FindString(page), nil, "Free on Orion.")
		before, query, _ := strings.Cut(path, "?")
		f.wants(303, "otto", "POST", before+"/publish?"+query, url.Values{"revision": {"1"}})
		f.wants(200, "", "GET", "/site/pages/pricing", nil, "Free on Orion.")
		f.wants(404, "", "GET", "/pages/pricing", nil)
		f.wants(200, "otto", "GET", "/admin/pages?tier=site", nil, "Pricing")
		f.wants(200, "otto", "GET", "/admin/pages", nil, "!Pricing")
	})
}

func TestWhoMay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		id := write(t, w.Stores, w.at.Store, says("about", "About", "x"))
		path := "/store/pages/" + id.String()
		f.can = []string{MayView.Code}
		f.wants(200, "vera", "GET", path, nil, "!/publish", "!Save draft")
		f.wants(403, "vera", "POST", path, typed("about", "About", "y", "1"))
		f.can = append(f.can, MayEdit.Code)
		f.wants(303, "vera", "POST", path, typed("about", "About", "y", "1"))
		f.wants(200, "vera", "GET", path, nil, "Save draft", "!/publish")
		for _, act := range []string{"publish", "hide", "schedule", "delete"} {
			f.wants(403, "vera", "POST", path+"/"+act, url.Values{"revision": {"2"}})
		}
		f.wants(404, "vera", "GET", "/store/pages/pag_nonsense", nil)
	})
}

// Pages take a number of statements that nothing makes larger.
func TestPagesTakeFewStatements(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		var id PageID
		for _, slug := range []string{"a", "b", "c"} {
			id = write(t, w.Stores, w.at.Store, says(slug, slug, "x"))
			w.common(t, slug+slug, slug, "x")
		}
		f.wants(200, "lena", "GET", "/store/pages", nil) // knows the links
		for path, most := range map[string]int{
			"/pages/a": 1, "/pages/aa": 1, "/store/pages": 1, "/store/pages/" + id.String(): 1, "/store/pages/" + id.String() + "/versions?n=1": 3,
		} {
			ctx, n := db.WithCounter(t.Context())
			r := httptest.NewRequestWithContext(ctx, "GET", "http://maison.localhost"+path, nil)
			r.AddCookie(&http.Cookie{Name: "orion_store", Value: "lena"})
			got := httptest.NewRecorder()
			f.site.ServeHTTP(got, r)
			if got.Code != 200 || n.N() > most {
				t.Errorf("%s answers %d with %d statements, want at most %d", path, got.Code, n.N(), most)
			}
		}
	})
}
