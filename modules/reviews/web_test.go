package reviews

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/reviews/reviewsapi"
)

// front is the module's pages as they are served, to whoever the cookies name.
type front struct {
	t    *testing.T
	site *web.Site
	can  []string // of the staff
}

func serve(t *testing.T, w *world) *front {
	t.Helper()
	bundle, err := i18n.Load(ui.Files, Files)
	if err != nil {
		t.Fatal(err)
	}
	f := &front{t: t, can: []string{MayView.Code, MayModerate.Code}}
	shop := &web.Shop{ID: w.in.ID(), Name: "Maison", Currency: "EUR", Lang: i18n.En, StaffLang: i18n.En, Langs: i18n.Langs}
	customers := map[string]auth.Customer{"lea": {ID: w.lea, Name: "Léa Schmit"}, "tom": {ID: w.tom, Name: "Tom"}}
	f.site = web.NewSite(web.Options{
		Bundle: bundle, Errors: func(_ context.Context, msg string, args ...any) { t.Error(msg, args) },
		Resolve: func(r *http.Request) (web.Place, error) {
			p := web.Place{In: w.in, Shop: shop, StaffBase: "/store", Audience: web.StorefrontPages, Path: r.URL.Path}
			if rest, ok := strings.CutPrefix(r.URL.Path, "/store"); ok {
				p.Audience, p.Path = web.StorePages, rest
			}
			return p, nil
		},
		Frames: web.Frames{
			Platform: plain[web.Platform], Admin: plain[web.Admin], Merchant: plain[web.Merchant], Store: plain[web.Store], Storefront: plain[web.Storefront],
			Error: func(_ i18n.Words, e *fault.Error, _ int, _ string) templ.Component { return ui.Text("error " + e.Code) },
		},
		Enabled: func(tenant.PlatformID, string) bool { return true },
		Identify: web.Identity{
			Customer: func(_ context.Context, _ tenant.Store, token string) (auth.Customer, bool) {
				c, ok := customers[token]
				return c, ok
			},
			Staff: func(_ context.Context, _ tenant.Store, token string) (auth.User, auth.Grants, bool) {
				return auth.User{ID: 3, Name: "Lena", Lang: i18n.En}, auth.Granted(f.can...), token == "lena"
			},
			Bearer: func(context.Context, string) (web.Bearer, bool) { return web.Bearer{}, false },
		},
	})
	f.site.Mount(reviewsapi.Code, w.Definition().Routes)
	return f
}

func plain[A web.Audience](_ *web.Ctx[A], h web.Head, body templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<title>"+templ.EscapeString(h.Title)+"</title>")
		return errors.Join(err, body.Render(ctx, w))
	})
}

