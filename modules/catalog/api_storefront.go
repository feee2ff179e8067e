package catalog

import (
	"context"
	"errors"
	"net/http"

	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/catalog/catalogapi"
	"orion/modules/catalog/catalogui"
)

// cardBody is a product in a list.
type cardBody struct {
	ID        string        `json:"id" example:"prd_06e9v2k0q2m3c"`
	Slug      string        `json:"slug" example:"stoneware-mug"`
	Title     string        `json:"title" example:"Stoneware mug"`
	Brand     string        `json:"brand,omitempty"`
	Image     string        `json:"image,omitempty" doc:"Path of the picture"`
	Price     money.Amount  `json:"price" doc:"Of the cheapest variant, VAT included"`
	PriceMax  money.Amount  `json:"price_max"`
	CompareAt *money.Amount `json:"compare_at,omitempty" doc:"The price before, when it is reduced"`
	Lowest    *money.Amount `json:"lowest_before,omitempty" doc:"The lowest price of the 30 days before the reduction"`
	Variants  int           `json:"variants"`
	InStock   bool          `json:"in_stock"`
	Rating    *ratingBody   `json:"rating,omitempty" doc:"Where opinions are kept and there are some"`
}

// ratingBody is what buyers think of a product.
type ratingBody struct {
	Average float64 `json:"average" example:"4.6" doc:"Stars of five"`
	Count   int64   `json:"count" example:"12"`
}

// ratingOf is nil while nobody rated a product, and where no opinions are kept.
func (m *Module) ratingOf(in tenant.Store, r catalogapi.Rating) *ratingBody {
	if r.Count == 0 || !m.rated(in) {
		return nil
	}
	return &ratingBody{Average: float64(ui.Rating{Stars: r.Stars, Count: r.Count}.Tenths()) / 10, Count: r.Count}
}

func cardOf(c Card) cardBody {
	return cardBody{
		ID: c.ID.String(), Slug: c.Slug, Title: c.Title, Brand: c.Brand, Image: catalogui.MediaURL("", c.Cover.Key),
		Price: c.Price, PriceMax: c.PriceMax, CompareAt: amountOrNil(c.CompareAt), Lowest: amountOrNil(c.Lowest), Variants: c.Variants, InStock: c.InStock,
	}
}

func amountOrNil(a money.Amount) *money.Amount {
	if a.Currency == "" {
		return nil
	}
	return &a
}

type facetBody struct {
	Kind   FacetKind        `json:"kind"`
	Code   string           `json:"code,omitempty" doc:"Of the option"`
	Name   string           `json:"name,omitempty" doc:"Of the option"`
	Values []facetValueBody `json:"values"`
}

type facetValueBody struct {
	Value string `json:"value"`
	Name  string `json:"name"`
	Count int    `json:"count"`
	On    bool   `json:"on,omitempty"`
}

