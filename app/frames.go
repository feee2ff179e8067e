package app

import (
	"context"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/ui/icon"
	"orion/kit/ui/layout"
	"orion/kit/web"
	"orion/modules/cms"
	"orion/modules/core"
)

// frames draws the five frontends around the pages of the modules.
type frames struct {
	registry *module.Registry
	enabled  func(c web.Place, code string) bool
	// nav is the storefront's first line of categories, from memory.
	nav func(ctx context.Context, in web.Storefront, l i18n.Lang) []layout.Item
	// family are links to the open stores of the reader's merchant, from memory.
	family func(c *web.Ctx[web.Storefront]) []layout.Item
	// workplaces are links to the other stores in which the reader works.
	workplaces func(c *web.Ctx[web.Store]) []ui.MenuItem
	// arranged is how a menu was arranged, from memory.
	arranged func(of core.MenuOf) module.Arrangement
	// pages are those that people wrote for a store, and site those for a platform,
	// by place, from memory.
	pages func(c *web.Ctx[web.Storefront]) []cms.Link
	site  func(ctx context.Context, in tenant.Platform) []cms.Link
	// look is how a page of a store is drawn, mostly from memory.
	look func(c *web.Ctx[web.Storefront]) cms.Look
	// around are the menus and the bar that a store made, mostly from memory.
	around func(c *web.Ctx[web.Storefront]) cms.Around
	// signup is the form for the newsletter of the store, if it has one.
	signup func(c *web.Ctx[web.Storefront]) (ui.Signup, bool)
	// footer is what modules add to the foot of storefronts, in its order.
	footer []module.MenuItem
	// purposes are for what cookies are set that nobody needs, with the modules
	// that set them; those that are asked about elsewhere are left out.
	purposes map[web.Purpose][]string
}

// newFrames gathers once what every page of a storefront asks for.
func newFrames(f frames) *frames {
	f.purposes = map[web.Purpose][]string{}
	for _, d := range f.registry.All() {
		for _, m := range d.Menu {
			if m.Audience == web.StorefrontPages {
				m.Module = d.Code
				f.footer = append(f.footer, m)
			}
		}
		for _, u := range d.Cookies {
			if u.Purpose != web.Necessary && !u.Purpose.InPlace() {
				f.purposes[u.Purpose] = append(f.purposes[u.Purpose], d.Code)
			}
		}
	}
	slices.SortStableFunc(f.footer, func(a, b module.MenuItem) int { return a.Order - b.Order })
	return &f
}

func (f *frames) all() web.Frames {
	return web.Frames{
		Platform: f.platform, Admin: f.admin, Merchant: f.merchant, Store: f.store, Storefront: f.storefront,
		Error: errorBody,
	}
}

func errorBody(w i18n.Words, e *fault.Error, status int, requestID string) templ.Component {
	// What is said of this very fault, else of all with its status.
	for _, key := range []string{e.Code + "_text", "app.error_" + strconv.Itoa(status)} {
		if w.Has(key) {
			text := w.T(key)
			if feature, ok := e.Args["feature"].(string); ok {
				text = w.T(key, "feature", w.T("features."+feature))
			}
			return ui.ErrorPage{Code: strconv.Itoa(status), Title: w.Fault(e), Text: text, Ref: requestID}
		}
	}
	return ui.ErrorPage{Code: strconv.Itoa(status), Title: w.Fault(e), Ref: requestID}
}

// led gives a page that says no buttons that lead on; other pages stay as they are.
func led(body templ.Component, ways ...templ.Component) templ.Component {
	e, ok := body.(ui.ErrorPage)
	if !ok || e.Code != "404" && e.Code != "403" {
		return body
	}
	if e.Code == "404" {
		e.Ref = "" // the log has nothing more about it
	}
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return e.Render(templ.WithChildren(ctx, templ.Join(ways...)), w)
	})
}

func prefs[A web.Audience](c *web.Ctx[A]) layout.Prefs {
	return layout.Prefs{
		Lang: c.Words.Lang(), Langs: c.Langs(), Scheme: layout.Scheme(c.Theme()),
		Action: web.PreferencesPath, Back: c.URL(withoutLang(c.R.URL)),
	}
}

