package catalog

import (
	"encoding/json"
	"strconv"
	"strings"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/modules/catalog/catalogapi"
)

// The columns of Orion's own format. Texts have one column a language, such as
// title_fr; options, images and extra are JSON. A product has one row a variant,
// of which the first has everything about the product.
const (
	orSlug         col = "slug"
	orStatus       col = "status"
	orBrand        col = "brand"
	orCategory     col = "category" // slugs from the root, with slashes between
	orTags         col = "tags"
	orTaxClass     col = "tax_class"
	orFeatured     col = "featured"
	orMin          col = "min_quantity"
	orMax          col = "max_quantity"
	orStep         col = "quantity_step"
	orOptions      col = "options"
	orImages       col = "images"
	orExtra        col = "extra"
	orChoice       col = "variant" // codes of its option values, with slashes between
	orSKU          col = "sku"
	orGTIN         col = "gtin"
	orBarcode      col = "barcode"
	orPrice        col = "price"
	orCompare      col = "compare_at"
	orCost         col = "cost"
	orGrams        col = "grams"
	orDigital      col = "digital"
	orVariantTax   col = "variant_tax_class"
	orVariantImage col = "variant_image"
	orStock        col = "stock"
	orUntracked    col = "untracked"
	orBackorder    col = "backorder"
	orContent      col = "content"
	orUnit         col = "content_unit"
)

// orTexts are the texts of a product, without their languages.
var orTexts = []struct {
	name col
	of   func(p *ProductInput) *i18n.Text
}{
	{"title", func(p *ProductInput) *i18n.Text { return &p.Title }},
	{"summary", func(p *ProductInput) *i18n.Text { return &p.Summary }},
	{"body", func(p *ProductInput) *i18n.Text { return &p.Body }},
	{"seo_title", func(p *ProductInput) *i18n.Text { return &p.SEOTitle }},
	{"seo_description", func(p *ProductInput) *i18n.Text { return &p.SEODescription }},
}

func orText(name col, l i18n.Lang) col { return name + "_" + col(l) }

// orion reads the rows of Orion's own format.
type orion struct{ o Options }

func newOrion(_ *sheet, o Options) *orion { return &orion{o} }

func (r *orion) key(s *sheet) string { return strings.ToLower(strings.TrimSpace(s.raw(orSlug))) }

func (r *orion) begin(s *sheet, d *draft) {
	p := &d.product
	for _, t := range orTexts {
		text := i18n.Text{}
		for _, l := range i18n.Langs {
			if v := s.text(orText(t.name, l)); v != "" {
				text[l] = v
			}
		}
		*t.of(p) = text
	}
	p.Status, p.Brand = Status(s.text(orStatus)), s.text(orBrand)
	p.Tags = splitTags(s.text(orTags))
	p.TaxClass = catalogapi.TaxClass(s.text(orTaxClass))
	p.Featured = s.yes(orFeatured, false)
	p.MinQty, p.MaxQty, p.Step = r.count(s, d, orMin), r.count(s, d, orMax), r.count(s, d, orStep)
	r.json(s, d, orOptions, &p.Options)
	r.json(s, d, orImages, &p.Images)
	r.json(s, d, orExtra, &p.Extra)
	for range p.Images {
		d.pictures = append(d.pictures, s.line)
	}
	r.category(s, d)
}

func (r *orion) category(s *sheet, d *draft) {
	path := s.text(orCategory)
	if path == "" {
		return
	}
	d.category.slugs = strings.Split(path, "/")
	d.category.names = make([]i18n.Text, len(d.category.slugs))
	for _, l := range i18n.Langs {
		for i, name := range strings.Split(s.text(orText("category_name", l)), ">") {
			if name = squeeze(name); name == "" || i >= len(d.category.names) {
				continue
			}
			if d.category.names[i] == nil {
				d.category.names[i] = i18n.Text{}
			}
			d.category.names[i][l] = name
		}
	}
}

func (r *orion) row(s *sheet, d *draft) {
	v := Variant{
		SKU: s.text(orSKU), GTIN: number(s.text(orGTIN)), Barcode: s.text(orBarcode), Grams: grams(s.text(orGrams)),
		Digital: s.yes(orDigital, false), TaxClass: catalogapi.TaxClass(s.text(orVariantTax)), Image: s.text(orVariantImage),
		Stock: Stock{Left: r.count(s, d, orStock), Untracked: s.yes(orUntracked, false), Backorder: s.yes(orBackorder, false)},
	}
	if choice := s.text(orChoice); choice != "" {
		v.Values = strings.Split(choice, "/")
	}
	v.Price = r.money(s, d, orPrice, true)
	v.CompareAt, v.Cost = r.money(s, d, orCompare, false), r.money(s, d, orCost, false)
	v.Content = content(s, d, orContent, orUnit)
	d.product.Variants = append(d.product.Variants, v)
	d.values = append(d.values, nil)
	d.lines = append(d.lines, s.line)
}

func (r *orion) end(*draft) {}

func (r *orion) money(s *sheet, d *draft, c col, needed bool) money.Amount {
	text := s.text(c)
	if text == "" && !needed {
		return money.Amount{}
	}
	a, err := parsePrice(text, r.o.Currency)
	if err != nil {
		d.fail(s.line, string(c), errPrice)
	}
	return a
}

var (
	errCount = fault.New(fault.Invalid, "catalog.number_wrong")
	errJSON  = fault.New(fault.Invalid, "catalog.cell_malformed")
)

// content reads how much is in a variant out of two columns.
func content(s *sheet, d *draft, amount, unit col) Content {
	c, err := ParseContent(s.text(amount), s.text(unit))
	if err != nil {
		d.fail(s.line, string(amount), errContent)
	}
	return c
}

func (r *orion) count(s *sheet, d *draft, c col) int64 {
	text := s.text(c)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		d.fail(s.line, string(c), errCount)
	}
	return max(n, 0)
}

func (r *orion) json(s *sheet, d *draft, c col, into any) {
	text := s.text(c)
	if text == "" {
		return
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		d.fail(s.line, string(c), errJSON)
	}
}
