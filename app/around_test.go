package app

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/modules/cms"
)

const menuOfStore = "names one of the menus that every store has; the module's TestMenus and TestMenuMeets have another store"

// arrangeMenus gives a store a header that it arranged, and an announcement.
func arrangeMenus(t *testing.T, a *App, f field) {
	t.Helper()
	m, ctx := a.modules.cms, t.Context()
	at := cms.At{Platform: a.modules.scope(f.in.Platform()), Store: f.in}
	call := cms.MenuItem{Kind: "address", To: "tel:+352 26 12 34", Label: i18n.Text{i18n.En: "Call us, we are here"}}
	header, _ := m.Fitting(ctx, f.in, cms.HeaderMenu) // the demo arranged some
	bar, _ := m.Fitting(ctx, f.in, cms.TheBar)
	for _, err := range []error{
		m.BeginMenu(ctx, at, cms.HeaderMenu, header.Revision, auth.SystemActor),
		m.WriteItem(ctx, at, cms.HeaderMenu, cms.ItemWriting{MenuItem: call, Lang: i18n.En, By: auth.SystemActor}),
		m.PublishFitting(ctx, f.in, cms.HeaderMenu, header.Revision+2, auth.SystemActor),
		m.SaveBar(ctx, f.in, cms.BarWriting{Bar: cms.Bar{Text: i18n.Text{i18n.En: "Open on Sunday, too"}, Tone: "wash"}, Seen: bar.Revision, By: auth.SystemActor}),
		m.PublishFitting(ctx, f.in, cms.TheBar, bar.Revision+1, auth.SystemActor),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

const (
	studioReady = `document.readyState === "complete" && !!customElements.get("o-studio")`
	treeReady   = studioReady + ` && !!customElements.get("o-tree") && document.querySelectorAll(".tree > ul > li").length > 2`
	firstLine   = `[...document.querySelectorAll(".shop-nav > ul > li")].map((li) => li.firstElementChild.matches("details") ? li.querySelector("summary").innerText.trim() + ":" + [...li.querySelectorAll("li a")].map((a) => a.textContent.trim()) : li.innerText.trim())`
)

// TestMenuInABrowser arranges a header by keyboard alone and by drag, sees it in the
// preview, publishes it, and a shopper finds it on a desktop and on a phone; then the
// store goes back to what it had.
func TestMenuInABrowser(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		e := openEye(t, a)
		e.base = "http://kirchberg-kids.localhost:" + e.port
		e.wear(how{width: 1360})
		e.signsIn("/store/login", "manager@kirchberg-kids.example")
		e.open("/?lang=en")
		before := eval[[]string](e.browser, firstLine)
		e.open("/store/menus/header")
		e.until("the page", studioReady)
		e.tabs(`form[action$="/begin"] button`)
		e.presses(kb.Enter)
		e.until("the entries", treeReady)
		first := eval[string](e.browser, `document.querySelector(".tree-row > a").textContent`)
		second := eval[string](e.browser, `document.querySelectorAll(".tree-row > a")[1].textContent`)
		if len(before) < 2 || before[0] != first || before[1] != second {
			t.Fatalf("the draft begins with %q, %q and not with %q", first, second, before)
		}

		e.tabs(`.tree > ul > li:nth-child(2) > .tree-row > a`)
		e.alt(kb.ArrowRight)
		e.until("the second below the first", treeReady+` && !!document.querySelector(".tree > ul > li:first-child details li") && document.activeElement.matches(".tree-row > a")`)
		e.tabs(`.studio-desk .row details.menu > summary`)
		e.presses(kb.Enter)
		for range 20 {
			if eval[bool](e.browser, `document.activeElement.innerText.trim() === "Address"`) {
				break
			}
			e.presses(kb.ArrowDown)
		}
		e.presses(kb.Enter)
		e.until("the form", `location.search === "?kind=address" && `+studioReady)
		e.types(`[name="to"]`, "javascript:alert(1)")
		e.types(`[name="label_en"]`, "Call us")
		e.chord("s")
		e.sees("Write a path such as /about")
		e.types(`[name="to"]`, "tel:+352 26 12 34")
		e.chord("s")
		e.until("the entry", treeReady+` && document.body.innerText.includes("Call us")`)
		count := eval[int](e.browser, `document.querySelectorAll(".tree > ul > li").length`)
		e.drags(fmt.Sprintf(".tree > ul > li:nth-child(%d) > .tree-row > a", count), ".tree > ul > li:first-child > .tree-row", 0.1)
		e.until("what was dragged first", treeReady+` && document.querySelector(".tree-row > a").textContent === "Call us"`)
		e.until("the preview", `[...document.querySelector("iframe").contentDocument.querySelectorAll(".shop-nav > ul > li")][0]?.innerText.trim() === "Call us"`)
		e.picture("menu-editor")
		if page := a.read(t, "kirchberg-kids.localhost"); has("Call us")(page) {
			t.Error("shoppers see a draft")
		}
		e.clicks(`.page-header form[action$="/publish"] button`)
		e.sees("Shoppers see it now.")

		e.open("/?lang=en")
		e.until("the header", fmt.Sprintf(firstLine+`.slice(0, 2).join("|") === %q`, "Call us|"+first+":"+first+","+second))
		e.tabs(`.shop-sub > summary`)
		e.presses(kb.Enter)
		e.until("the list", `getComputedStyle(document.querySelector(".shop-sub-list")).display === "grid" && document.querySelector(".shop-sub").open`)
		e.presses(kb.ArrowDown)
		e.picture("menu-open")
		e.until("the focus in the list", `document.activeElement.closest(".shop-sub-list") !== null`)
		e.presses(kb.Escape)
		e.until("the list shut", `!document.querySelector(".shop-sub").open`)
		e.wear(how{width: 390})
		e.open("/cart?lang=en")
		e.clicks(`.shop-drawer > summary`)
		e.until("the phone's menu", fmt.Sprintf(`[...document.querySelectorAll(".shop-drawer nav ul ul a")].map((a) => a.innerText).join() === %q && document.querySelector(".shop-drawer nav a").href === "tel:+352 26 12 34"`, second))
		e.until("no wider page", `document.documentElement.scrollWidth <= innerWidth`)
		e.picture("menu-phone")

		e.wear(how{width: 1360})
		e.open("/store/menus/header")
		e.until("the page", treeReady)
		eval[bool](e.browser, `(window.confirm = () => true) && true`)
		e.clicks(`form[action$="/hide"] button`)
		e.sees("Shoppers see again what is there by itself.")
		e.open("/?lang=en")
		e.until("the header as it was", fmt.Sprintf(firstLine+`.join("|") === %q`, joined(before)))
		if said := e.heard(); len(said) > 0 {
			t.Errorf("the pages complain: %v", said)
		}
	})
}

