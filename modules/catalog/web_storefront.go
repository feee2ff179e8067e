package catalog

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/rich"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/catalog/catalogui"
)

func (m *Module) storefront(x *web.Mux[web.Storefront]) {
	x.Get("/products", web.Public, m.showAll)
	x.Get("/categories/{slug}", web.Public, m.showCategory)
	x.Get("/search", web.Public, m.showSearch)
	x.Get("/search/suggest", web.Public, m.showSuggestions)
	x.Get("/products/{slug}", web.Public, m.showProduct)
	x.Get(seenPath, web.Public, m.showSeen)
	x.Post(seenPath+"/clear", web.Public, m.clearSeen)
	x.Get("/sitemap.xml", web.Public, m.serveSitemap)
	x.Get("/sitemaps/pages.xml", web.Public, m.servePages)
	x.Get("/sitemaps/products/{from}", web.Public, m.serveProducts)
	x.Get("/robots.txt", web.Public, serveRobots)
}

type shopCtx = *web.Ctx[web.Storefront]

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// cardViews draws cards. The pictures of the first few are seen at once.
func (m *Module) cardViews(c shopCtx, cards []Card, eager int) []ui.Product {
	return m.cards(reader{c.As.In, c.Words, c.Base()}, cards, eager)
}

// reader is whoever looks at cards: in a store, in their words, with what stands
// before its addresses.
type reader struct {
	in    tenant.Store
	words i18n.Words
	base  string
}

func (m *Module) cards(of reader, cards []Card, eager int) []ui.Product {
	out := make([]ui.Product, len(cards))
	for i, card := range cards {
		out[i] = ui.Product{
			Href: "/products/" + card.Slug, Title: card.Title, Brand: card.Brand, Sold: !card.InStock, Slug: card.Slug,
			Price: ui.Price{
				Amount: card.Price, CompareAt: card.CompareAt, From: card.PriceMax.Minor > card.Price.Minor,
				Notes: priceNotes(of.words, card.Price, card.Lowest, card.Content),
			},
			Image: catalogui.Picture(of.base, stored(card.Cover), catalogui.CardSizes), Rating: m.rating(of.in, card.Rating),
		}
		out[i].Rating.Brief = true
		out[i].Image.Eager = i < eager
		if percent := off(card.Price, card.CompareAt, card.Lowest); percent > 0 {
			out[i].Tag = fmt.Sprintf("−%d %%", percent)
		}
	}
	return out
}

func (m *Module) showProduct(c shopCtx) error {
	l := c.Words.Lang()
	p, err := m.PageOf(c.Context(), c.As.In, l, c.Param("slug"))
	var moved Moved
	if errors.As(err, &moved) {
		http.Redirect(c.W, c.R, c.URL("/products/"+moved.Slug), http.StatusMovedPermanently)
		return nil
	}
	var gone Gone
	if errors.As(err, &gone) {
		return m.showGone(c, gone)
	}
	if err != nil {
		return err
	}
	m.remember(c, p)
	v := p.pick(c.R.URL.Query())
	view := catalogui.Product{
		Slug: p.Slug, Crumbs: append(crumbs(p.Path, l), ui.Crumb{Label: p.Title}), Brand: p.Brand, Title: p.Title, Summary: p.Summary, Body: p.Body, SKU: v.SKU,
		Price:  ui.Price{Amount: v.Price, CompareAt: shownBefore(v), Size: ui.Large, Notes: append(priceNotes(c.Words, v.Price, v.Past.Lowest, v.Content), c.Words.T("catalog.vat_included"))},
		Images: p.gallery(c, v), Variant: v.ID.String(), Buyable: v.Stock.Available(), Min: int(p.MinQty), Max: p.most(v), Step: int(p.Step), Rule: quantityWords(c, p),
		Stock: stockWords(c, v), Left: v.Stock.Available(), Promise: m.promise(c, v), Related: m.cardViews(c, p.Related, 0),
		Rating: m.rating(c.As.In, p.Rating), Below: m.below(c, p),
	}
	view.Picker, view.Hidden = p.picker(v, l)
	if view.Hidden {
		for _, w := range p.Variants {
			view.Choices = append(view.Choices, ui.Option{
				Value: w.ID.String(), Label: describe(p.Options, w.Values, l) + " · " + c.Words.Money(w.Price), Disabled: !w.Stock.Available(),
			})
		}
	}
	about := p.about()
	head := web.Head{
		Title: firstOf(p.SEOTitle, p.Title), Description: firstOf(p.SEODescription, about),
		Canonical: "/products/" + p.Slug, JSONLD: m.productData(c, p, about),
		Offer: web.Offer{Price: p.Price, InStock: availability(p) != outOfStock}, Image: cardPicture(c, p),
	}
	return c.Page(head, view)
}

