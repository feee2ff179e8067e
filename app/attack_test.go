package app

import (
	"database/sql"
	"fmt"
	"net/url"
	"path"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/db/postgres"
	"orion/kit/id"
	"orion/kit/modtest"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/catalog"
	"orion/modules/core"
	"orion/modules/customers"
	"orion/modules/customers/customersapi"
	"orion/modules/messaging"
	"orion/modules/reviews"
	"orion/modules/tenancy"
)

// wanted says in which table of a store a kind of identifier is found.
var wanted = map[string]string{
	"prd": "id FROM catalog_products", "var": "id FROM catalog_variants", "cat": "id FROM catalog_categories", "imp": "id FROM catalog_imports", "chg": "id FROM catalog_bulk_changes",
	"viw": "id FROM core_views", "txi": "id FROM cms_text_imports", "rdr": "id FROM cms_redirects",
	"cus": "id FROM customers_customers", "adr": "id FROM customers_addresses", "not": "id FROM customers_notes", "seg": "id FROM customers_segments",
	"loc": "id FROM inventory_locations", "mov": "id FROM inventory_movements",
	"ord": "id FROM orders_orders", "oln": "id FROM orders_lines", "dlm": "id FROM orders_methods",
	"pay": "id FROM payments_payments", "pat": "id FROM payments_attempts",
	"rev": "id FROM reviews_reviews", "thr": "id FROM messaging_threads", "sub": "id FROM messaging_subscribers",
	"rol": "id FROM tenancy_roles", "usr": "user_id FROM tenancy_staff",
}

// anyKind writes identifiers of kinds that only their modules can name.
type anyKind struct{}

func (anyKind) Prefix() string { return "any" }

func text(prefix string, n int64) string {
	return prefix + strings.TrimPrefix(id.ID[anyKind](n).String(), "any")
}

// owner looks into the database beside the program, past all scopes.
func owner(t *testing.T, a *App) *sql.DB {
	t.Helper()
	if a.db.Dialect() == db.SQLite {
		return a.db.Pool()
	}
	pool, err := postgres.OpenOwner(a.config.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pool.Close() })
	return pool
}

// field is one of the program's stores with everything that has an identifier.
type field struct {
	shop  *web.Shop
	in    tenant.Store
	ids   map[string]string // by kind: identifiers, slugs and signed tokens
	buyer auth.CustomerID
}

