package app

import (
	"fmt"
	"testing"
)

// cellKey presses a key in a cell of a sheet.
func (b *browser) cellKey(name, key, more string) {
	b.t.Helper()
	eval[bool](b, fmt.Sprintf(`(() => { const e = document.querySelector('[name=%q]'); e.focus();
		e.dispatchEvent(new KeyboardEvent('keydown', {key: %q, bubbles: true, cancelable: true, %s})); return true })()`, name, key, more))
}

// cells waits for what cells hold, in their order.
func (b *browser) cells(column string, want ...string) {
	b.t.Helper()
	for i, v := range want {
		name := fmt.Sprintf("variants.%d.%s", i, column)
		b.until(name+" to be "+v, fmt.Sprintf(`document.querySelector('[name=%q]')?.value === %q`, name, v))
	}
}

// Staff fill the prices of a product's variants like a spreadsheet, by keys and
// by pasting, and find them stored.
func TestVariantSheet(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		port := serve(t, a)
		b := newBrowser(t, "http://maison-kirchberg.localhost:"+port)
		b.open("/store/login")
		eval[string](b, `document.cookie = 'lang=en; path=/'`)
		b.open("/store/products?q=serving+bowl")
		b.until("the sign-in", `location.pathname === '/store/login'`)
		b.typed("email", "manager@maison-kirchberg.example")
		b.typed("password", "orion-demo")
		b.clicks(`form button.btn-primary`)
		b.until("the products", `location.pathname === '/store/products'`)
		b.clicks(`tbody a[href*="/store/products/prd_"]`)
		b.until("the sheet", `document.querySelectorAll('o-sheet tbody tr').length >= 3 && !document.querySelector('.sheet-bar').hidden`)
		b.picture("editor")

		b.typed("variants.0.price", "61.50")
		b.cellKey("variants.0.price", "d", "ctrlKey: true")
		b.cells("price", "61.50", "61.50", "61.50")
		b.until("changed cells to be marked", `document.querySelectorAll('td.is-changed').length >= 3`)
		b.until("the bar to say so", `document.querySelector('.save-bar').classList.contains('is-dirty')`)

		b.cellKey("variants.0.price", "ArrowDown", "")
		b.until("the cell below", `document.activeElement.name === 'variants.1.price'`)
		eval[bool](b, `(() => { const d = new DataTransfer(); d.setData('text/plain', '70.00\t80.00\n71.00\t81.00\n');
			document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: d, bubbles: true, cancelable: true})); return true })()`)
		b.cells("price", "61.50", "70.00", "71.00")
		b.cellKey("variants.2.price", "Escape", "")
		b.until("what was there before", `(c => c.value === c.defaultValue)(document.querySelector('[name="variants.2.price"]'))`)

		b.clicks(`.save-bar button.btn-primary`)
		b.sees("The product is saved")
		b.cells("price", "61.50", "70.00")
		b.until("the price before", `document.querySelector('[name="variants.1.compare_at"]').value === '80.00'`)
	})
}
