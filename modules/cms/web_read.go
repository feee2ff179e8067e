package cms

import (
	"slices"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/rich"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/cms/cmsui"
)

type (
	shopper = *web.Ctx[web.Storefront]
	visitor = *web.Ctx[web.Platform]
)

func (m *Module) storefrontRoutes(mux *web.Mux[web.Storefront]) {
	mux.Get("/", web.Public, m.homePage)
	mux.Get("/pages/{slug}", web.Public, m.storePage)
	mux.Get("/pages/preview/{token}", web.Public, m.storePreview)
	m.readBlogRoutes(mux)
	m.fileRoutes(mux)
	mux.Post(BarPath, web.Public, m.putAwayPost)
	mux.Post("/pages/preview/{token}/{section}", web.Public, m.tryPost)
}

func (m *Module) platformRoutes(mux *web.Mux[web.Platform]) {
	mux.Get("/pages/{slug}", web.Public, m.sitePage)
	mux.Get("/pages/preview/{token}", web.Public, m.sitePreview)
}

// Here is the store that a shopper visits, as they reached it.
func Here(c shopper) At { return At{Platform: c.Place().Platform.In, Store: c.As.In} }

func (m *Module) storePage(c shopper) error {
	r, err := m.Read(c.Context(), Here(c), c.Param("slug"))
	if err != nil {
		return err
	}
	if r.Body, err = m.withPictures(c, r.Body); err != nil {
		return err
	}
	parts, err := m.partsOf(c, r.Tier, r.Sections)
	if err != nil {
		return err
	}
	v := m.sections(c, parts)
	v.on, v.owner = r.ID, m.ownerHere(c, r.Tier)
	return show(c, readable{path: r.Path(), Content: Content{r.Head, r.Body, nil}, places: placesOf(c.As.Shop), sections: v})
}

// partsOf reads the sections of a page, whoever wrote it.
func (m *Module) partsOf(c shopper, t Tier, all []Section) ([]part, error) {
	if t == Own {
		return m.Stores.parts(c.Context(), c.As.In, all)
	}
	return m.Platforms.parts(c.Context(), c.Place().Platform.In, all)
}

// libraryOf is the library of which sections of a tier have their pictures.
func libraryOf(c shopper, t Tier) *tenant.Store {
	if t == Own {
		return &c.As.In
	}
	return nil
}

// previewed is the draft that a signed address shows in a store: a page of the store, or
// one that its platform has for all of its stores.
func (m *Module) previewed(c shopper) (Page, error) {
	p, err := m.Stores.Previewed(c.Context(), c.As.In, c.Param("token"))
	if f := fault.As(err); f == nil || f.Kind == fault.Internal {
		return p, err
	}
	shared, other := m.Platforms.Previewed(c.Context(), c.Place().Platform.In, c.Param("token"))
	if other == nil && shared.Tier == Default {
		return shared, nil
	}
	return p, err // whatever else the address shows elsewhere, here it shows nothing
}

func (m *Module) storePreview(c shopper) error {
	p, err := m.previewed(c)
	if err != nil {
		return err
	}
	return m.showDraft(c, p)
}

// tryPost shows a draft with a section as somebody is writing it. Nothing is stored.
func (m *Module) tryPost(c shopper) error {
	p, err := m.previewed(c)
	if err != nil {
		return err
	}
	i, err := sectionAt(p.Sections, c.Param("section"))
	if err != nil {
		return err
	}
	f, err := c.Form()
	if err != nil {
		return err
	}
	s := m.kinds.parts(p.Sections[i : i+1])[0]
	if s.bad == nil {
		langs := slices.Clone(c.As.Shop.Langs)
		sectionReader{Form: f, sectionForm: sectionForm{part: s, zone: i18n.ZoneOf(c.As.Shop.Country), langs: langs, library: libraryOf(c, p.Tier)}, had: imagesOf(s.value)}.read()
		arrangeThings(f, s.value.Fields(), "")
		tidySection(s.value)
		if checkSection(s.value, "").OrNil() == nil {
			p.Sections = slices.Clone(p.Sections)
			p.Sections[i].Value = textOf(s.value)
		}
	}
	return m.showDraft(c, p)
}

// showDraft shows a page as readers would see it, also inside the page on which it
// is made.
func (m *Module) showDraft(c shopper, p Page) error {
	c.Framed()
	parts, err := m.partsOf(c, p.Tier, p.Sections)
	if err != nil {
		return err
	}
	v := m.sections(c, parts)
	v.instead = instead(c.Words)
	if p.IsHome() {
		return m.showHome(c, Link{Head: p.Head}, v)
	}
	if p.Body, err = m.withPictures(c, p.Body); err != nil {
		return err
	}
	return show(c, readable{Content: p.Content, places: placesOf(c.As.Shop), sections: v})
}

func (m *Module) sitePage(c visitor) error {
	r, err := m.ReadSite(c.Context(), c.As.In, c.Param("slug"))
	if err != nil {
		return err
	}
	return show(c, readable{path: r.Path(), Content: Content{r.Head, r.Body, nil}, places: map[string]string{"platform": c.As.Name}})
}

func (m *Module) sitePreview(c visitor) error {
	p, err := m.Platforms.Previewed(c.Context(), c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	return show(c, readable{Content: p.Content, places: map[string]string{"platform": c.As.Name}})
}

// placesOf are what a page says of the store in which it is read.
func placesOf(s *web.Shop) map[string]string { return places(shopOf(s)) }

// storePlaces and sitePlaces are the names of what is filled in, as people write them.
const (
	storePlaces = "{store}, {merchant}, {email}, {phone}, {address}, {platform}"
	sitePlaces  = "{platform}"
)

// readable is a page that is shown to readers. Without a path it is a preview,
// which search engines leave alone. Behind its text stand its sections.
type readable struct {
	Content
	path     string
	places   map[string]string // what is filled in
	sections body
}

func show[A web.Audience](c *web.Ctx[A], of readable) error {
	l, path, sections := c.Words.Lang(), of.path, of.sections
	body := rich.Fill(of.Body.In(l), of.places)
	h := web.Head{Title: of.Title.In(l), Description: of.SEODescription.In(l), Canonical: path, NoIndex: path == ""}
	v := cmsui.Reading{Title: h.Title, Body: body, Preview: path == "", Bare: sections.headed(), Lang: saidIn(of.Body, l)}
	if t := of.SEOTitle[l]; t != "" {
		h.Title = t
	}
	if h.Description == "" {
		h.Description = rich.Summary(body)
	}
	sections.before = cmsui.ReadingPage(v).Render
	return c.Page(h, sections)
}

// saidIn is the language of what a reader of l gets to read, empty where it is theirs.
func saidIn(t i18n.Text, l i18n.Lang) string {
	if t[l] != "" {
		return ""
	}
	for _, other := range i18n.Langs {
		if s := t[other]; s != "" && s == t.In(l) {
			return string(other)
		}
	}
	return ""
}
