package app

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"orion/kit/i18n"
	"orion/kit/picture"
	"orion/kit/ui"
	"orion/kit/ui/icon"
	"orion/kit/ui/layout"
	"orion/kit/web"
	"orion/modules/cms"
	"orion/modules/messaging/messagingapi"
)

// shut is the one page of a store that does not sell now, in its own look: the
// reason, and how to reach the people.
func shut(c *web.Ctx[web.Platform], shop *web.Shop, h web.Head, body templ.Component) templ.Component {
	p, logo := prefs(c), picture.Read(shop.Logo)
	p.Action = "" // nothing of the store takes a choice now
	if e, ok := body.(ui.ErrorPage); ok {
		e.Code, e.Ref = "", "" // nothing is wrong
		body = e
	}
	return layout.ShopPage{
		Meta: layout.Meta{Title: h.Title, NoIndex: true, SiteName: shop.Name}, Prefs: p, Body: body,
		Shop: layout.Shop{
			Name: shop.Name, Logo: mediaURL(logo.Key), LogoWidth: logo.Width * 32 / max(logo.Height, 1), Theme: ui.Preset(shop.Theme), Legal: shop.MerchantName,
			Footer: []layout.Section{contact(shop, c.Words)},
		},
	}
}

// ways lead on from a page that is not there.
func (f *frames) ways(c *web.Ctx[web.Storefront]) []templ.Component {
	out := []templ.Component{ui.Button{Label: c.Words.T("app.to_start"), Kind: ui.Primary, Href: "/"}}
	if path := f.on(c, "catalog", "/search"); path != "" {
		out = append(out, ui.Button{Label: c.Words.T("ui.search"), Icon: icon.Search, Href: path})
	}
	return out
}

func (f *frames) storefront(c *web.Ctx[web.Storefront], h web.Head, body templ.Component) templ.Component {
	shop, w := c.As.Shop, c.Words
	if shop == nil { // an address that belongs to no store
		return layout.BarePage{Title: h.Title, Lang: w.Lang(), Body: body}
	}
	look, links, around := f.look(c), f.pages(c), f.around(c)
	logo := logoOf(look, shop)
	canonical := h.Canonical
	if canonical == "" {
		canonical = c.R.URL.Path
	}
	meta := layout.Meta{
		Title: h.Title, Description: describe(h, shop, w.Lang()), NoIndex: h.NoIndex || look.Trial || around.Trial, SiteName: shop.Name, JSONLD: h.JSONLD, Icon: iconOf(look),
		Canonical: c.Address(canonical), Offer: layout.Offer(h.Offer), Image: shared(c, h, look), Locale: locale(w.Lang(), shop),
	}
	if meta.Article = h.Article; h.Feed != "" {
		meta.Feed = shop.InLang(c.ShopOrigin()+h.Feed, w.Lang())
	}
	if !meta.NoIndex {
		meta.Alternates = alternates(c.ShopOrigin()+canonical, shop)
		meta.Locales = otherLocales(w.Lang(), shop)
	}
	return layout.ShopPage{
		Meta: meta, Prefs: prefs(c), Flashes: flashes(c), Body: led(body, f.ways(c)...), Plain: h.Body == "plain", Browsing: browses(c.R, body), Query: c.Query("q"), Consent: f.consent(c),
		Shop: layout.Shop{
			Name: shop.Name, Logo: mediaURL(logo.Key), LogoWidth: logo.Width * 32 / max(logo.Height, 1), Theme: look.Theme, Rules: rulesOn(c.R, look, body), Announcement: announcement(c, around),
			Nav: f.header(c, around, links), Search: f.on(c, "catalog", "/search"), Account: "/account", Cart: f.on(c, "orders", "/cart"), Wishlist: f.on(c, "orders", "/wishlist"),
			Hearts:    hearts(c),
			CartCount: cartCount(c), Drawer: f.enabled(c.Place(), "orders") && h.Active != "/cart", Footer: f.shopFooter(c, around, links), Signup: f.signupOf(c, body),
			Legal: shop.MerchantName, LegalLinks: items(links, w.Lang(), inLegal),
		},
	}
}

// browsing are the routes of storefronts that show what is sold. Their pages do
// with shop.css, so that nobody who looks around waits for the styles of forms;
// a page that is not named here has till.css too.
var browsing = map[string]bool{
	"GET /{$}": true, "GET /products": true, "GET /categories/{slug}": true, "GET /search": true,
	"GET /products/{slug}": true, "GET /products/{slug}/reviews": true, "GET /cart": true, "GET /blog": true, "GET /blog/{slug}": true, "GET /blog/category/{slug}": true,
}

// browses tells whether a page is for browsing; what went wrong is not.
func browses(r *http.Request, body templ.Component) bool {
	_, wrong := body.(ui.ErrorPage)
	return browsing[r.Pattern] && !wrong
}

