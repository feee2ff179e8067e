package gallery_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestKeyboard goes through every interaction of the components by keyboard
// alone, in Chromium, under the program's content security policy.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	for _, x := range keyboardCases {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			x.try(sit(t, x.page))
		})
	}
}

func drawer(p *person) {
	const opener = `[data-opens="details"]`
	p.focus(opener)
	p.press(kb.Enter)
	p.is("the drawer", `document.querySelector("#details").open`)
	for range 9 {
		p.press(kb.Tab)
		p.is("the focus inside", `document.activeElement === document.body || document.activeElement.closest("#details")`)
	}
	p.press(kb.Escape)
	p.is("the drawer shut", `!document.querySelector("#details").open`)
	p.on(opener)
}

func confirmDialog(p *person) {
	p.focus(`.page-header .menu summary`)
	p.press(kb.ArrowUp) // the last entry: cancel the order
	p.press(kb.Enter)
	p.is("the dialog", `document.querySelector("#cancel").open`)
	p.on(`#f-cancel-confirm`)
	p.press("1047")
	p.is("a wrong word refused", `!document.activeElement.checkValidity()`)
	p.press(kb.Backspace + "8")
	p.is("the word accepted", `document.activeElement.checkValidity()`)
	p.press(kb.Enter)
	p.sends("POST /orders/1048/cancel", "confirm=1048")
}

const actMenu = `main details.menu:has([href="/copy"])`

func menu(p *person) {
	p.focus(actMenu + ` > summary`)
	p.press(kb.ArrowDown)
	p.on(`.menu-list button`) // Archive
	p.press(kb.ArrowDown)
	p.on(`.menu-list a[href="/copy"]`)
	p.press(kb.End)
	p.on(`.menu-list a[href="/print"]`)
	p.press(kb.ArrowDown) // around
	p.on(`.menu-list button`)
	p.press(kb.ArrowUp)
	p.on(`.menu-list a[href="/print"]`)
	p.press(kb.Home)
	p.press(kb.Escape)
	p.is("the menu shut", `!document.querySelector('`+actMenu+`').open`)
	p.on(`summary`)
	p.press(kb.ArrowDown)
	p.press(kb.Enter)
	p.sends("POST /archive")
}

func menuLeft(p *person) {
	p.focus(`.tree details.menu > summary`)
	p.press(kb.Enter)
	p.is("the menu", `document.querySelector(".tree details.menu").open`)
	p.press(kb.Tab)
	p.on(`.menu-list a`)
	p.press(kb.Tab + kb.Tab)
	p.is("the menu shut", `!document.querySelector(".tree details.menu").open`)
}

func combobox(p *person) {
	const value = `document.querySelector("[name=country]").value`
	p.focus(`#f-country`)
	p.press("oster")
	p.is("one choice", `document.querySelectorAll(".combobox-list:not([hidden]) li").length === 1`)
	p.is("its name said", `document.getElementById(document.activeElement.getAttribute("aria-activedescendant")).textContent.startsWith("Österreich")`)
	p.press(kb.Enter)
	p.is("Austria chosen", value+` === "AT" && document.activeElement.value === "Österreich" && document.activeElement.ariaExpanded === "false"`)
	p.press(kb.ArrowDown)
	p.is("the list at what is chosen", `document.activeElement.ariaExpanded === "true" && document.querySelector("[aria-selected=true]").textContent.startsWith("Österreich")`)
	p.press(kb.ArrowUp)
	p.press(kb.Escape)
	p.is("nothing changed", value+` === "AT" && document.activeElement.ariaExpanded === "false"`)
	p.press(kb.ArrowDown + kb.ArrowDown + kb.Enter) // around, past the one that is off
	p.is("Belgium chosen", value+` === "BE"`)
	p.press("zzz")
	p.is("nothing found said", `document.querySelector(".combobox-list:not([hidden]) .combobox-none")`)
	p.press(kb.Tab)
	p.is("the choice kept", value+` === "BE" && document.querySelector("#f-country").value === "Belgium"`)
}

func comboboxServer(p *person) {
	p.focus(`#f-product`)
	p.press("ro")
	p.is("what the server found", `document.querySelectorAll(".combobox-list:not([hidden]) li").length === 2`)
	p.press(kb.ArrowDown + kb.Enter)
	p.is("it chosen", `document.querySelector("[name=product]").value === "42" && document.activeElement.value === "Roasting tin"`)
	p.press(kb.Backspace)
	p.is("the field selected or shorter", `document.activeElement.value !== "Roasting tin"`)
	p.press("a", chromedp.ModifierCtrl)
	p.press(kb.Backspace + kb.Tab)
	p.is("nothing chosen", `document.querySelector("[name=product]").value === ""`)
}

func comboboxInDrawer(p *person) {
	p.focus(`[data-opens="details"]`)
	p.press(kb.Enter)
	p.is("the drawer", `document.querySelector("#details").open`)
	p.focus(`#f-carrier`)
	p.press(kb.ArrowDown)
	p.is("the list", `document.activeElement.ariaExpanded === "true"`)
	p.press(kb.Escape)
	p.is("the list shut, the drawer not", `document.activeElement.ariaExpanded === "false" && document.querySelector("#details").open`)
}

