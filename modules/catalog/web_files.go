package catalog

import (
	"encoding/xml"
	"io"

	"orion/kit/web"
	"orion/modules/catalog/catalogapi"
)

// sitemapLimit is how many addresses one sitemap may have.
const sitemapLimit = 50_000

type sitemapURL struct {
	XMLName xml.Name `xml:"url"`
	Loc     string   `xml:"loc"`
	Mod     string   `xml:"lastmod,omitempty"`
}

func (m *Module) serveSitemap(c shopCtx) error {
	tree, err := m.Tree(c.Context(), c.As.In)
	if err != nil {
		return err
	}
	origin := c.Origin()
	c.W.Header().Set("Content-Type", "application/xml; charset=utf-8")
	c.W.Header().Set("Cache-Control", "public, max-age=3600")
	if _, err := io.WriteString(c.W, xml.Header+`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`); err != nil {
		return nil //nolint:nilerr // the reader is gone
	}
	out := xml.NewEncoder(c.W)
	urls := []sitemapURL{{Loc: origin + "/"}, {Loc: origin + "/products"}}
	for _, cat := range tree.All() {
		urls = append(urls, sitemapURL{Loc: origin + "/categories/" + cat.Slug})
	}
	n := 0
	for after := catalogapi.ProductID(0); ; {
		for _, u := range urls {
			if err := out.Encode(u); err != nil {
				return nil //nolint:nilerr // the reader is gone
			}
		}
		n += len(urls)
		entries, err := m.Sitemap(c.Context(), c.As.In, after)
		if err != nil || len(entries) == 0 || n >= sitemapLimit {
			_, _ = io.WriteString(c.W, "</urlset>\n")
			return nil //nolint:nilerr // the head was sent; what is there is well formed
		}
		urls = urls[:0]
		for _, e := range entries {
			urls = append(urls, sitemapURL{Loc: origin + "/products/" + e.Slug, Mod: e.Changed.Format("2006-01-02")})
			after = e.ID
		}
	}
}

func serveRobots(c shopCtx) error {
	c.W.Header().Set("Content-Type", "text/plain; charset=utf-8")
	c.W.Header().Set("Cache-Control", "public, max-age=3600")
	text := "User-agent: *\n"
	if c.As.Shop.Status == web.StatusOpen {
		// Not the cart: that it is not to be listed stands in its page, which has
		// to be read for that.
		for _, path := range []string{"/checkout", "/account", "/search", "/store", "/api"} {
			text += "Disallow: " + c.URL(path) + "\n"
		}
		text += "Sitemap: " + c.Origin() + "/sitemap.xml\n"
	} else {
		text += "Disallow: /\n"
	}
	_, _ = io.WriteString(c.W, text)
	return nil
}
