package cms

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"orion/kit/db"
	"orion/kit/i18n"
)

var seenField = regexp.MustCompile(`name="seen" value="(\w+)"`)

// Staff arrange a menu without JavaScript: they begin it, add, move, delete and bring
// back, are told why something is not shown, publish, and go back. Who may not is sent away.
func TestMenuPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		about := says("about", "About us", "x")
		about.Header = true
		id := write(t, w.Stores, w.at.Store, about)
		const menu = "/store/menus/header"
		f.wants(200, "lena", "GET", menu, nil, "Nothing is arranged yet", menu+"/begin", "!"+menu+"/publish")
		f.wants(303, "lena", "POST", menu+"/begin", url.Values{"revision": {"0"}})
		f.wants(200, "lena", "GET", menu, nil, "About us", menu+"/items/1/move?way=up", "?around=", `data-move="`+menu+`/items"`)
		f.wants(200, "lena", "GET", menu+"/items/new?kind=address", nil, `name="to"`, `name="label_en"`, `name="label_fr"`)
		f.wants(422, "lena", "POST", menu+"/items/new", url.Values{"kind": {"address"}, "to": {"javascript:alert(1)"}, "label_en": {"Bad"}}, "Write a path such as /about", `value="javascript:alert(1)"`)
		f.wants(303, "lena", "POST", menu+"/items/new", url.Values{"kind": {"address"}, "to": {"https://example.com/a"}, "label_en": {hostileName}})
		f.wants(303, "lena", "POST", menu+"/items/new", url.Values{"kind": {"heading"}, "label_en": {"More"}})
		f.wants(200, "lena", "GET", menu, nil, "!"+hostileName, "nothing stands below it")
		f.wants(303, "lena", "POST", menu+"/items/2/move?way=up", nil)
		f.wants(303, "lena", "POST", menu+"/items/1/move", url.Values{"parent": {"3"}})
		f.wants(303, "lena", "POST", menu+"/publish", url.Values{"revision": {"5"}})
		w.shows(t, i18n.En, hostileName+" https://example.com/a", "More ", ".About us /pages/about")
		must(t, w.Stores.Hide(t.Context(), w.at.Store, id, lena))
		f.wants(200, "lena", "GET", menu, nil, "the page is not published")
		f.wants(303, "lena", "POST", menu+"/items/3/delete", nil)
		f.wants(200, "lena", "GET", menu, nil, "!About us")
		f.wants(303, "lena", "POST", menu+"/items/3/back", nil)
		f.wants(200, "lena", "GET", menu+"/versions?n=1", nil, "Version 1")
		f.wants(303, "lena", "POST", menu+"/restore", url.Values{"number": {"1"}})
		f.wants(303, "lena", "POST", menu+"/hide", nil)
		f.wants(404, "lena", "GET", "/store/menus/side", nil)
		f.wants(404, "lena", "GET", menu+"/items/99", nil)
		f.wants(404, "lena", "GET", menu+"/items/new?kind=none.such", nil)
		f.wants(404, "lena", "POST", menu, nil)
		f.can = []string{MayView.Code}
		f.wants(200, "lena", "GET", menu, nil, "!"+menu+"/items", "!"+menu+"/begin")
		f.wants(403, "lena", "POST", menu+"/items/1/delete", nil)
		f.wants(403, "lena", "POST", menu+"/publish", nil)
	})
}

// Who saves over somebody else's entry, or bar, sees both, with their own still in the
// form, and saving again means it.
func TestFittingConflict(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		const item = "/store/menus/footer/items/1"
		f.wants(303, "lena", "POST", "/store/menus/footer/begin", url.Values{"revision": {"0"}})
		f.wants(303, "lena", "POST", "/store/menus/footer/items/new", url.Values{"kind": {"heading"}, "label_en": {"Help"}})
		page := f.wants(200, "lena", "GET", item, nil)
		seen := seenField.FindStringSubmatch(page)[1]
		f.wants(303, "paul", "POST", item, url.Values{"seen": {seen}, "label_en": {"Service"}})
		page = f.wants(409, "lena", "POST", item, url.Values{"seen": {seen}, "label_en": {"Support"}}, `value="Support"`, "Service", `class="diff"`)
		f.wants(303, "lena", "POST", item, url.Values{"seen": {seenField.FindStringSubmatch(page)[1]}, "label_en": {"Support"}})
		f.wants(200, "lena", "GET", item, nil, `value="Support"`)

		const bar = "/store/menus/bar"
		f.wants(303, "paul", "POST", bar, url.Values{"revision": {"0"}, "text_en": {"Pauls"}, "tone": {"ink"}})
		f.wants(409, "lena", "POST", bar, url.Values{"revision": {"0"}, "text_en": {"Lenas"}, "tone": {"ink"}}, `value="Lenas"`, "Pauls", `class="diff"`, `name="revision" value="1"`)
		f.wants(422, "lena", "POST", bar, url.Values{"revision": {"1"}, "text_en": {"Lenas"}, "tone": {"ink"}, "from": {"2026-03-02T10:00"}, "until": {"2026-03-01T10:00"}}, `value="Lenas"`, "The end must be after the beginning.")
		f.wants(303, "lena", "POST", bar, url.Values{"revision": {"1"}, "text_en": {"Lenas"}, "tone": {"ink"}, "until": {"2099-03-01T10:00"}})
		f.wants(303, "lena", "POST", bar+"/publish", url.Values{"revision": {"2"}})
		f.wants(200, "lena", "GET", bar, nil, "Shoppers see it until", `value="2099-03-01T10:00"`)
	})
}

// Who puts the announcement away is led back, with a cookie that names what it said.
func TestBarPutAway(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		for mark, want := range map[string]bool{"0123456789ab": true, "<script>": false} {
			r := httptest.NewRequest(http.MethodPost, "http://maison.localhost"+BarPath, strings.NewReader(url.Values{"mark": {mark}, "back": {"/pages/x"}}.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			got := httptest.NewRecorder()
			f.site.ServeHTTP(got, r)
			if kept := len(got.Result().Cookies()) == 1; got.Code != http.StatusSeeOther || kept && got.Result().Cookies()[0].Value != mark || kept != want {
				t.Errorf("%q answers %d with %v", mark, got.Code, got.Result().Cookies())
			}
		}
		if to := f.wants(303, "", "POST", BarPath, url.Values{"mark": {"0123456789ab"}, "back": {"//evil.example"}}); to != "/" {
			t.Errorf("it leads to %s", to)
		}
	})
}

// The pages take a fixed number of statements.
func TestFittingStatements(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := serve(t, w)
		for _, text := range []string{"One", "Two", "Three"} {
			w.announces(t, Bar{Text: i18n.Text{i18n.En: text}})
		}
		must(t, w.BeginMenu(t.Context(), w.at, HeaderMenu, 0, lena))
		for range 5 {
			must(t, w.WriteItem(t.Context(), w.at, HeaderMenu, ItemWriting{MenuItem: MenuItem{Kind: asAddress, To: "/", Label: i18n.Text{i18n.En: "Home"}}, Lang: i18n.En, By: lena}))
		}
		f.wants(200, "lena", "GET", "/store/menus/bar", nil)
		for path, want := range map[string]int{"/store/menus/header": 1, "/store/menus/header/items/2": 1, "/store/menus/bar": 1, "/store/menus/bar/versions": 2, "/store/menus/bar/versions?n=2": 3} {
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
