package cms

import (
	"errors"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/page"
)

// leads holds a store to where an address leads.
func (w *world) leads(t *testing.T, at At, path, to string, code int) {
	t.Helper()
	got, is, err := w.Lead(t.Context(), at.Store, path)
	if err != nil || got != to || is != code {
		t.Errorf("%s leads to %q with %d, %v; want %q with %d", path, got, is, err, to, code)
	}
}

// Addresses lead elsewhere, one by one or with all below them, in their own store,
// and what is followed is counted.
func TestRedirects(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		for _, r := range []Redirect{
			{Path: "/tea/", Target: "/products/tea?x=1"},
			{Path: "/blog", Target: "https://blog.example/all", Code: 302, Prefix: true},
			{Path: "/blog/old", Code: 410},
			{Path: "/a b", Target: "/c"},
			{Path: "/shop", Target: "/", Prefix: true},
		} {
			must(t, w.Redirect(ctx, in, r, lena))
		}
		for path, want := range map[string]string{
			"/tea": "/products/tea?x=1", "/tea/": "/products/tea?x=1", "/tea/x": "", "/blog": "https://blog.example/all", "/blog/x y": "https://blog.example/all/x%20y",
			"/blogs": "", "/a b": "/c", "/shop/any/thing": "/",
		} {
			code := 301
			if want == "" {
				code = 0
			} else if strings.HasPrefix(path, "/blog") {
				code = 302
			}
			w.leads(t, w.at, path, want, code)
		}
		w.leads(t, w.at, "/blog/old", "", 410)
		w.leads(t, w.other, "/tea", "", 0)
		counted, n := db.WithCounter(ctx)
		if _, _, err := w.Lead(counted, in, "/tea"); err != nil || n.N() != 0 {
			t.Errorf("a known address takes %d statements, %v", n.N(), err)
		}
		w.FlushHits(ctx)
		w.FlushHits(ctx) // counts nothing twice
		all, err := w.Redirects(ctx, in, page.Request{}, "TEA")
		must(t, err)
		if len(all.Items) != 1 || all.Items[0].Hits != 3 || all.Items[0].Hit.IsZero() {
			t.Fatalf("the redirects are %+v", all.Items)
		}
		if err := w.DropRedirect(ctx, w.other.Store, all.Items[0].ID, lena); !errors.Is(err, errNoRedirect) {
			t.Errorf("another store's: %v", err)
		}
		must(t, w.DropRedirect(ctx, in, all.Items[0].ID, lena))
		w.leads(t, w.at, "/tea", "", 0)
	})
}

// What would go round in circles, take two steps or lead to where something could run
// is refused at its field.
func TestRedirectsDoNotCircle(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		must(t, w.Redirect(ctx, in, Redirect{Path: "/a", Target: "/b"}, lena), w.Redirect(ctx, in, Redirect{Path: "/old", Target: "/new", Prefix: true}, lena))
		for _, c := range []struct {
			r           Redirect
			field, code string
		}{
			{Redirect{Path: "/x", Target: "/x/"}, "target", "cms.redirect_loop"},
			{Redirect{Path: "/x", Target: "/x/y", Prefix: true}, "target", "cms.redirect_loop"},
			{Redirect{Path: "/c", Target: "/a"}, "target", "cms.redirect_chain"},
			{Redirect{Path: "/c", Target: "/old/x"}, "target", "cms.redirect_chain"},
			{Redirect{Path: "/b", Target: "/c"}, "path", "cms.redirect_before"},
			{Redirect{Path: "/a", Target: "/d"}, "path", "form.taken"},
			{Redirect{Path: "/", Target: "/d"}, "path", "cms.redirect_bad_path"},
			{Redirect{Path: "https://x.example/", Target: "/d"}, "path", "cms.redirect_bad_path"},
			{Redirect{Path: "/e", Target: "javascript:alert(1)"}, "target", "cms.redirect_bad_target"},
			{Redirect{Path: "/e", Target: "//evil.example"}, "target", "cms.redirect_bad_target"},
			{Redirect{Path: "/e", Target: "http://plain.example"}, "target", "cms.redirect_bad_target"},
			{Redirect{Path: "/e"}, "target", "form.required"},
			{Redirect{Path: "/" + strings.Repeat("x", 301), Target: "/d"}, "path", "form.too_long"},
		} {
			f := fault.As(w.Redirect(ctx, in, c.r, lena))
			if f == nil || len(f.Fields) != 1 || f.Fields[0].Name != c.field || f.Fields[0].Code != c.code {
				t.Errorf("%s to %s: %v, want %s at %s", c.r.Path, c.r.Target, f, c.code, c.field)
			}
		}
	})
}

