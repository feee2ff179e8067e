package app

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"orion/kit/page"
	"orion/modules/catalog"
)

// chord presses a key while Control is held.
func (b *browser) chord(key string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 10*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.KeyEvent(key, chromedp.KeyModifiers(chromedp.ModifierCtrl))); err != nil {
		b.t.Fatalf("press Control and %q: %v", key, err)
	}
}

// tabs presses Tab until the focus is on what a selector finds.
func (b *browser) tabs(selector string) {
	b.t.Helper()
	b.until("something to reach: "+selector, fmt.Sprintf(`!!document.querySelector(%q)`, selector))
	for range 200 {
		if eval[bool](b, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			return
		}
		b.presses(kb.Tab)
	}
	b.t.Fatalf("Tab never reaches %s", selector)
}

// shelf is what the first products of a store's list have.
func shelf(t *testing.T, a *App, code string) (out []catalog.Product) {
	t.Helper()
	_, in, err := a.store(code)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := a.modules.catalog.Products(t.Context(), in, "en", catalog.Wanted{Page: page.Request{Limit: 24}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows.Items {
		p, err := a.modules.catalog.Product(t.Context(), in, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

// Staff change several products in a sheet, save, and take it back: with the
// keyboard alone, but for the clipboard, which holds rows of a spreadsheet.
func TestBulkEditor(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		all := shelf(t, a, "maison-kirchberg")
		first := slices.IndexFunc(all, func(p catalog.Product) bool { return len(p.Options) == 0 })
		for len(all[first+1].Options) > 0 || len(all[first+2].Options) > 0 {
			first++
		}
		three := all[first : first+3]

		before := fmt.Sprint(stockOf(t, a, three))

		b := newBrowser(t, "http://maison-kirchberg.localhost:"+serve(t, a))
		b.open("/store/login?next=/store/products")
		b.typed("email", "manager@maison-kirchberg.example")
		b.typed("password", "orion-demo")
		b.presses(kb.Enter)
		b.until("the list", `location.pathname === "/store/products" && document.readyState === "complete" && !!customElements.get("o-rows")`)
		for range first {
			b.presses("j")
		}
		for range three {
			b.presses("j")
			b.presses("x")
		}
		b.until("three of them", `document.querySelector('.bulk').innerText.includes('3')`)
		b.tabs(`.bulk button[value="edit"]`)
		b.presses(kb.Enter)
		b.until("the sheet", `location.pathname === "/store/products/sheet" && document.querySelectorAll('.sheet tbody tr').length === 3`)

		b.tabs(`.sheet td .cell`)
		b.presses("Nouveau nom" + kb.ArrowRight + kb.ArrowRight)
		b.presses("8,40")
		b.chord("d") // fills down
		all840 := `[...document.querySelectorAll('.sheet [data-name$=".price"]')].every(e => e.value === "8,40")`
		b.until("the price in all rows", all840)
		b.chord("z")
		b.until("it undone, but for what was typed", `document.querySelectorAll('.sheet td.is-changed').length === 2`)
		b.chord("z")
		b.until("that undone too", `document.querySelectorAll('.sheet td.is-changed').length === 1 && document.activeElement.dataset.name.endsWith(".price")`)
		b.chord("y")
		b.chord("y")
		b.until("both made again", all840)

		b.presses(kb.F2 + "7" + kb.ArrowLeft + kb.Escape) // the arrow walks inside the cell
		b.until("the cell as it was", `document.activeElement.value === "8,40"`)
		b.presses("9" + kb.Enter) // replaces, and goes down
		b.until("the cell below", `document.activeElement.closest('tr').rowIndex === 3`)
		b.chord("z")
		b.until("the nine gone", all840)
		b.presses(kb.ArrowUp)
		b.until("the first row", `document.activeElement.closest('tr').rowIndex === 1`)
		b.presses(kb.ArrowRight + kb.ArrowRight)
		b.until("the cost", `document.activeElement.dataset.name?.endsWith(".cost")`)
		eval[bool](b, `(() => { const d = new DataTransfer(); d.setData("text/plain", "3,10\t41\r\n3,20\t42\r\n3,30\t43\r\n");
			document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true})); return true })()`)
		b.until("ten cells marked", `document.querySelectorAll('.sheet td.is-changed').length === 10`)
		b.picture("sheet-changed")
		b.chord("s")
		b.until("the list again", `location.pathname === "/store/products" && !!document.querySelector('.flash form button')`)
		b.tabs(`.flash form button`) // where it waits for who is there
		_, in, err := a.store("maison-kirchberg")
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range three {
			now, err := a.modules.catalog.Product(t.Context(), in, p.ID)
			if err != nil || now.Price.Minor != 840 || now.Variants[0].Cost.Minor != int64(310+10*i) || (i == 0) != (now.Title["fr"] == "Nouveau nom") {
				t.Errorf("saved %v: %v, %v, %v", now.Title, now.Price, now.Variants[0].Cost, err)
			}
		}
		if got := fmt.Sprint(stockOf(t, a, three)); got != "[41 42 43]" {
			t.Errorf("counted %s", got)
		}
		b.presses(kb.Enter)
		b.until("it taken back", `!document.querySelector('.flash form button') && !!document.querySelector('.flash') && location.pathname === "/store/products"`)
		for _, p := range three {
			now, err := a.modules.catalog.Product(t.Context(), in, p.ID)
			if err != nil || now.Version() != p.Version() {
				t.Errorf("not as before: %v, %v", now.Title, err)
			}
		}
		if got := fmt.Sprint(stockOf(t, a, three)); got != before {
			t.Errorf("the stock is %s, was %s", got, before)
		}
		b.open("/store/products/changes")
		b.until("it among the changes", `document.querySelectorAll('.table tbody tr').length === 1`)
	})
}

// stockOf is what the first place has of each product's first variant.
func stockOf(t *testing.T, a *App, ps []catalog.Product) []int64 {
	t.Helper()
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	out := make([]int64, len(ps))
	for i, p := range ps {
		item, err := a.modules.inventory.Item(t.Context(), in, "en", p.Variants[0].ID, page.Request{})
		if err != nil {
			t.Fatal(err)
		}
		out[i] = item.Levels[0].OnHand
	}
	return out
}
