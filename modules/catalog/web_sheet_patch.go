package catalog

import (
	"strconv"
	"strings"

	"orion/kit/money"
	"orion/kit/ui"
)

// patches are what was typed over what is stored.
func (v *sheetView) patches() []Patch {
	var out []Patch
	columns := v.columns()
	for _, p := range v.of.Products {
		id := p.ID.String()
		patch := Patch{Product: p.ID, Seen: Version(v.typed.Raw(id + ".v"))}
		v.patchProduct(&patch, p)
		for i := range p.Variants {
			row := p.Variants[i].ID.String()
			if p.single() {
				row = id
			}
			v.patchVariant(&patch, p, variantRowOf{row, &p.Variants[i], columns})
		}
		if !patch.empty() {
			out = append(out, patch)
		}
	}
	return out
}

// changed tells what was typed into a cell, where that differs from what it has.
func (v *sheetView) changed(name, stored string) (string, bool) {
	if !v.typed.Has(name) {
		return "", false
	}
	s := v.typed.Long(name, 4000)
	return s, s != stored
}

func (v *sheetView) patchProduct(patch *Patch, p Product) {
	at := p.ID.String() + "."
	for _, l := range v.langs {
		name := "title_" + string(l)
		if s, ok := v.changed(at+name, p.Title[l]); ok {
			patch.Title = put(patch.Title, l, s)
		}
	}
	if s, ok := v.changed(at+"status", string(p.Status)); ok {
		status := Status(s)
		patch.Status = &status
	}
	if s, ok := v.changed(at+"brand", p.Brand); ok {
		patch.Brand = &s
	}
	if s, ok := v.changed(at+"tags", v.productValue(p, "tags")); ok {
		tags := splitTags(s)
		patch.Tags = &tags
	}
	if s, ok := v.changed(at+"category", v.categories[p.Category]); ok {
		c, known := v.byWord[strings.ToLower(squeeze(s))]
		if !known && s != "" {
			v.typed.Fail(at+"category", "catalog.category_unknown")
			return
		}
		patch.Category = &c
	}
}

// variantRowOf is a variant and the row that its cells stand in.
type variantRowOf struct {
	row     string
	variant *Variant
	columns []ui.SheetColumn
}

func (v *sheetView) patchVariant(patch *Patch, p Product, r variantRowOf) {
	of := VariantPatch{Variant: r.variant.ID}
	for name, to := range map[string]**money.Amount{"price": &of.Price, "compare_at": &of.CompareAt, "cost": &of.Cost} {
		field := r.row + "." + name
		s, ok := v.changed(field, typed(*amountOf(r.variant, name), v.c.Words.Lang()))
		if !ok {
			continue
		}
		if name == "price" && s == "" {
			v.typed.Fail(field, "form.required")
			continue
		}
		a := v.typed.Money(field, p.Currency, string(v.c.Words.Lang()))
		*to = &a
	}
	if of.Price != nil || of.CompareAt != nil || of.Cost != nil {
		patch.Variants = append(patch.Variants, of)
	}
	for _, f := range v.figures {
		field := r.row + "." + f.Code
		n, keeps := v.of.Figures[r.variant.ID][f.Code]
		from := n
		if was, err := strconv.ParseInt(v.typed.Raw(field+".was"), 10, 64); err == nil {
			from = was // what they had before them: it may have moved since
		}
		s, ok := v.changed(field, strconv.FormatInt(from, 10))
		if !ok || !keeps {
			continue
		}
		if s == "" {
			v.typed.Fail(field, "form.required")
			continue
		}
		if to := v.typed.Between(field, 0, 1_000_000); to != from {
			patch.Figures = append(patch.Figures, FigureChange{Whole: p.ID, Part: r.variant.ID, Code: f.Code, From: from, To: to})
		}
	}
}