// The old address of a page that was read leads to its new one, at once also from
// those before.
func TestPagesThatMoveAreFound(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, in := t.Context(), w.at.Store
		id := write(t, w.Stores, in, says("one", "Page", ""))
		move := func(seen int64, to string) {
			t.Helper()
			edit := says(to, "Page", "")
			edit.Seen = seen
			must(t, w.Stores.Save(ctx, in, id, edit))
		}
		move(1, "two")
		w.leads(t, w.at, "/pages/one", "/pages/two", 301)
		move(2, "three")
		w.leads(t, w.at, "/pages/one", "/pages/three", 301)
		w.leads(t, w.at, "/pages/two", "/pages/three", 301)
		move(3, "one") // back again
		w.leads(t, w.at, "/pages/one", "", 0)
		w.leads(t, w.at, "/pages/three", "/pages/one", 301)
		draft, err := w.Stores.Create(ctx, in, says("draft", "Draft", ""))
		must(t, err)
		edit := says("other", "Draft", "")
		edit.Seen = 1
		must(t, w.Stores.Save(ctx, in, draft, edit))
		w.leads(t, w.at, "/pages/draft", "", 0) // nobody ever read it
	})
}

// Staff add redirects, one by one and from a file that they look at first; shoppers
// are led only where nothing else answers.
func TestStaffRedirect(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		write(t, w.Stores, w.at.Store, says("about", "About", "<p>us</p>"))
		f.wants(200, "lena", "GET", "/store/redirects", nil, "No redirects", "Add redirect")
		f.wants(303, "lena", "POST", "/store/redirects", url.Values{"path": {"/tea"}, "target": {"/pages/about"}, "code": {"301"}})
		f.wants(303, "lena", "POST", "/store/redirects", url.Values{"path": {"/away"}, "code": {"410"}})
		f.wants(422, "lena", "POST", "/store/redirects", url.Values{"path": {"/more"}, "target": {"/tea"}, "code": {"301"}}, "itself leads to", `value="/more"`)
		f.wants(200, "lena", "GET", "/store/redirects?q=tea", nil, "→ /pages/about")
		f.wants(200, "lena", "GET", "/store/redirects.csv", nil, "from,to,code,below", "/tea,/pages/about,301,false")
		f.posts(422, "/redirects/import", nil, []sentFile{{"file", "x.csv", "a,b\n"}}, "no columns", `id="f-file-error"`)
		page := f.posts(200, "/redirects/import", nil, []sentFile{{"file", "x.csv", "from;to;code\n/one;/two;302\n/one;/three;\n/four;javascript:x;301\n"}}, "1 redirect can be added", "/four", "!/five")
		_, rest, _ := strings.Cut(page, `name="rows" value="`)
		rows, _, _ := strings.Cut(rest, `"`)
		w.leads(t, w.at, "/one", "", 0)
		f.wants(303, "lena", "POST", "/store/redirects/import/write", url.Values{"rows": {rows}})
		w.leads(t, w.at, "/one", "/two", 302)
		f.wants(200, "lena", "POST", "/store/redirects/import/write", url.Values{"rows": {rows}}, "taken") // twice adds nothing
		f.can = []string{MayView.Code}
		f.wants(200, "lena", "GET", "/store/redirects", nil, "/tea", "!Add redirect")
		f.wants(403, "lena", "POST", "/store/redirects", url.Values{"path": {"/x"}, "target": {"/y"}, "code": {"301"}})
	})
}

// A shopper is led by the answer itself, and only where nothing else answers.
func TestShoppersAreLed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		write(t, w.Stores, w.at.Store, says("about", "About", "<p>us</p>"))
		must(t, w.Redirect(t.Context(), w.at.Store, Redirect{Path: "/tea", Target: "/pages/about"}, lena),
			w.Redirect(t.Context(), w.at.Store, Redirect{Path: "/gone", Code: 410}, lena))
		for _, c := range []struct {
			method, path, to string
			status           int
		}{
			{"GET", "/tea", "/pages/about", 301}, {"HEAD", "/tea", "/pages/about", 301}, {"POST", "/tea", "", 404}, {"GET", "/gone", "", 410}, {"GET", "/pages/about", "", 200}, {"GET", "/nothing", "", 404},
		} {
			got := httptest.NewRecorder()
			f.site.ServeHTTP(got, httptest.NewRequest(c.method, "http://maison.localhost"+c.path, nil))
			if got.Code != c.status || got.Header().Get("Location") != c.to {
				t.Errorf("%s %s: %d to %q, want %d to %q", c.method, c.path, got.Code, got.Header().Get("Location"), c.status, c.to)
			}
		}
	})
}
