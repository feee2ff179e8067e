package catalog

import (
	"orion/modules/catalog/catalogui"
)

// What search engines are told about a page, in the words of schema.org.

type data map[string]any

func organization(c shopCtx) data {
	d := data{"@context": "https://schema.org", "@type": "OnlineStore", "name": c.As.Shop.Name, "url": c.Origin() + "/"}
	if c.As.Shop.Logo != "" {
		d["logo"] = c.Origin() + catalogui.MediaURL("", readCover(c.As.Shop.Logo).Key)
	}
	return d
}

func breadcrumbs(c shopCtx, path []Category) data {
	items := make([]data, len(path))
	for i, cat := range path {
		items[i] = data{
			"@type": "ListItem", "position": i + 1, "name": cat.Name.In(c.Words.Lang()), "item": c.Origin() + "/categories/" + cat.Slug,
		}
	}
	return data{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
}

func (m *Module) productData(c shopCtx, p *Page, about string) []any {
	address := c.Origin() + "/products/" + p.Slug
	d := data{"@context": "https://schema.org", "@type": "Product", "name": p.Title, "url": address}
	if about != "" {
		d["description"] = about
	}
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
	if len(p.Variants) > 0 {
		v := p.Variants[0]
		if v.SKU != "" {
			d["sku"] = v.SKU
		}
		if v.GTIN != "" {
			d["gtin"] = v.GTIN
		}
	}
	d["offers"] = offerData(p, address)
	if r := m.rating(c, p.Rating); r.Count > 0 {
		d["aggregateRating"] = ratingData(r)
	}
	if len(p.Path) == 0 {
		return []any{d}
	}
	return []any{d, breadcrumbs(c, p.Path)}
}

func offerData(p *Page, address string) data {
	stock := "https://schema.org/OutOfStock"
	if p.InStock {
		stock = "https://schema.org/InStock"
	}
	d := data{"priceCurrency": p.Currency, "availability": stock, "url": address}
	if p.Price == p.PriceMax {
		d["@type"], d["price"] = "Offer", p.Price.Decimal()
		return d
	}
	d["@type"], d["offerCount"] = "AggregateOffer", len(p.Variants)
	d["lowPrice"], d["highPrice"] = p.Price.Decimal(), p.PriceMax.Decimal()
	return d
}