// ask makes a request as somebody and gives status and page.
func (f *front) ask(who, method, path string, form url.Values) (int, string) {
	f.t.Helper()
	r := httptest.NewRequest(method, "http://maison.localhost"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(&http.Cookie{Name: "orion_storefront", Value: who})
	r.AddCookie(&http.Cookie{Name: "orion_store", Value: who})
	w := httptest.NewRecorder()
	f.site.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// wants makes a request, and wants its status and words on the page.
func (f *front) wants(status int, who, method, path string, form url.Values, words ...string) string {
	f.t.Helper()
	got, page := f.ask(who, method, path, form)
	if got != status {
		f.t.Fatalf("%s %s answers %d to %q, want %d\n%s", method, path, got, who, status, page)
	}
	for _, w := range words {
		if !strings.Contains(page, w) {
			f.t.Errorf("%s %s: %q is not on the page", method, path, w)
		}
	}
	return page
}

func opinion(stars, title, body string) url.Values {
	return url.Values{"stars": {stars}, "title": {title}, "body": {body}}
}

// A customer writes, staff show it and answer, everybody reads it; what looks
// like markup is text everywhere.
func TestPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		const evil = `<script>alert(1)</script><img src=x onerror=alert(2)>`
		f.wants(303, "", "GET", "/products/mug/reviews/write", nil)
		f.wants(401, "", "POST", "/products/mug/reviews/write", opinion("5", "Good", "It does what it should."))
		f.wants(422, "lea", "POST", "/products/mug/reviews/write", opinion("", "Good & cheap", "short"), "Good &amp; cheap", "one to five stars", "at least 10")
		f.wants(303, "lea", "POST", "/products/mug/reviews/write", opinion("4", "Nice "+evil, "Line one\r\nLine two "+evil))
		f.wants(200, "", "GET", "/products/mug/reviews", nil, "Nobody has reviewed this yet")
		f.wants(200, "lea", "GET", "/products/mug/reviews", nil, "about to read your review")
		f.wants(200, "lea", "GET", "/products/mug/reviews/write", nil, "&lt;script&gt;")

		id := w.mine(t, w.lea).String()
		list := f.wants(200, "lena", "GET", "/store/reviews", nil, "Nice &lt;script&gt;", "Waiting")
		detail := f.wants(200, "lena", "GET", "/store/reviews/"+id, nil, "&lt;img src=x")
		f.wants(303, "lena", "POST", "/store/reviews/"+id+"/approve", nil)
		f.wants(303, "lena", "POST", "/store/reviews/"+id+"/answer", url.Values{"answer": {"Thanks " + evil}})
		page := f.wants(200, "", "GET", "/products/mug/reviews", nil, "Line one\nLine two", "Thanks &lt;script&gt;", "Léa S.", "4 of 5 stars")
		part := f.wants(200, "", "GET", "/products/mug/reviews?part=1", nil, "Thanks &lt;script&gt;")
		mine := f.wants(200, "lea", "GET", "/account/reviews", nil, "Shown", "Mug")
		for name, text := range map[string]string{"list": list, "detail": detail, "page": page, "part": part, "mine": mine} {
			if strings.Contains(text, "<script>alert") || strings.Contains(text, "<img src=x") {
				t.Errorf("%s has the markup that somebody typed", name)
			}
		}
		if strings.Contains(part, "<title>") {
			t.Error("the part is a whole page")
		}
		w.rated(t, 4, 1)

		f.wants(404, "tom", "POST", "/account/reviews/"+id+"/delete", nil)
		f.wants(404, "tom", "POST", "/account/reviews/nonsense/delete", nil)
		f.wants(303, "lea", "POST", "/account/reviews/"+id+"/delete", nil)
		w.rated(t, 0, 0)
		f.wants(404, "", "GET", "/products/nothing/reviews", nil)
	})
}

// Staff decide about many at once, as far as they may.
func TestRights(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		a, b := w.writes(t, w.lea, 5, "One").ID.String(), w.writes(t, w.tom, 3, "Two").ID.String()
		f.wants(303, "", "GET", "/store/reviews", nil)
		f.can = nil
		f.wants(403, "lena", "GET", "/store/reviews", nil)
		f.can = []string{MayView.Code}
		if page := f.wants(200, "lena", "GET", "/store/reviews", nil, "One"); strings.Contains(page, "/reviews/bulk") {
			t.Error("who may only look is offered to decide")
		}
		f.wants(403, "lena", "POST", "/store/reviews/"+a+"/approve", nil)
		f.wants(403, "lena", "POST", "/store/reviews/bulk", url.Values{"id": {a, b}, "act": {"approved"}})
		f.can = []string{MayView.Code, MayModerate.Code}
		f.wants(404, "lena", "POST", "/store/reviews/bulk", url.Values{"id": {a, b}, "act": {"waiting"}})
		w.rated(t, 0, 0)
		f.wants(303, "lena", "POST", "/store/reviews/bulk", url.Values{"id": {a, b, "rev_nonsense"}, "act": {"approved"}})
		w.rated(t, 8, 2)
		if page := f.wants(200, "lena", "GET", "/store/reviews?state=approved&stars=3&q=tw", nil, "Two"); strings.Contains(page, ">One<") {
			t.Error("the filter lets five stars through")
		}
		f.wants(404, "lena", "POST", "/store/reviews/rev_0000000000000/hide", nil)
	})
}
