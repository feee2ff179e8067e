package gallery_test

import (
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func tags(p *person) {
	const value = `document.querySelector('input[name="tags"]').value`
	p.focus(`#f-tags`)
	p.press("red" + kb.Enter)
	p.is("a tag more", value+` === "mug, stoneware, red"`)
	p.press("blue,")
	p.is("one by comma", value+` === "mug, stoneware, red, blue"`)
	p.press(kb.Backspace)
	p.is("the last gone", value+` === "mug, stoneware, red"`)
	p.press(kb.Tab, chromedp.ModifierShift)
	p.on(`.tag button`)
	p.press(kb.Enter)
	p.is("the one that was at hand gone", value+` === "mug, stoneware"`)
}

func dateRange(p *person) {
	p.focus(`.range-presets button:nth-child(2)`)
	p.press(kb.Enter)
	p.is("the month", `document.querySelector("[name=from]").value === "2026-11-01" && document.querySelector("[name=to]").value === "2026-11-30"`)
	p.is("it said", `document.activeElement.ariaPressed === "true"`)
	p.is("no end before the start", `document.querySelector("[name=to]").min === "2026-11-01"`)
}

func rangeChip(p *person) {
	p.focus(`details:has(.range-menu) > summary`)
	p.press(kb.ArrowDown)
	p.is("the range", `document.querySelector("details:has(.range-menu)").open && document.activeElement.closest(".range-menu")`)
	p.focus(`.range-menu [data-from="2026-10-01"]`)
	p.press(kb.Enter)
	p.focus(`.range-menu .btn-primary`)
	p.press(kb.Enter)
	p.sends("GET /orders", "channel=letzshop", "placed_from=2026-10-01", "placed_to=2026-10-31")
}

func undo(p *person) {
	p.focus(`.flash form button`)
	p.press(kb.Enter)
	p.sends("POST /undo")
}

func dismiss(p *person) {
	p.focus(`.flash form button`)
	p.press(kb.Tab)
	p.on(`.flash-x`)
	p.press(kb.Escape)
	p.is("the message gone", `!document.querySelector(".flash")`)
	p.on(`main`)
}

func tree(p *person) {
	p.focus(`.tree a[href="/c/table"]`)
	p.press(kb.ArrowDown)
	p.on(`[href="/c/mugs"]`)
	p.press(kb.ArrowDown)
	p.on(`[href="/c/plates"]`)
	p.press(kb.ArrowRight) // opens
	p.is("the branch", `document.querySelector('li:has(> .tree-row [href="/c/plates"]) > details').open`)
	p.press(kb.ArrowRight) // goes in
	p.on(`[href="/c/dinner"]`)
	p.press(kb.ArrowLeft) // and out
	p.on(`[href="/c/plates"]`)
	p.press(kb.ArrowLeft) // closes
	p.is("the branch shut", `!document.querySelector('li:has(> .tree-row [href="/c/plates"]) > details').open`)
	p.press(kb.End)
	p.on(`[href="/c/pantry"]`)
	p.press(kb.Home)
	p.on(`[href="/c/table"]`)
	p.press(kb.Enter)
	p.sends("GET /c/table")
}

func saveBar(p *person) {
	const asked = `(() => { const e = new Event("beforeunload", {cancelable: true}); dispatchEvent(e); return e.defaultPrevented })()`
	p.is("no question before", `!`+asked)
	p.focus(`#f-title_fr`)
	p.press("!")
	p.is("the note", `document.querySelector(".save-bar").classList.contains("is-dirty") && getComputedStyle(document.querySelector(".save-bar-dirty")).visibility === "visible"`)
	p.is("the question", asked)
	p.press(kb.Backspace)
	p.is("no note when all is as it was", `!document.querySelector(".save-bar").classList.contains("is-dirty")`)
	p.press("!")
	p.press("s", chromedp.ModifierCtrl)
	p.sends("POST /fields")
	p.is("no question after", `!`+asked)
}

func translations(p *person) {
	p.is("German not shown", `document.querySelector("[data-lang=de]").hidden`)
	p.is("what is missing", `document.querySelector("[data-into=lb] .translations-gap").textContent.includes("2")`)
	p.focus(`[data-into="de"]`)
	p.press(kb.Enter)
	p.is("German instead of English", `!document.querySelector("[data-lang=de]").hidden && document.querySelector("[data-lang=en]").hidden && !document.querySelector("[data-lang=fr]").hidden`)
	p.focus(`#f-title_de`)
	p.press("Becher")
	p.is("nothing missing", `document.querySelector("[data-into=de] .translations-gap").hidden`)
}

func saveView(p *person) {
	p.focus(`.views-save > summary`)
	p.press(kb.Enter)
	p.press(kb.Tab)
	p.on(`#f-view-name`)
	p.press("Mine" + kb.Enter)
	p.sends("POST /orders/views", "name=Mine", "query=status%3Dpaid")
}

func columns(p *person) {
	p.focus(`details:has(#columns) > summary`)
	p.press(kb.Enter)
	p.press(kb.Tab + kb.Tab)
	p.press(" ")
	p.press(kb.Tab + kb.Enter)
	p.sends("GET /orders", "column=placed&column=channel")
}

func quantity(p *person) {
	const value = `document.querySelector("[name=quantity]").value`
	p.focus(`[data-by="1"]`)
	p.press(kb.Enter)
	p.is("one more", value+` === "3"`)
	p.sends("POST /cart/lines/1", "quantity=3")
	p.focus(`[data-by="-1"]`)
	p.press(kb.Enter + kb.Enter + kb.Enter)
	p.is("no fewer than none", value+` === "0" && document.querySelector('[data-by="-1"]').disabled`)
}

func variants(p *person) {
	p.is("a choice", `document.querySelectorAll("o-variants input[type=radio]").length > 1`)
	p.focus(`o-variants input:checked`)
	p.press(kb.ArrowRight)
	p.is("the next chosen", `document.activeElement.checked && document.activeElement.closest("o-variants")`)
	p.sends("GET /p/")
}

func password(p *person) {
	p.focus(`.password-show`)
	p.press(kb.Enter)
	p.is("the secret", `document.querySelector("[name=secret]").type === "text" && document.activeElement.ariaPressed === "true"`)
	p.press(" ")
	p.is("it hidden", `document.querySelector("[name=secret]").type === "password"`)
}

func toggles(p *person) {
	p.focus(`[name="visible"]`)
	p.press(" ")
	p.is("the switch off", `!document.querySelector("[name=visible]").checked`)
	p.focus(`[name="kind"]:checked`)
	p.press(kb.ArrowDown)
	p.is("the other kind", `document.querySelector("[name=kind]:checked").value === "file"`)
}

func errorSummary(p *person) {
	p.on(`.error-summary`)
	p.press(kb.Tab)
	p.press(kb.Enter)
	p.on(`#f-title`)
	p.is("the error said", `document.getElementById(document.activeElement.getAttribute("aria-describedby").split(" ")[0]).textContent.trim() !== ""`)
}

func sideBar(p *person) {
	p.focus(`[data-toggle-side]`)
	p.press(kb.Enter)
	p.is("it folded", `document.querySelector("o-shell").classList.contains("is-slim")`)
	p.press(" ")
	p.is("it open", `!document.querySelector("o-shell").classList.contains("is-slim")`)
}

func skipLink(p *person) {
	p.press(kb.Tab)
	p.on(`.skip`)
	p.press(kb.Enter)
	p.on(`main`)
}
