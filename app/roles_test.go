package app

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/modtest"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/tenancy"
)

// moreThanByRule says which preset roles have a permission besides those that
// have every one of its kind: owners have all, managers all but the team's,
// viewers those that only show. It is written by hand, so that a change of who
// may do what is a change here, too.
var moreThanByRule = map[string]string{
	"catalog.view": "staff support marketing", "catalog.edit": "staff marketing", "catalog.import": "staff marketing",
	"inventory.view": "staff support", "inventory.adjust": "staff", "inventory.locations": "staff",
	"orders.view": "staff support marketing", "orders.edit": "staff support", "orders.ship": "staff support", "orders.cancel": "staff support",
	"orders.settings": "staff support", "orders.refund": "support",
	"customers.view": "staff support marketing", "customers.edit": "support", "customers.erase": "support",
	"payments.view": "support", "core.view_dashboard": "staff support marketing",
	"cms.view": "marketing", "cms.edit": "marketing", "cms.publish": "marketing", "cms.media": "marketing", "cms.theme": "marketing", "cms.translate": "marketing",
	"messaging.view": "support marketing", "messaging.answer": "support marketing", "messaging.newsletter": "support marketing",
}

// notManagers are what only the owner does in a store.
var notManagers = []string{"tenancy.edit_team"}

// operators are the permissions that mean something to operators only, with
// whether those of some platforms have them.
var operators = map[string]bool{
	"tenancy.view_stores": true, "tenancy.manage_stores": true, "tenancy.manage_merchants": true, "tenancy.manage_modules": true,
	"tenancy.manage_platforms": false, "tenancy.manage_users": false, "tenancy.act_as": false,
	"monitoring.view_jobs": true, "monitoring.run_jobs": true, "monitoring.view_system": false,
	"dev_tools.view": true, "dev_tools.ask": false, "dev_tools.reword": false,
}

// mayDo is what roles are for, said again.
func mayDo(role, code string) bool {
	limited, operator := operators[code]
	switch role {
	case "nobody":
		return false
	case "super admin", "merchant":
		return true
	case "platform admin":
		return limited || !operator
	case tenancy.PresetOwner:
		return true
	}
	_, verb, _ := strings.Cut(code, ".")
	shows := strings.HasPrefix(verb, "view")
	switch {
	case operator:
		return false
	case role == tenancy.PresetManager:
		return !slices.Contains(notManagers, code)
	case role == tenancy.PresetViewer && shows:
		return true
	}
	return slices.Contains(strings.Fields(moreThanByRule[code]), role)
}

// somebody is a person with a role, who signs in again for each request: some
// routes end the session.
type somebody struct {
	role    string
	visitor modtest.Visitor
	enter   auth.Session
}

func (s somebody) ask(t *testing.T, a *App, q modtest.Ask) modtest.Answer {
	t.Helper()
	v := s.visitor
	v.Cookies = map[string]string{"lang": "en", "orion_lang": "en"}
	if s.enter.Subject != 0 {
		token, err := a.kit.Sessions.Start(t.Context(), s.enter)
		v.Cookies["orion_"+s.enter.Audience] = session(t, token, err)
	}
	return v.Ask(q)
}

