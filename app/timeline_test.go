package app

import (
	"net/http"
	"strings"
	"testing"

	"orion/kit/modtest"
	"orion/kit/page"
	"orion/modules/customers"
	"orion/modules/tenancy"
)

// A customer's page tells what happened to them, and leads to it.
func TestCustomersStory(t *testing.T) {
	t.Parallel()
	eachStill(t, func(t *testing.T, a *App) {
		_, in, err := a.store("maison-kirchberg")
		if err != nil {
			t.Fatal(err)
		}
		as := func(email string) modtest.Visitor {
			token, err := a.modules.tenancy.SignInStaff(t.Context(), in, tenancy.Credentials{Email: email, Password: "orion-demo"})
			return modtest.Visitor{Handler: a.Handler(), Host: house, Base: "/store", Cookies: map[string]string{"orion_store": session(t, token, err), "lang": "en"}}
		}
		found, err := a.modules.customers.Sorted(t.Context(), in, customers.Filter{Orders: 1}, customers.Best, page.Request{Limit: 2})
		if err != nil || len(found.Items) < 2 {
			t.Fatal(found, err)
		}
		owner := as("owner@kirchberg.example")
		for _, c := range found.Items {
			got := owner.Ask(modtest.Ask{Method: http.MethodGet, Path: "/customers/" + c.ID.String()})
			_, story, ok := strings.Cut(got.Body, "What happened")
			if events := strings.Count(story, "<li class"); !ok || events == 0 || events > 12 || !strings.Contains(story, `href="/store/orders/ord_`) {
				t.Errorf("%d orders: %d events of %v", c.Orders, events, got)
			}
		}
	})
}
