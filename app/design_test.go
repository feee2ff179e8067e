package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/modules/cms"
)

const inPreview = `document.querySelector("iframe").contentDocument`

// fills puts a value into a field of the editor, as somebody who chooses it does.
func (b *browser) fills(name, value string) {
	b.t.Helper()
	b.until("the field "+name, fmt.Sprintf(`(() => { const f = document.querySelector('#theme-form [name=%q]'); if (!f) return false;
		f.value = %q; f.dispatchEvent(new Event("input", { bubbles: true })); return true })()`, name, value))
}

// TestDesignInABrowser drafts how a store looks, looks at it as a phone, a tablet and
// a desktop, in light and dark, publishes it and rolls it back.
func TestDesignInABrowser(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		e := openEye(t, a)
		host := "kirchberg-kids.localhost"
		e.base = "http://" + host + ":" + e.port
		e.wear(how{width: 1360})
		e.signsIn("/store/login", "manager@kirchberg-kids.example")
		e.open("/store/theme")
		e.clicks(`#theme-begin input[value="salon"]`)
		e.clicks(`#theme-begin button.btn`)
		e.sees("The draft begins from the preset.")
		e.until("the editor", `!!customElements.get("o-theme") && !document.querySelector(".studio-bar").hidden`)
		e.until("the draft in the preview", inPreview+`?.body?.classList.contains("look-salon")`)
		for _, wide := range []string{"390", "820", "1280"} {
			e.clicks(`[data-wide="` + wide + `"]`)
			e.until("a window of "+wide, `document.querySelector("iframe").contentWindow.innerWidth === `+wide)
		}
		e.clicks(`[data-mode="dark"]`)
		e.until("the dark page", `getComputedStyle(`+inPreview+`.body).backgroundColor === "rgb(26, 14, 22)"`)
		e.clicks(`[data-mode="light"]`)

		e.fills("light.accent", "#5a2fd6")
		e.until("the accent in the preview", `getComputedStyle(`+inPreview+`.documentElement).getPropertyValue("--accent").includes("#5a2fd6")`)
		e.fills("light.mute", "#d8b8c0")
		e.until("what is too faint", `/contrast 1/.test(document.querySelector("#faint-light-mute").innerText)`)
		e.picture("theme-faint")
		e.clicks(`#faint-light-mute button`)
		e.until("a colour that passes", `document.querySelector("#faint-light-mute").innerText.trim() === "" && document.querySelector('[name="light.mute"]').value !== "#d8b8c0"`)
		e.fills("rules", "h1 { color: rgb(1, 2, 3) }\n@import '/x.css';\n.hero { position: fixed }")
		e.until("the rules in the preview", `getComputedStyle(`+inPreview+`.querySelector("h1")).color === "rgb(1, 2, 3)"`)
		e.until("what is left out", `/Line 2: @import[^]*Line 3: position: fixed/.test(document.querySelector("#rules-refused").innerText)`)
		e.clicks(`[data-page="product"]`)
		e.until("a product", `/\/products\/./.test(document.querySelector("iframe").contentWindow.location.pathname) && `+inPreview+`?.body?.classList.contains("look-salon")`)
		e.until("the accent there", `getComputedStyle(`+inPreview+`.documentElement).getPropertyValue("--accent").includes("#5a2fd6")`)
		e.clicks(`[data-page="cart"]`)
		e.until("the cart", `/\/cart$/.test(document.querySelector("iframe").contentWindow.location.pathname) && `+inPreview+`.readyState === "complete" && !`+inPreview+`.querySelector("style[data-rules]")`)
		e.clicks(`o-save-bar .btn-primary`)
		e.sees("The draft is saved.")
		if page := a.read(t, host); !has("look-market")(page) {
			t.Error("shoppers see a draft")
		}
		e.clicks(`.page-header form[action$="/theme/publish"] button`)
		e.sees("Shoppers see the design now.")
		if page := a.read(t, host); !has("look-salon", "#5a2fd6", "#main h1{color:rgb(1, 2, 3)}")(page) || has("x.css")(page) {
			t.Error("what was published is not seen")
		}

		e.clicks(`.page-header a[href$="/theme?begin=1"]`)
		e.clicks(`#theme-begin input[value="summit"]`)
		e.clicks(`#theme-begin button.btn`)
		e.sees("The draft begins from the preset.")
		e.clicks(`.page-header form[action$="/theme/publish"] button`)
		e.sees("Shoppers see the design now.")
		if page := a.read(t, host); !has("look-summit")(page) {
			t.Error("the second design is not seen")
		}
		e.open("/store/theme/versions?n=1")
		e.clicks(`form[action$="/theme/rollback"] button`)
		e.sees("Shoppers see that version again.")
		if page := a.read(t, host); !has("look-salon")(page) {
			t.Error("the first design is not seen again")
		}
		if said := e.heard(); len(said) > 0 {
			t.Errorf("the pages complain: %v", said)
		}
	})
}

