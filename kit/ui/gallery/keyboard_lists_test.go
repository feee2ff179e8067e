package gallery_test

import (
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func sorting(p *person) {
	p.is("what it is sorted by", `document.querySelector("th[aria-sort=descending] .sort").textContent.includes("Placed")`)
	p.focus(`th:last-child .sort`)
	p.press(kb.Enter)
	p.is("sorted by total", `location.search === "?sort=total" || location.search === "?sort=-total"`)
}

func paging(p *person) {
	p.focus(`.pager a[href*="after"]`)
	p.press(kb.Enter)
	p.is("the next page", `location.search === "?after=x"`)
}

func printing(p *person) {
	p.is("nothing printed", `(window.print = () => (window.printed = (window.printed ?? 0) + 1), true)`)
	p.press("p")
	p.is("one print", `window.printed === 1`)
	p.focus(`o-print button`)
	p.press(kb.Enter)
	p.is("another", `window.printed === 2`)
}

func chip(p *person) {
	p.focus(`.chip [aria-label]`)
	p.press(kb.Tab)
	p.on(`summary.chip`)
	p.press(kb.ArrowDown + kb.ArrowDown)
	p.on(`.menu-list a[href="?channel=letzshop"]`)
	p.press(kb.Enter)
	p.is("the filter", `location.search === "?channel=letzshop"`)
}

func formChip(p *person) {
	p.focus(`details:has([name=tag]) > summary`)
	p.press(kb.Enter)
	p.press(kb.Tab)
	p.on(`[name="tag"]`)
	p.press("new" + kb.Escape)
	p.is("it shut", `!document.querySelector("details:has([name=tag])").open`)
	p.on(`summary`)
	p.press(kb.Enter + kb.Tab + kb.Enter)
	p.sends("GET /orders", "channel=letzshop", "tag=new")
}

func undoKey(p *person) {
	p.press("z")
	p.sends("POST /undo")
}

func job(p *person) {
	p.focus(`.job-failed a`)
	p.press(kb.Tab)
	p.press(kb.Enter)
	p.sends("POST /imports/1/cancel")
}

func why(p *person) {
	p.focus(`details.trace > summary`)
	p.press(kb.Enter)
	p.is("the sum", `document.querySelector("details.trace").open && document.querySelector(".trace-list").checkVisibility()`)
	p.press(kb.Escape)
	p.is("it gone", `!document.querySelector("details.trace").open`)
	p.on(`summary`)
}

func figures(p *person) {
	for _, chart := range []string{`details:has(> summary):has(a[href="/tue"])`, `o-chart[data-kind="line"] details`} {
		p.focus(chart + ` > summary`)
		p.press(kb.Enter)
		p.is("the table", `document.querySelector('`+chart+`').open && document.querySelector('`+chart+` table').checkVisibility()`)
	}
	p.focus(`details a[href="/tue"]`)
	p.press(kb.Enter)
	p.sends("GET /tue")
}

// leads follows links of a page that stays, as nothing comes back.
func (p *person) leads(hrefs ...string) {
	p.Helper()
	for _, href := range hrefs {
		p.focus(`main a[href="` + href + `"]`)
		p.press(kb.Enter)
		path, query, _ := strings.Cut(href, "?")
		p.sends("GET "+path+" ", query)
	}
}

func detailLinks(p *person) { p.leads("/orders", "/products/1", "/customers/1") }

func stat(p *person) { p.leads("/orders?placed=today") }

func links(p *person) {
	p.leads("/payments", "/1", "/products/new", "/plans")
	p.is("the step at hand said", `document.querySelector("[aria-current=step]").textContent.includes("Delivery")`)
}

func shares(p *person) {
	p.leads("/orders?channel=direct")
}

func sideBar(p *person) {
	p.focus(`[data-toggle-side]`)
	p.press(kb.Enter)
	p.is("it folded", `document.querySelector("o-shell").classList.contains("is-slim") && document.activeElement.ariaExpanded === "false"`)
	p.press(" ")
	p.is("it open", `!document.querySelector("o-shell").classList.contains("is-slim") && document.activeElement.ariaExpanded === "true"`)
}

func sidePhone(p *person) {
	const open = `document.querySelector("o-shell").classList.contains("is-open")`
	p.hold(390)
	p.focus(`[data-toggle-side]`)
	p.is("it said to be shut", `document.activeElement.ariaExpanded === "false"`)
	p.press(kb.Enter)
	p.is("the side bar", open)
	p.is("the keyboard in it", `document.activeElement.closest(".side")`)
	p.press(kb.Escape)
	p.is("it gone", `!`+open)
	p.on(`[data-toggle-side][aria-expanded="false"]`)
	p.press(kb.Enter)
	p.is("the side bar again", open)
	p.is("its last link", `(() => { const all = [...document.querySelectorAll(".side a")]; all.at(-1).focus(); return document.activeElement === all.at(-1) })()`)
	p.press(kb.Tab)
	p.is("it shut behind whoever left", `!`+open)
}

func preferences(p *person) {
	p.focus(`summary.who`)
	p.press(kb.ArrowDown)
	p.on(`[name="scheme"]`)
	p.press(kb.ArrowDown)
	p.on(`[name="scheme"][value="dark"]`)
	p.press(kb.End + kb.ArrowUp)
	p.on(`[name="lang"][value="lb"]`)
	p.press(kb.Enter)
	p.sends("POST /preferences", "lang=lb")
}

func skipLink(p *person) {
	p.press(kb.Tab)
	p.on(`.skip`)
	p.press(kb.Enter)
	p.on(`main`)
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

func signIn(p *person) {
	p.focus(`[name="email"]`)
	p.press("lea@kirchberg.example" + kb.Tab + "secret" + kb.Enter)
	p.sends("POST /login", "email=lea%40kirchberg.example", "password=secret")
}

func wayOff(p *person) {
	p.press(kb.Tab)
	p.on(`a[href="/"]`)
	p.press(kb.Enter)
	p.sends("GET / ")
}

func platformPage(p *person) {
	p.press(kb.Tab)
	p.on(`.skip`)
	p.press(kb.Tab + kb.Tab)
	p.on(`header nav a`)
	p.press(kb.Tab, chromedp.ModifierShift)
	p.on(`.brand`)
	p.focus(`a[href="/login"]`)
	p.press(kb.Enter)
	p.sends("GET /login")
}
