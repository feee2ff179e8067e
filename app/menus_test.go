package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"orion/kit/modtest"
)

// Operators arrange the menus of their platforms, and a super administrator their
// own; what they hide is still reached.
func TestMenus(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		shop, in, err := a.store("maison-kirchberg")
		if err != nil {
			t.Fatal(err)
		}
		chief, narrow, staff := visitors(t, a, shop, in)
		ask := strictly(t)
		// menu are the links of the sidebar, in their order.
		menu := func(v modtest.Visitor, page string) (out []string) {
			t.Helper()
			side, _, _ := strings.Cut(ask(v, http.MethodGet, page, "", http.StatusOK), "<main")
			for _, part := range strings.Split(side, `href="`+v.Base)[1:] {
				path, _, _ := strings.Cut(part, `"`)
				out = append(out, path)
			}
			return out
		}
		at := func(links []string, path string) int {
			for i, l := range links {
				if l == path {
					return i
				}
			}
			return -1
		}
		stores := "?of=store&platform=" + shop.Platform.String()
		page := ask(chief, http.MethodGet, "/menus"+stores, "", http.StatusOK)
		form := url.Values{}
		for _, part := range strings.Split(page, `name="entry" value="`)[1:] {
			path, _, _ := strings.Cut(part, `"`)
			form.Add("entry", path)
			if path != "/team" {
				form.Set("show."+path, "true")
			}
		}
		entries := form["entry"]
		if len(entries) < 8 || at(menu(staff, "/orders"), "/team") < 0 {
			t.Fatalf("there are %v", entries)
		}
		for i, j := 0, len(entries)-1; i < j; i, j = i+1, j-1 {
			entries[i], entries[j] = entries[j], entries[i]
		}
		form.Del("show./orders") // a mandatory one
		ask(chief, http.MethodPost, "/menus"+stores, form.Encode(), http.StatusSeeOther)
		links := menu(staff, "/orders")
		if at(links, "/team") >= 0 || at(links, "/orders") < 0 || at(links, "/categories") > at(links, "/products") {
			t.Errorf("the menu of stores is %v", links)
		}
		ask(staff, http.MethodGet, "/team", "", http.StatusOK)

		ask(chief, http.MethodPost, "/menus/undo"+stores, "", http.StatusSeeOther)
		if links := menu(staff, "/orders"); at(links, "/team") < 0 || at(links, "/categories") < at(links, "/products") {
			t.Errorf("taken back, the menu of stores is %v", links)
		}
		ask(chief, http.MethodPost, "/menus/undo"+stores, "", http.StatusSeeOther)
		ask(chief, http.MethodPost, "/menus/reset"+stores, "", http.StatusSeeOther)
		if links := menu(staff, "/orders"); at(links, "/team") < 0 {
			t.Errorf("reset, the menu of stores is %v", links)
		}

		// A super administrator's own menu is nobody else's.
		mine := url.Values{"entry": {"/", "/audit", "/stores"}, "show./audit": {"true"}}
		ask(chief, http.MethodPost, "/menus?of=mine", mine.Encode(), http.StatusSeeOther)
		if links := menu(chief, "/stores"); at(links, "/stores") >= 0 || at(links, "/audit") < 0 {
			t.Errorf("the chief's menu is %v", links)
		}
		if links := menu(narrow, "/stores"); at(links, "/stores") < 0 {
			t.Errorf("the other administrator's menu is %v", links)
		}
		// Those of one platform arrange that, and have no menu of their own.
		ask(narrow, http.MethodGet, "/menus", "", http.StatusOK)
		for _, q := range []string{"?of=mine", "?of=storefront", stores} {
			ask(narrow, http.MethodGet, "/menus"+q, "", http.StatusNotFound)
			ask(narrow, http.MethodPost, "/menus"+q, mine.Encode(), http.StatusNotFound)
			ask(narrow, http.MethodPost, "/menus/reset"+q, "", http.StatusNotFound)
		}
		oms := url.Values{"entry": {"/merchants"}}
		ask(narrow, http.MethodPost, "/menus?of=admin", oms.Encode(), http.StatusSeeOther)
		if links := menu(narrow, "/stores"); at(links, "/merchants") >= 0 || at(links, "/menus") < 0 {
			t.Errorf("administrators of the platform have %v", links)
		}
	})
}
