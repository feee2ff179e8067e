package catalog

import (
	"context"
	"net/http"

	"orion/kit/auth"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/web"
	"orion/modules/catalog/catalogapi"
)

// productBody is a whole product as the store's interface reads and writes it.
type productBody struct {
	Slug           string              `json:"slug,omitempty" doc:"Made of the title when empty"`
	Status         Status              `json:"status,omitempty" enum:"draft,active,archived"`
	Title          i18n.Text           `json:"title" doc:"By language: en, fr, de, lb"`
	Summary        i18n.Text           `json:"summary,omitempty"`
	Body           i18n.Text           `json:"body,omitempty" doc:"HTML; what could harm a reader is taken out"`
	SEOTitle       i18n.Text           `json:"seo_title,omitempty"`
	SEODescription i18n.Text           `json:"seo_description,omitempty"`
	Brand          string              `json:"brand,omitempty"`
	Category       string              `json:"category,omitempty" doc:"Identifier"`
	Tags           []string            `json:"tags,omitempty"`
	Options        []Option            `json:"options,omitempty"`
	Images         []Image             `json:"images,omitempty"`
	TaxClass       catalogapi.TaxClass `json:"tax_class,omitempty" enum:"standard,intermediate,reduced,super_reduced,zero"`
	Featured       bool                `json:"featured,omitempty"`
	MinQuantity    int64               `json:"min_quantity,omitempty"`
	MaxQuantity    int64               `json:"max_quantity,omitempty" doc:"0 is no limit"`
	QuantityStep   int64               `json:"quantity_step,omitempty" doc:"Sold in multiples of"`
	Variants       []variantBody       `json:"variants"`
}

type variantBody struct {
	ID        string              `json:"id,omitempty"`
	Values    []string            `json:"values,omitempty" doc:"Codes, one an option"`
	SKU       string              `json:"sku,omitempty"`
	GTIN      string              `json:"gtin,omitempty"`
	Barcode   string              `json:"barcode,omitempty"`
	Price     money.Amount        `json:"price"`
	CompareAt *money.Amount       `json:"compare_at,omitempty"`
	Cost      *money.Amount       `json:"cost,omitempty"`
	Grams     int64               `json:"grams,omitempty"`
	Digital   bool                `json:"digital,omitempty"`
	TaxClass  catalogapi.TaxClass `json:"tax_class,omitempty"`
	Image     string              `json:"image,omitempty"`
	Stock     int64               `json:"stock,omitempty" doc:"Opening stock of a new variant; what is shown of an existing one"`
	Untracked bool                `json:"untracked,omitempty"`
	Backorder bool                `json:"backorder,omitempty"`
	Content   *contentBody        `json:"content,omitempty"`
}

// contentBody is how much is in a variant, from which its unit price follows.
type contentBody struct {
	Amount string `json:"amount" example:"0.75" doc:"With at most three decimals"`
	Unit   Unit   `json:"unit" enum:"g,kg,ml,cl,l,cm,m,m2,piece"`
}

func contentAnswer(c Content) *contentBody {
	if c.Milli == 0 {
		return nil
	}
	return &contentBody{c.amount(), c.Unit}
}

type idInput struct {
	ID string `path:"id"`
}

type createInput struct{ Body productBody }

type changeInput struct {
	idInput
	Body productBody
}

type productOutput struct {
	Body struct {
		ID string `json:"id"`
		productBody
	}
}

