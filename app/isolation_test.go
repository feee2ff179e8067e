package app

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/modtest"
	"orion/kit/web"
)

var wildcard = regexp.MustCompile(`\{([a-z]+)(\.\.\.)?\}`)

const (
	bodyFirst = "the body that the test makes up is refused before anything is looked for"
	overThere = "the store's jobs came through another platform than the operator's; TestJobsWithinReach has two"
	// The operator's user works for another platform than that of the page.
	pageOfPlatform = "names a page of a platform; the module's TestOperator has two"
	superOnly      = "asks for a permission that only operators of all platforms have"
)

// unproved are routes with a wildcard that name nothing of a tenant, or where
// no own identifier opens more than an unknown one, each with its reason.
var unproved = map[string]string{
	"api store PUT /products/{id}":                     bodyFirst,
	"storefront POST /account/cards/{card}/remove":     "the staff have removed it by then; TestCardsStayApart has another customer and another store",
	"store POST /inventory/{variant}/place":            bodyFirst,
	"api store POST /payments/{payment}/settle":        bodyFirst,
	"api store POST /payments/{payment}/refund":        bodyFirst,
	"api store POST /orders/{id}/ship":                 bodyFirst,
	"admin GET /users/{user}":                          superOnly,
	"admin POST /users/{user}":                         superOnly,
	"admin POST /users/{user}/link":                    superOnly,
	"admin POST /sessions/{user}/end":                  superOnly,
	"admin GET /users/{user}/act":                      superOnly,
	"admin POST /users/{user}/act":                     superOnly,
	"admin POST /platforms/{platform}":                 superOnly,
	"admin GET /platforms/{platform}/delete":           superOnly,
	"admin POST /platforms/{platform}/delete":          superOnly,
	"admin GET /users/{user}/delete":                   superOnly,
	"admin POST /users/{user}/delete":                  superOnly,
	"admin POST /stores/{store}/domains/verify":        "names a domain in the body, and the demo's stores have none",
	"admin POST /stores/{store}/domains/remove":        "names a domain in the body, and the demo's stores have none",
	"store GET /switch/{store}":                        "names a store by its code, which the demo's staff do not work in; TestStaffSwitcher has one",
	"admin GET /modules/{module}":                      "names a module of the program",
	"admin GET /modules/{module}/switch":               "names a module of the program; TestWhoSwitchesModules has another platform",
	"admin POST /modules/{module}/switch":              "names a module of the program; TestWhoSwitchesModules has another platform",
	"admin GET /settings/{module}":                     "names a module of the program; TestSettingsOfPlatforms has another platform",
	"admin POST /settings/{module}":                    "names a module of the program; TestSettingsOfPlatforms has another platform",
	"admin POST /settings/{module}/undo":               "names a module of the program; TestSettingsOfPlatforms has another platform",
	"merchant GET /settings/{module}":                  "names a module of the program",
	"merchant POST /settings/{module}":                 "names a module of the program",
	"merchant POST /settings/{module}/undo":            "names a module of the program; TestSettingsOfPlatforms names a change of somebody else",
	"store GET /settings/{module}":                     "names a module of the program",
	"store POST /settings/{module}":                    "names a module of the program",
	"store POST /settings/{module}/undo":               "names a module of the program; TestUndoNamesOwnChanges names a change of another store",
	"api storefront PUT /cart/items/{variant}":         "the cart comes with a header; TestCredentialsStayInTheirStore has one of another store",
	"api storefront DELETE /cart/items/{variant}":      "the cart comes with a header; TestCredentialsStayInTheirStore has one of another store",
	"admin POST /dev-tools/queries/{query}/remove":     superOnly,
	"store POST /pages/{id}/restore":                   "names a version in the body; the module's TestPagesStayApart has another store",
	"store POST /blog/{id}/restore":                    "names a version in the body; the module's TestPosts has another store",
	"store GET /menus/{menu}":                          menuOfStore,
	"store POST /menus/{menu}":                         menuOfStore,
	"store GET /menus/{menu}/items/{item}":             menuOfStore,
	"store POST /menus/{menu}/items/{item}":            menuOfStore,
	"store POST /menus/{menu}/begin":                   menuOfStore,
	"store GET /menus/{menu}/choices":                  menuOfStore,
	"store POST /menus/{menu}/items/{item}/move":       menuOfStore,
	"store POST /menus/{menu}/items/{item}/delete":     menuOfStore,
	"store POST /menus/{menu}/items/{item}/back":       menuOfStore,
	"store GET /menus/{menu}/versions":                 menuOfStore,
	"store POST /menus/{menu}/publish":                 menuOfStore,
	"store POST /menus/{menu}/hide":                    menuOfStore,
	"store POST /menus/{menu}/restore":                 menuOfStore,
	"store POST /pages/{id}/sections/{section}/delete": "the page is gone by then; the module's TestSectionsStayApart has another store",
	"admin GET /pages/{id}":                            pageOfPlatform,
	"admin POST /pages/{id}":                           pageOfPlatform,
	"admin GET /pages/{id}/versions":                   pageOfPlatform,
	"admin POST /pages/{id}/restore":                   pageOfPlatform,
	"admin POST /pages/{id}/publish":                   pageOfPlatform,
	"admin POST /pages/{id}/hide":                      pageOfPlatform,
	"admin POST /pages/{id}/schedule":                  pageOfPlatform,
	"admin POST /pages/{id}/delete":                    pageOfPlatform,
	"admin GET /pages/{id}/sections":                   pageOfPlatform,
	"admin POST /pages/{id}/sections":                  pageOfPlatform,
	"admin POST /pages/{id}/sections/order":            pageOfPlatform,
	"admin GET /pages/{id}/sections/{section}":         pageOfPlatform,
	"admin POST /pages/{id}/sections/{section}":        pageOfPlatform,
	"admin POST /pages/{id}/sections/{section}/up":     pageOfPlatform,
	"admin POST /pages/{id}/sections/{section}/down":   pageOfPlatform,
	"admin POST /pages/{id}/sections/{section}/copy":   pageOfPlatform,
	"admin POST /pages/{id}/sections/{section}/hide":   pageOfPlatform,
	"admin POST /pages/{id}/sections/{section}/show":   pageOfPlatform,
	"admin POST /pages/{id}/sections/{section}/delete": pageOfPlatform,
	"admin POST /pages/{id}/sections/{section}/back":   pageOfPlatform,
	"platform GET /pages/{slug}":                       "shows everybody what a platform published; the module's TestPagesStayApart has two",
	"platform GET /pages/preview/{token}":              "names a page of a platform; the module's TestPagesStayApart opens a link elsewhere",
	"admin GET /jobs/{job}":                            overThere,
	"admin GET /jobs/{job}/now":                        overThere,
	"admin POST /jobs/{job}/retry":                     overThere,
	"admin POST /jobs/{job}/cancel":                    overThere,
	"admin POST /events/{delivery}/replay":             "the store has left the operator's platform by then; TestEventsAreReplayed has another platform",
	"admin GET /dev-tools/words/{word}":                superOnly,
	"admin POST /dev-tools/words/{word}":               superOnly,
	"store GET /payments/payouts/{gateway}/{payout}":   "asks the gateway with the store’s own key, which opens nobody else’s account",
	"store GET /payments/connections/{gateway}/back":   "names a gateway, and asks it about the store’s own account",
	"platform POST /hooks/{gateway}":                   "takes only what a gateway signed for the platform; the gateway’s TestPlatformAddressRefuses has another platform",
	"store POST /hooks/{gateway}/{token}":              "takes only what a gateway signed; the gateway’s TestWhatIsNotTheGateways has the address of another store",
}

