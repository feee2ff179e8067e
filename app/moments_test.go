package app

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/modtest"
	"orion/kit/tenant"
	"orion/modules/customers"
	"orion/modules/tenancy"
)

// moments are pages as they look in other stores, with nothing in them, on the
// way through a sale, and when something is wrong.
func (g *gaze) moments(t *testing.T) []sight {
	t.Helper()
	m := &moments{gaze: g, T: t}
	m.otherStores()
	m.otherStates()
	m.told()
	m.settings()
	m.sale()
	m.invited()
	m.registered()
	m.wrong()
	slices.SortFunc(m.list, func(a, b sight) int { return strings.Compare(a.name, b.name) })
	return m.list
}

type moments struct {
	*gaze
	*testing.T
	list []sight
}

// see adds a sight of the frontend with which its name begins.
func (m *moments) see(name, host, path string, cookies map[string]string) *sight {
	group, _, _ := strings.Cut(name, "-")
	m.list = append(m.list, sight{name: name, group: group, host: host, path: path, cookies: cookies, status: http.StatusOK})
	return &m.list[len(m.list)-1]
}

// otherStores are the pages that sell, in two more looks.
func (m *moments) otherStores() {
	for _, code := range []string{"velo-moselle", "kirchberg-kids"} {
		shop, in, err := m.a.store(code)
		if err != nil {
			m.Fatal(err)
		}
		host := m.a.modules.tenancy.Host(shop)
		variant, product, category := m.wares(in.ID())
		cart := m.post(host, "/cart/add", nil, url.Values{"variant": {variant}, "quantity": {"2"}})
		m.see("storefront-home-"+code, host, "/", nil)
		m.see("storefront-product-"+code, host, "/products/"+product, nil)
		m.see("storefront-category-"+code, host, "/categories/"+category, nil)
		m.see("storefront-cart-"+code, host, "/cart", cart)
	}
	m.see("storefront-search-nothing", m.visitors["storefront"].Host, "/search?q=zeppelin", nil)
	m.see("storefront-search-found", m.visitors["storefront"].Host, "/search?q=bowl", nil)
	m.see("platform-reference", "localhost", "/api", nil)
}

// wares are something to sell and where it stands.
func (m *moments) wares(store tenant.StoreID) (variant, product, category string) {
	const find = `SELECT v.id, p.slug, c.slug FROM catalog_products p
		JOIN catalog_variants v ON v.store_id = p.store_id AND v.product_id = p.id
		JOIN catalog_categories c ON c.store_id = p.store_id AND c.id = p.category_id
		JOIN inventory_levels l ON l.store_id = p.store_id AND l.variant_id = v.id AND l.on_hand - l.reserved > 10
		WHERE p.status = 'active' AND p.store_id = %d ORDER BY p.id LIMIT 1`
	var n int64
	if err := owner(m.T, m.a).QueryRow(fmt.Sprintf(find, store)).Scan(&n, &product, &category); err != nil {
		m.Fatal(err)
	}
	return text("var", n), product, category
}

