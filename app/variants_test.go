package app

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"orion/kit/page"
	"orion/modules/catalog"
)

// cell is one of the matrix of variants, by its row and its column behind the
// head: 1 is whether the variant is made, 2 its price.
func cell(row, column int) string {
	return fmt.Sprintf(`.sheet tbody tr:nth-of-type(%d) td:nth-of-type(%d) .cell`, row, column)
}

// Staff make a product, give it sizes and colours, price the matrix of its
// variants and leave one out, with the keyboard alone; the shopper chooses among
// those that there are.
func TestVariantMatrix(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		b := newBrowser(t, "http://kirchberg-kids.localhost:"+serve(t, a))
		b.open("/store/login?next=/store/products/new")
		b.typed("email", "manager@kirchberg-kids.example")
		b.typed("password", "orion-demo")
		b.presses(kb.Enter)
		b.until("the form", `location.pathname === "/store/products/new" && !!customElements.get("o-tags")`)
		b.tabs(`[name="title_en"]`)
		b.presses("Rain hat")
		b.tabs(`[name="status"]`)
		b.presses(kb.ArrowDown)
		b.until("on sale", `document.activeElement.value === "active"`)
		b.tabs(`[name="options.0.name_en"]`)
		b.presses("Size" + kb.Tab + "S,M,L,")
		b.until("three sizes", `document.querySelector('[name="options.0.values_en"]').value === "S, M, L"`)
		b.tabs(`[name="variants.0.price"]`)
		b.presses("20")
		b.tabs(`[name="variants.0.stock"]`)
		b.presses("7")
		b.tabs(`o-save-bar .btn-primary`)
		b.presses(kb.Enter)
		rows := func(n int) string {
			return fmt.Sprintf(`!location.pathname.endsWith("/new") && document.querySelectorAll('.sheet tbody tr').length === %d && !!customElements.get("o-sheet")`, n)
		}
		b.until("a row for each size", rows(3))

		b.tabs(`[name="options.1.name_en"]`)
		b.presses("Colour" + kb.Tab + "Red,Blue,")
		b.tabs(`o-save-bar .btn-primary`)
		b.presses(kb.Enter)
		b.until("a row for each size and colour", rows(6))

		b.tabs(cell(1, 1))
		b.presses(kb.ArrowRight + "24.50")
		b.chord("d") // fills down
		b.until("the price in all rows", `[...document.querySelectorAll('.sheet tbody tr')].every(r => r.querySelectorAll('td .cell')[1].value === "24.50")`)
		for range 5 {
			b.presses(kb.ArrowDown)
		}
		b.presses("26")
		b.presses(kb.ArrowUp + kb.ArrowDown + kb.ArrowLeft)
		b.until("the last tick", `document.activeElement.matches(`+fmt.Sprintf("%q", cell(6, 1))+`) || document.activeElement.closest("tr").rowIndex === 6`)
		b.presses(" ")
		off := `!document.querySelector(` + fmt.Sprintf("%q", cell(6, 1)) + `).checked`
		b.until("it off", off)
		b.chord("z")
		b.until("it on again", `!(`+off+`)`)
		b.chord("y")
		b.until("it off once more", off)
		b.picture("matrix")
		eval[bool](b, `document.body.dataset.before = true`)
		b.chord("s")
		b.until("it saved", rows(6)+` && !document.body.dataset.before && !!document.querySelector(".flash")`)

		_, in, err := a.store("kirchberg-kids")
		if err != nil {
			t.Fatal(err)
		}
		found, err := a.modules.catalog.Products(t.Context(), in, "en", catalog.Wanted{Text: "Rain hat", Page: page.Request{Limit: 2}})
		if err != nil || len(found.Items) != 1 {
			t.Fatal(found.Items, err)
		}
		p, err := a.modules.catalog.Product(t.Context(), in, found.Items[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, v := range p.Variants {
			got = append(got, fmt.Sprint(v.Values, v.Price.Minor))
		}
		slices.Sort(got)
		if want := "[[l red] 2450 [m blue] 2450 [m red] 2450 [s blue] 2450 [s red] 2450]"; fmt.Sprint(got) != want {
			t.Errorf("made %v, want %s", got, want)
		}
		b.open("/products/rain-hat")
		b.until("the sizes and colours", `document.querySelectorAll(".variant").length === 2 && document.querySelectorAll(".variant-options label").length === 5`)
	})
}
