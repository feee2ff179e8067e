package gallery_test

import (
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func cartDrawer(p *person) {
	p.focus(`#cart-link`)
	p.press(kb.Enter)
	p.is("the cart", `document.querySelector("#cart-drawer").open && document.querySelector("#cart-drawer a[href='/p/mug']")`)
	for range 6 {
		p.press(kb.Tab)
		p.is("the focus inside", `document.activeElement === document.body || document.activeElement.closest("#cart-drawer")`)
	}
	p.press(kb.Escape)
	p.is("it gone", `!document.querySelector("#cart-drawer").open`)
	p.on(`#cart-link`)
}

func heart(p *person) {
	p.focus(`.heart[aria-pressed="true"]`)
	p.press(" ")
	p.sends("POST /wishlist", "remove=mug")
}

func pictures(p *person) {
	const left = `document.querySelector(".gallery-strip").scrollLeft`
	p.focus(`.gallery-strip`)
	p.press(kb.ArrowRight)
	p.is("the strip moved", left+` > 0`)
	p.focus(`.gallery-thumbs a:last-child`)
	p.press(kb.Enter)
	p.is("the last picture", `document.activeElement.ariaCurrent === "true" && `+left+` > 100`)
	p.is("the page where it was", `location.hash === ""`)
}

func rating(p *person) {
	p.focus(`a.rating`)
	p.press(kb.Enter)
	p.is("the opinions", `location.hash === "#reviews"`)
}

func shopMenu(p *person) {
	p.hold(390)
	p.focus(`.shop-drawer > summary`)
	p.press(kb.Enter)
	p.is("the menu", `document.querySelector(".shop-drawer").open`)
	p.press(kb.Tab)
	p.on(`.shop-drawer nav a`)
	p.press(kb.Escape)
	p.is("it gone", `!document.querySelector(".shop-drawer").open`)
	p.on(`.shop-drawer > summary`)
	p.press(kb.Enter + kb.Tab + kb.Enter)
	p.sends("GET /c/New")
}

func consent(p *person) {
	p.press(kb.Tab + kb.Tab)
	p.on(`.consent a`)
	p.press(kb.Tab)
	p.press(kb.Enter)
	p.sends("POST /cookies", "choice=none")
}

func signup(p *person) {
	p.focus(`#signup-email`)
	p.press("lea@example.lu" + kb.Enter)
	p.sends("POST /newsletter", "email=lea%40example.lu")
}

func checkout(p *person) {
	p.focus(`[name="email"]`)
	p.press("lea@example.lu" + kb.Tab + "Léa" + kb.Tab + "Schmit" + kb.Tab + "621 123 456" + kb.Tab + " " + kb.Tab)
	p.on(`[name="carrier"][value="post"]`)
	p.press(kb.ArrowDown)
	p.press(kb.Tab + kb.Enter)
	p.sends("POST /checkout", "carrier=pickup", "email=lea%40example.lu", "first=L%C3%A9a", "tel=621+123+456", "price=true")
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
	p.on(`[name="quantity"]`) // a button that is off would lose the focus
	p.press(kb.ArrowUp)
	p.is("one more by arrow", value+` === "1"`)
}

func variants(p *person) {
	p.is("a choice", `document.querySelectorAll("o-variants input[type=radio]").length > 1`)
	p.focus(`o-variants input:checked`)
	p.press(kb.ArrowRight)
	p.is("the next chosen", `document.activeElement.checked && document.activeElement.closest("o-variants")`)
	p.sends("GET /p/")
}

func errorSummary(p *person) {
	p.on(`.error-summary`)
	p.press(kb.Tab)
	p.press(kb.Enter)
	p.on(`#f-title`)
	p.is("the error said", `document.getElementById(document.activeElement.getAttribute("aria-describedby").split(" ")[0]).textContent.trim() !== ""`)
}

func cards(p *person) {
	p.focus(`[name="theme"]:checked`)
	p.press(kb.ArrowLeft)
	p.is("the other look", `document.querySelector("[name=theme]:checked").value === "atelier"`)
	p.focus(`[name="carrier"]:checked`)
	p.press(kb.ArrowRight)
	p.is("the other way", `document.querySelector("[name=carrier]:checked").value === "pickup"`)
	p.focus(`#f-title`)
	p.press("Mug")
	p.press("s", chromedp.ModifierCtrl)
	p.sends("POST /products/1", "theme=atelier", "carrier=pickup")
}