// otherStates are a store on its first day, one that is worked on and one that
// has closed.
func (m *moments) otherStates() {
	ctx, ten := m.Context(), m.a.modules.tenancy
	states := map[string]string{"first-day": "open", "at-work": "maintenance", "gone": "closed"}
	err := ten.Change(ctx, auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
		for _, code := range slices.Sorted(maps.Keys(states)) {
			if _, err := c.CreateStore(ctx, tenancy.Everywhere, tenancy.NewStore{
				Merchant: m.own.shop.Merchant, Code: code, Currency: "EUR", Platforms: []tenant.PlatformID{m.own.shop.Platform},
				Profile: tenancy.Profile{Name: "First Day", Lang: "en", StaffLang: "en", Country: "LU", Email: "hello@first-day.example", Theme: "nocturne", Status: states[code]},
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		m.Fatal(err)
	}
	m.see("storefront-maintenance", "at-work.localhost", "/", nil).status = http.StatusServiceUnavailable
	m.see("storefront-closed", "gone.localhost", "/", nil).status = http.StatusServiceUnavailable
	m.see("storefront-home-first-day", "first-day.localhost", "/", nil)
	m.see("storefront-products-first-day", "first-day.localhost", "/products", nil)
	_, in, err := m.a.store("first-day")
	if err != nil {
		m.Fatal(err)
	}
	staff, err := ten.SignInStaff(ctx, in, tenancy.Credentials{Email: "owner@kirchberg.example", Password: "orion-demo"})
	cookies := map[string]string{"orion_store": session(m.T, staff, err)}
	for _, s := range m.sights {
		path, ok := strings.CutPrefix(s.path, "/store")
		if s.group == "store" && ok && !strings.Contains(path, "_") && !strings.Contains(path, "new") && !strings.Contains(path, "/items/") && path != "/login" && path != "/join" {
			m.see(s.name+"-first-day", "first-day.localhost", s.path, cookies)
		}
	}
}

// told are orders that have come a long way, and how they were paid.
func (m *moments) told() {
	pool, store := owner(m.T, m.a), m.visitors["store"]
	for name, where := range map[string]string{
		"part-shipped": "status = 'partially_shipped'", "cancelled": "status = 'cancelled'", "refunded": "money = 'partly_refunded'", "given-back": "status = 'refunded'",
	} {
		var n, pay int64
		query := fmt.Sprintf("SELECT o.id, p.id FROM orders_orders o JOIN payments_payments p ON p.store_id = o.store_id AND p.reference = o.number WHERE o.store_id = %d AND o.%s ORDER BY o.id DESC LIMIT 1", m.own.in.ID(), where)
		if err := pool.QueryRow(query).Scan(&n, &pay); err != nil {
			m.Fatal(name, err)
		}
		m.see("store-orders-id-"+name, store.Host, store.Base+"/orders/"+text("ord", n), store.Cookies)
		m.see("store-payments-payment-"+name, store.Host, store.Base+"/payments/"+text("pay", pay), store.Cookies)
		m.see("storefront-orders-token-"+name, store.Host, "/orders/"+m.a.kit.Sign.Sign("orders.order", int64(m.own.in.ID()), n, 0), nil)
	}
	var moved int64
	query := fmt.Sprintf("SELECT max(variant_id) FROM inventory_movements WHERE store_id = %d AND reason <> ''", m.own.in.ID())
	if err := pool.QueryRow(query).Scan(&moved); err != nil {
		m.Fatal(err)
	}
	m.see("store-inventory-variant-moved", store.Host, store.Base+"/inventory/"+text("var", moved), store.Cookies)
}

// settings are those of every module, of everybody who chooses some.
func (m *moments) settings() {
	for _, name := range []string{"store", "merchant", "admin"} {
		v := m.visitors[name]
		for _, d := range m.a.registry.All() {
			s := sight{host: v.Host, path: v.Base + "/settings/" + d.Code, cookies: v.Cookies}
			if status, _, _ := look(modtest.Visitor{Handler: v.Handler, Host: v.Host, Cookies: v.Cookies}, s.path); status == http.StatusOK {
				m.see(name+"-settings-of-"+d.Code, s.host, s.path, s.cookies)
			}
		}
	}
}

// sale is the way of a guest from the cart to the order.
func (m *moments) sale() {
	host := m.visitors["storefront"].Host
	variant, _, _ := m.wares(m.own.in.ID())
	form := url.Values{
		"email": {"lea@example.com"}, "name": {"Léa Schmit"}, "address.name": {"Léa Schmit"}, "address.line1": {"12, rue des Roses"},
		"address.postal_code": {"2445"}, "address.city": {"Luxembourg"}, "address.country": {"LU"},
	}
	for _, step := range []string{"cart", "contact", "address"} {
		cookies := m.post(host, "/cart/add", nil, url.Values{"variant": {variant}, "quantity": {"1"}})
		if step == "cart" {
			m.see("storefront-cart-filled", host, "/cart", cookies)
			m.see("storefront-checkout-start", host, "/checkout", cookies)
			m.routes["storefront GET /checkout"] = true
			continue
		}
		form.Set("step", step)
		m.post(host, "/checkout", cookies, form)
		m.see("storefront-checkout-after-"+step, host, "/checkout", cookies)
	}
	m.see("storefront-cart-empty", host, "/cart", nil)
	m.see("storefront-pay", host, m.buys(host, variant, form), nil)
	m.routes["storefront GET /pay/test/{token}"] = true
}

var hidden = regexp.MustCompile(`name="(key|seen|delivery)" value="([^"]+)"`)

// buys goes through a whole checkout and gives the page on which it is paid.
func (m *moments) buys(host, variant string, form url.Values) string {
	cookies := m.post(host, "/cart/add", nil, url.Values{"variant": {variant}, "quantity": {"1"}})
	form.Set("payment", "test")
	form.Set("terms", "true")
	for _, step := range []string{"contact", "address", "delivery", "place"} {
		page := m.send(http.MethodGet, host, "/checkout", cookies, nil)
		for _, f := range hidden.FindAllStringSubmatch(page.Body.String(), -1) {
			form.Set(f[1], f[2])
		}
		form.Set("step", step)
		if step == "place" {
			return m.send(http.MethodPost, host, "/checkout", cookies, form).Header().Get("Location")
		}
		m.post(host, "/checkout", cookies, form)
	}
	return ""
}

// invited are the pages on which somebody who was invited chooses a password.
func (m *moments) invited() {
	ctx, ten := m.Context(), m.a.modules.tenancy
	users, err := ten.Users(ctx, tenancy.UserFilter{})
	if err != nil {
		m.Fatal(err)
	}
	token := ""
	if err := ten.Change(ctx, auth.SystemActor, func(ctx context.Context, c *tenancy.Change) (err error) {
		token, err = c.Link(ctx, users.Items[0].ID)
		return err
	}); err != nil {
		m.Fatal(err)
	}
	for _, name := range []string{"admin", "merchant", "store"} {
		v := m.visitors[name]
		m.see(name+"-join-token", v.Host, v.Base+"/join?token="+token, nil)
		m.routes[name+" GET /join"] = true
	}
}

// registered is the page on which a new customer chooses a password.
func (m *moments) registered() {
	r := customers.Registration{Email: "new@example.com", Name: "Somebody New"}
	if err := m.a.modules.customers.Register(m.Context(), m.own.in, r, customers.Letterhead{}); err != nil {
		m.Fatal(err)
	}
	var n int64
	if err := owner(m.T, m.a).QueryRow(fmt.Sprintf("SELECT max(id) FROM customers_registrations WHERE store_id = %d", m.own.in.ID())).Scan(&n); err != nil {
		m.Fatal(err)
	}
	m.see("storefront-account-confirm", m.visitors["storefront"].Host, "/account/confirm/"+m.a.kit.Sign.Sign("customers.confirm", int64(m.own.in.ID()), n, 0), nil)
	m.routes["storefront GET /account/confirm/{token}"] = true
}

// wrong are pages that say no.
func (m *moments) wrong() {
	for _, name := range []string{"platform", "admin", "merchant", "store", "storefront"} {
		v := m.visitors[name]
		m.see(name+"-not-found", v.Host, v.Base+"/nowhere/at/all", v.Cookies).status = http.StatusNotFound
	}
	m.see("platform-no-store", "nobody.localhost", "/", nil).status = http.StatusNotFound
	narrow, err := m.a.modules.tenancy.SignInAdmin(m.Context(), tenancy.Credentials{Email: "orders@orion.example", Password: "orion-demo"})
	cookies := map[string]string{"orion_admin": session(m.T, narrow, err)}
	m.see("admin-forbidden", "oms.localhost", "/admin/users", cookies).status = http.StatusForbidden
}

// post sends a form and gives the cookies that it brought.
func (m *moments) post(host, path string, cookies map[string]string, form url.Values) map[string]string {
	w := m.send(http.MethodPost, host, path, cookies, form)
	if w.Code >= http.StatusBadRequest {
		m.Fatalf("%s%s answers %d to %v: %s", host, path, w.Code, form, w.Body)
	}
	all := map[string]string{}
	maps.Copy(all, cookies)
	for _, ck := range w.Result().Cookies() {
		if ck.Name != "orion_flash" {
			all[ck.Name] = ck.Value
		}
	}
	return all
}

func (m *moments) send(method, host, path string, cookies map[string]string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://"+host+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for name, value := range cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	m.a.Handler().ServeHTTP(w, r)
	return w
}
