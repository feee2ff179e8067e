package cms

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"orion/kit/db"
)

const hostileName = `<script>x()</script>`

// Staff make a design without JavaScript: they begin from a preset, are told what is
// too faint and take what passes, publish, go back, and see who did what whatever
// they are called. Who may not is sent away.
func TestThemePages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		f.wants(403, "lena", "GET", "/store/theme", nil)
		f.wants(403, "lena", "POST", "/store/theme/publish", nil)
		f.can = append(f.can, MayTheme.Code)
		f.wants(200, "lena", "GET", "/store/theme", nil, `!name="light.ink"`, `value="salon"`)
		f.wants(303, "lena", "POST", "/store/theme/start", url.Values{"preset": {"salon"}, "revision": {"0"}})
		f.wants(200, "lena", "GET", "/store/theme", nil, `value="#fdf3f3"`, `name="light.ink"`, "?design=", "/theme?begin=1", "Draft")
		f.wants(200, "lena", "GET", "/store/theme?begin=1", nil, `!name="light.ink"`, `value="summit"`)
		f.wants(303, "lena", "POST", "/store/theme", url.Values{"revision": {"1"}, "light.mute": {"#d8b8c0"}, "rules": {"@import 'x';\np{color:red}"}})
		page := f.wants(200, "lena", "GET", "/store/theme", nil, "too faint to publish", "needed 4.5", "Line 1: @import", `name="mend"`)
		f.wants(303, "lena", "POST", "/store/theme/publish", url.Values{"revision": {"2"}})
		if got := w.Look(t.Context(), w.at.Store, "studio"); !got.preset {
			t.Error("what is too faint was published")
		}
		_, mend, _ := strings.Cut(page, `name="mend" value="`)
		mend, _, _ = strings.Cut(mend, `"`)
		f.wants(303, "lena", "POST", "/store/theme", url.Values{"revision": {"2"}, "light.mute": {"#d8b8c0"}, "mend": {mend}})
		f.wants(200, "lena", "GET", "/store/theme", nil, "!too faint to publish")
		f.wants(303, hostileName, "POST", "/store/theme/publish", url.Values{"revision": {"3"}})
		if got := w.Look(t.Context(), w.at.Store, "studio"); got.Theme.Code != "salon" || got.Rules == "" {
			t.Errorf("shoppers see %s with %q", got.Theme.Code, got.Rules)
		}
		f.wants(303, hostileName, "POST", "/store/theme/start", url.Values{"preset": {"summit"}, "revision": {"3"}})
		f.wants(200, "lena", "GET", "/store/theme", nil, "Unpublished changes", "!"+hostileName, "&lt;script&gt;x()", "p{color:red}")
		f.wants(303, "lena", "POST", "/store/theme/publish", url.Values{"revision": {"4"}})
		f.wants(200, "lena", "GET", "/store/theme/versions?n=1", nil, "Version 2", "Version 1", "/store/theme/rollback", "Salon", "!"+hostileName, "&lt;script&gt;x()")
		f.wants(303, "lena", "POST", "/store/theme/rollback", url.Values{"number": {"1"}})
		if got := w.Look(t.Context(), w.at.Store, "studio").Theme.Code; got != "salon" {
			t.Errorf("rolled back to %s", got)
		}
		f.wants(404, "lena", "GET", "/store/theme/versions?n=99", nil)
		f.wants(422, "lena", "POST", "/store/theme", url.Values{"revision": {"4"}, "radius": {"9px"}, "light.ink": {"red"}}, "Please choose a colour.")
	})
}

// Who saves over somebody else's design sees both, with their own still in the form,
// and saving again means it.
func TestThemeConflict(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		f.can = append(f.can, MayTheme.Code)
		f.wants(303, "paul", "POST", "/store/theme", url.Values{"revision": {"0"}, "light.accent": {"#5a2fd6"}})
		mine := url.Values{"revision": {"0"}, "light.accent": {"#8a1c48"}}
		page := f.wants(409, "lena", "POST", "/store/theme", mine, `value="#8a1c48"`, "#5a2fd6", `class="diff"`)
		if m := revisionField.FindAllStringSubmatch(page, -1); len(m) == 0 || m[len(m)-1][1] != "1" {
			t.Errorf("the form says revision %v", m)
		}
		mine.Set("revision", "1")
		f.wants(303, "lena", "POST", "/store/theme", mine)
		f.wants(200, "lena", "GET", "/store/theme", nil, `value="#8a1c48"`)
	})
}

// What is typed is drawn and judged, and nothing is stored by that.
func TestThemeTry(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		f.can = append(f.can, MayTheme.Code)
		f.wants(200, "lena", "POST", "/store/theme/try", url.Values{"light.accent": {"#ffffff"}, "header": {"rows"}, "rules": {"p{position:fixed;color:red}"}},
			"--accent:light-dark(#ffffff", `id="faint-light-accent"`, "Take #", "#main p{color:red}", "Line 1: position:fixed", ".shop-nav ul{justify-content:center")
		f.wants(200, "lena", "POST", "/store/theme/try", url.Values{"light.accent": {"};body{x:y"}}, `data-css=""`, "!{x:y")
		if s, err := w.Styling(t.Context(), w.at.Store); err != nil || s.Revision != 0 {
			t.Errorf("stored %+v, %v", s, err)
		}
	})
}

// The pages take a fixed number of statements.
func TestThemeStatements(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		f.can = append(f.can, MayTheme.Code)
		for range 3 {
			w.restyles(t, func(d *Design) { d.Radius = map[string]string{"8px": "2px", "2px": "0", "0": "8px"}[d.Radius] })
			w.publishes(t)
		}
		for path, want := range map[string]int{"/store/theme": 2, "/store/theme/versions": 2, "/store/theme/versions?n=2": 3} {
			ctx, n := db.WithCounter(t.Context())
			r := httptest.NewRequestWithContext(ctx, http.MethodGet, "http://maison.localhost"+path, nil)
			r.AddCookie(&http.Cookie{Name: "orion_store", Value: "lena"})
			got := httptest.NewRecorder()
			f.site.ServeHTTP(got, r)
			if got.Code != http.StatusOK || n.N() != want {
				t.Errorf("%s answers %d with %d statements, want %d", path, got.Code, n.N(), want)
			}
		}
	})
}
