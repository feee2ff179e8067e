package app

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"orion/kit/modtest"
	"orion/modules/catalog/catalogapi"
)

// seen is a page as search engines and those who share it see it.
type seen struct {
	status     int
	title      string
	canonical  string
	alternates map[string]string
	meta       map[string][]string
	ld         []map[string]any
}

func readsAs(t *testing.T, v modtest.Visitor, path string) seen {
	t.Helper()
	got := v.Ask(modtest.Ask{Method: http.MethodGet, Path: path})
	s := seen{status: got.Status, alternates: map[string]string{}, meta: map[string][]string{}}
	root, err := html.Parse(strings.NewReader(got.Body))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for n := range root.Descendants() {
		at := map[string]string{}
		for _, a := range n.Attr {
			at[a.Key] = a.Val
		}
		switch {
		case n.Data == "title" && n.Parent.Data == "head":
			s.title = n.FirstChild.Data
		case n.Data == "meta":
			name := at["property"] + at["name"]
			s.meta[name] = append(s.meta[name], at["content"])
		case n.Data == "link" && at["rel"] == "canonical":
			s.canonical += at["href"] // two of them are none that anybody expects
		case n.Data == "link" && at["rel"] == "alternate" && at["type"] == "": // a feed is the same in another form
			s.alternates[at["hreflang"]] = at["href"]
		case n.Data == "script" && at["type"] == "application/ld+json":
			var ld map[string]any
			if err := json.Unmarshal([]byte(n.FirstChild.Data), &ld); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			s.ld = append(s.ld, ld)
		}
	}
	return s
}

// listed is a page of a sitemap, or a sitemap of an index.
type listed struct {
	Loc   string `xml:"loc"`
	Mod   string `xml:"lastmod"`
	Links []struct {
		Lang string `xml:"hreflang,attr"`
		Href string `xml:"href,attr"`
	} `xml:"http://www.w3.org/1999/xhtml link"`
}

func sitemap(t *testing.T, v modtest.Visitor, path string) []listed {
	t.Helper()
	got := v.Ask(modtest.Ask{Method: http.MethodGet, Path: path})
	var doc struct {
		XMLName xml.Name
		Maps    []listed `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemap"`
		Pages   []listed `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url"`
	}
	if err := xml.Unmarshal([]byte(got.Body), &doc); err != nil || got.Status != http.StatusOK {
		t.Fatalf("%s: %d, %v", path, got.Status, err)
	}
	return append(doc.Maps, doc.Pages...)
}

// TestFound walks through the sitemaps of the demo's stores as a search engine
// does: every address is a page that names itself so, in each language with the
// same others, has a card for those who share it, and says what it is about in
// the words of schema.org.
func TestFound(t *testing.T) {
	t.Parallel()
	eachStill(t, func(t *testing.T, a *App) {
		for _, code := range []string{"maison-kirchberg", "velo-moselle", "buttek-um-eck"} {
			shop, _, err := a.store(code)
			if err != nil {
				t.Fatal(err)
			}
			v := modtest.Visitor{Handler: a.Handler(), Host: a.modules.tenancy.Host(shop)}
			origin := "http://" + v.Host
			kinds := map[string]int{}
			for _, part := range sitemap(t, v, "/sitemap.xml") {
				for _, p := range sitemap(t, v, strings.TrimPrefix(part.Loc, origin)) {
					path := strings.TrimPrefix(p.Loc, origin)
					s := readsAs(t, v, path)
					if s.status != http.StatusOK || s.canonical != p.Loc || s.meta["robots"] != nil {
						t.Errorf("%s answers %d, is called %s, robots %v", p.Loc, s.status, s.canonical, s.meta["robots"])
					}
					others := map[string]string{}
					for _, l := range p.Links {
						others[l.Lang] = l.Href
					}
					if diff := cmp.Diff(others, s.alternates); diff != "" || len(others) != len(shop.Langs)+1 {
						t.Errorf("%s in other languages: %s", p.Loc, diff)
					}
					if !strings.Contains(s.title, shop.Name) || len(s.meta["description"]) != 1 {
						t.Errorf("%s: title %q, description %q", p.Loc, s.title, s.meta["description"])
					}
					checkCard(t, p.Loc, s)
					for _, ld := range s.ld {
						kinds[checkData(t, p.Loc, origin, ld)]++
						if ld["aggregateRating"] != nil {
							kinds["rated"]++
						}
					}
				}
			}
			if shop.Code == "maison-kirchberg" && (kinds["rated"] == 0 || kinds["rated"] == kinds["Product"]) {
				t.Errorf("%d of %d products have stars", kinds["rated"], kinds["Product"])
			}
			if shop.Code == "maison-kirchberg" && kinds["BlogPosting"] != 2*len(shop.Langs) {
				t.Errorf("its 2 posts are found %d times, want once in each language", kinds["BlogPosting"])
			}
			for _, kind := range []string{"OnlineStore", "WebSite", "Product", "BreadcrumbList", "ItemList"} {
				if kinds[kind] == 0 {
					t.Errorf("%s has no %s", code, kind)
				}
			}
		}
	})
}