// everyRole are a person of each role, by the pages on which they have it.
func everyRole(t *testing.T, f *forge) map[web.AudienceName][]somebody {
	t.Helper()
	ten, in := f.a.modules.tenancy, f.own.in
	out := map[web.AudienceName][]somebody{}
	for _, name := range []web.AudienceName{web.StorePages, web.MerchantPages, web.AdminPages} {
		out[name] = append(out[name], somebody{role: "nobody", visitor: f.visitors[string(name)]})
	}
	var platforms []tenant.PlatformID
	for _, p := range ten.Platforms() {
		platforms = append(platforms, p.ID)
	}
	err := ten.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
		for _, preset := range tenancy.Presets {
			user, err := c.CreateUser(ctx, tenancy.NewUser{Email: preset + "@roles.example", Name: preset, Role: auth.StoreMember})
			if err == nil {
				err = c.Hire(ctx, in.ID(), user, preset)
			}
			if err != nil {
				return err
			}
			out[web.StorePages] = append(out[web.StorePages], somebody{preset, f.visitors["store"], auth.Session{Audience: "store", Realm: int64(in.ID()), Subject: int64(user)}})
		}
		super, err := c.CreateUser(ctx, tenancy.NewUser{Email: "super@roles.example", Name: "Super", Role: auth.SuperAdmin})
		if err != nil {
			return err
		}
		limited, err := c.CreateUser(ctx, tenancy.NewUser{Email: "limited@roles.example", Name: "Limited", Role: auth.PlatformAdmin, Platforms: platforms})
		out[web.AdminPages] = append(out[web.AdminPages],
			somebody{"platform admin", f.visitors["admin"], auth.Session{Audience: "admin", Subject: int64(limited)}},
			somebody{"super admin", f.visitors["admin"], auth.Session{Audience: "admin", Subject: int64(super)}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var owns int64
	if err := owner(t, f.a).QueryRow("SELECT id FROM tenancy_users WHERE email = 'owner@kirchberg.example'").Scan(&owns); err != nil {
		t.Fatal(err)
	}
	out[web.MerchantPages] = append(out[web.MerchantPages], somebody{"merchant", f.visitors["merchant"], auth.Session{Audience: "merchant", Realm: int64(in.Platform()), Subject: owns}})
	out[web.StorePages] = append(out[web.StorePages], somebody{"merchant", f.visitors["store"], auth.Session{Audience: "store", Realm: int64(in.ID()), Subject: owns}})
	return out
}

// gate is how a route's gate answered: "in" when it let somebody pass.
func gate(w i18n.Words, got modtest.Answer) string {
	switch {
	case got.Status == http.StatusUnauthorized || got.Status == http.StatusSeeOther && strings.Contains(got.Location, "/login?next="):
		return "sign in"
	case got.Status == http.StatusForbidden && strings.Contains(got.Body, w.T("forbidden")):
		return "forbidden"
	}
	return "in"
}

// farAway are pages about things that are not in a database: a store that is named by its
// code, what a gateway paid out, which TestPayouts opens, and the way back from a gateway,
// which TestStoreTakesCardsUnderItsPlatform takes.
var farAway = map[string]bool{
	"/switch/{store}": true, "/payments/payouts/{gateway}/{payout}": true, "/payments/connections/{gateway}/back": true,
}

// TestRolesAndRoutes is the matrix of roles and routes: everybody asks for every
// page and sends every form of the staff's, and the gate lets through exactly
// those whose role has the permission that the route names.
func TestRolesAndRoutes(t *testing.T) {
	t.Parallel()
	test := func(t *testing.T, dsn string) {
		f := newForge(t, dsn)
		w, people := f.a.kit.Bundle.In(i18n.En), everyRole(t, f)
		routes := slices.DeleteFunc(f.a.site.Catalogue(), func(r web.Route) bool { return r.API || people[r.Audience] == nil })
		// Reading goes before writing; operators, who may close the store, come last.
		slices.SortStableFunc(routes, func(r, s web.Route) int { return harm(r) - harm(s) })
		passed, stopped := 0, 0
		for _, r := range routes {
			if r.Access.IsPublic() {
				continue
			}
			for _, p := range people[r.Audience] {
				want := "in"
				switch need := r.Access.Permission().Code; {
				case p.role == "nobody":
					want = "sign in"
				case need != "" && !mayDo(p.role, need):
					want = "forbidden"
				}
				got := p.ask(t, f.a, modtest.Ask{Method: r.Method, Path: f.address(r), Body: "name=x"})
				if at := gate(w, got); at != want {
					t.Errorf("%s: the gate says %q to %s (%v), not %q", nameOf(r), at, p.role, got, want)
				}
				if want == "in" {
					passed++
					if r.Method == http.MethodGet && got.Status >= http.StatusBadRequest && !farAway[r.Pattern] {
						t.Errorf("%s: %s is let in and finds nothing: %v", nameOf(r), p.role, got)
					}
				} else {
					stopped++
				}
			}
		}
		if passed < 400 || stopped < 400 {
			t.Errorf("let in %d times and stopped %d times only", passed, stopped)
		}
	}
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, sqliteDemo(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, postgresDemo(t)) })
}

// TestRolesAreGiven holds the grants of every role to what roles are for, also
// for permissions that no route names, and the table above to permissions that
// exist.
func TestRolesAreGiven(t *testing.T) {
	t.Parallel()
	f := newForge(t, sqliteDemo(t))
	ten, ctx := f.a.modules.tenancy, t.Context()
	codes := map[string]bool{}
	for _, p := range f.a.modules.permissions() {
		codes[p.Code] = true
	}
	for audience, people := range everyRole(t, f) {
		for _, p := range people {
			var grants auth.Grants
			if token, err := f.a.kit.Sessions.Start(ctx, p.enter); p.enter.Subject != 0 {
				switch token = session(t, token, err); audience {
				case web.StorePages:
					_, grants, _ = ten.SignedStaff(ctx, f.own.in, token)
				case web.AdminPages:
					as, _ := ten.SignedAdmin(ctx, token)
					grants = as.Grants
				default:
					as, _ := ten.SignedOwner(ctx, f.a.gate.Platform(f.own.in.Platform()), token)
					grants = as.Grants
				}
			}
			for code := range codes {
				if got, want := grants.HasCode(code), mayDo(p.role, code); got != want {
					t.Errorf("%s has %s: %t", p.role, code, got)
				}
			}
		}
	}
	for code := range moreThanByRule {
		if !codes[code] {
			t.Errorf("there is no permission %s", code)
		}
	}
	for code := range operators {
		if !codes[code] {
			t.Errorf("there is no permission %s", code)
		}
	}
}
