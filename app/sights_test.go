package app

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"orion/kit/modtest"
	"orion/kit/web"
	"orion/modules/tenancy"
)

// sight is a page as somebody gets to see it.
type sight struct {
	name    string // of its pictures: "store-orders-id"
	group   string // the frontend that it belongs to
	host    string
	path    string // as the browser asks for it
	cookies map[string]string
	status  int
}

// paper is an answer that is no page: a file, a feed, or a part of a page.
type paper struct {
	route, kind, path string
	who               modtest.Visitor
}

// unseen are routes for pages of which there is no picture, each with its reason.
var unseen = map[string]string{
	"admin GET /platforms/{platform}/delete":         "the demo's platform that comes first is the main one, which cannot be deleted; TestDeletedStores asks for another",
	"store GET /enter":                               "leads on to the dashboard who comes from a first run or another store",
	"admin GET /act":                                 "leads on into a user's place",
	"merchant GET /act":                              "the same",
	"store GET /act":                                 "the same",
	"store GET /switch/{store}":                      "leads on to another store",
	"store GET /payments/payouts/{gateway}/{payout}": "made by a gateway days after somebody paid; TestPayouts has one",
	"store GET /payments/connections/{gateway}/back": "leads on from a gateway’s page; TestStoreTakesCardsUnderItsPlatform comes from one",
	"storefront GET /media/{key...}":                 "pictures, not a page",
	"storefront GET /account/cards/{card}":           "leads on unless a card is being entered; TestSavedCards has one that is",
	"storefront GET /pay/form/{token}":               "leads on unless a gateway answers that it is the payer’s turn; TestCards has one that does",
}

// gaze is everything that is needed to see all pages: somebody of every
// audience, and one thing of every kind in a store that has much.
type gaze struct {
	a        *App
	own      field
	visitors map[string]modtest.Visitor
	routes   map[string]bool // seen
	sights   []sight
	papers   []paper // what routes answer with that is no page
}

// sightsOf finds every page of the program from its route catalogue: each
// wildcard is filled with whatever of the store's own opens the page.
func sightsOf(t *testing.T, a *App) *gaze {
	t.Helper()
	g := &gaze{a: a, own: plough(t, a, owner(t, a), "maison-kirchberg"), routes: map[string]bool{}}
	g.visitors = callers(t, a, g.own)
	ctx, ten, pw := t.Context(), a.modules.tenancy, "orion-demo"
	admin, err := ten.SignInAdmin(ctx, tenancy.Credentials{Email: "admin@orion.example", Password: pw})
	admin = session(t, admin, err)
	boss, err := ten.SignInMerchant(ctx, a.gate.Platform(g.own.shop.Platform), tenancy.Credentials{Email: "owner@kirchberg.example", Password: pw})
	boss = session(t, boss, err)
	h := a.Handler()
	g.visitors["admin"] = modtest.Visitor{Handler: h, Host: "localhost", Base: "/admin", Cookies: map[string]string{"orion_admin": admin}}
	g.visitors["merchant"] = modtest.Visitor{Handler: h, Host: "localhost", Base: "/merchants", Cookies: map[string]string{"orion_merchant": boss}}
	g.visitors["platform"] = modtest.Visitor{Handler: h, Host: "localhost"}
	for _, r := range a.site.Catalogue() {
		if r.Method == http.MethodGet && !r.API {
			g.route(r)
		}
	}
	return g
}

// route finds the page of a route: as somebody who is signed in, else as nobody.
func (g *gaze) route(r web.Route) {
	v, ok := g.visitors[string(r.Audience)]
	if !ok {
		return
	}
	guest := v
	guest.Cookies = nil
	for _, who := range []modtest.Visitor{v, guest} {
		for _, path := range g.paths(r.Pattern) {
			status, kind, page := look(who, path)
			switch {
			case status == http.StatusOK && strings.HasPrefix(kind, "text/html") && page:
				g.routes[nameOf(r)] = true
				g.add(sight{name: sightName(string(r.Audience), r.Pattern), group: string(r.Audience), path: path, status: status}, who)
				return
			case status == http.StatusOK:
				g.routes[nameOf(r)] = true
				g.papers = append(g.papers, paper{route: nameOf(r), kind: kind, path: path, who: who})
				return
			}
		}
	}
}

// paths are the pattern with each of the store's own identifiers in it.
func (g *gaze) paths(pattern string) []string {
	if !wildcard.MatchString(pattern) {
		return []string{pattern}
	}
	for w, value := range named {
		pattern = strings.ReplaceAll(pattern, w, value)
	}
	fill := func(id string) string {
		return wildcard.ReplaceAllStringFunc(pattern, func(string) string { return id })
	}
	var out []string
	for _, kind := range slices.Sorted(maps.Keys(g.own.ids)) {
		out = append(out, fill(g.own.ids[kind]))
	}
	for _, d := range g.a.registry.All() {
		out = append(out, fill(d.Code)) // the settings of a module
	}
	return out
}

func (g *gaze) add(s sight, who modtest.Visitor) {
	s.host, s.path, s.cookies = who.Host, who.Base+s.path, who.Cookies
	g.sights = append(g.sights, s)
}

var looks atomic.Int64

// look asks for a page and tells whether the answer is one, and not a part.
func look(v modtest.Visitor, path string) (status int, kind string, page bool) {
	r := httptest.NewRequest(http.MethodGet, "http://"+v.Host+v.Base+path, nil)
	n := looks.Add(1) // everybody who looks does so from an own address, so that none has looked too often
	r.RemoteAddr = fmt.Sprintf("198.18.%d.%d:1234", n>>8&0xff, n&0xff)
	for name, value := range v.Cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	v.Handler.ServeHTTP(w, r)
	return w.Code, w.Header().Get("Content-Type"), strings.HasPrefix(strings.ToLower(w.Body.String()), "<!doctype")
}

func sightName(group, pattern string) string {
	name := strings.Trim(strings.NewReplacer("/", "-", "{", "", "}", "", "...", "", ".", "-").Replace(pattern), "-")
	if name == "" {
		name = "home"
	}
	return group + "-" + name
}

// TestSights holds the program to showing every page that it has a route for:
// a page that cannot be opened with what the demo has is named in unseen.
func TestSights(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	g := sightsOf(t, a)
	all := append(g.sights, g.moments(t)...)
	for _, r := range a.site.Catalogue() {
		if r.Method != http.MethodGet || r.API {
			continue
		}
		_, excused := unseen[nameOf(r)]
		switch seen := g.routes[nameOf(r)]; {
		case !seen && !excused:
			t.Errorf("%s: nothing of the demo opens this page; let plough make something that does, or give a reason in unseen", nameOf(r))
		case seen && excused:
			t.Errorf("%s is seen and needs no excuse", nameOf(r))
		}
	}
	seen := map[string]bool{}
	for _, s := range all {
		if seen[s.name] {
			t.Errorf("two sights are called %s", s.name)
		}
		seen[s.name] = true
		v := modtest.Visitor{Handler: a.Handler(), Host: s.host, Cookies: s.cookies}
		if status, _, _ := look(v, s.path); status != s.status {
			t.Errorf("%s answers %d, want %d", s.name, status, s.status)
		}
	}
	if len(seen) < 80 {
		t.Errorf("%d sights only", len(seen))
	}
}
