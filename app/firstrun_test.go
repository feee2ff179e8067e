package app

import (
	"crypto/rand"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"orion/kit/db/postgres"
)

// bare runs fn with an empty database of either kind.
func bare(t *testing.T, fn func(t *testing.T, a *App)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		fn(t, start(t, "sqlite:"+filepath.Join(t.TempDir(), "orion.db")))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		server := os.Getenv("ORION_TEST_POSTGRES")
		if server == "" {
			t.Skip("a PostgreSQL server (ORION_TEST_POSTGRES) is missing: run make test")
		}
		owner, err := postgres.OpenOwner(server)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = owner.Close() })
		name := "orion_bare_" + strings.ToLower(rand.Text()[:12])
		if _, err := owner.Exec("CREATE DATABASE " + name); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _, _ = owner.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)") })
		fn(t, start(t, database(server, name)))
	})
}

// A first run in a browser: from an empty database to an order in the first
// store, with nothing but what the program printed. What there is to type, to press
// and to look at for it takes a person less than five minutes.
func TestFirstRun(t *testing.T) {
	t.Parallel()
	bare(t, func(t *testing.T, a *App) {
		port := serve(t, a)
		b := newBrowser(t, "http://localhost:"+port)

		b.open("/")
		b.sees("Nobody can sign in yet")
		b.clicks(`main a.btn-primary`)
		b.until("the field for the key", `!!document.querySelector('input[name="token"]:not([type="hidden"])')`)
		b.picture("setup-key")
		b.open("/admin/setup?token=" + url.QueryEscape(a.modules.tenancy.SetupToken()))
		b.until("no field for the key", `!!document.querySelector('input[name="token"][type="hidden"]')`)
		b.typed("name", "Jo Weber")
		b.typed("email", "jo@example.com")
		b.typed("password", "a long enough secret")
		b.picture("setup-account")
		b.clicks(`form[action$="/setup/account"] button.btn-primary`)

		b.sees("Who sells?")
		b.typed("name", "Weber & Filles")
		b.picture("setup-firm")
		b.clicks(`form[action$="/setup/firm"] button.btn-primary`)
		b.sees("Your first store")
		b.typed("name", "Éclair & Co")
		b.until("the shop's name in the themes", `[...document.querySelectorAll('.theme-name')].every(e => e.textContent === 'Éclair & Co')`)
		b.clicks(`input[name="theme"][value="market"]`)
		b.picture("setup-store")
		b.clicks(`form[action$="/setup/store"] button.btn-primary`)
		b.sees("is open")
		b.picture("setup-open")
		b.clicks(`main a[href*="/enter?token="]`)

		b.until("the store's dashboard", `location.host.startsWith('eclair-co.') && location.pathname === '/store/'`)
		b.base = "http://eclair-co.localhost:" + port
		b.sees("First steps")
		b.picture("first-steps")
		b.clicks(`main a[href$="/products/new"]`)
		b.until("the form of a product", `!!document.querySelector('form[action$="/products/new"], form[action$="/products"]')`)
		b.picture("first-product")
		b.product("Éclair au café", "4.50", "20")

		b.open("/store/delivery/new")
		b.until("a usual price", `document.querySelector('[name="zones.0.rates.0.price"]').value === '4.90'`)
		b.clicks(`main form button.btn-primary`)
		b.until("the ways to deliver", `location.pathname === '/store/delivery'`)
		b.open("/store/settings/payments")
		b.clicks(`input[name="test"]`)
		b.clicks(`main form button.btn-primary`)
		b.until("saved settings", `!location.pathname.endsWith('/payments') || document.body.innerText.includes('Saved')`)
		b.open("/store/")
		b.sees("Place a test order")
		b.picture("steps-left")

		b.buys("eclair-au-cafe")
		b.open("/store/orders")
		b.sees("Léa Schmit")
		b.open("/store/")
		b.until("the test order done", `![...document.querySelectorAll('.checklist li:not(.is-done)')].some(e => e.innerText.includes('test order'))`)
		b.clicks(`form[action$="/first-steps/dismiss"] button`)
		b.until("no first steps", `!document.querySelector('.checklist')`)
		took := b.done.time()
		t.Logf("%d keys, %d things to press, %d pages: %v", b.done.keys, b.done.points, b.done.pages, took.Round(time.Second))
		if took > 5*time.Minute || b.done.keys < 100 || b.done.pages < 15 {
			t.Errorf("from nothing to a selling store takes %v (%+v), five minutes are allowed", took, b.done)
		}

		b.open("http://localhost:" + port + "/admin/setup?token=" + url.QueryEscape(a.modules.tenancy.SetupToken()))
		b.until("nothing to set up any more", `!document.querySelector('form[action$="/setup/account"]') && !document.querySelector('a[href*="/enter?token="]')`)
		b.open("http://localhost:" + port + "/")
		b.sees("Éclair & Co")
	})
}

// product fills the form of a product with one variant and saves it.
func (b *browser) product(title, price, stock string) {
	b.t.Helper()
	b.typed("title_en", title)
	b.typed("variants.0.price", price)
	b.typed("variants.0.stock", stock)
	eval[bool](b, `(() => { const s = document.querySelector('[name="status"]'); if (s && s.tagName === 'SELECT') { s.value = 'active'; s.dispatchEvent(new Event('change', {bubbles: true})) } return true })()`)
	b.clicks(`main form button.btn-primary`)
	b.until("the saved product", `!location.pathname.endsWith('/new')`)
}

// buys places an order as a guest, with the payment for tests.
func (b *browser) buys(slug string) {
	b.t.Helper()
	b.open("/products/" + slug)
	b.clicks(`form[action$="/cart/add"] button.btn-primary`)
	b.until("the cart", `location.pathname === '/cart' || document.querySelector('#cart-count').innerText.trim() === '1'`)
	b.open("/checkout")
	b.typed("email", "lea@example.com")
	b.typed("name", "Léa Schmit")
	b.clicks(`button[name="step"][value="contact"]`)
	b.typed("address.name", "Léa Schmit")
	b.typed("address.line1", "12, rue des Roses")
	b.typed("address.postal_code", "2445")
	b.typed("address.city", "Luxembourg")
	b.typed("address.country", "LU")
	b.clicks(`button[name="step"][value="address"]`)
	b.sees("Parcel")
	b.clicks(`input[name="delivery"]`)
	b.clicks(`button[name="step"][value="delivery"]`)
	b.clicks(`input[name="payment"][value="test"]`)
	b.clicks(`input[name="terms"]`)
	b.clicks(`button[name="step"][value="place"]`)
	b.until("the payment page", `location.pathname.startsWith('/pay/test/')`)
	b.clicks(`form:has(input[value="success"]) button`)
	b.until("the order's page", `location.pathname.startsWith('/orders/')`)
	b.sees("Thank you")
}