func joined(all []string) (out string) {
	for i, s := range all {
		if i > 0 {
			out += "|"
		}
		out += s
	}
	return out
}

// TestBarInABrowser schedules an announcement, which is there once its time has come,
// is put away until it says something else, and ends by itself.
func TestBarInABrowser(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{sqliteDemo(t), postgresDemo(t)} {
		t.Run("on "+dsn[:6], func(t *testing.T) {
			t.Parallel()
			a, c := atHours(t, dsn)
			e := openEye(t, a)
			e.base = "http://kirchberg-kids.localhost:" + e.port
			e.wear(how{width: 1360})
			e.signsIn("/store/login", "manager@kirchberg-kids.example")
			e.open("/store/menus/bar")
			e.until("the form", studioReady)
			zone := i18n.ZoneOf("LU")
			writes := func(text string, from, until time.Duration) {
				e.typed("text_en", text)
				e.typed("from", c.Now().In(zone).Add(from).Format("2006-01-02T15:04"))
				e.typed("until", c.Now().In(zone).Add(until).Format("2006-01-02T15:04"))
				e.clicks(`o-save-bar .btn-primary`)
				e.until("the draft in the preview", fmt.Sprintf(studioReady+` && document.querySelector("iframe").contentDocument?.querySelector(".announcement")?.innerText.includes(%q)`, text))
				e.clicks(`.page-header form[action$="/publish"] button`)
				e.sees("Shoppers see it from")
			}
			writes("A fox comes on Sunday", 2*time.Hour, 6*time.Hour)
			e.picture("bar-editor")
			shop := "/products?lang=en"
			e.open(shop)
			e.until("no bar yet", `!document.body.innerText.includes("A fox comes")`)
			c.Advance(3 * time.Hour)
			e.open(shop)
			e.sees("A fox comes on Sunday")
			e.focuses(".announcement button")
			e.presses(kb.Enter)
			e.until("that it is away, and the page where it was", `!document.querySelector(".announcement") && document.activeElement.id === "main"`)
			e.open("/cart?lang=en")
			e.until("that it stays away", `!document.querySelector(".announcement")`)
			e.open("/store/menus/bar")
			e.until("the form", studioReady)
			e.typed("text_en", "A fox and a hare come")
			e.clicks(`o-save-bar .btn-primary`)
			e.sees("The draft is saved.")
			e.clicks(`.page-header form[action$="/publish"] button`)
			e.sees("Shoppers see it until")
			e.open(shop)
			e.sees("A fox and a hare come")
			c.Advance(4 * time.Hour)
			e.open(shop)
			e.until("that it is over", `!document.body.innerText.includes("A fox and a hare")`)
			if said := e.heard(); len(said) > 0 {
				t.Errorf("the pages complain: %v", said)
			}
		})
	}
}
