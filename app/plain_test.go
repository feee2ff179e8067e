package app

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// ask sends Chromium itself a command.
func ask[P, R any](b *browser, c cdp.Command[P, R], p P) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, p)
		return err
	})); err != nil {
		b.t.Fatalf("%s: %v", c.Method, err)
	}
}

// step sends the checkout's form with one of its buttons.
func (b *browser) step(name string) {
	b.t.Helper()
	b.clicks(`button[name="step"][value="` + name + `"]`)
}

// A whole purchase with scripts switched off: forms post, links lead on, and
// what was typed wrong is shown again with the reason.
func TestSaleWithoutScripts(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		b := newBrowser(t, "http://maison-kirchberg.localhost:"+serve(t, a))
		ask(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		b.open("/search")
		if eval[bool](b, `!!customElements.get("o-cart")`) {
			t.Fatal("the shop's script runs")
		}
		b.typed("q", "stonware mug")
		b.focuses(`[name="q"]`)
		b.presses("\r")
		b.sees("Showing stoneware mug")
		b.clicks(`a[href="/products/stoneware-mug"]`)
		b.clicks(`input[name="o.glaze"]:not(:checked)`)
		b.clicks(`button[formmethod="get"]`)
		b.until("the other glaze's page", `new URLSearchParams(location.search).has("o.glaze")`)
		chosen := eval[string](b, `document.querySelector('.variant legend b').textContent`)
		b.typed("quantity", "2")
		b.clicks(`form[action$="/cart/add"] button.btn-primary`)
		b.until("the cart", `location.pathname === "/cart"`)
		b.sees(chosen)
		b.sees("It is in your cart")
		b.typed("quantity", "3")
		b.clicks(`form[action$="/cart/set"] .quantity-send`)
		b.until("three of them", `document.querySelector('form[action$="/cart/set"] [name="quantity"]').value === "3"`)
		b.picture("plain-cart")

		b.clicks(`a[href="/checkout"]`)
		b.typed("email", "lea@example")
		b.typed("name", "Léa Schmit")
		b.step("contact")
		b.until("the wrong address again", `document.querySelector('[name="email"]').value === "lea@example" && document.querySelector('[name="email"]').ariaInvalid === "true"`)
		b.typed("email", "lea@example.com")
		b.step("contact")
		for name, value := range map[string]string{
			"address.name": "Léa Schmit", "address.line1": "12, rue des Roses", "address.postal_code": "L-2445", "address.city": "Luxembourg", "address.country": "LU",
		} {
			b.typed(name, value)
		}
		b.step("address")
		b.clicks(`input[name="delivery"]`)
		b.step("delivery")
		b.clicks(`input[name="payment"][value="bank_transfer"]`)
		b.step("place")
		b.until("the terms asked for", `document.querySelector('[name="terms"]').ariaInvalid === "true"`)
		b.clicks(`input[name="terms"]`)
		b.picture("plain-checkout")
		b.step("place")
		b.until("the order's page", `location.pathname.startsWith('/orders/')`)
		b.sees("Thank you")
		b.sees(chosen)
		b.sees("IBAN")
		b.picture("plain-thanks")

		link := b.where()
		ask(b, network.ClearBrowserCookies, cdp.Empty{})
		b.open("/cart")
		b.sees("Your cart is empty")
		b.open(link) // as from the mail, on another device
		b.sees("Léa Schmit")
		b.sees(chosen)
	})
}
