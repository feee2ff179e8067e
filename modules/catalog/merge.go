package catalog

import (
	"maps"
	"reflect"
	"slices"

	"orion/kit/i18n"
	"orion/modules/catalog/catalogapi"
)

// merge is the product that the store shall have: what the file says, and what
// the store has where the file is silent. The result is normal.
func (d *draft) merge(have *Product) ProductInput {
	p := d.product
	p.Slug = d.slug
	var old ProductInput
	if have != nil {
		old = have.ProductInput
		p.ID = old.ID
	}
	p.Title, p.Summary, p.Body = overlay(old.Title, p.Title), overlay(old.Summary, p.Summary), overlay(old.Body, p.Body)
	p.SEOTitle, p.SEODescription = overlay(old.SEOTitle, p.SEOTitle), overlay(old.SEODescription, p.SEODescription)
	if p.Title.IsEmpty() {
		p.Title = nil
	}
	p.Options = mergeOptions(old.Options, p.Options, d.values)
	p.Images = mergeImages(old.Images, p.Images)
	if have != nil {
		d.keep(&p, old)
	}
	p.Variants = mergeVariants(old, p, d)
	if len(p.Extra) == 0 {
		p.Extra = old.Extra
	}
	return normal(p)
}

// keep has what the store has where the file has no column for it.
func (d *draft) keep(p *ProductInput, old ProductInput) {
	for _, c := range []struct {
		columns []col
		keep    func()
	}{
		{[]col{orStatus, shPublished}, func() { p.Status = old.Status }}, // shStatus has the same name
		{[]col{orBrand, shVendor}, func() { p.Brand = old.Brand }},
		{[]col{orTags}, func() { p.Tags = old.Tags }}, // shTags has the same name
		{[]col{orTaxClass}, func() { p.TaxClass = old.TaxClass }},
		{[]col{orFeatured}, func() { p.Featured = old.Featured }},
		{[]col{orMin}, func() { p.MinQty = old.MinQty }},
		{[]col{orMax}, func() { p.MaxQty = old.MaxQty }},
		{[]col{orStep}, func() { p.Step = old.Step }},
		{[]col{orOptions, shOptionName(0)}, func() { p.Options = old.Options }},
		{[]col{orImages, shImage}, func() { p.Images = old.Images }},
	} {
		if !slices.ContainsFunc(c.columns, d.has) {
			c.keep()
		}
	}
}

// overlay puts texts over others, language by language.
func overlay(under, over i18n.Text) i18n.Text {
	if len(under) == 0 {
		return over
	}
	out := maps.Clone(under)
	maps.Copy(out, over)
	return out
}

// mergeOptions gives the options of a file their codes: those of the store
// where a name is the same, so that variants stay what they are. Options that
// came with codes keep them.
func mergeOptions(have, want []Option, values [][]string) []Option {
	out := slices.Clone(want)
	for i := range out {
		o := &out[i]
		if o.Code != "" {
			continue
		}
		var old Option
		if at := slices.IndexFunc(have, func(h Option) bool { return sameName(h.Name, o.Name) }); at >= 0 {
			old = have[at]
		}
		o.Code, o.Name = old.Code, overlay(old.Name, o.Name)
		lang := anyLang(o.Name, want[i].Name)
		for _, row := range values {
			name := row[i]
			if name == "" || slices.ContainsFunc(o.Values, func(v Value) bool { return v.Name[lang] == name }) {
				continue
			}
			v := Value{Name: i18n.Text{lang: name}}
			if at := slices.IndexFunc(old.Values, func(h Value) bool { return h.Name[lang] == name }); at >= 0 {
				v = old.Values[at]
			}
			o.Values = append(o.Values, v)
		}
	}
	return normalOptions(out)
}

// sameName tells whether two names are equal in a language that both have.
func sameName(a, b i18n.Text) bool {
	for l, s := range b {
		if a[l] == s {
			return true
		}
	}
	return false
}

// anyLang is the language of a name that a file gave in one.
func anyLang(all, given i18n.Text) i18n.Lang {
	for l := range given {
		return l
	}
	for l := range all {
		return l
	}
	return i18n.En
}

// mergeImages keeps what the store knows about pictures that it has.
func mergeImages(have, want []Image) []Image {
	out := slices.Clone(want)
	for i := range out {
		at := slices.IndexFunc(have, func(h Image) bool {
			return out[i].Key != "" && h.Key == out[i].Key || out[i].Src != "" && h.Src == out[i].Src
		})
		if at < 0 {
			continue
		}
		alt, src := overlay(have[at].Alt, out[i].Alt), out[i].Src
		out[i] = have[at]
		out[i].Alt = alt
		if src != "" {
			out[i].Src = src
		}
	}
	return out
}

func mergeVariants(old, p ProductInput, d *draft) []Variant {
	out := slices.Clone(p.Variants)
	for i := range out {
		v := &out[i]
		if v.Values == nil && len(p.Options) > 0 {
			v.Values = codesOf(p.Options, d.values[i])
		}
		at := slices.IndexFunc(old.Variants, func(h Variant) bool { return h.choice() == v.choice() })
		if at < 0 {
			continue
		}
		h := old.Variants[at]
		v.ID, v.Stock = h.ID, h.Stock
		d.keepVariant(v, h)
		if !d.has("variant_tax_class") && v.TaxClass == "" && h.TaxClass != catalogapi.TaxZero {
			v.TaxClass = h.TaxClass
		}
	}
	return out
}

// keepVariant has what the store has of a variant where the file has no column for it.
func (d *draft) keepVariant(v *Variant, old Variant) {
	for _, c := range []struct {
		columns []col
		keep    func()
	}{
		{[]col{orSKU, shSKU}, func() { v.SKU = old.SKU }},
		{[]col{orGTIN, shBarcode}, func() { v.GTIN = old.GTIN }},
		{[]col{orBarcode, shBarcode}, func() { v.Barcode = old.Barcode }},
		{[]col{orGrams, shGrams}, func() { v.Grams = old.Grams }},
		{[]col{orDigital, shShips}, func() { v.Digital = old.Digital }},
		{[]col{orVariantImage, shVarImage}, func() { v.Image = old.Image }},
		{[]col{orCompare, shCompare}, func() { v.CompareAt = old.CompareAt }},
		{[]col{orCost, shCost}, func() { v.Cost = old.Cost }},
		{[]col{orContent, shContent}, func() { v.Content = old.Content }},
	} {
		if !slices.ContainsFunc(c.columns, d.has) {
			c.keep()
		}
	}
}

// codesOf finds the codes of values by their names; one that is missing stays
// empty, which the check reports.
func codesOf(options []Option, names []string) []string {
	out := make([]string, len(options))
	for i, o := range options {
		for _, v := range o.Values {
			if i < len(names) && names[i] != "" && slices.Contains(slices.Collect(maps.Values(v.Name)), names[i]) {
				out[i] = v.Code
				break
			}
		}
	}
	return out
}

// same tells whether two normal products are equal but for the stock, which is
// not the catalogue's to change.
func same(a, b ProductInput) bool {
	return reflect.DeepEqual(withoutStock(a), withoutStock(b))
}

func withoutStock(p ProductInput) ProductInput {
	p.ID = 0
	p.Variants = slices.Clone(p.Variants)
	for i := range p.Variants {
		p.Variants[i].ID, p.Variants[i].Stock, p.Variants[i].Past = 0, Stock{}, Past{}
	}
	return p
}