// harmful are rules that try to cover everything and to reach out, by what kit/css
// lets in as much as by what it does not.
const harmful = `
	h1, .hero, .product, .wrap { position: relative; z-index: 10; margin: -900px; width: 4000px; min-height: 4000px; background: #ff0000; box-shadow: 0 0 0 9999px #ff0000; outline: 9999px solid #ff0000; }
	.hero { position: fixed; inset: 0; z-index: 99999; }
	p { background: url(https://evil.example/a); list-style: url("https://evil.example/b"); }
	@import "https://evil.example/c.css";
	@font-face { font-family: x; src: url(https://evil.example/d); }
	.shop-header, body, .consent { display: none; }
	} body { display: none } #x {`

// TestRulesStayInside publishes rules that a merchant wrote to do harm, and finds
// that header and cookie question are still on top, that nothing was fetched, and that
// pages on which people pay or sign in have none of them.
func TestRulesStayInside(t *testing.T) {
	t.Parallel()
	a := start(t, sqliteDemo(t))
	curious(t, a)
	_, in, err := a.store("maison-kirchberg")
	if err != nil {
		t.Fatal(err)
	}
	d := cms.DesignOf("atelier")
	d.Rules = harmful
	m := a.modules.cms
	if err := m.SaveDesign(t.Context(), in, cms.Designing{Design: d, By: auth.SystemActor}); err != nil {
		t.Fatal(err)
	}
	if err := m.PublishDesign(t.Context(), in, 1, auth.SystemActor); err != nil {
		t.Fatal(err)
	}
	e := openEye(t, a)
	shop := "http://maison-kirchberg.localhost:" + e.port
	for _, h := range []how{{width: 1360}, {width: 390}} {
		e.wear(h)
		e.open(shop + "/")
		e.until("rules that apply", `getComputedStyle(document.querySelector(".hero")).backgroundColor === "rgb(255, 0, 0)"`)
		e.until("the header on top", `(() => { const r = document.querySelector(".shop-logo").getBoundingClientRect();
			return !!document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)?.closest(".shop-header") })()`)
		e.until("the cookie question on top", `(() => { const r = document.querySelector(".consent .btn").getBoundingClientRect();
			return !!document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)?.closest(".consent") })()`)
		e.until("nothing fetched", `!performance.getEntriesByType("resource").some((r) => r.name.includes("evil"))`)
		e.until("no wider page", `document.documentElement.scrollWidth <= innerWidth`)
	}
	for _, path := range []string{"/cart", "/checkout", "/account", "/account/login", "/cookies", "/contact", "/pages/there-is-none"} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.Host = "maison-kirchberg.localhost"
		w := httptest.NewRecorder()
		a.Handler().ServeHTTP(w, r)
		if strings.Contains(w.Body.String(), "data-rules") {
			t.Errorf("%s has the merchant's rules", path)
		}
	}
}