type listInput struct {
	Text     string   `query:"q" maxLength:"200" doc:"Words to search for"`
	Category string   `query:"category" doc:"Slug; includes what is below it"`
	Brands   []string `query:"brand,explode" maxItems:"24"`
	Tags     []string `query:"tag,explode" maxItems:"24"`
	From     int64    `query:"from" doc:"Lowest price in minor units"`
	To       int64    `query:"to" doc:"Prices below this, in minor units"`
	InStock  bool     `query:"in_stock"`
	Sort     string   `query:"sort" enum:"best,newest,price,-price"`
	After    string   `query:"after" doc:"The answer before's next"`
	Limit    int      `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

type listOutput struct {
	Body struct {
		Items  []cardBody  `json:"items"`
		Next   string      `json:"next,omitempty"`
		Total  int         `json:"total"`
		Facets []facetBody `json:"facets"`
	}
}

type slugInput struct {
	Slug string `path:"slug" maxLength:"200"`
}

type pageVariant struct {
	ID        string            `json:"id"`
	Options   map[string]string `json:"options,omitempty" doc:"Value by option, both codes"`
	SKU       string            `json:"sku,omitempty"`
	GTIN      string            `json:"gtin,omitempty"`
	Price     money.Amount      `json:"price"`
	CompareAt *money.Amount     `json:"compare_at,omitempty"`
	Lowest    *money.Amount     `json:"lowest_before,omitempty" doc:"The lowest price of the 30 days before the reduction"`
	Content   *contentBody      `json:"content,omitempty"`
	UnitPrice *money.Amount     `json:"unit_price,omitempty" doc:"Of a kilogram, litre, metre, square metre or piece"`
	UnitPer   Unit              `json:"unit_per,omitempty"`
	Digital   bool              `json:"digital"`
	Available bool              `json:"available"`
	Left      int64             `json:"left" doc:"At most 10; more is shown as 10"`
	Backorder bool              `json:"backorder"`
}

type pageOutput struct {
	Body struct {
		cardBody
		Summary     string        `json:"summary,omitempty"`
		Body        string        `json:"body,omitempty" doc:"HTML, clean"`
		Tags        []string      `json:"tags,omitempty"`
		Options     []apiOption   `json:"options,omitempty"`
		Images      []string      `json:"images,omitempty"`
		MinQuantity int64         `json:"min_quantity"`
		MaxQuantity int64         `json:"max_quantity" doc:"0 is no limit"`
		Step        int64         `json:"quantity_step" doc:"Sold in multiples of"`
		Items       []pageVariant `json:"variants_list"`
		Related     []cardBody    `json:"related,omitempty"`
	}
}

type apiOption struct {
	Code   string            `json:"code"`
	Name   string            `json:"name"`
	Values map[string]string `json:"values" doc:"Name by code"`
}

var exampleCard = map[string]any{
	"id": "prd_06e9v2k0q2m3c", "slug": "stoneware-mug", "title": "Stoneware mug", "brand": "Kiln & Co", "variants": 2, "in_stock": true,
	"price": map[string]any{"amount": 2400, "currency": "EUR"}, "price_max": map[string]any{"amount": 2600, "currency": "EUR"},
}

func (m *Module) api(a *web.API) {
	list := web.Op{
		Method: http.MethodGet, Path: "/products", ID: "listProducts", Summary: "Products for sale, by category, search and filters", Need: web.Public,
		Example: map[string]any{"items": []any{exampleCard}, "next": "WzEyMCwxXQ", "total": 64, "facets": []any{}},
	}
	web.Handle(a, list, m.apiList)
	search := list
	search.Path, search.ID, search.Summary = "/search", "searchProducts", "Products that a search finds, best first"
	web.Handle(a, search, m.apiList)
	web.Handle(a, web.Op{
		Method: http.MethodGet, Path: "/products/{slug}", ID: "getProduct", Summary: "A product with its variants", Need: web.Public, Example: exampleCard,
	}, m.apiPage)
	m.storeAPI(a)
}

func (m *Module) apiList(ctx context.Context, as web.Storefront, in *listInput) (*listOutput, error) {
	l, err := m.Browse(ctx, as.In, web.WordsOf(ctx).Lang(), Query{
		Text: in.Text, Category: in.Category, Sort: Sort(in.Sort), Page: page.Request{After: in.After, Limit: in.Limit},
		Filter: Filter{Brands: in.Brands, Tags: in.Tags, From: in.From, To: in.To, InStock: in.InStock},
	})
	if err != nil {
		return nil, err
	}
	out := &listOutput{}
	out.Body.Items, out.Body.Facets = make([]cardBody, len(l.Items)), make([]facetBody, len(l.Facets))
	for i, c := range l.Items {
		out.Body.Items[i] = cardOf(c)
		out.Body.Items[i].Rating = m.ratingOf(as.In, c.Rating)
	}
	for i, f := range l.Facets {
		b := facetBody{Kind: f.Kind, Code: f.Code, Name: f.Name, Values: make([]facetValueBody, len(f.Values))}
		for k, v := range f.Values {
			b.Values[k] = facetValueBody{v.Value, v.Name, v.Count, v.On}
		}
		out.Body.Facets[i] = b
	}
	out.Body.Next, out.Body.Total = l.Next, l.Total
	return out, nil
}

func (m *Module) apiPage(ctx context.Context, as web.Storefront, in *slugInput) (*pageOutput, error) {
	l := web.WordsOf(ctx).Lang()
	p, err := m.PageOf(ctx, as.In, l, in.Slug)
	var moved Moved
	if errors.As(err, &moved) {
		p, err = m.PageOf(ctx, as.In, l, moved.Slug)
	}
	if err != nil {
		return nil, err
	}
	out := &pageOutput{}
	b := &out.Body
	b.cardBody = cardBody{
		ID: p.ID.String(), Slug: p.Slug, Title: p.Title, Brand: p.Brand, Price: p.Price, PriceMax: p.PriceMax,
		CompareAt: amountOrNil(p.CompareAt), Variants: len(p.Variants), InStock: p.InStock,
		Rating: m.ratingOf(as.In, p.Rating),
	}
	b.Summary, b.Body, b.Tags, b.MinQuantity, b.MaxQuantity, b.Step = p.Summary, p.Body, p.Tags, p.MinQty, p.MaxQty, p.Step
	for _, img := range p.Images {
		if img.Key != "" {
			b.Images = append(b.Images, catalogui.MediaURL("", img.Key))
		}
	}
	if len(b.Images) > 0 {
		b.Image = b.Images[0]
	}
	for _, o := range p.Options {
		named := apiOption{Code: o.Code, Name: o.Name.In(l), Values: map[string]string{}}
		for _, v := range o.Values {
			named.Values[v.Code] = v.Name.In(l)
		}
		b.Options = append(b.Options, named)
	}
	for _, v := range p.Variants {
		per, unit := v.Content.price(v.Price)
		b.Items = append(b.Items, pageVariant{
			ID: v.ID.String(), Options: chosen(p.Options, v), SKU: v.SKU, GTIN: v.GTIN, Price: v.Price, CompareAt: amountOrNil(shownBefore(v)),
			Lowest: amountOrNil(v.Past.Lowest), Content: contentAnswer(v.Content), UnitPrice: amountOrNil(per), UnitPer: unit,
			Digital: v.Digital, Available: v.Stock.Available(), Left: v.Stock.Left, Backorder: v.Stock.Backorder,
		})
	}
	for _, c := range p.Related {
		b.Related = append(b.Related, cardOf(c))
	}
	return out, nil
}

func chosen(options []Option, v Variant) map[string]string {
	out := make(map[string]string, len(options))
	for i, o := range options {
		if i < len(v.Values) {
			out[o.Code] = v.Values[i]
		}
	}
	return out
}
