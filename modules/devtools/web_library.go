package devtools

import (
	"net/url"
	"slices"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/ui/gallery"
	"orion/kit/ui/icon"
	"orion/kit/ui/layout"
	"orion/kit/web"
	"orion/modules/devtools/devtoolsui"
)

var errUnknown = fault.New(fault.NotFound, "not_found")

type ctx = web.Ctx[web.Admin]

func (m *Module) libraryRoutes(mux *web.Mux[web.Admin]) {
	need := web.Need(MayView)
	mux.Get("/dev-tools/components", need, m.componentsPage)
	mux.Get("/dev-tools/components/{component}", need, m.componentPage)
	mux.Get("/dev-tools/pages", need, m.galleryPage)
	mux.Get("/dev-tools/preview", need, m.preview)
	mux.Get("/dev-tools/icons", need, m.iconsPage)
	mux.Get("/dev-tools/tokens", need, m.tokensPage)
}

// at is the address of this page with what is chosen of the named parameters.
func at(c *ctx, names ...string) devtoolsui.Address {
	a := devtoolsui.Address{Path: c.R.URL.Path, Values: url.Values{}}
	for _, name := range names {
		if v := c.Query(name); v != "" {
			a.Values.Set(name, v)
		}
	}
	return a
}

func head(c *ctx, key, active string) web.Head {
	return web.Head{Title: c.Words.T(key), Active: active}
}

const libraryPath = "/dev-tools/components"

func (m *Module) componentsPage(c *ctx) error {
	v := devtoolsui.Components{At: at(c, "q", "kind")}
	for _, p := range FindComponents(c.Query("q")) {
		if kind := c.Query("kind"); kind == "value" && !p.IsValue() || kind == "component" && p.IsValue() {
			continue
		}
		v.Rows = append(v.Rows, devtoolsui.ComponentRow{Name: p.Name, File: p.File, About: p.Doc, Value: p.IsValue(), Examples: len(p.Examples)})
	}
	return c.Page(head(c, "dev_tools.components", libraryPath), devtoolsui.ComponentsPage(v))
}

func (m *Module) componentPage(c *ctx) error {
	p, ok := FindComponent(c.Param("component"))
	if !ok {
		return errUnknown
	}
	v := devtoolsui.Component{Name: p.Name, About: p.Doc, Use: p.Use, Source: p.Source, Value: p.IsValue()}
	for _, f := range p.Props {
		v.Props = append(v.Props, devtoolsui.Prop{Name: f.Name, Type: f.Type, About: f.Doc, Of: f.Of})
	}
	for _, e := range p.Examples {
		v.Examples = append(v.Examples, e.Text)
	}
	for _, g := range gallery.Pages() {
		if slices.ContainsFunc(p.Places, func(place string) bool { return slices.Contains(g.From, place) }) {
			v.Pages = append(v.Pages, g.Name)
		}
	}
	for _, other := range Library() {
		if slices.ContainsFunc(other.Props, func(f Prop) bool { return f.Of == p.Name }) {
			v.UsedBy = append(v.UsedBy, other.Name)
		}
	}
	return c.Page(web.Head{Title: p.Name, Active: libraryPath}, devtoolsui.ComponentPage(v))
}

// galleryPage shows a page of the gallery in light and dark, in any language.
func (m *Module) galleryPage(c *ctx) error {
	v := devtoolsui.Pages{At: at(c, "page", "lang", "scheme", "width"), Phone: c.Query("width") == "phone"}
	g, err := galleryOf(c)
	if err != nil {
		return err
	}
	v.Page = g.Name
	for _, p := range gallery.Pages() {
		v.Pages = append(v.Pages, p.Name)
	}
	for _, scheme := range []layout.Scheme{layout.Light, layout.Dark} {
		if chosen := c.Query("scheme"); chosen != "" && chosen != string(scheme) {
			continue
		}
		q := url.Values{"page": {g.Name}, "scheme": {string(scheme)}, "lang": {string(langOf(c))}}
		v.Frames = append(v.Frames, devtoolsui.Frame{Src: "/dev-tools/preview?" + q.Encode(), Title: c.Words.T("dev_tools." + string(scheme))})
	}
	for _, p := range Library() {
		if slices.ContainsFunc(p.Places, func(place string) bool { return slices.Contains(g.From, place) }) {
			v.Parts = append(v.Parts, p.Name)
		}
	}
	c.ShowsFrames()
	return c.Page(head(c, "dev_tools.pages", libraryPath), devtoolsui.PagesPage(v))
}

// galleryOf is the page that the address names, or else the first.
func galleryOf(c *ctx) (gallery.Page, error) {
	all := gallery.Pages()
	if c.Query("page") == "" {
		return all[0], nil
	}
	i := slices.IndexFunc(all, func(p gallery.Page) bool { return p.Name == c.Query("page") })
	if i < 0 {
		return gallery.Page{}, errUnknown
	}
	return all[i], nil
}

// langOf is the language that the address names, or else the reader's.
func langOf(c *ctx) i18n.Lang {
	if l, ok := i18n.ParseLang(c.Query("lang")); ok {
		return l
	}
	return c.Words.Lang()
}

// preview is a page of the gallery alone. Its links lead nowhere: what they name is made up.
func (m *Module) preview(c *ctx) error {
	g, err := galleryOf(c)
	if err != nil {
		return err
	}
	lang := langOf(c)
	scheme := layout.Scheme(c.Query("scheme"))
	if scheme != layout.Light && scheme != layout.Dark {
		scheme = layout.System
	}
	c.Framed()
	return c.Partial(devtoolsui.Alone{Body: g.In(lang, scheme), Words: m.need.Kit.Bundle.In(lang)})
}

func (m *Module) iconsPage(c *ctx) error {
	v := devtoolsui.Icons{At: at(c, "q")}
	for _, i := range icon.All() {
		if matches(c.Query("q"), i.String()) {
			v.Icons = append(v.Icons, i)
		}
	}
	return c.Page(head(c, "dev_tools.icons", libraryPath), devtoolsui.IconsPage(v))
}

func (m *Module) tokensPage(c *ctx) error {
	staff := StaffTokens()
	v := devtoolsui.Tokens{Colours: tokenViews(staff.Colours), Values: []devtoolsui.TokenGroup{
		{Kind: "type", Tokens: tokenViews(staff.Type)}, {Kind: "space", Tokens: tokenViews(staff.Space)}, {Kind: "radius", Tokens: tokenViews(staff.Radius)},
	}}
	for _, theme := range ui.Presets {
		v.Themes = append(v.Themes, devtoolsui.ThemeTokens{
			Code: theme.Code, Display: theme.Fonts.Display.Family, Body: theme.Fonts.Body.Family, Colours: tokenViews(ThemeTokens(theme)),
		})
	}
	return c.Page(head(c, "dev_tools.tokens", libraryPath), devtoolsui.TokensPage(v))
}

func tokenViews(all []Token) []devtoolsui.Token {
	out := make([]devtoolsui.Token, len(all))
	for i, t := range all {
		out[i] = devtoolsui.Token(t)
	}
	return out
}
