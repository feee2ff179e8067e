package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"orion/kit/modtest"
	"orion/kit/tenant"
)

var deletionOf = regexp.MustCompile(`/deleted/restore\?deletion=(del_[a-z0-9]+)`)

// A store that was deleted tells everybody at its hosts that it is closed, on
// every node, and comes back as it was.
func TestDeletedStores(t *testing.T) {
	t.Parallel()
	eachDemo(t, func(t *testing.T, dsn string) {
		one, two := start(t, dsn), start(t, dsn)
		shop, in, err := one.store("kirchberg-kids")
		if err != nil {
			t.Fatal(err)
		}
		chief, narrow, staff := visitors(t, one, shop, in)
		ask := strictly(t)
		answersAll := func(a *App, want int) bool {
			for _, path := range []string{"/", "/products", "/store/login", "/store/orders", "/api/v1/storefront/products", "/anything"} {
				r := modtest.Visitor{Handler: a.Handler(), Host: "kirchberg-kids.localhost"}
				if got := r.Ask(modtest.Ask{Method: http.MethodGet, Path: path}); got.Status != want {
					return false
				}
			}
			return true
		}
		page := "/stores/" + shop.ID.String() + "/delete"
		if text := ask(chief, http.MethodGet, page, "", http.StatusOK); !strings.Contains(text, shop.Name) || !strings.Contains(text, "cannot work there") {
			t.Error("the preview does not say who is locked out")
		}
		ask(staff, http.MethodGet, "/orders", "", http.StatusOK)
		if text := ask(chief, http.MethodPost, page, "reason=Moved+away&confirm=something", http.StatusUnprocessableEntity); !strings.Contains(text, "Moved away") {
			t.Error("what was typed is gone")
		}
		ask(narrow, http.MethodGet, "/platforms/"+shop.Platform.String()+"/delete", "", http.StatusForbidden)
		for _, id := range []string{tenant.StoreID(77).String(), "nonsense"} {
			ask(chief, http.MethodGet, "/stores/"+id+"/delete", "", http.StatusNotFound)
			ask(chief, http.MethodPost, "/stores/"+id+"/delete", "confirm=x", http.StatusNotFound)
		}
		ask(chief, http.MethodPost, page, url.Values{"reason": {"Moved away"}, "confirm": {shop.Name}}.Encode(), http.StatusSeeOther)

		if !answersAll(one, http.StatusServiceUnavailable) {
			t.Error("a host of the deleted store does not say that it is closed")
		}
		eventually(t, "the other node knows", func() bool { return answersAll(two, http.StatusServiceUnavailable) })
		if _, ok := one.resolveStore(t.Context(), shop.ID); ok {
			t.Error("jobs still work for it")
		}
		ask(chief, http.MethodGet, "/stores/"+shop.ID.String(), "", http.StatusNotFound)
		ask(staff, http.MethodGet, "/orders", "", http.StatusServiceUnavailable)
		ask(staff, http.MethodPost, "/logout", "", http.StatusServiceUnavailable)

		list := ask(chief, http.MethodGet, "/deleted", "", http.StatusOK)
		found := deletionOf.FindStringSubmatch(list)
		if found == nil || !strings.Contains(list, "Moved away") {
			t.Fatal("the deletion is not listed with its reason")
		}
		ask(chief, http.MethodPost, "/deleted/restore?deletion=del_1", "", http.StatusNotFound)
		ask(chief, http.MethodPost, "/deleted/restore", "", http.StatusNotFound)
		ask(chief, http.MethodPost, "/deleted/restore?deletion="+found[1], "", http.StatusSeeOther)
		ask(staff, http.MethodGet, "/orders", "", http.StatusOK)
		eventually(t, "the other node knows", func() bool {
			return answers(two, "kirchberg-kids.localhost", "/") == http.StatusOK
		})
	})
}
