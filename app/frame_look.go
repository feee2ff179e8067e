package app

import (
	"net/http"

	"github.com/a-h/templ"

	"orion/kit/picture"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/cms"
)

// look is how a page of a store is drawn: as its design is, from memory, or as the
// draft of it for who was given its address.
func (m *modules) look(c *web.Ctx[web.Storefront]) cms.Look {
	if token := c.Query("design"); token != "" {
		if look, err := m.cms.Tried(c.Context(), c.As.In, token, c.As.Shop.Theme); err == nil {
			c.Framed()
			return look
		}
	}
	return m.cms.Look(c.Context(), c.As.In, c.As.Shop.Theme)
}

// ruled are the routes whose pages have the merchant's own rules: where people look
// around, but not where they begin to pay.
var ruled = map[string]bool{
	"GET /{$}": true, "GET /products": true, "GET /categories/{slug}": true, "GET /search": true, "GET /products/{slug}": true,
	"GET /products/{slug}/reviews": true, "GET /pages/{slug}": true,
}

// rulesOn are the merchant's own rules for a page; where something went wrong there are none.
func rulesOn(r *http.Request, look cms.Look, body templ.Component) string {
	if _, wrong := body.(ui.ErrorPage); wrong || !ruled[r.Pattern] {
		return ""
	}
	return look.Rules
}

// logoOf is the logo of the store's design, else that of its profile.
func logoOf(look cms.Look, shop *web.Shop) picture.Ready {
	if look.Logo.Drawn.Key == "" {
		return picture.Read(shop.Logo)
	}
	return sized(look.Logo.Drawn, 128) // four times its height, for sharp screens
}

// iconOf is the address of what tabs of browsers show, empty for the program's.
func iconOf(look cms.Look) string { return mediaURL(sized(look.Icon.Drawn, 180).Key) }

// sized is the narrowest copy of a picture that is still so high.
func sized(r picture.Ready, high int) picture.Ready {
	for _, w := range r.Widths {
		if w*r.Height >= high*r.Width {
			r.Key = picture.Copy(r.Key, w)
			return r
		}
	}
	return r
}
