package catalog

import (
	"encoding/json"
	"strconv"
	"strings"

	"orion/kit/cell"
	"orion/kit/i18n"
)

// orionWriter writes everything about a product.
type orionWriter struct{}

var (
	orProductColumns = []col{orStatus, orBrand, orCategory, orTags, orTaxClass, orFeatured, orMin, orMax, orStep, orOptions, orImages, orExtra}
	orVariantColumns = []col{
		orChoice, orSKU, orGTIN, orBarcode, orPrice, orCompare, orCost, orGrams, orDigital, orVariantTax, orVariantImage,
		orStock, orUntracked, orBackorder, orContent, orUnit,
	}
)

func (orionWriter) head() []string {
	head := []string{string(orSlug)}
	for _, t := range orTexts {
		for _, l := range i18n.Langs {
			head = append(head, string(orText(t.name, l)))
		}
	}
	for _, l := range i18n.Langs {
		head = append(head, string(orText("category_name", l)))
	}
	for _, c := range orProductColumns {
		head = append(head, string(c))
	}
	for _, c := range orVariantColumns {
		head = append(head, string(c))
	}
	return head
}

func (w orionWriter) rows(f *facts, p Product) [][]string {
	out := make([][]string, len(p.Variants))
	for i, v := range p.Variants {
		row := []string{p.Slug}
		if i == 0 {
			row = append(row, w.about(f, p)...)
		} else {
			row = append(row, make([]string, (len(orTexts)+1)*len(i18n.Langs)+len(orProductColumns))...)
		}
		out[i] = append(row, w.variant(v)...)
	}
	return out
}

func (orionWriter) about(f *facts, p Product) []string {
	var out []string
	for _, t := range orTexts {
		for _, l := range i18n.Langs {
			out = append(out, cell.Escape((*t.of(&p.ProductInput))[l]))
		}
	}
	path := f.tree.Path(p.Category)
	slugs := make([]string, len(path))
	for i, c := range path {
		slugs[i] = c.Slug
	}
	for _, l := range i18n.Langs {
		names := make([]string, len(path))
		for i, c := range path {
			names[i] = c.Name[l]
		}
		out = append(out, cell.Escape(strings.Join(names, " > ")))
	}
	return append(out, string(p.Status), cell.Escape(p.Brand), strings.Join(slugs, "/"), cell.Escape(strings.Join(p.Tags, ", ")), string(p.TaxClass),
		truth(p.Featured), strconv.FormatInt(p.MinQty, 10), strconv.FormatInt(p.MaxQty, 10), strconv.FormatInt(p.Step, 10), asJSON(p.Options), asJSON(p.Images), asJSON(p.Extra))
}

func (orionWriter) variant(v Variant) []string {
	return []string{
		cell.Escape(v.choice()), cell.Escape(v.SKU), v.GTIN, cell.Escape(v.Barcode), decimal(v.Price), decimal(v.CompareAt), decimal(v.Cost),
		strconv.FormatInt(v.Grams, 10), truth(v.Digital), string(v.TaxClass), cell.Escape(v.Image),
		strconv.FormatInt(v.Stock.Left, 10), truth(v.Stock.Untracked), truth(v.Stock.Backorder), v.Content.amount(), string(v.Content.Unit),
	}
}

// asJSON writes a cell of JSON, empty for nothing. The values are plain data.
func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil || string(text) == "null" {
		return ""
	}
	return string(text)
}