// withoutLang is the address of a page without its language, which somebody who
// chooses another one does not want to come back to.
func withoutLang(u *url.URL) string {
	if !strings.Contains(u.RawQuery, web.LangParam+"=") {
		return u.RequestURI()
	}
	bare, q := *u, u.Query()
	q.Del(web.LangParam)
	bare.RawQuery = q.Encode()
	return bare.RequestURI()
}

// alternates are the addresses of a page in the languages of its store. The
// plain address is in the store's own language to who asks for none.
func alternates(page string, shop *web.Shop) []layout.Alternate {
	if len(shop.Langs) < 2 {
		return nil
	}
	out := []layout.Alternate{{Lang: "x-default", Href: page}}
	for _, l := range shop.Langs {
		out = append(out, layout.Alternate{Lang: string(l), Href: shop.InLang(page, l)})
	}
	return out
}

func flashes[A web.Audience](c *web.Ctx[A]) []ui.Flash {
	tones := map[string]ui.Tone{"ok": ui.OK, "bad": ui.Bad, "info": ui.Info}
	var out []ui.Flash
	for _, f := range c.Flashes() {
		kv := make([]any, 0, 2*len(f.Args))
		for k, v := range f.Args {
			kv = append(kv, k, v)
		}
		text := ""
		if f.N > 0 {
			text = c.Words.N(f.Key, f.N, kv...)
		} else {
			text = c.Words.T(f.Key, kv...)
		}
		out = append(out, ui.Flash{Tone: tones[f.Kind], Text: text, Undo: f.Undo})
	}
	return out
}

// staffFrame is what the three kinds of staff pages have in common.
func staffFrame[A web.Audience](c *web.Ctx[A], h web.Head, p layout.StaffPage) templ.Component {
	p.Body = led(p.Body, ui.Button{Label: c.Words.T("app.to_start"), Kind: ui.Primary, Href: "/"})
	p.Title, p.Prefs, p.Flashes, p.SignOut = h.Title, prefs(c), flashes(c), "/logout"
	p.Search, p.StopAct = "/search", "/act/stop"
	return p
}

// authFrame is for people who have not signed in.
func authFrame[A web.Audience](c *web.Ctx[A], h web.Head, brand layout.Brand, body templ.Component) templ.Component {
	return layout.AuthPage{Title: h.Title, Sub: h.Description, Brand: brand, Prefs: prefs(c), Flashes: flashes(c), Body: body}
}

func (f *frames) admin(c *web.Ctx[web.Admin], h web.Head, body templ.Component) templ.Component {
	brand := layout.Brand{Name: "Orion", Sub: c.Words.T("app.audience_admin")}
	if c.As.User.ID.IsZero() {
		return authFrame(c, h, brand, body)
	}
	return staffFrame(c, h, layout.StaffPage{
		Brand: brand, Body: body, Menu: f.menu(c.Context(), f.arrange(readerOf(web.AdminPages, c, h, c.As.Grants), adminMenu(c))), Acting: acting(c.Words, c.As.User),
		User: layout.User{Name: c.As.User.Name, Email: c.As.User.Email, Items: profileMenu(c.Words)},
	})
}

func (f *frames) merchant(c *web.Ctx[web.Merchant], h web.Head, body templ.Component) templ.Component {
	brand := layout.Brand{Name: c.As.Name, Sub: c.Words.T("app.audience_merchant")}
	if c.As.User.ID.IsZero() {
		brand.Name = c.Place().Platform.Name
		return authFrame(c, h, brand, body)
	}
	return staffFrame(c, h, layout.StaffPage{
		Brand: brand, Body: body, Menu: f.menu(c.Context(), f.arrange(readerOf(web.MerchantPages, c, h, c.As.Grants), platformMenu(c.As.In.Platform(), web.MerchantPages))), Acting: acting(c.Words, c.As.User),
		User: layout.User{Name: c.As.User.Name, Email: c.As.User.Email, Items: profileMenu(c.Words)},
	})
}

