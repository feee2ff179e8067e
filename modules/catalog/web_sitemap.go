package catalog

import (
	"bytes"
	"encoding/xml"
	"strings"
	"time"
)

// serveSitemap is the index of the store's sitemaps.
func (m *Module) serveSitemap(c shopCtx) error {
	parts, err := m.SitemapParts(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	out := newMap(c, "sitemapindex")
	out.site("/sitemaps/pages.xml", time.Time{})
	for _, p := range parts {
		out.site("/sitemaps/products/"+p.From.String()+".xml", p.Changed)
	}
	out.end()
	return nil
}

// servePages is the sitemap of everything that is no product.
func (m *Module) servePages(c shopCtx) error {
	tree, err := m.Tree(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	out := newMap(c, "urlset")
	out.page("/", time.Time{})
	out.page("/products", time.Time{})
	for _, cat := range tree.All() {
		out.page("/categories/"+cat.Slug, time.Time{})
	}
	if m.need.Pages != nil {
		pages, err := m.need.Pages(c)
		if err != nil {
			return err
		}
		for _, p := range pages {
			out.page(p.Path, p.Changed)
		}
	}
	out.end()
	return nil
}

// serveProducts is the sitemap of the products from one on. It is sent while it
// is read, so that a long one takes no memory. One that is cut off does not end
// well, and whoever reads it takes it for what it is.
func (m *Module) serveProducts(c shopCtx) error {
	from, err := parseProduct(strings.TrimSuffix(c.Param("from"), ".xml"))
	if err != nil {
		return err
	}
	out := newMap(c, "urlset")
	err = m.Sitemap(c.Context(), c.As.In, from, func(entries []Entry) bool {
		for _, e := range entries {
			out.page("/products/"+e.Slug, e.Changed)
		}
		return out.send()
	})
	if err != nil && out.sent {
		m.need.Kit.Log.ErrorContext(c.Context(), "sitemap was cut off", "error", err.Error())
		return nil
	}
	if err == nil {
		out.end()
	}
	return err
}

// siteMap is a sitemap, or an index of some, while it is written.
type siteMap struct {
	c      shopCtx
	origin string
	root   string
	buf    bytes.Buffer
	sent   bool
}

func newMap(c shopCtx, root string) *siteMap {
	out := &siteMap{c: c, origin: c.Origin(), root: root}
	out.buf.WriteString(xml.Header + "<" + root + ` xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"`)
	if root == "urlset" && len(c.As.Shop.Langs) > 1 {
		out.buf.WriteString(` xmlns:xhtml="http://www.w3.org/1999/xhtml"`)
	}
	out.buf.WriteString(">\n")
	return out
}

func (s *siteMap) site(path string, changed time.Time) {
	s.buf.WriteString("<sitemap>")
	s.loc(s.origin+path, changed)
	s.buf.WriteString("</sitemap>\n")
}

// page lists a page in each of the store's languages, and with each the others.
func (s *siteMap) page(path string, changed time.Time) {
	shop, plain := s.c.As.Shop, s.origin+path
	for _, l := range shop.Langs {
		s.buf.WriteString("<url>")
		s.loc(shop.InLang(plain, l), changed)
		if len(shop.Langs) > 1 {
			s.alternate("x-default", plain)
			for _, other := range shop.Langs {
				s.alternate(string(other), shop.InLang(plain, other))
			}
		}
		s.buf.WriteString("</url>\n")
	}
}

func (s *siteMap) loc(address string, changed time.Time) {
	s.buf.WriteString("<loc>")
	_ = xml.EscapeText(&s.buf, []byte(address)) // a buffer takes everything
	s.buf.WriteString("</loc>")
	if !changed.IsZero() {
		s.buf.WriteString("<lastmod>" + changed.UTC().Format(time.RFC3339) + "</lastmod>")
	}
}

func (s *siteMap) alternate(lang, address string) {
	s.buf.WriteString(`<xhtml:link rel="alternate" hreflang="` + lang + `" href="`)
	_ = xml.EscapeText(&s.buf, []byte(address))
	s.buf.WriteString(`"/>`)
}

func (s *siteMap) end() {
	s.buf.WriteString("</" + s.root + ">\n")
	s.send()
}

// send sends what was written, and tells whether anybody is there for more.
func (s *siteMap) send() bool {
	if !s.sent {
		s.sent = true
		s.c.W.Header().Set("Content-Type", "application/xml; charset=utf-8")
		s.c.W.Header().Set("Cache-Control", "public, max-age=3600")
	}
	_, err := s.c.W.Write(s.buf.Bytes())
	s.buf.Reset()
	return err == nil
}
