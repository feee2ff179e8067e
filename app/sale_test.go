package app

import (
	"strings"
	"testing"
)

// A whole sale in a browser: a shopper finds a product, chooses a variant, buys
// it as a guest and pays; the staff sign in, see the order, ship it, and find
// stock and timeline right.
func TestSale(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		port := serve(t, a)
		b := newBrowser(t, "http://maison-kirchberg.localhost:"+port)

		b.open("/search?q=bowl")
		b.sees("Serving bowl")
		b.clicks(`a[href="/products/serving-bowl"]`)
		b.sees("Serving bowl")
		b.until("the page's own picture of the honey glaze", `!!document.querySelector('img')`)
		b.clicks(`input[name="o.glaze"][value="ink"]`)
		b.until("the variant in ink", `document.querySelector('.variant legend b').textContent.includes('Ink')`)
		b.picture("product")
		b.clicks(`form[action$="/cart/add"] button.btn-primary`)
		b.until("the cart", `location.pathname === '/cart' || document.querySelector('#cart-count').innerText.trim() === '1'`)
		b.open("/cart")
		b.sees("Serving bowl")
		b.sees("Ink blue")
		b.picture("cart")

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
		b.sees("Post")
		b.clicks(`input[name="delivery"]`)
		b.clicks(`button[name="step"][value="delivery"]`)
		b.clicks(`input[name="payment"][value="test"]`)
		b.clicks(`input[name="terms"]`)
		b.picture("checkout")
		b.clicks(`button[name="step"][value="place"]`)

		b.until("the payment page", `location.pathname.startsWith('/pay/test/')`)
		b.picture("pay")
		b.clicks(`form:has(input[value="success"]) button`)
		b.until("the order's page", `location.pathname.startsWith('/orders/')`)
		b.sees("Thank you")
		b.sees("Serving bowl")
		b.picture("thanks")
		settle(t, a)

		eval[string](b, `document.cookie = 'lang=en; path=/'`)
		b.open("/store/orders")
		b.until("the sign-in", `location.pathname === '/store/login'`)
		b.typed("email", "manager@maison-kirchberg.example")
		b.typed("password", "orion-demo")
		b.clicks(`form button.btn-primary`)
		b.until("the orders", `location.pathname === '/store/orders'`)
		b.sees("Léa Schmit")
		b.picture("orders")
		b.clicks(`tbody a[href*="/store/orders/ord_"]`)
		b.sees("Léa Schmit")
		b.sees("Ink blue")
		b.typed("tracking", "LU123456789")
		b.clicks(`form[action$="/ship"] button.btn-primary, form[action$="/ship"] button[type="submit"], form[action$="/ship"] button`)
		b.sees("LU123456789")
		settle(t, a)
		b.open(strings.SplitN(b.where(), "#", 2)[0])
		b.sees("Shipped")
		b.picture("order")

		b.open("/store/inventory?q=Serving+bowl")
		b.sees("Serving bowl")
		b.picture("inventory")
	})
}

// settle lets everything that was told reach everybody.
func settle(t *testing.T, a *App) {
	t.Helper()
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.kit.Events.Flush(t.Context(), in); err != nil {
		t.Fatal(err)
	}
}
