package app

import (
	"strings"
	"testing"

	"orion/kit/ui"
)

// The staff choose another look for their store, and the shopper sees it on the
// next page, in light and in dark colours.
func TestThemeChange(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, a *App) {
		e := openEye(t, a)
		shop := "http://kirchberg-kids.localhost:" + e.port
		e.wear(how{width: 1360})
		e.open(shop + "/store/login?next=/store/settings/store")
		e.typed("email", "manager@kirchberg-kids.example")
		e.typed("password", "orion-demo")
		e.clicks(`form button.btn-primary`)
		e.until("the settings", `location.pathname === "/store/settings/store"`)
		for _, theme := range []ui.Theme{ui.Almanac, ui.Nocturne} {
			e.open(shop + "/store/settings/store")
			e.clicks(`input[name="theme"][value="` + theme.Code + `"]`)
			e.clicks(`o-save-bar .btn-primary`)
			e.until("the saved look", `document.querySelector('input[name="theme"]:checked')?.value === "`+theme.Code+`" && !document.querySelector(".error-summary")`)
			e.open(shop + "/")
			e.until("the look", `document.body.classList.contains("look-`+theme.Code+`")`)
			for dark, p := range map[bool]ui.Palette{false: theme.Light, true: theme.Dark} {
				e.colours(dark)
				e.until("its page in "+p.Base, `(() => { const i = document.createElement("i"); i.style.color = "`+p.Base+`"; document.body.append(i);
					const want = getComputedStyle(i).color; i.remove(); return getComputedStyle(document.body).backgroundColor === want })()`)
			}
			face := strings.Split(theme.Fonts.Display.Family, ",")[0]
			e.until("its face", `getComputedStyle(document.querySelector("h1")).fontFamily.includes("`+face+`")`)
		}
	})
}
