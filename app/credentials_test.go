package app

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/modules/orders"
	"orion/modules/tenancy"
)

// ask sends a request to a store's host and gives status and body.
func (a *App) ask(t *testing.T, host, path string, change func(*http.Request)) (int, string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Host = host + ".localhost"
	change(r)
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// What opens one store opens no other: sessions of staff, API tokens and carts.
func TestCredentialsStayInTheirStore(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		const mine, theirs = "maison-kirchberg", "velo-moselle"
		shop, in, err := a.store(mine)
		if err != nil {
			t.Fatal(err)
		}
		session, err := a.modules.tenancy.SignInStaff(t.Context(), in, tenancy.Credentials{Email: "manager@maison-kirchberg.example", Password: "orion-demo"})
		if err != nil {
			t.Fatal(err)
		}
		signedIn := func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "orion_store", Value: session}) }
		if status, _ := a.ask(t, mine, "/store/orders", signedIn); status != http.StatusOK {
			t.Errorf("the session does not open its own store: %d", status)
		}
		if status, _ := a.ask(t, theirs, "/store/orders", signedIn); status != http.StatusSeeOther {
			t.Errorf("the session opens another store: %d", status)
		}

		_, token, err := a.kit.Tokens.Create(t.Context(), auth.Token{Name: "test", Audience: "store", Realm: int64(shop.ID), Scopes: []string{"*"}})
		if err != nil {
			t.Fatal(err)
		}
		bearer := func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
		_, own := a.ask(t, mine, "/api/v1/store/orders?limit=1", bearer)
		status, same := a.ask(t, theirs, "/api/v1/store/orders?limit=1", bearer)
		if status != http.StatusOK || own != same || !strings.Contains(own, "ord_") {
			t.Errorf("the token names its store, whatever the host: %d %s", status, same)
		}
		if status, _ := a.ask(t, mine, "/api/v1/admin/nothing", bearer); status != http.StatusNotFound {
			t.Errorf("the store's token finds something of the operator: %d", status)
		}

		c := sellOne(t, a, 10)
		cart, err := a.modules.orders.Add(t.Context(), c.in, c.visit(), orders.Pick{Variant: c.variant, Quantity: 1})
		if err != nil {
			t.Fatal(err)
		}
		for host, want := range map[string]int{mine: 1, theirs: 0} {
			_, body := a.ask(t, host, "/api/v1/storefront/cart", func(r *http.Request) { r.Header.Set("Cart-Token", cart) })
			var answer struct {
				Items []json.RawMessage `json:"items"`
			}
			if err := json.Unmarshal([]byte(body), &answer); err != nil || len(answer.Items) != want {
				t.Errorf("the cart at %s has %d items, want %d: %s", host, len(answer.Items), want, body)
			}
		}
	})
}