func tabs(p *person) {
	p.focus(`main .tabs a`)
	p.press(kb.Tab)
	p.on(`a[href="?view=ship"]`)
	p.press(kb.Enter)
	p.is("the view", `location.search === "?view=ship"`)
}

func tooltip(p *person) {
	const shown = `getComputedStyle(document.querySelector("main .tip"), "::before").opacity`
	p.focus(`main .tip`)
	p.press(kb.Tab)
	p.press(kb.Tab, chromedp.ModifierShift) // comes by keyboard
	p.is("the tip", shown+` === "1"`)
	p.press(kb.Escape)
	p.is("the tip gone", shown+` === "0"`)
}

func palette(p *person) {
	p.press("k", chromedp.ModifierCtrl)
	p.is("the palette", `document.querySelector("#palette").open`)
	p.press("in")
	p.is("entries", `document.querySelectorAll("#palette-list a").length >= 2`)
	p.press(kb.ArrowDown)
	p.is("the second said", `document.activeElement.getAttribute("aria-activedescendant") === "palette-1"`)
	p.press(kb.ArrowUp)
	p.press(kb.Enter)
	p.sends("GET /Inventory")
	p.press(kb.Escape)
	p.is("the palette shut", `!document.querySelector("#palette").open`)
}

func paletteAct(p *person) {
	p.press("k", chromedp.ModifierCtrl)
	p.is("the palette", `document.querySelector("#palette").open`)
	p.press("cancel ord")
	p.is("what the page can", `document.querySelectorAll("#palette-list a").length === 1`)
	p.press(kb.Enter)
	p.is("the dialog in its place", `!document.querySelector("#palette").open && document.querySelector("#cancel").open`)
	p.on(`#f-cancel-confirm`)
}

func table(p *person) {
	const at = `[...document.querySelectorAll("tbody tr")].findIndex((r) => r.classList.contains("is-at"))`
	p.press("jjjk")
	p.is("the second row", at+` === 1`)
	p.press("x")
	p.is("it chosen", `document.querySelectorAll("tbody :checked").length === 1 && document.querySelector("tbody :checked").value === "1047"`)
	p.is("the bar said so", `!document.querySelector(".bulk").hidden && document.querySelector(".bulk-count").textContent.includes("1")`)
	p.press("x")
	p.is("the bar gone", `document.querySelector(".bulk").hidden`)
	p.on(`tbody tr:nth-child(2) .row-link`)
	p.press(kb.Enter)
	p.sends("GET /orders/1047")
}

// rowKeys does something to the row at hand, and to those that are chosen.
func rowKeys(p *person) {
	p.press("s")
	p.is("nothing sent", `!document.querySelector("tbody :checked")`)
	p.press("js")
	p.sends("POST /orders/bulk", "act=ship", "id=1048")
}

// keys are said by the page itself.
func keys(p *person) {
	p.press("?")
	p.is("the keys", `document.querySelector("#keys").open && document.querySelector("#keys").innerText.includes("Mark as shipped")`)
	p.press("j")
	p.is("no row behind it", `!document.querySelector("tr.is-at")`)
	p.press(kb.Escape)
	p.is("the keys gone", `!document.querySelector("#keys").open`)
	p.press("j")
	p.is("the first row", `document.querySelectorAll("tbody tr")[0].classList.contains("is-at")`)
}

// keysAtOnce come before the browser has taken the focus out of the dialog.
func keysAtOnce(p *person) {
	p.press("?")
	p.is("the keys", `document.querySelector("#keys").open`)
	p.is("the row chosen", `window.tried ??= (() => {
		document.querySelector("#keys").close();
		for (const key of "jx") document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
		return document.querySelectorAll("tbody :checked").length === 1;
	})()`)
}

// chosenEarly is somebody quicker than the scripts, or who comes back to a page
// of which the browser remembers the boxes.
func chosenEarly(p *person) {
	p.is("the bar for what is chosen", `window.tried ??= (() => {
		const rows = document.querySelector("o-rows"), early = rows.cloneNode(true);
		early.querySelectorAll("tbody [name=id]").forEach((box, i) => (box.checked = i < 2));
		rows.replaceWith(early);
		return !early.querySelector(".bulk").hidden && early.querySelector(".bulk-count").textContent.includes("2") && early.querySelector("[data-all]").indeterminate;
	})()`)
}

func bulkBar(p *person) {
	p.focus(`[data-all]`)
	p.press(" ")
	p.is("all chosen", `document.querySelectorAll("tbody :checked").length === 7`)
	p.focus(`.bulk [value="ship"]`)
	p.press(kb.Enter)
	p.sends("POST /orders/bulk", "act=ship", "id=1041", "id=1048")
}

func search(p *person) {
	p.press("/")
	p.on(`.filter-search [name="q"]`)
	p.press("mug" + kb.Enter)
	p.sends("GET /orders", "q=mug")
}