func (f *frames) store(c *web.Ctx[web.Store], h web.Head, body templ.Component) templ.Component {
	brand := layout.Brand{Name: c.As.Shop.Name, Sub: c.As.Shop.PlatformName + " · " + c.Words.T("app.audience_store")}
	if c.As.User.ID.IsZero() {
		return authFrame(c, h, brand, body)
	}
	return staffFrame(c, h, layout.StaffPage{
		Brand: brand, Body: body, Switch: f.workplaces(c), Menu: f.menu(c.Context(), f.arrange(readerOf(web.StorePages, c, h, c.As.Grants), platformMenu(c.As.In.Platform(), web.StorePages))), Acting: acting(c.Words, c.As.User),
		User: layout.User{Name: c.As.User.Name, Email: c.As.User.Email, Items: append([]ui.MenuItem{
			{Label: c.Words.T("app.open_storefront"), Icon: icon.Store, Href: "~" + c.ShopURL("/")},
		}, profileMenu(c.Words)...)},
	})
}

// acting says that somebody sits in a user's place, who, and until when.
func acting(w i18n.Words, u auth.User) string {
	if u.Behind.IsZero() {
		return ""
	}
	return w.T("app.acting", "name", u.Name, "by", u.BehindName, "until", w.DateTime(u.Until))
}

func profileMenu(w i18n.Words) []ui.MenuItem {
	return []ui.MenuItem{{Label: w.T("app.profile"), Icon: icon.User, Href: "/profile"}}
}

func readerOf[A web.Audience](audience web.AudienceName, c *web.Ctx[A], h web.Head, g auth.Grants) reader {
	return reader{audience: audience, place: c.Place(), granted: c.Granted, may: g.Has, words: c.Words, at: active(c, h)}
}

// arrange adds to a reader how the menu was arranged that is shown to them.
func (f *frames) arrange(r reader, of core.MenuOf) reader {
	r.arranged = f.arranged(of)
	return r
}

func platformMenu(p tenant.PlatformID, a web.AudienceName) core.MenuOf {
	return core.MenuOf{Platform: p, Audience: string(a)}
}

// adminMenu is a super administrator's own menu, and for others that of the
// platform on whose host they are, or else of the first that they have.
func adminMenu(c *web.Ctx[web.Admin]) core.MenuOf {
	if c.As.Platforms == nil {
		return core.MenuOf{User: c.As.User.ID, Audience: string(web.AdminPages)}
	}
	p := c.Place().Platform.In.ID()
	if !slices.Contains(c.As.Platforms, p) && len(c.As.Platforms) > 0 {
		p = c.As.Platforms[0]
	}
	return platformMenu(p, web.AdminPages)
}

func active[A web.Audience](c *web.Ctx[A], h web.Head) string {
	if h.Active != "" {
		return h.Active
	}
	return c.R.URL.Path
}

func (f *frames) platform(c *web.Ctx[web.Platform], h web.Head, body templ.Component) templ.Component {
	if shop := c.Place().Shop; shop != nil { // it is closed, or being worked on
		return shut(c, shop, h, body)
	}
	name := c.As.Name
	if name == "" {
		name = "Orion" // nothing answers at this address, and nothing to lead to
	} else {
		body = led(body, ui.Button{Label: c.Words.T("app.to_start"), Kind: ui.Primary, Href: "/"})
	}
	links, l := f.site(c.Context(), c.As.In), c.Words.Lang()
	var footer []layout.Section
	if pages := items(links, l, inFooter); len(pages) > 0 {
		footer = []layout.Section{{Title: c.Words.T("app.footer_pages"), Items: pages}}
	}
	return layout.PlatformPage{
		Meta:  layout.Meta{Title: h.Title, Description: h.Description, NoIndex: h.NoIndex, SiteName: name, JSONLD: h.JSONLD},
		Brand: layout.Brand{Name: name}, Prefs: prefs(c), Flashes: flashes(c), Body: body,
		Actions: []ui.Button{{Label: c.Words.T("app.merchant_sign_in"), Href: "~/merchants/login"}},
		Nav:     items(links, l, inHeader), Footer: footer, Legal: "Orion", LegalLinks: items(links, l, inLegal), Theme: ui.Presets[0],
	}
}
