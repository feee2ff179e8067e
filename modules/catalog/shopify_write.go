package catalog

import (
	"strconv"
	"strings"

	"orion/kit/cell"
	"orion/modules/catalog/catalogapi"
)

// shopifyWriter writes what the Shopify format has room for, in one language.
type shopifyWriter struct {
	o     ExportOptions
	extra []string // columns of fields that were kept
}

func (w *shopifyWriter) head() []string {
	head := []string{"Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published"}
	for i := range maxOptions {
		n := "Option" + strconv.Itoa(i+1)
		head = append(head, n+" Name", n+" Value")
	}
	head = append(head, "Variant SKU", "Variant Grams", "Variant Inventory Tracker", "Variant Inventory Qty", "Variant Inventory Policy",
		"Variant Fulfillment Service", "Variant Price", "Variant Compare At Price", "Variant Requires Shipping", "Variant Taxable",
		"Variant Barcode", "Image Src", "Image Alt Text", "SEO Title", "SEO Description", "Variant Image", "Variant Weight Unit",
		"Cost per item", "Status", "Unit Price Total Measure", "Unit Price Total Measure Unit", "Unit Price Base Measure", "Unit Price Base Measure Unit")
	return append(head, w.extra...)
}

// rows has one row a variant or picture, whichever are more.
func (w *shopifyWriter) rows(f *facts, p Product) [][]string {
	out := make([][]string, 0, max(len(p.Variants), len(p.Images)))
	for i := range max(len(p.Variants), len(p.Images)) {
		row := w.about(f, p, i == 0)
		row = append(row, w.variant(p, i)...)
		src, alt := "", ""
		if i < len(p.Images) {
			src, alt = w.address(p.Images[i]), p.Images[i].Alt.In(w.o.Lang)
		}
		row = append(row, src, cell.Escape(alt))
		row = append(row, w.rest(p, i)...)
		out = append(out, row)
	}
	return out
}

func (w *shopifyWriter) about(f *facts, p Product, first bool) []string {
	if !first {
		return []string{p.Slug, "", "", "", "", "", ""}
	}
	kind := ""
	if c, ok := f.tree.Find(p.Category); ok {
		kind = c.Name.In(w.o.Lang)
	}
	return []string{
		p.Slug, cell.Escape(p.Title.In(w.o.Lang)), cell.Escape(p.Body.In(w.o.Lang)), cell.Escape(p.Brand), cell.Escape(kind),
		cell.Escape(strings.Join(p.Tags, ", ")), truth(p.Status == Active),
	}
}

// variant has the columns from the first option to the barcode.
func (w *shopifyWriter) variant(p Product, i int) []string {
	out := make([]string, 0, 2*maxOptions+11)
	for k := range maxOptions {
		name, value := "", ""
		if k < len(p.Options) && i < len(p.Variants) {
			value = cell.Escape(p.Options[k].value(p.Variants[i].Values[k]).Name.In(w.o.Lang))
			if i == 0 {
				name = cell.Escape(p.Options[k].Name.In(w.o.Lang))
			}
		}
		if k == 0 && len(p.Options) == 0 && i == 0 {
			name, value = defaultOption, defaultValue
		}
		out = append(out, name, value)
	}
	if i >= len(p.Variants) {
		return append(out, make([]string, 11)...)
	}
	v := p.Variants[i]
	tracker, policy := "shopify", "deny"
	if v.Stock.Untracked {
		tracker = ""
	}
	if v.Stock.Backorder {
		policy = "continue"
	}
	barcode := v.GTIN
	if barcode == "" {
		barcode = v.Barcode
	}
	return append(out, cell.Escape(v.SKU), strconv.FormatInt(v.Grams, 10), tracker, strconv.FormatInt(v.Stock.Left, 10), policy, "manual",
		decimal(v.Price), decimal(v.CompareAt), truth(!v.Digital), truth(v.TaxClass != catalogapi.TaxZero), cell.Escape(barcode))
}

func (w *shopifyWriter) rest(p Product, i int) []string {
	out := make([]string, 10)
	if i == 0 {
		out[0], out[1] = cell.Escape(p.SEOTitle.In(w.o.Lang)), cell.Escape(p.SEODescription.In(w.o.Lang))
		out[5] = string(p.Status)
	}
	if i < len(p.Variants) {
		v := p.Variants[i]
		out[2], out[3], out[4] = w.picture(v.Image), "g", decimal(v.Cost)
		if u, ok := unitOf[v.Content.Unit]; ok {
			out[6], out[7], out[8], out[9] = v.Content.amount(), string(v.Content.Unit), "1", string(u.per)
		}
	}
	for _, name := range w.extra {
		value := ""
		if i == 0 {
			value = cell.Escape(p.Extra[name])
		}
		out = append(out, value)
	}
	return out
}

func (w *shopifyWriter) address(img Image) string {
	if img.Key == "" {
		return img.Src
	}
	return w.picture(img.Key)
}

func (w *shopifyWriter) picture(image string) string {
	if isKey(image) {
		return w.o.Origin + mediaPath + image
	}
	return image
}