// attack is somebody of one store who knows identifiers of all others.
type attack struct {
	a        *App
	spec     spec
	own      field
	unknown  map[string]string
	foreign  []field
	visitors map[string]modtest.Visitor
}

func prepareAttack(t *testing.T, a *App) attack {
	t.Helper()
	pool := owner(t, a)
	x := attack{a: a, spec: specOf(t, a), own: plough(t, a, pool, "maison-kirchberg")}
	// One store of another merchant, and another store of the same.
	for _, code := range []string{"velo-moselle", "kirchberg-kids"} {
		x.foreign = append(x.foreign, plough(t, a, pool, code))
	}
	x.unknown = stranger(x.own)
	for _, p := range a.modules.tenancy.Platforms() {
		if p.Code == "oms" {
			x.own.ids["plt"] = p.ID.String() // the operator's user works for this one only
		}
	}
	x.visitors = callers(t, a, x.own)
	for name, v := range x.visitors {
		path := map[string]string{"store": "/orders", "storefront": "/account", "admin": "/stores", "api store": "/orders", "api storefront": "/products"}[name]
		if got := v.Ask(modtest.Ask{Method: http.MethodGet, Path: path}); got.Status != http.StatusOK {
			t.Fatalf("%s on %s opens nothing: %v", name, v.Host, got)
		}
	}
	return x
}

