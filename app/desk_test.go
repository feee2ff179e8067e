package app

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// signsIn goes through the sign-in page by keyboard.
func (b *browser) signsIn(path, email string) {
	b.t.Helper()
	b.open(path)
	b.focuses(`[name="email"]`)
	b.presses(email)
	b.focuses(`[name="password"]`)
	b.presses("orion-demo" + kb.Enter)
	b.until("the pages of the staff", `!!document.querySelector('.shell')`)
}

// strikes are keys for the page itself, once its scripts are there.
func (b *browser) strikes(keys string) {
	b.t.Helper()
	b.until("the scripts", `document.readyState === "complete" && !!customElements.get("o-rows")`)
	for _, k := range keys {
		b.presses(string(k))
	}
}

// TestOrderDesk works through orders with nothing but the keyboard.
func TestOrderDesk(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		b := newBrowser(t, "http://kirchberg-kids.localhost:"+serve(t, a))
		b.signsIn("/store/login", "manager@kirchberg-kids.example")
		b.open("/store/orders?view=to_ship")
		b.sees("Packed")
		rows := eval[int](b, `document.querySelectorAll("tbody tr").length`)
		if rows < 3 {
			t.Fatalf("%d orders to ship, too few to work with", rows)
		}

		b.strikes("?")
		b.until("the keys", `document.querySelector("#keys").open`)
		b.sees("Packing slips")
		b.presses(kb.Escape)
		b.until("the keys gone", `!document.querySelector("#keys").open`)

		b.strikes("jxjx")
		b.until("two chosen", `document.querySelectorAll("tbody :checked").length === 2`)
		b.strikes("m")
		b.sees("2 marked as packed")
		b.until("two packed in the list", `[...document.querySelectorAll("tbody .badge")].filter((e) => e.innerText === "Packed").length === 2`)
		b.picture("desk-packed")
		b.focuses(".flash form button")
		b.presses(kb.Enter)
		b.sees("2 no longer marked as packed")

		b.open("/store/orders?view=to_ship")
		b.strikes("j" + kb.Enter)
		b.until("the order", `/\/orders\/ord_/.test(location.pathname) && location.search === "?view=to_ship" && !!document.querySelector("h1")`)
		first := eval[string](b, `document.querySelector("h1").innerText.split(/\s/)[0]`)
		b.strikes("j")
		b.until("the next order of the list", fmt.Sprintf(`document.querySelector("h1").innerText.split(/\s/)[0] !== %q && location.search === "?view=to_ship"`, first))
		b.strikes("k")
		b.until("the first again", fmt.Sprintf(`document.querySelector("h1").innerText.split(/\s/)[0] === %q`, first))
		b.strikes("s")
		b.until("a quantity at hand", `document.activeElement.name?.startsWith("lines.")`)
		b.picture("desk-ship")
		b.focuses(`[name="tracking"]`)
		b.presses("LU-4711" + kb.Enter)
		b.sees("The parcel is on its way")
		b.sees("LU-4711")

		b.strikes("p")
		b.until("a sheet", `document.querySelectorAll(".slip").length === 1`)
		b.picture("desk-slip")

		b.open("/store/orders?view=to_ship")
		b.strikes("js")
		b.sees("Ship 1 order")

		b.open("/store/orders")
		b.strikes("/")
		b.until("the search at hand", `document.activeElement.type === "search"`)
		b.presses(kb.Backspace + "sophie" + kb.Enter) // Chromium is told of the character apart from the key
		b.until("what was searched for", `new URLSearchParams(location.search).get("q") === "sophie"`)
	})
}
