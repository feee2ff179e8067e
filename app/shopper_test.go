package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// presses sends keys to whatever has the focus.
func (b *browser) presses(keys string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 10*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.KeyEvent(keys)); err != nil {
		b.t.Fatalf("press %q: %v", keys, err)
	}
}

// focuses puts the focus on the first thing that a selector finds.
func (b *browser) focuses(selector string) {
	b.t.Helper()
	b.until("something to focus: "+selector, `!!document.querySelector('`+selector+`')`)
	eval[bool](b, `(() => { document.querySelector('`+selector+`').focus(); return true })()`)
}

// The cart drawer by keyboard alone: it opens after something was added and has
// the focus, is changed in place, closes by Escape and gives the focus back.
func TestCartDrawer(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		b := newBrowser(t, "http://maison-kirchberg.localhost:"+serve(t, a))
		b.open("/products/serving-bowl")
		b.focuses(`form[action$="/cart/add"] button.btn-primary`)
		b.presses(kb.Enter)
		b.until("the open drawer", `!!document.querySelector('#cart-drawer[open] .cart-lines')`)
		b.until("the focus in the drawer", `document.querySelector('#cart-drawer').contains(document.activeElement)`)
		b.until("the message in the drawer", `document.querySelector('#cart-drawer .drawer-note').innerText.includes('in your cart')`)
		b.until("the count in the header", `document.querySelector('#cart-count').innerText.trim() === '1'`)
		if title := eval[string](b, `document.title`); strings.HasPrefix(title, "Cart") {
			t.Errorf("the page is called %q while the drawer is open", title)
		}
		b.picture("drawer")

		b.focuses(`#cart-drawer [data-by="1"]`)
		b.presses(" ")
		b.until("two of them", `document.querySelector('#cart-count').innerText.trim() === '2'`)
		b.until("the focus still in the drawer", `document.querySelector('#cart-drawer').contains(document.activeElement)`)

		b.presses(kb.Escape)
		b.until("the closed drawer", `!document.querySelector('#cart-drawer').open`)
		b.until("the focus back", `document.activeElement !== document.body`)

		b.focuses(`#cart-link`)
		b.presses(kb.Enter)
		b.until("the drawer again", `!!document.querySelector('#cart-drawer[open] .cart-lines')`)
		b.focuses(`#cart-drawer form[action$="/cart/remove"] button`)
		b.presses(kb.Enter)
		b.until("the empty drawer", `!!document.querySelector('#cart-drawer[open] .empty')`)
		b.presses(kb.Escape)
		b.until("the focus on the link", `document.activeElement.id === 'cart-link'`)
	})
}

// Hearts by keyboard alone: the page stays as it is, all hearts of the product
// follow, and what is on the list goes from there into the cart.
func TestHearts(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		b := newBrowser(t, "http://maison-kirchberg.localhost:"+serve(t, a))
		b.open("/products/serving-bowl")
		full := func(where, want string) {
			t.Helper()
			b.until(where+" heart "+want, `document.querySelector('`+where+` .heart').ariaPressed === '`+want+`'`)
		}
		for _, want := range []string{"true", "false", "true"} {
			b.focuses(`.buy .heart`)
			b.presses(kb.Enter)
			full(".buy", want)
		}
		b.until("the focus still on it", `document.activeElement.matches('.buy .heart')`)
		b.until("the count in the header", `document.querySelector('#wish-link').innerText.trim() === '1'`)
		b.open("/categories/table")
		full(`.product:has([href$="/serving-bowl"])`, "true")
		b.focuses(`.product:has([href$="/dinner-plate"]) .heart`)
		b.presses(kb.Enter)
		full(`.product:has([href$="/dinner-plate"])`, "true")
		b.open("/wishlist")
		b.picture("wishes")
		b.sees("Dinner plate")
		b.focuses(`#wishes form[action$="/wishlist/move"] button`)
		b.presses(kb.Enter)
		b.until("one in the cart", `document.querySelector('#cart-count').innerText.trim() === '1'`)
		b.until("one on the list", `document.querySelectorAll('#wishes li').length === 1 && document.querySelector('#wish-link').innerText.trim() === '1'`)
		b.focuses(`#wishes form[action$="/wishlist/remove"] button`)
		b.presses(kb.Enter)
		b.sees("Nothing on your wish list yet")
	})
}

// Suggestions by keyboard alone: the arrows walk through them and back into the
// field, Escape closes and keeps what was typed, Enter goes to the marked one.
func TestSuggestions(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		b := newBrowser(t, "http://maison-kirchberg.localhost:"+serve(t, a))
		b.open("/search")
		b.until("the focus in the field", `document.activeElement.name === "q" && document.activeElement.role === "combobox"`)
		b.presses("stonware")
		b.until("the list", `document.activeElement.ariaExpanded === "true" && document.querySelectorAll("#suggestions [role=option]").length > 0`)
		b.until("it is said", `document.querySelector("o-suggest [role=status]").textContent.includes("Showing stoneware")`)
		b.picture("suggestions")
		marked := func(want string) {
			t.Helper()
			b.until("marked: "+want, `(document.activeElement.getAttribute("aria-activedescendant") ?? "") === "`+want+`"`)
		}
		b.presses(kb.ArrowDown)
		marked("suggestion-0")
		b.presses(kb.ArrowUp)
		marked("")
		b.presses(kb.Escape)
		b.until("closed, and what was typed is there", `document.activeElement.ariaExpanded === "false" && document.activeElement.value === "stonware"`)
		b.presses(kb.ArrowDown)
		b.until("the list again", `document.activeElement.ariaExpanded === "true"`)
		b.presses(kb.ArrowDown)
		marked("suggestion-0")
		want := eval[string](b, `document.querySelector("#suggestion-0").pathname`)
		b.presses(kb.Enter)
		b.until("what was marked", `location.pathname === "`+want+`"`)
		b.open("/search")
		b.until("the focus in the field", `document.activeElement.name === "q" && document.activeElement.role === "combobox"`)
		b.presses("zeppelin")
		b.presses(kb.Enter)
		b.sees("Nothing found for “zeppelin”")
	})
}
