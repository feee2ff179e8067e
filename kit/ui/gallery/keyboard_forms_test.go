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
	p.on(`#f-tags`)
	p.focus(`.tag button`)
	p.press(kb.Delete)
	p.is("the first gone", value+` === "stoneware"`)
	p.on(`.tag button`) // what took its place
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

func days(p *person) {
	p.focus(`[name="from"]`)
	p.press("12312026")
	p.is("the day", `document.querySelector("[name=from]").value === "2026-12-31"`)
	p.focus(`[name="until"]`)
	p.press("12312026" + kb.ArrowRight + "1130p")
	p.is("the moment", `document.querySelector("[name=until]").value === "2026-12-31T23:30"`)
}

func stars(p *person) {
	p.focus(`[name="stars"]:checked`)
	p.press(kb.ArrowRight)
	p.is("a star more", `document.querySelector("[name=stars]:checked").value === "4"`)
	p.press(kb.ArrowLeft + kb.ArrowLeft)
	p.is("fewer", `document.querySelector("[name=stars]:checked").value === "2"`)
}

func boxes(p *person) {
	p.focus(`[name="weekday"]`)
	p.press(kb.Tab + " ")
	p.is("another day", `new FormData(document.querySelector("main form")).getAll("weekday").join() === "mon,tue"`)
}

func plainFields(p *person) {
	p.focus(`#f-code`)
	p.press(kb.End + kb.Enter + "x")
	p.is("a line more", `document.activeElement.value.endsWith("\nx")`)
	p.press(kb.Tab)
	p.on(`[type="color"]`)
	p.focus(`#f-find`)
	p.press("mug" + kb.Enter)
	p.sends("POST /fields", "find=mug", "code=%7B%7B+order.number+%7D%7D%0D%0Ax")
}

func order(p *person) {
	const now = `[...document.querySelectorAll("o-drag li")].map((li) => li.dataset.label + li.querySelector("[data-place]").value).join()`
	p.focus(`o-drag li:first-child [data-step="1"]`)
	p.press(kb.Enter)
	p.is("the order", now+` === "Back0,Front1"`)
	p.on(`o-drag li:last-child [data-step="1"]`)
	p.is("it said", `document.querySelector("o-drag [role=status]").textContent.includes("Front")`)
	p.press(kb.Tab, chromedp.ModifierShift)
	p.press(" ")
	p.is("it as it was", now+` === "Front0,Back1"`)
}

// files are chosen in a window of the browser's, which is not ours.
func files(p *person) {
	p.focus(`#f-pictures`)
	p.is("two files", `(() => { const d = new DataTransfer(); for (const n of ["a.png", "b.png"]) d.items.add(new File(["x"], n, {type: "image/png"}));
		const i = document.activeElement; i.files = d.files; i.dispatchEvent(new Event("change", {bubbles: true})); return document.querySelectorAll(".drop-files li").length === 2 })()`)
	p.press(kb.Tab)
	p.on(`.drop-files button`)
	p.press(kb.Enter)
	p.is("one gone", `document.querySelector("#f-pictures").files.length === 1 && document.querySelector(".drop-files").textContent.includes("b.png")`)
	p.on(`#f-pictures`)
	p.press("s", chromedp.ModifierCtrl)
	p.sends("POST /fields")
}

func likely(p *person) {
	p.focus(`#f-folder`)
	p.press("Spring")
	p.is("what was typed, of what is likely", `document.activeElement.value === "Spring" && [...document.activeElement.list.options].some((o) => o.value === "Spring")`)
}

func framing(p *person) {
	p.focus(`[data-frame="x"]`)
	p.press("a", chromedp.ModifierCtrl)
	p.press("20")
	p.is("the point", `document.querySelector(".frame-dot").style.left === "20%"`)
	p.focus(`[data-frame="height"]`)
	p.press(kb.ArrowDown)
	p.is("the part", `document.querySelector(".frame-cut").style.height === "79%" && !document.querySelector(".frame-cut").hidden`)
}

func copying(p *person) {
	for _, at := range []string{`.row o-copy`, `.code o-copy`} {
		p.focus(at + ` button`)
		p.press(kb.Enter)
		p.is("it said", `document.querySelector("`+at+` [role=status]").textContent !== "" && document.activeElement.ariaLabel === document.querySelector("o-copy").dataset.done`)
	}
}

func sheet(p *person) {
	const price = `[...document.querySelectorAll('[name$=".price"]')].map((e) => e.value).join()`
	p.focus(`[name="rows.0.price"]`)
	p.press("a", chromedp.ModifierCtrl)
	p.press("9.50" + kb.Enter)
	p.on(`[name="rows.1.price"]`)
	p.press(kb.ArrowUp)
	p.press("d", chromedp.ModifierCtrl)
	p.is("it filled down", price+` === "9.50,9.50"`)
	p.is("what changed said", `document.querySelector(".sheet-note").textContent.includes("2")`)
	p.press(kb.ArrowDown)
	p.press(kb.Escape)
	p.is("it taken back", price+` === "9.50,twenty"`)
	p.press(kb.Home + kb.ArrowLeft + " ")
	p.is("the box of the row off", `document.activeElement.name === "rows.1.on" && !document.activeElement.checked`)
	p.press(kb.ArrowRight)
	p.press(kb.ArrowUp, chromedp.ModifierShift)
	p.is("two cells chosen", `document.querySelectorAll("td.is-picked").length === 2`)
	p.press(kb.Delete)
	p.is("both empty", price+` === ","`)
	p.press(kb.Tab)
	p.on(`[name="rows.0.sku"]`) // nobody is caught
}

// figures of charts are read by walking through the drawing.
func walkChart(p *person) {
	const tip = `document.querySelector("o-chart[data-kind=line] .chart-tip")`
	p.is("the drawing", `document.querySelector("o-chart[data-kind=line] .chart-plot").tabIndex === 0`)
	p.focus(`o-chart[data-kind=line] .chart-plot`)
	p.press(kb.Home)
	p.is("the first step", `!`+tip+`.hidden && `+tip+`.textContent.includes("Mon") && `+tip+`.textContent.includes("12")`)
	p.press(kb.ArrowRight)
	p.is("the next", `document.activeElement.ariaValueText === "Tue, This week: 18, Week before: 14" && document.activeElement.ariaValueNow === "2"`)
	p.press(kb.Escape)
	p.is("it gone", tip+`.hidden`)
}

func preview(p *person) {
	p.focus(`#f-title_fr`)
	p.press("!")
	p.is("the title followed", `document.querySelector("o-preview").textContent.includes("braise!")`)
}
