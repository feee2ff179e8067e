package catalog

import (
	"strings"

	"orion/modules/catalog/catalogui"
)

// What search engines are told about a page, in the words of schema.org.

type data map[string]any

const schema = "https://schema.org"

// HomeData is what search engines are told about the first page of a store.
func HomeData(c shopCtx) []any { return []any{organization(c), website(c)} }

// organization is who sells, for the first page.
func organization(c shopCtx) data {
	shop := c.As.Shop
	d := data{"@context": schema, "@type": "OnlineStore", "@id": c.Origin() + "/#store", "name": shop.Name, "url": c.Address("/")}
	if about := shop.Tagline.In(c.Words.Lang()); about != "" {
		d["description"] = about
	}
	if key := readCover(shop.Logo).Key; key != "" {
		d["logo"] = c.Origin() + catalogui.MediaURL("", key)
	}
	if key := readCover(shop.HeroImage).Key; key != "" {
		d["image"] = c.Origin() + catalogui.MediaURL("", key)
	}
	if shop.Email != "" {
		d["email"] = shop.Email
	}
	if shop.Phone != "" {
		d["telephone"] = shop.Phone
	}
	if len(shop.Address) > 0 {
		d["address"] = data{"@type": "PostalAddress", "streetAddress": strings.Join(shop.Address, ", "), "addressCountry": shop.Country}
	}
	return d
}

// website is the name that search engines show above the store's pages.
func website(c shopCtx) data {
	return data{
		"@context": schema, "@type": "WebSite", "name": c.As.Shop.Name, "url": c.Address("/"), "inLanguage": string(c.Words.Lang()),
		"publisher": data{"@id": c.Origin() + "/#store"},
	}
}

// step is a line of a list; every page has some, so they are no maps.
type step struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item,omitempty"` // of a breadcrumb
	URL      string `json:"url,omitempty"`  // of a list
}

// breadcrumbs lead from the first page to one; the last is that page itself.
func breadcrumbs(c shopCtx, path []Category, last ...step) data {
	items := make([]step, 0, 1+len(path)+len(last))
	items = append(items, step{Name: c.As.Shop.Name, Item: c.Address("/")})
	for _, cat := range path {
		items = append(items, step{Name: cat.Name.In(c.Words.Lang()), Item: c.Address("/categories/" + cat.Slug)})
	}
	items = append(items, last...)
	for i := range items {
		items[i].Type, items[i].Position = "ListItem", i+1
	}
	return data{"@context": schema, "@type": "BreadcrumbList", "itemListElement": items}
}

// itemList is what a list has on this page.
func itemList(c shopCtx, name string, cards []Card) data {
	items := make([]step, len(cards))
	for i, card := range cards {
		items[i] = step{Type: "ListItem", Position: i + 1, Name: card.Title, URL: c.Address("/products/" + card.Slug)}
	}
	return data{"@context": schema, "@type": "ItemList", "name": name, "numberOfItems": len(items), "itemListElement": items}
}

func (m *Module) productData(c shopCtx, p *Page, about string) []any {
	address := c.Address("/products/" + p.Slug)
	d := data{"@context": schema, "@type": "Product", "@id": address + "#product", "name": p.Title, "url": address, "description": firstOf(about, p.Title)}
	if p.Brand != "" {
		d["brand"] = data{"@type": "Brand", "name": p.Brand}
	}
	var images []string
	for _, img := range p.Images {
		if img.Key != "" {
			images = append(images, c.Origin()+catalogui.MediaURL("", img.Key))
		}
	}
	if len(images) > 0 {
		d["image"] = images
	}
	if len(p.Variants) == 1 { // else they are those of one variant of several
		if v := p.Variants[0]; v.SKU != "" {
			d["sku"] = v.SKU
		}
		if v := p.Variants[0]; v.GTIN != "" {
			d["gtin"] = v.GTIN
		}
	}
	d["offers"] = offerData(c, p, address)
	if r := m.rating(c.As.In, p.Rating); r.Count > 0 {
		d["aggregateRating"] = ratingData(r)
	}
	return []any{d, breadcrumbs(c, p.Path, step{Name: p.Title, Item: address})}
}

func offerData(c shopCtx, p *Page, address string) data {
	d := data{
		"priceCurrency": p.Currency, "availability": schema + "/" + availability(p), "url": address, "itemCondition": schema + "/NewCondition",
		"seller": data{"@type": "OnlineStore", "name": c.As.Shop.Name},
	}
	if p.Price == p.PriceMax {
		d["@type"], d["price"] = "Offer", p.Price.Decimal()
		return d
	}
	d["@type"], d["offerCount"] = "AggregateOffer", len(p.Variants)
	d["lowPrice"], d["highPrice"] = p.Price.Decimal(), p.PriceMax.Decimal()
	return d
}

const outOfStock = "OutOfStock"

// availability is the best that any variant has.
func availability(p *Page) string {
	best := outOfStock
	for _, v := range p.Variants {
		switch {
		case v.Stock.Untracked || v.Stock.Left > 0:
			return "InStock"
		case v.Stock.Backorder:
			best = "BackOrder"
		}
	}
	return best
}