// shared is the picture of a page where it is shared: its own, else the one of the
// store's design, else that of its profile.
func shared(c *web.Ctx[web.Storefront], h web.Head, look cms.Look) layout.Picture {
	origin := strings.TrimSuffix(c.Origin(), c.Base())
	if h.Image.Path != "" {
		return layout.Picture{Src: origin + h.Image.Path, Width: h.Image.Width, Height: h.Image.Height, Alt: h.Image.Alt}
	}
	hero := look.Share.Drawn
	if hero.Key == "" {
		hero = picture.Read(c.As.Shop.HeroImage)
	}
	if hero.Key == "" {
		return layout.Picture{}
	}
	return layout.Picture{Src: origin + c.Base() + mediaURL(hero.Key), Width: hero.Width, Height: hero.Height, Alt: c.As.Shop.Name}
}

// locale is a language as Open Graph calls it, the way the store's country
// speaks it.
func locale(l i18n.Lang, shop *web.Shop) string {
	if shop.Country == "" {
		return string(l)
	}
	return string(l) + "_" + shop.Country
}

// otherLocales are the other languages of a store.
func otherLocales(now i18n.Lang, shop *web.Shop) []string {
	var out []string
	for _, l := range shop.Langs {
		if l != now {
			out = append(out, locale(l, shop))
		}
	}
	return out
}

// describe is what search engines show below a page's title: what the page says
// of itself, else what the store does.
func describe(h web.Head, shop *web.Shop, l i18n.Lang) string {
	if h.Description != "" {
		return h.Description
	}
	if tagline := shop.Tagline.In(l); tagline != "" {
		return h.Title + ". " + tagline
	}
	return h.Title + " · " + shop.Name
}

func (f *frames) on(c *web.Ctx[web.Storefront], code, path string) string {
	if f.enabled(c.Place(), code) {
		return path
	}
	return ""
}

// cartCount is what the browser remembers of the cart, so that no page has to
// ask the database for it.
func cartCount(c *web.Ctx[web.Storefront]) int {
	n, err := strconv.Atoi(c.Cookie("orion_cart_count"))
	if err != nil || n < 0 || n > 9999 {
		return 0
	}
	return n
}

func mediaURL(key string) string {
	if key == "" {
		return ""
	}
	return "/media/" + key
}

// shopFooter is the foot of a storefront: how to reach the people, the pages that
// the modules have there, and those that people wrote.
func (f *frames) shopFooter(c *web.Ctx[web.Storefront], around cms.Around, links []cms.Link) []layout.Section {
	w := c.Words
	service := []layout.Item{{Label: w.T("ui.account"), Href: "/account"}}
	for _, m := range f.footer {
		if f.enabled(c.Place(), m.Module) {
			service = append(service, layout.Item{Label: w.T(m.Label), Href: m.Path})
		}
	}
	out := []layout.Section{contact(c.As.Shop, w), {Title: w.T("app.footer_service"), Items: service}}
	out = append(out, footerLinks(c, around, links)...)
	if shops := f.family(c); len(shops) > 1 {
		out = append(out, layout.Section{Title: w.T("app.footer_shops"), Items: shops})
	}
	return out
}

// signupOf is the form for the newsletter, where there is one, the page is not
// about it, and nothing went wrong: what is said of that is the same each time.
func (f *frames) signupOf(c *web.Ctx[web.Storefront], body templ.Component) templ.Component {
	if _, wrong := body.(ui.ErrorPage); wrong || f.signup == nil || !f.enabled(c.Place(), messagingapi.Code) || strings.HasPrefix(c.R.URL.Path, "/newsletter") {
		return nil
	}
	if s, ok := f.signup(c); ok {
		return s
	}
	return nil
}

func contact(shop *web.Shop, w i18n.Words) layout.Section {
	out := layout.Section{Title: w.T("app.footer_contact")}
	if shop.Email != "" {
		out.Items = append(out.Items, layout.Item{Label: shop.Email, Href: "mailto:" + shop.Email})
	}
	if shop.Phone != "" {
		out.Items = append(out.Items, layout.Item{Label: shop.Phone, Href: "tel:" + strings.ReplaceAll(shop.Phone, " ", "")})
	}
	return out
}

// consent asks about the purposes that the store has cookies for and that the
// reader has not decided about. The page on cookies asks by itself, and a preview
// is about the page.
func (f *frames) consent(c *web.Ctx[web.Storefront]) ui.Consent {
	if len(f.purposes) == 0 || c.R.URL.Path == "/cookies" || strings.HasPrefix(c.R.URL.Path, "/pages/preview/") {
		return ui.Consent{}
	}
	out := ui.Consent{Action: "/cookies", Back: c.URL(c.R.URL.RequestURI())}
	said := c.Consent()
	for _, p := range web.Purposes {
		if f.asks(c.Place(), p) && !said.Decided(p) {
			out.Purposes = append(out.Purposes, string(p))
		}
	}
	return out
}

// asks tells whether a module that is on at the place has cookies of a purpose.
func (f *frames) asks(at web.Place, p web.Purpose) bool {
	for _, code := range f.purposes[p] {
		if f.enabled(at, code) {
			return true
		}
	}
	return false
}
