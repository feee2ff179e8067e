package cms

import (
	"strings"

	"orion/kit/i18n"
	"orion/kit/rich"
	"orion/kit/web"
	"orion/modules/cms/cmsui"
)

type (
	shopper = *web.Ctx[web.Storefront]
	visitor = *web.Ctx[web.Platform]
)

func (m *Module) storefrontRoutes(mux *web.Mux[web.Storefront]) {
	mux.Get("/pages/{slug}", web.Public, m.storePage)
	mux.Get("/pages/preview/{token}", web.Public, m.storePreview)
	m.fileRoutes(mux)
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
	return show(c, r.Path(), Content{r.Head, r.Body}, placesOf(c.As.Shop))
}

func (m *Module) storePreview(c shopper) error {
	p, err := m.Stores.Previewed(c.Context(), c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	if p.Body, err = m.withPictures(c, p.Body); err != nil {
		return err
	}
	return show(c, "", p.Content, placesOf(c.As.Shop))
}

func (m *Module) sitePage(c visitor) error {
	r, err := m.ReadSite(c.Context(), c.As.In, c.Param("slug"))
	if err != nil {
		return err
	}
	return show(c, r.Path(), Content{r.Head, r.Body}, map[string]string{"platform": c.As.Name})
}

func (m *Module) sitePreview(c visitor) error {
	p, err := m.Platforms.Previewed(c.Context(), c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	return show(c, "", p.Content, map[string]string{"platform": c.As.Name})
}

// placesOf are what a page says of the store in which it is read.
func placesOf(s *web.Shop) map[string]string {
	return map[string]string{
		"store": s.Name, "merchant": s.MerchantName, "email": s.Email, "phone": s.Phone, "address": strings.Join(s.Address, "\n"), "platform": s.PlatformName,
	}
}

// storePlaces and sitePlaces are the names of what is filled in, as people write them.
const (
	storePlaces = "{store}, {merchant}, {email}, {phone}, {address}, {platform}"
	sitePlaces  = "{platform}"
)

// show draws a page for readers; without a path it is a preview, which search
// engines leave alone.
func show[A web.Audience](c *web.Ctx[A], path string, of Content, places map[string]string) error {
	l := c.Words.Lang()
	body := rich.Fill(of.Body.In(l), places)
	h := web.Head{Title: of.Title.In(l), Description: of.SEODescription.In(l), Canonical: path, NoIndex: path == ""}
	v := cmsui.Reading{Title: h.Title, Body: body, Preview: path == "", Lang: saidIn(of.Body, l)}
	if t := of.SEOTitle[l]; t != "" {
		h.Title = t
	}
	if h.Description == "" {
		h.Description = rich.Summary(body)
	}
	return c.Page(h, cmsui.ReadingPage(v))
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