// cardPicture is the first picture of a product, for those who share its page.
func cardPicture(c shopCtx, p *Page) web.Picture {
	for _, img := range p.Images {
		if img.Key != "" {
			return web.Picture{
				Path: catalogui.MediaURL(c.Base(), img.Key), Width: img.Width, Height: img.Height, Alt: firstOf(img.Alt.In(c.Words.Lang()), p.Title),
			}
		}
	}
	return web.Picture{}
}

func crumbs(path []Category, l lang) []ui.Crumb {
	out := make([]ui.Crumb, len(path))
	for i, cat := range path {
		out[i] = ui.Crumb{Label: cat.Name.In(l), Href: "/categories/" + cat.Slug}
	}
	return out
}

// gallery has the pictures of the product, the variant's own first.
func (p *Page) gallery(c shopCtx, v Variant) []ui.Image {
	var out []ui.Image
	for _, img := range p.Images {
		if img.Key == "" {
			continue
		}
		view := catalogui.Picture(c.Base(), stored(img), catalogui.GallerySizes)
		view.Alt = firstOf(img.Alt.In(c.Words.Lang()), p.Title)
		if img.Key == v.Image || img.Value != "" && contains(v.Values, img.Value) {
			out = append([]ui.Image{view}, out...)
		} else {
			out = append(out, view)
		}
	}
	for i := range out {
		out[i].Eager = i == 0
	}
	return out
}

func stored(img Image) catalogui.Stored {
	return catalogui.Stored{Key: img.Key, Width: img.Width, Height: img.Height, Widths: img.Widths, WebP: img.WebP}
}

// priceNotes are what the law wants to be said beside a price.
func priceNotes(w i18n.Words, price, lowest money.Amount, content Content) []string {
	var out []string
	if per, unit := content.price(price); unit != "" {
		out = append(out, w.T("catalog.unit_price", "amount", w.Money(per), "unit", w.T("catalog.unit_"+string(unit))))
	}
	if lowest.Minor > 0 {
		out = append(out, w.T("catalog.lowest_before", "amount", w.Money(lowest)))
	}
	return out
}

// quantityWords say in which quantities a product is sold, when not in any.
func quantityWords(c shopCtx, p *Page) string {
	var out []string
	switch {
	case p.MinQty > 1 && p.MaxQty > 0:
		out = append(out, c.Words.T("catalog.rule_both", "min", p.MinQty, "max", p.MaxQty))
	case p.MinQty > max(p.Step, 1):
		out = append(out, c.Words.T("catalog.rule_min", "min", p.MinQty))
	case p.MaxQty > 0:
		out = append(out, c.Words.T("catalog.rule_max", "max", p.MaxQty))
	}
	if p.Step > 1 {
		out = append(out, c.Words.T("catalog.rule_step", "step", p.Step))
	}
	return strings.Join(out, " ")
}

func (p *Page) most(v Variant) int {
	most := p.MaxQty
	if !v.Stock.Backorder && !v.Stock.Untracked && v.Stock.Left < plenty && (most == 0 || v.Stock.Left < most) {
		most = v.Stock.Left
	}
	return int(most - most%max(p.Step, 1))
}

// promise is when a variant would be with the shopper; empty when nobody says.
func (m *Module) promise(c shopCtx, v Variant) []ui.Promise {
	if m.need.Promise == nil || v.Digital || !v.Stock.Available() {
		return nil
	}
	return m.need.Promise(c, v.Grams, v.Stock.Left == 0 && !v.Stock.Untracked)
}

func stockWords(c shopCtx, v Variant) string {
	switch {
	case v.Digital:
		return c.Words.T("catalog.stock_digital")
	case v.Stock.Untracked || v.Stock.Left > few:
		return c.Words.T("catalog.stock_in")
	case v.Stock.Left > 0:
		return c.Words.N("catalog.stock_few", int(v.Stock.Left))
	case v.Stock.Backorder:
		return c.Words.T("catalog.stock_backorder")
	}
	return c.Words.T("catalog.stock_none")
}

// about is a sentence on the product for search engines: its summary, or how
// its description begins.
func (p *Page) about() string {
	if p.Summary != "" {
		return p.Summary
	}
	return rich.Summary(p.Body)
}
