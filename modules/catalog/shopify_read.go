package catalog

import (
	"slices"
	"strconv"
	"strings"

	"orion/kit/cell"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/modules/catalog/catalogapi"
)

// The columns of a Shopify export that mean something here. Others are kept
// with the product as they are, for the day when it goes back.
const (
	shHandle      col = "handle"
	shTitle       col = "title"
	shBody        col = "body (html)"
	shVendor      col = "vendor"
	shType        col = "type"
	shTags        col = "tags"
	shPublished   col = "published"
	shStatus      col = "status"
	shSKU         col = "variant sku"
	shGrams       col = "variant grams"
	shTracker     col = "variant inventory tracker"
	shQty         col = "variant inventory qty"
	shPolicy      col = "variant inventory policy"
	shPrice       col = "variant price"
	shCompare     col = "variant compare at price"
	shCost        col = "cost per item"
	shShips       col = "variant requires shipping"
	shTaxable     col = "variant taxable"
	shBarcode     col = "variant barcode"
	shImage       col = "image src"
	shAlt         col = "image alt text"
	shSEOTitle    col = "seo title"
	shSEOText     col = "seo description"
	shVarImage    col = "variant image"
	shWeightUnit  col = "variant weight unit"
	shFulfilment  col = "variant fulfillment service"
	shImagePlace  col = "image position"
	shContent     col = "unit price total measure"
	shUnit        col = "unit price total measure unit"
	shBase        col = "unit price base measure"
	shBaseUnit    col = "unit price base measure unit"
	defaultOption     = "Title"
	defaultValue      = "Default Title"
)

func shOptionName(i int) col  { return col("option" + strconv.Itoa(i+1) + " name") }
func shOptionValue(i int) col { return col("option" + strconv.Itoa(i+1) + " value") }

var shKnown = map[col]bool{
	shHandle: true, shTitle: true, shBody: true, shVendor: true, shType: true, shTags: true, shPublished: true, shStatus: true,
	shSKU: true, shGrams: true, shTracker: true, shQty: true, shPolicy: true, shPrice: true, shCompare: true, shCost: true,
	shShips: true, shTaxable: true, shBarcode: true, shImage: true, shAlt: true, shSEOTitle: true, shSEOText: true,
	shVarImage: true, shWeightUnit: true, shFulfilment: true, shImagePlace: true,
	shContent: true, shUnit: true, shBase: true, shBaseUnit: true, // the base follows from the unit here
}

func isShopifyColumn(c col) bool {
	for i := range maxOptions {
		if c == shOptionName(i) || c == shOptionValue(i) {
			return true
		}
	}
	return shKnown[c]
}

// shopify reads the rows of a Shopify export: several a product, the first with
// its texts, each with a variant, a picture, or both.
type shopify struct {
	o     Options
	extra []col // columns to keep
	names []string
}

func newShopify(s *sheet, o Options) *shopify {
	r := &shopify{o: o}
	for _, name := range s.head {
		key := col(strings.ToLower(squeeze(name)))
		if !isShopifyColumn(key) && name != "" && !slices.Contains(r.extra, key) {
			r.extra = append(r.extra, key)
			r.names = append(r.names, squeeze(name))
		}
	}
	return r
}

func (r *shopify) key(s *sheet) string { return strings.ToLower(strings.TrimSpace(s.raw(shHandle))) }

// text is a text in the file's language.
func (r *shopify) text(v string) i18n.Text {
	if v == "" {
		return nil
	}
	return i18n.Text{r.o.Lang: v}
}

func (r *shopify) begin(s *sheet, d *draft) {
	p := &d.product
	p.Title = r.text(s.text(shTitle))
	p.Body = r.text(cell.Unescape(s.raw(shBody)))
	p.SEOTitle, p.SEODescription = r.text(s.text(shSEOTitle)), r.text(s.text(shSEOText))
	p.Brand = s.text(shVendor)
	p.Tags = splitTags(s.text(shTags))
	p.Status = Draft
	if s.yes(shPublished, true) {
		p.Status = Active
	}
	if status := Status(strings.ToLower(s.text(shStatus))); slices.Contains(Statuses, status) {
		p.Status = status
	}
	if kind := squeeze(s.text(shType)); kind != "" {
		d.category = categoryWish{slugs: []string{slugify(kind)}, names: []i18n.Text{{r.o.Lang: kind}}}
	}
	for i := range maxOptions {
		if name := squeeze(s.text(shOptionName(i))); name != "" {
			p.Options = append(p.Options, Option{Name: i18n.Text{r.o.Lang: name}})
		}
	}
	extra := map[string]string{}
	for i, c := range r.extra {
		if v := s.text(c); v != "" {
			extra[r.names[i]] = v
		}
	}
	if len(extra) > 0 {
		p.Extra = extra
	}
}

func (r *shopify) row(s *sheet, d *draft) {
	if src := strings.TrimSpace(s.raw(shImage)); src != "" {
		img := imageOf(src)
		img.Alt = r.text(squeeze(s.text(shAlt)))
		d.product.Images = append(d.product.Images, img)
		d.pictures = append(d.pictures, s.line)
	}
	if s.raw(shPrice) == "" && s.raw(shSKU) == "" && s.raw(shOptionValue(0)) == "" {
		return // a picture only
	}
	v := Variant{SKU: number(s.text(shSKU)), Barcode: number(s.text(shBarcode))}
	v.Price = r.money(s, d, shPrice, true)
	v.CompareAt = r.money(s, d, shCompare, false)
	v.Cost = r.money(s, d, shCost, false)
	v.Grams = grams(s.text(shGrams))
	v.Content = content(s, d, shContent, shUnit)
	v.Digital = !s.yes(shShips, true)
	if !s.yes(shTaxable, true) {
		v.TaxClass = catalogapi.TaxZero
	}
	if src := strings.TrimSpace(s.raw(shVarImage)); src != "" {
		img := imageOf(src)
		if v.Image = img.Key; v.Image == "" {
			v.Image = img.Src
		}
	}
	left, _ := strconv.ParseInt(s.text(shQty), 10, 64)
	v.Stock = Stock{Left: max(left, 0), Untracked: s.text(shTracker) == "", Backorder: s.text(shPolicy) == "continue"}
	var values []string
	for i := range d.product.Options {
		values = append(values, squeeze(s.text(shOptionValue(i))))
	}
	d.product.Variants = append(d.product.Variants, v)
	d.values = append(d.values, values)
	d.lines = append(d.lines, s.line)
}

// end drops the option that Shopify writes for products without any.
func (r *shopify) end(d *draft) {
	o := d.product.Options
	if len(o) == 1 && len(d.values) == 1 && o[0].Name[r.o.Lang] == defaultOption && d.values[0][0] == defaultValue {
		d.product.Options, d.values[0] = nil, nil
	}
}

func (r *shopify) money(s *sheet, d *draft, c col, needed bool) money.Amount {
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

// grams reads a weight, of which some exports have a fraction.
func grams(s string) int64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < 0 || f > 1e9 {
		return 0
	}
	return int64(f + 0.5)
}
