package layout

import "strings"

// named is the title of a page with the site's name, where the page does not
// have it in its own.
func (m Meta) named() string {
	if m.SiteName == "" || strings.Contains(m.Title, m.SiteName) {
		return m.Title
	}
	return m.Title + " · " + m.SiteName
}

// kind is what the page is to Open Graph.
func (m Meta) kind() string {
	if m.Offer.Price.Currency != "" {
		return "product"
	}
	if m.Article {
		return "article"
	}
	return "website"
}

func (o Offer) availability() string {
	if o.InStock {
		return "in stock"
	}
	return "out of stock"
}
