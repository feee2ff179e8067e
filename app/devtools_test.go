package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/modtest"
	"orion/modules/devtools"
	"orion/modules/tenancy"
)

// reword has the program say something else in Luxembourgish.
func reword(t *testing.T, a *App) {
	t.Helper()
	err := a.modules.devtools.Reword(t.Context(), a.gate.System(), auth.SystemActor, "ui.undo", map[i18n.Lang]i18n.Sentence{i18n.Lb: {Text: "Nee, dach net"}})
	if err != nil {
		t.Fatal(err)
	}
}

// saveQuery keeps a statement for the console, and gives its identifier.
func saveQuery(t *testing.T, a *App) string {
	t.Helper()
	in := a.gate.System()
	if err := a.modules.devtools.SaveQuery(t.Context(), in, auth.SystemActor, devtools.Query{Name: "Stores", Text: "SELECT id, code FROM tenancy_stores"}); err != nil {
		t.Fatal(err)
	}
	saved, err := a.modules.devtools.Queries(t.Context(), in)
	if err != nil || len(saved) == 0 {
		t.Fatal(saved, err)
	}
	return saved[0].ID.String()
}

func admin(t *testing.T, a *App, email string) modtest.Visitor {
	t.Helper()
	token, err := a.modules.tenancy.SignInAdmin(t.Context(), tenancy.Credentials{Email: email, Password: "orion-demo"})
	token = session(t, token, err)
	return modtest.Visitor{Handler: a.Handler(), Host: "localhost", Base: "/admin", Cookies: map[string]string{"orion_admin": token, "lang": "en"}}
}

// The console answers super admins, shows no secret, changes nothing, and writes
// down who asked what, but not what was answered.
func TestConsole(t *testing.T) {
	t.Parallel()
	eachStill(t, func(t *testing.T, a *App) {
		boss := admin(t, a, "admin@orion.example")
		ask := func(text string) modtest.Answer {
			return boss.Ask(modtest.Ask{Method: http.MethodPost, Path: "/dev-tools/console", Body: url.Values{"text": {text}}.Encode()})
		}
		got := ask("SELECT code, name FROM tenancy_stores WHERE code = 'maison-kirchberg'")
		if got.Status != http.StatusOK || !strings.Contains(got.Body, "<td>Maison Kirchberg</td>") {
			t.Errorf("the stores: %v", got)
		}
		var hash string
		if err := owner(t, a).QueryRow("SELECT password FROM tenancy_users WHERE email = 'admin@orion.example'").Scan(&hash); err != nil || hash == "" {
			t.Fatal(hash, err)
		}
		for _, text := range []string{"SELECT * FROM tenancy_users", "SELECT password FROM tenancy_users", "SELECT hash FROM auth_sessions", "SELECT body_html FROM mail_messages"} {
			if got := ask(text); strings.Contains(got.Body, "argon2") || strings.Contains(got.Body, hash) || strings.Contains(got.Body, "&lt;!doctype") {
				t.Errorf("%s shows a secret", text)
			}
		}
		for _, text := range []string{"DELETE FROM orders_orders", "SELECT 1; DELETE FROM orders_orders", "WITH x AS (DELETE FROM orders_orders RETURNING id) SELECT * FROM x", "SELECT pg_read_file('/etc/passwd')"} {
			if got := ask(text); got.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s is answered with %v", text, got)
			}
		}
		log := boss.Ask(modtest.Ask{Method: http.MethodGet, Path: "/audit?area=dev_tools"})
		if !strings.Contains(log.Body, "maison-kirchberg") || strings.Contains(log.Body, "<td>Maison") || strings.Contains(log.Body, hash) {
			t.Errorf("the audit log: %v", log)
		}
		file := boss.Ask(modtest.Ask{Method: http.MethodPost, Path: "/dev-tools/console", Body: url.Values{"text": {"SELECT '=1+1' AS x"}, "file": {"csv"}}.Encode()})
		if file.Body != "x\n'=1+1\n" {
			t.Errorf("the answer as a file: %q", file.Body)
		}
	})
}

// Nobody but the operator sees the tools, and only super admins see data in them.
func TestDeveloperToolsAreTheOperators(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	pages := func(who modtest.Visitor, path string) int {
		return who.Ask(modtest.Ask{Method: http.MethodGet, Path: path}).Status
	}
	some := admin(t, a, "orders@orion.example")
	for path, want := range map[string]int{"/dev-tools/components": 200, "/dev-tools/statements": 200, "/dev-tools/console": 403, "/dev-tools/schema": 403} {
		if got := pages(some, path); got != want {
			t.Errorf("an admin of one platform gets %d at %s, want %d", got, path, want)
		}
	}
	home := some.Ask(modtest.Ask{Method: http.MethodGet, Path: "/"})
	if !strings.Contains(home.Body, `href="/admin/dev-tools/components"`) || strings.Contains(home.Body, "dev-tools/console") {
		t.Error("the menu of an admin of one platform has the wrong tools")
	}
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	token, err := a.modules.tenancy.SignInStaff(t.Context(), in, tenancy.Credentials{Email: "owner@kirchberg.example", Password: "orion-demo"})
	boss := modtest.Visitor{Handler: a.Handler(), Host: house, Base: "/store", Cookies: map[string]string{"orion_store": session(t, token, err), "lang": "en"}}
	for _, path := range []string{"/dev-tools/components", "/dev-tools/console", "/dev-tools/schema"} {
		if got := pages(boss, path); got != http.StatusNotFound {
			t.Errorf("the owner of a store gets %d at %s", got, path)
		}
	}
	for _, path := range []string{"/", "/team/roles/new", "/settings"} {
		if got := boss.Ask(modtest.Ask{Method: http.MethodGet, Path: path}); strings.Contains(got.Body, "dev-tools") || strings.Contains(got.Body, "dev_tools") {
			t.Errorf("the owner of a store reads of developer tools at %s", path)
		}
	}
	all := tenancy.By{Actor: auth.SystemActor, Grants: auth.Everything()}
	if _, err := a.modules.tenancy.CreateRole(t.Context(), in, all, tenancy.RoleEdit{Name: "Curious", Permissions: []string{"dev_tools.ask"}}); err == nil {
		t.Error("a role of a store includes what is the operator's")
	}
}