type staffListInput struct {
	Text   string `query:"q" maxLength:"200"`
	Status string `query:"status" enum:"draft,active,archived"`
	After  string `query:"after"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

type rowBody struct {
	cardBody
	Status Status `json:"status"`
}

type staffListOutput struct {
	Body struct {
		Items []rowBody `json:"items"`
		Next  string    `json:"next,omitempty"`
	}
}

func (m *Module) storeAPI(a *web.API) {
	example := map[string]any{
		"id": "prd_06e9v2k0q2m3c", "slug": "stoneware-mug", "status": "active", "title": map[string]any{"en": "Stoneware mug", "fr": "Tasse en grès"},
		"variants": []any{map[string]any{"sku": "MUG-1", "price": map[string]any{"amount": 2400, "currency": "EUR"}}},
	}
	web.Handle(a, web.Op{
		Method: http.MethodGet, Path: "/products", ID: "listProducts", Summary: "All products, newest first", Need: web.Need(View),
		Example: map[string]any{"items": []any{exampleCard}},
	}, m.apiProducts)
	web.Handle(a, web.Op{Method: http.MethodGet, Path: "/products/{id}", ID: "getProduct", Summary: "A product", Need: web.Need(View), Example: example}, m.apiProduct)
	web.Handle(a, web.Op{
		Method: http.MethodPost, Path: "/products", ID: "createProduct", Summary: "Make a product", Need: web.Need(MayEdit), Status: http.StatusCreated, Example: example,
	}, m.apiCreate)
	web.Handle(a, web.Op{
		Method: http.MethodPut, Path: "/products/{id}", ID: "updateProduct", Summary: "Replace what a product says", Need: web.Need(MayEdit), Example: example,
	}, m.apiChange)
	web.Handle(a, web.Op{
		Method: http.MethodPost, Path: "/products/{id}/archive", ID: "archiveProduct", Summary: "Take a product off sale for good", Need: web.Need(MayEdit), Example: example,
	}, m.apiArchive)
}

func (m *Module) apiProducts(ctx context.Context, as web.Store, in *staffListInput) (*staffListOutput, error) {
	rows, err := m.Products(ctx, as.In, web.WordsOf(ctx).Lang(), Wanted{
		Text: in.Text, Status: Status(in.Status), Page: page.Request{After: in.After, Limit: in.Limit},
	})
	if err != nil {
		return nil, err
	}
	out := &staffListOutput{}
	out.Body.Items = make([]rowBody, len(rows.Items))
	for i, r := range rows.Items {
		out.Body.Items[i] = rowBody{cardOf(r.Card), r.Status}
	}
	out.Body.Next = rows.Next
	return out, nil
}

func (m *Module) apiProduct(ctx context.Context, as web.Store, in *idInput) (*productOutput, error) {
	p, err := m.productOf(ctx, as, in.ID)
	if err != nil {
		return nil, err
	}
	return productAnswer(p), nil
}

// productOf finds a product by its public identifier; a malformed one is as
// unknown as another store's.
func (m *Module) productOf(ctx context.Context, as web.Store, public string) (Product, error) {
	pid, err := parseProduct(public)
	if err != nil {
		return Product{}, ErrNoProduct
	}
	return m.Product(ctx, as.In, pid)
}

func (m *Module) apiCreate(ctx context.Context, as web.Store, in *createInput) (*productOutput, error) {
	return m.apiSave(ctx, as, 0, in.Body)
}

func (m *Module) apiChange(ctx context.Context, as web.Store, in *changeInput) (*productOutput, error) {
	have, err := m.productOf(ctx, as, in.ID)
	if err != nil {
		return nil, err
	}
	return m.apiSave(ctx, as, have.ID, in.Body)
}

func (m *Module) apiSave(ctx context.Context, as web.Store, pid catalogapi.ProductID, b productBody) (*productOutput, error) {
	input := b.input()
	input.ID = pid
	for i, v := range input.Variants {
		if v.Price.Currency != as.Shop.Currency {
			return nil, errProduct.Field("variants."+itoa(i)+".price", "catalog.price_wrong")
		}
	}
	saved, err := m.Edit(ctx, as.In, auth.UserActor(as.User), Revision{Product: input})
	if err != nil {
		return nil, err
	}
	return m.apiProduct(ctx, as, &idInput{saved.String()})
}

func (m *Module) apiArchive(ctx context.Context, as web.Store, in *idInput) (*productOutput, error) {
	p, err := m.productOf(ctx, as, in.ID)
	if err != nil {
		return nil, err
	}
	if err := m.Move(ctx, as.In, auth.UserActor(as.User), p.ID, Archived); err != nil {
		return nil, err
	}
	p.Status = Archived
	return productAnswer(p), nil
}

func (b productBody) input() ProductInput {
	p := ProductInput{
		Slug: b.Slug, Status: b.Status, Title: b.Title, Summary: b.Summary, Body: b.Body, SEOTitle: b.SEOTitle, SEODescription: b.SEODescription,
		Brand: b.Brand, Tags: b.Tags, Options: b.Options, Images: b.Images, TaxClass: b.TaxClass, Featured: b.Featured,
		MinQty: b.MinQuantity, MaxQty: b.MaxQuantity, Step: b.QuantityStep,
	}
	p.Category, _ = id.Parse[categoryKind](b.Category)
	for _, v := range b.Variants {
		vid, _ := parseVariant(v.ID)
		w := Variant{
			ID: vid, Values: v.Values, SKU: v.SKU, GTIN: v.GTIN, Barcode: v.Barcode, Price: v.Price, Grams: v.Grams, Digital: v.Digital,
			TaxClass: v.TaxClass, Image: v.Image, Stock: Stock{Left: v.Stock, Untracked: v.Untracked, Backorder: v.Backorder},
		}
		if v.CompareAt != nil {
			w.CompareAt = *v.CompareAt
		}
		if v.Cost != nil {
			w.Cost = *v.Cost
		}
		if v.Content != nil {
			var err error
			if w.Content, err = ParseContent(v.Content.Amount, string(v.Content.Unit)); err != nil {
				w.Content.Milli = -1 // which the check refuses
			}
		}
		p.Variants = append(p.Variants, w)
	}
	return p
}

func productAnswer(p Product) *productOutput {
	out := &productOutput{}
	out.Body.ID = p.ID.String()
	out.Body.productBody = productBody{
		Slug: p.Slug, Status: p.Status, Title: p.Title, Summary: p.Summary, Body: p.Body, SEOTitle: p.SEOTitle, SEODescription: p.SEODescription,
		Brand: p.Brand, Category: p.Category.String(), Tags: p.Tags, Options: p.Options, Images: p.Images, TaxClass: p.TaxClass,
		Featured: p.Featured, MinQuantity: p.MinQty, MaxQuantity: p.MaxQty, QuantityStep: p.Step, Variants: make([]variantBody, len(p.Variants)),
	}
	for i, v := range p.Variants {
		out.Body.Variants[i] = variantBody{
			ID: v.ID.String(), Values: v.Values, SKU: v.SKU, GTIN: v.GTIN, Barcode: v.Barcode, Price: v.Price, CompareAt: amountOrNil(v.CompareAt),
			Cost: amountOrNil(v.Cost), Grams: v.Grams, Digital: v.Digital, TaxClass: v.TaxClass, Image: v.Image,
			Stock: v.Stock.Left, Untracked: v.Stock.Untracked, Backorder: v.Stock.Backorder, Content: contentAnswer(v.Content),
		}
	}
	return out
}