// checkCard holds a page to what it needs where it is shared.
func checkCard(t *testing.T, page string, s seen) {
	t.Helper()
	need := []string{"og:title", "og:type", "og:url", "og:site_name", "og:locale", "og:description", "og:image", "og:image:width", "og:image:alt", "twitter:card"}
	isProduct := strings.Contains(page, "/products/")
	if isProduct {
		need = append(need, "product:price:amount", "product:price:currency", "product:availability", "twitter:label1", "twitter:data1")
	}
	for _, name := range need {
		if got := s.meta[name]; len(got) != 1 || got[0] == "" {
			t.Errorf("%s: %s is %q", page, name, got)
		}
	}
	if kind := s.meta["og:type"]; isProduct != slices.Equal(kind, []string{"product"}) {
		t.Errorf("%s is a %q", page, kind)
	}
	if !slices.Equal(s.meta["og:url"], []string{s.canonical}) {
		t.Errorf("%s is shared as %q", page, s.meta["og:url"])
	}
}

// TestListsNameOneAddress holds what is narrowed, sorted or turned over to the
// address of the whole list.
func TestListsNameOneAddress(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	shop, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	v := modtest.Visitor{Handler: a.Handler(), Host: a.modules.tenancy.Host(shop)}
	origin := "http://" + v.Host
	for path, want := range map[string]string{
		"/products?stock=1&sort=price":       "/products",
		"/products?stock=1&lang=en":          "/products?lang=en",
		"/categories/table?b=Kiln":           "/categories/table",
		"/products/stoneware-mug?utm_source": "/products/stoneware-mug",
		"/?lang=fr":                          "/",
	} {
		if s := readsAs(t, v, path); s.canonical != origin+want || s.meta["robots"] != nil {
			t.Errorf("%s is called %s, robots %v", path, s.canonical, s.meta["robots"])
		}
	}
	for _, path := range []string{"/products?after=abc", "/search?q=mug", "/nothing"} {
		if s := readsAs(t, v, path); s.canonical != "" || !slices.Equal(s.meta["robots"], []string{"noindex"}) || len(s.alternates) > 0 {
			t.Errorf("%s is called %q, robots %v, elsewhere %v", path, s.canonical, s.meta["robots"], s.alternates)
		}
	}
	robots := v.Ask(modtest.Ask{Method: http.MethodGet, Path: "/robots.txt"}).Body
	if !strings.Contains(robots, "Sitemap: "+origin+"/sitemap.xml\n") || strings.Contains(robots, "Disallow: /products") {
		t.Errorf("robots: %s", robots)
	}
	if got := v.Ask(modtest.Ask{Method: http.MethodGet, Path: "/sitemaps/products/" + catalogapi.ProductID(in.ID()+1<<60).String() + ".xml"}); got.Status != http.StatusNotFound {
		t.Errorf("a sitemap of nothing answers %d", got.Status)
	}
}