func caller(r web.Route) string {
	if r.API {
		return "api " + string(r.Audience)
	}
	return string(r.Audience)
}

func nameOf(r web.Route) string { return caller(r) + " " + r.Method + " " + r.Pattern }

// ask makes the requests of a route that name id in the address.
func (x attack) ask(r web.Route) func(id string) modtest.Ask {
	kind, body := x.spec.bodyOf(r, x.own.ids)
	return func(id string) modtest.Ask {
		q := modtest.Ask{Method: r.Method, Path: x.path(r, id), Type: kind}
		if r.Method != http.MethodGet {
			q.Body = body
		}
		return q
	}
}

func (x attack) path(r web.Route, id string) string {
	return wildcard.ReplaceAllStringFunc(r.Pattern, func(w string) string {
		if w == "{act}" {
			return "close"
		}
		if v := named[w]; v != "" {
			return v
		}
		return id
	})
}

// TestIsolation names, on every route with a wildcard, what belongs to another
// store and what belongs to nobody: the answers must be the same, and nothing
// of the other stores may have changed.
func TestIsolation(t *testing.T) {
	t.Parallel()
	eachStill(t, func(t *testing.T, a *App) {
		x := prepareAttack(t, a)
		pool := owner(t, a)
		var before []map[string]uint64
		for _, f := range x.foreign {
			before = append(before, rowsOf(t, a, pool, f.in))
		}
		kinds := slices.Sorted(maps.Keys(x.own.ids))
		asked := 0
		for _, r := range a.site.Catalogue() {
			v, ok := x.visitors[caller(r)]
			if !ok || !wildcard.MatchString(r.Pattern) {
				continue
			}
			ask := x.ask(r)
			for _, kind := range kinds {
				for _, f := range x.foreign {
					if f.ids[kind] == x.own.ids[kind] {
						continue // the same merchant or platform
					}
					asked++
					if leak := v.Leak(ask, f.ids[kind], x.unknown[kind]); leak != "" {
						t.Errorf("%s, %s: %s", nameOf(r), kind, leak)
					}
				}
			}
		}
		if asked < 1000 {
			t.Errorf("asked %d times only", asked)
		}
		for i, f := range x.foreign {
			if d := cmp.Diff(before[i], rowsOf(t, a, pool, f.in)); d != "" {
				t.Errorf("rows of %s changed:\n%s", f.shop.Code, d)
			}
		}
		x.proves(t, kinds)
	})
}

// proves that every route would have told: to something of the caller's own it
// answers otherwise.
func (x attack) proves(t *testing.T, kinds []string) {
	t.Helper()
	routes := x.a.site.Catalogue()
	// Reading goes before writing, which may close what others read; the
	// operator, who may close the whole store, comes last.
	slices.SortStableFunc(routes, func(r, s web.Route) int { return harm(r) - harm(s) })
	for _, r := range routes {
		v, ok := x.visitors[caller(r)]
		if !wildcard.MatchString(r.Pattern) {
			continue
		}
		known := ok && slices.ContainsFunc(kinds, func(kind string) bool {
			return v.Knows(x.ask(r), x.own.ids[kind], x.unknown[kind])
		})
		_, excused := unproved[nameOf(r)]
		switch {
		case !known && !excused:
			t.Errorf("%s: nothing of the store's own opens it, so nothing was proved", nameOf(r))
		case known && excused:
			t.Logf("%s needs no excuse", nameOf(r))
		}
	}
}

func harm(r web.Route) int {
	n := 0
	if r.Method != http.MethodGet {
		n++
	}
	if strings.Contains(r.Pattern, "delete") || strings.Contains(r.Pattern, "remove") {
		n++
	}
	if strings.Contains(r.Pattern, "reset") {
		n += 2 // signs the customer out
	}
	if r.Audience == web.AdminPages {
		n += 5
	}
	return n
}
