package app

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"orion/assets"
	"orion/kit/modtest"
	"orion/kit/web"
)

var (
	classOfRule = regexp.MustCompile(`\.([a-zA-Z][\w-]*)`)
	classOfPage = regexp.MustCompile(`\sclass="([^"]*)"`)
)

// TestBrowsing holds pages that do without till.css to what shop.css has, and
// the list of them to routes that there are.
func TestBrowsing(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	g := sightsOf(t, a)
	routes := map[string]bool{}
	for _, r := range a.site.Catalogue() {
		if r.Audience == web.StorefrontPages && !r.API {
			routes[r.Method+" "+strings.Replace(r.Pattern+"$", "/$", "/{$}$", 1)] = true
		}
	}
	for pattern := range browsing {
		if !routes[pattern+"$"] {
			t.Errorf("%s is no route of storefronts", pattern)
		}
	}
	missing, foreign := only(t, "till.css", "shop.css"), only(t, "staff.css", "shop.css", "till.css")
	delete(foreign, "brand-text") // .brand is enough around it where no menu stands beside
	bare, full := 0, 0
	for _, s := range append(g.sights, g.moments(t)...) {
		if s.group != "storefront" && s.group != "platform" {
			continue
		}
		page := fetch(t, modtest.Visitor{Handler: a.Handler(), Host: s.host, Cookies: s.cookies}, s.path)
		if !strings.Contains(page, assets.Path("shop.css")) {
			continue
		}
		if strange := lacking(page, foreign); len(strange) > 0 {
			t.Errorf("%s has %v, for which only staff pages have styles", s.name, strange)
		}
		if strings.Contains(page, assets.Path("till.css")) {
			full++
			continue
		}
		bare++
		if lacks := lacking(page, missing); len(lacks) > 0 {
			t.Errorf("%s has no till.css and needs it for %v", s.name, lacks)
		}
	}
	if bare < len(browsing) || full < 20 {
		t.Errorf("%d pages without till.css and %d with it", bare, full)
	}
	shop := g.visitors["storefront"]
	for _, part := range []string{"/search/suggest?q=bowl", productWithReviews(t, shop) + "/reviews?part=1"} {
		if lacks := lacking(fetch(t, shop, part), missing); len(lacks) > 0 {
			t.Errorf("%s comes into pages for browsing and needs till.css for %v", part, lacks)
		}
	}
}

// only are the classes that a style sheet has rules for and the others have not.
func only(t *testing.T, sheet string, others ...string) map[string]bool {
	t.Helper()
	classes := func(name string) map[string]bool {
		out := map[string]bool{}
		w := httptest.NewRecorder()
		assets.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, assets.Path(name), nil))
		for _, m := range classOfRule.FindAllStringSubmatch(w.Body.String(), -1) {
			out[m[1]] = true
		}
		return out
	}
	out := classes(sheet)
	for _, other := range others {
		for class := range classes(other) {
			delete(out, class)
		}
	}
	if len(out) < 20 {
		t.Errorf("%s has only %d classes of its own", sheet, len(out))
	}
	return out
}

// lacking are the classes and elements of a page that only till.css knows.
func lacking(page string, missing map[string]bool) []string {
	var out []string
	for _, m := range classOfPage.FindAllStringSubmatch(page, -1) {
		for _, class := range strings.Fields(m[1]) {
			if missing[class] {
				out = append(out, class)
			}
		}
	}
	if missing["field-help"] && strings.Contains(page, "<textarea") { // its rules come with the fields'
		out = append(out, "textarea")
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func fetch(t *testing.T, v modtest.Visitor, path string) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+v.Host+v.Base+path, nil)
	for name, value := range v.Cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	v.Handler.ServeHTTP(w, r)
	return w.Body.String()
}

// productWithReviews is a page of a product that people have written about.
func productWithReviews(t *testing.T, v modtest.Visitor) string {
	t.Helper()
	for _, m := range regexp.MustCompile(`href="(/products/[^"/?#]+)"`).FindAllStringSubmatch(fetch(t, v, "/products"), -1) {
		if strings.Contains(fetch(t, v, m[1]+"/reviews?part=1"), `class="review"`) {
			return m[1]
		}
	}
	t.Fatal("nobody has written about anything")
	return ""
}
