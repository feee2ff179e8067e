package catalog

import (
	"maps"
	"slices"

	"orion/kit/figure"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/modules/catalog/catalogapi"
)

type (
	// FigureKeeper keeps numbers of variants for another module.
	FigureKeeper = figure.Keeper[catalogapi.ProductID, catalogapi.VariantID]
	// FigureChange is one of them that somebody typed over another.
	FigureChange = figure.Change[catalogapi.ProductID, catalogapi.VariantID]
	// FigureRefusal tells why one was not changed.
	FigureRefusal = figure.Refusal[catalogapi.ProductID, catalogapi.VariantID]
)

// Patch is what shall be different of one product when many are changed at
// once. What is nil stays as it is.
type Patch struct {
	Product  catalogapi.ProductID `json:"product"`
	Seen     Version              `json:"-"` // what they had before them; empty does not ask
	Title    i18n.Text            `json:"title,omitempty"`
	Slug     *string              `json:"slug,omitempty"`
	Status   *Status              `json:"status,omitempty"`
	Brand    *string              `json:"brand,omitempty"`
	Category *CategoryID          `json:"category,omitempty"`
	Tags     *[]string            `json:"tags,omitempty"`
	Tag      string               `json:"-"` // one more
	Untag    string               `json:"-"` // one fewer
	Deleted  *bool                `json:"deleted,omitempty"`
	Variants []VariantPatch       `json:"variants,omitempty"`
	Figures  []FigureChange       `json:"figures,omitempty"`
}

// VariantPatch is the same of a variant. An amount of zero takes it away.
type VariantPatch struct {
	Variant   catalogapi.VariantID `json:"variant"`
	Name      string               `json:"name,omitempty"` // what is chosen, for those who read it later
	Price     *money.Amount        `json:"price,omitempty"`
	CompareAt *money.Amount        `json:"compare_at,omitempty"`
	Cost      *money.Amount        `json:"cost,omitempty"`
}

// empty tells that the patch leaves the product alone.
func (c Patch) empty() bool {
	return len(c.Title) == 0 && c.Slug == nil && c.Status == nil && c.Brand == nil && c.Category == nil && c.Tags == nil &&
		c.Deleted == nil && len(c.Variants) == 0 && len(c.Figures) == 0
}

// on is the product as it shall be.
func (c Patch) on(have Product) Product {
	p := have
	p.Title = overlay(have.Title, c.Title)
	p.Slug, p.Status, p.Brand = or(c.Slug, have.Slug), or(c.Status, have.Status), or(c.Brand, have.Brand)
	p.Category, p.Tags = or(c.Category, have.Category), or(c.Tags, have.Tags)
	if c.Tag != "" {
		p.Tags = append(slices.Clone(p.Tags), c.Tag)
	}
	if c.Untag != "" {
		p.Tags = slices.DeleteFunc(slices.Clone(p.Tags), func(t string) bool { return t == squeeze(c.Untag) })
	}
	if p.Deleted = or(c.Deleted, have.Deleted); p.Deleted && !have.Deleted {
		p.Status, p.Category, p.Slug = Archived, 0, "deleted-"+have.ID.String()[4:]
	}
	p.Variants = slices.Clone(have.Variants)
	for _, v := range c.Variants {
		if i := slices.IndexFunc(p.Variants, func(h Variant) bool { return h.ID == v.Variant }); i >= 0 {
			w := &p.Variants[i]
			w.Price, w.CompareAt, w.Cost = or(v.Price, w.Price), or(v.CompareAt, w.CompareAt), or(v.Cost, w.Cost)
		}
	}
	p.ProductInput = normal(p.ProductInput)
	return p
}

func or[T any](p *T, otherwise T) T {
	if p == nil {
		return otherwise
	}
	return *p
}

// between are the patches that lead from one state of a product to another, and
// back.
func between(a, b Product) (there, back Patch) {
	there, back = Patch{Product: b.ID}, Patch{Product: a.ID}
	for _, l := range i18n.Langs {
		if a.Title[l] != b.Title[l] {
			there.Title, back.Title = put(there.Title, l, b.Title[l]), put(back.Title, l, a.Title[l])
		}
	}
	there.Slug, back.Slug = differ(a.Slug, b.Slug)
	there.Status, back.Status = differ(a.Status, b.Status)
	there.Brand, back.Brand = differ(a.Brand, b.Brand)
	there.Category, back.Category = differ(a.Category, b.Category)
	there.Deleted, back.Deleted = differ(a.Deleted, b.Deleted)
	if !slices.Equal(a.Tags, b.Tags) {
		at, bt := append([]string{}, a.Tags...), append([]string{}, b.Tags...)
		there.Tags, back.Tags = &bt, &at
	}
	for i, v := range a.Variants {
		w := b.Variants[i]
		x := VariantPatch{Variant: v.ID, Name: b.Choice(w, i18n.En)}
		y := x
		x.Price, y.Price = differ(v.Price, w.Price)
		x.CompareAt, y.CompareAt = differ(v.CompareAt, w.CompareAt)
		x.Cost, y.Cost = differ(v.Cost, w.Cost)
		if x.Price != nil || x.CompareAt != nil || x.Cost != nil {
			there.Variants, back.Variants = append(there.Variants, x), append(back.Variants, y)
		}
	}
	return there, back
}

func put(t i18n.Text, l i18n.Lang, s string) i18n.Text {
	if t == nil {
		return i18n.Text{l: s}
	}
	t = maps.Clone(t)
	t[l] = s
	return t
}

// differ gives what is on either side of a difference, or nothing.
func differ[T comparable](a, b T) (there, back *T) {
	if a == b {
		return nil, nil
	}
	return &b, &a
}

// fields names what the patch changes, as the sheet's columns are called.
func (c Patch) fields() []string {
	var out []string
	add := func(name string, on bool) {
		if on {
			out = append(out, name)
		}
	}
	add("title", len(c.Title) > 0)
	add("status", c.Status != nil && c.Deleted == nil)
	add("brand", c.Brand != nil)
	add("category", c.Category != nil && c.Deleted == nil)
	add("tags", c.Tags != nil)
	has := func(of func(VariantPatch) *money.Amount) bool {
		return slices.ContainsFunc(c.Variants, func(v VariantPatch) bool { return of(v) != nil })
	}
	add("price", has(func(v VariantPatch) *money.Amount { return v.Price }))
	add("compare_at", has(func(v VariantPatch) *money.Amount { return v.CompareAt }))
	add("cost", has(func(v VariantPatch) *money.Amount { return v.Cost }))
	add("stock", len(c.Figures) > 0)
	return out
}