// plough makes sure that a store has something of every kind.
func plough(t *testing.T, a *App, pool *sql.DB, code string) field {
	t.Helper()
	ctx := t.Context()
	shop, in, err := a.store(code)
	if err != nil {
		t.Fatal(err)
	}
	all := tenancy.By{Actor: auth.SystemActor, Grants: auth.Everything()}
	if _, err := a.modules.tenancy.CreateRole(ctx, in, all, tenancy.RoleEdit{Name: "Helpers", Permissions: []string{"orders.view"}}); err != nil {
		t.Fatal(err)
	}
	up := catalog.Upload{File: "goods.csv", R: strings.NewReader("Handle,Title,Body (HTML),Vendor,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price\nx,X,,,,true,Title,Default Title,X1,1.00\n"), Actor: auth.SystemActor}
	if _, err := a.modules.catalog.Request(ctx, in, up); err != nil {
		t.Fatal(err)
	}
	ploughCatalogue(t, a, in)
	saveView(t, a, pool, in)
	deleteSomebody(t, a, code)
	buyer := signUp(t, a, pool, in)
	if err := a.modules.customers.AddNote(ctx, in, auth.SystemActor, buyer, "Calls on Mondays"); err != nil {
		t.Fatal(err)
	}
	if err := a.modules.customers.Tag(ctx, in, auth.SystemActor, buyer, []string{"Regular guest"}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.modules.customers.SaveSegment(ctx, in, auth.SystemActor, "Good buyers", customers.Filter{Spent: 10_000, Days: 90}); err != nil {
		t.Fatal(err)
	}
	f := field{shop: shop, in: in, ids: map[string]string{}, buyer: buyer}
	writeReview(t, a, pool, f)
	writeMessage(t, a, f)
	writePages(t, a, f)
	wears(t, a, in, shop.Theme)
	translateSome(t, a, f)
	f.ids["component slug"], f.ids["statement slug"], f.ids["word slug"] = "Button", "orders.find_order", "ui.undo"
	f.ids["payments.hook"] = path.Base(a.modules.payments.HookPath(in, "stripe"))
	f.ids["qry"] = saveQuery(t, a)
	reword(t, a)
	numbers := map[string]int64{}
	for kind, from := range wanted {
		var n int64
		order := " ORDER BY 1 DESC LIMIT 1"
		if kind == "adr" || kind == "rev" {
			order = fmt.Sprintf(" AND customer_id = %d", buyer) + order
		}
		if err := pool.QueryRow(fmt.Sprintf("SELECT %s WHERE store_id = %d%s", from, in.ID(), order)).Scan(&n); err != nil {
			t.Fatalf("%s has no %s: %v", code, kind, err)
		}
		numbers[kind], f.ids[kind] = n, text(kind, n)
	}
	for kind, from := range map[string]string{"product slug": "catalog_products", "category slug": "catalog_categories"} {
		var slug string
		// Stores may name things alike, and then the slug is known here too.
		query := fmt.Sprintf("SELECT min(slug) FROM %s x WHERE store_id = %d AND NOT EXISTS (SELECT 1 FROM %s y WHERE y.slug = x.slug AND y.store_id <> x.store_id)", from, in.ID(), from)
		if from == "catalog_products" {
			query += " AND status = 'active'"
		}
		if err := pool.QueryRow(query).Scan(&slug); err != nil {
			t.Fatal(code, kind, err)
		}
		f.ids[kind] = slug
	}
	leaveTrouble(t, pool, in, f.ids)
	leaveCard(t, pool, f)
	leaveDispute(t, pool, f)
	for kind, of := range map[string]string{"orders.order": "ord", "payments.pay": "pay", "customers.confirm": "cus", "messaging.thread": "thr", "messaging.subscribe": "sub", "messaging.leave": "sub"} {
		f.ids[kind] = a.kit.Sign.Sign(kind, int64(in.ID()), numbers[of], 0)
	}
	var version int64
	if err := pool.QueryRow(fmt.Sprintf("SELECT password_version FROM customers_customers WHERE id = %d", buyer)).Scan(&version); err != nil {
		t.Fatal(err)
	}
	f.ids["customers.reset"] = text("cus", int64(buyer)) + "." + a.kit.Sign.Sign(fmt.Sprint("customers.reset.", version), int64(in.ID()), int64(buyer), 0)
	f.ids["sto"], f.ids["mer"], f.ids["plt"] = shop.ID.String(), shop.Merchant.String(), shop.Platform.String()
	return f
}

// writeReview lets the buyer say something about a product.
func writeReview(t *testing.T, a *App, pool *sql.DB, f field) {
	t.Helper()
	var slug string
	if err := pool.QueryRow(fmt.Sprintf("SELECT min(slug) FROM catalog_products WHERE store_id = %d AND status = 'active'", f.in.ID())).Scan(&slug); err != nil {
		t.Fatal(err)
	}
	_, err := a.modules.reviews.Write(t.Context(), f.in, reviews.Writing{
		Customer: f.buyer, Slug: slug, Lang: "en", Opinion: reviews.Opinion{Stars: 4, Title: "Good", Body: "It does what it should."},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// writeMessage lets somebody use the store's contact form, and ask for its newsletter.
func writeMessage(t *testing.T, a *App, f field) {
	t.Helper()
	_, err := a.modules.messaging.Contact(t.Context(), f.in, messaging.Note{
		Ticket: 1 << 20, Name: "Sam", Email: "sam@example.lu", Lang: "en", Subject: "A question", Body: "When are you open?",
	}, messaging.Letterhead{})
	if err == nil {
		err = a.modules.messaging.Subscribe(t.Context(), f.in, messaging.Wish{Email: "sam@example.lu", Lang: "en", Source: "page", Wording: "Yes"}, messaging.Letterhead{Shop: "S"})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// ploughCatalogue makes what staff make of products.
func ploughCatalogue(t *testing.T, a *App, in tenant.Store) {
	t.Helper()
	rows, err := a.modules.catalog.Products(t.Context(), in, "en", catalog.Wanted{})
	if err != nil {
		t.Fatal(err)
	}
	brand := "Ploughed"
	many := catalog.Many{Kind: catalog.BySheet, Patches: []catalog.Patch{{Product: rows.Items[0].ID, Brand: &brand}}}
	if _, err := a.modules.catalog.ChangeMany(t.Context(), in, auth.SystemActor, many); err != nil {
		t.Fatal(err)
	}
}

// saveView keeps a list as the owner, who asks for pages, likes it.
func saveView(t *testing.T, a *App, pool *sql.DB, in tenant.Store) {
	t.Helper()
	var who int64
	if err := pool.QueryRow("SELECT id FROM tenancy_users WHERE email = 'owner@kirchberg.example'").Scan(&who); err != nil {
		t.Fatal(err)
	}
	if _, err := a.modules.core.SaveView(t.Context(), in, auth.UserID(who), core.SavedView{List: "products", Name: "Mine", Query: "status=draft"}); err != nil {
		t.Fatal(err)
	}
}

// signUp makes a customer who can sign in and has an address.
func signUp(t *testing.T, a *App, pool *sql.DB, in tenant.Store) auth.CustomerID {
	t.Helper()
	var n int64
	query := fmt.Sprintf("SELECT min(id) FROM customers_customers WHERE store_id = %d AND status = 'active'", in.ID())
	if err := pool.QueryRow(query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	_, err := a.modules.customers.SaveAddress(t.Context(), in, auth.CustomerID(n), customers.Saved{
		Address: customersapi.Address{Name: "S", Line1: "1, rue du Fort", Postal: "1234", City: "Luxembourg", Country: "LU"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return auth.CustomerID(n)
}

// stranger gives identifiers of the same kinds that nobody has.
func stranger(f field) map[string]string {
	out := map[string]string{}
	for kind, v := range f.ids {
		switch {
		case len(kind) == 3:
			out[kind] = text(kind, 1<<40+7)
		case strings.HasSuffix(kind, "slug"):
			out[kind] = "nobody-has-this"
		case kind == "job number":
			out[kind] = "987654321"
		case kind == "delivery":
			out[kind] = "1099511627783:toys.mark"
		case kind == "customers.reset":
			out[kind] = text("cus", 1<<40+7) + ".AAAA" + v[22:]
		default:
			out[kind] = "AAAA" + v[4:len(v)-4] + "AAAA"
		}
	}
	return out
}

// session signs somebody in by the use case of the audience.
func session(t *testing.T, token string, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// callers are everybody who may do everything in their place, by audience; the
// REST interface's stand behind "api ".
func callers(t *testing.T, a *App, f field) map[string]modtest.Visitor {
	t.Helper()
	ctx, ten, h := t.Context(), a.modules.tenancy, a.Handler()
	pw := "orion-demo"
	staff, err := ten.SignInStaff(ctx, f.in, tenancy.Credentials{Email: "owner@kirchberg.example", Password: pw})
	staff = session(t, staff, err)
	operator, err := ten.SignInAdmin(ctx, tenancy.Credentials{Email: "orders@orion.example", Password: pw})
	operator = session(t, operator, err)
	customer, err := a.kit.Sessions.Start(ctx, auth.Session{Audience: "storefront", Realm: int64(f.in.ID()), Subject: int64(f.buyer)})
	customer = session(t, customer, err)
	_, secret, err := a.kit.Tokens.Create(ctx, auth.Token{Name: "attack", Audience: "store", Realm: int64(f.in.ID()), Scopes: []string{"*"}})
	secret = session(t, secret, err)
	host := ten.Host(f.shop)
	front := map[string]string{"orion_storefront": customer}
	return map[string]modtest.Visitor{
		"store":          {Handler: h, Host: host, Base: "/store", Cookies: map[string]string{"orion_store": staff}},
		"storefront":     {Handler: h, Host: host, Cookies: front},
		"admin":          {Handler: h, Host: "oms.localhost", Base: "/admin", Cookies: map[string]string{"orion_admin": operator}},
		"api store":      {Handler: h, Host: host, Base: web.APIRoot + "/store", Token: secret},
		"api storefront": {Handler: h, Host: host, Base: web.APIRoot + "/storefront", Cookies: front},
	}
}

// kindOfField is what the fields of forms and bodies name.
var kindOfField = map[string]string{
	"variant": "var", "location": "loc", "from": "loc", "to": "loc", "category": "cat", "parent": "cat", "role": "rol", "line": "oln", "id": "dlm",
	"delivery": "dlm", "method": "dlm", "default_location": "loc", "address": "adr", "merchant": "mer", "platform": "plt", "product": "prd",
}

// plain are values that most forms accept.
var plain = map[string]string{
	"name": "Ada", "title_en": "Ada", "title_fr": "Ada", "quantity": "1", "reason": "count", "amount": "1.00", "email": "ada@example.com",
	"password": "a long enough password", "again": "a long enough password", "note": "hello", "text": "hello", "country": "LU", "line1": "1, rue",
	"postal": "1234", "city": "Luxembourg", "priority": "1", "code": "ada-1", "currency": "EUR", "lang": "fr", "status": "open", "mode": "set",
	"kind": "flat", "policy": "deny", "bin": "A1", "choice": "success", "carrier": "Post", "tracking": "1",
}

// filled is a form that says everything, with the identifiers of ids.
func formOf(ids map[string]string) string {
	v := url.Values{}
	for name, value := range plain {
		v.Set(name, value)
	}
	for name, kind := range kindOfField {
		v.Set(name, ids[kind])
	}
	return v.Encode()
}
