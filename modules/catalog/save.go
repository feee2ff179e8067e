package catalog

import (
	"context"
	"slices"
	"strconv"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// ErrNoProduct says that the store has no such product.
var ErrNoProduct = fault.New(fault.NotFound, "catalog.no_product")

// Save makes a product, or changes the one that the input names. Nothing of it
// is stored when a field is wrong.
func (m *Module) Save(ctx context.Context, in tenant.Store, p ProductInput) (catalogapi.ProductID, error) {
	return db.Write(ctx, m.db, in, func(tx tx) (catalogapi.ProductID, error) {
		return m.SaveIn(ctx, tx, p)
	})
}

// SaveIn is Save in the caller's transaction.
func (m *Module) SaveIn(ctx context.Context, tx tx, in ProductInput) (catalogapi.ProductID, error) {
	w, err := startWriting(ctx, tx)
	if err != nil {
		return 0, err
	}
	in = normal(in)
	if in.ID == 0 {
		if in.ID, err = create(ctx, tx, w, in); err != nil {
			return 0, err
		}
		return in.ID, m.store(ctx, tx, w)
	}
	have, err := productIn(ctx, tx, in.ID)
	if err != nil {
		return 0, err
	}
	if err := change(ctx, tx, w, have, in); err != nil {
		return 0, err
	}
	return in.ID, m.store(ctx, tx, w)
}

// create takes a new product of normal input into what is written.
func create(ctx context.Context, tx tx, w *writing, in ProductInput) (catalogapi.ProductID, error) {
	holder, err := slugHolder(ctx, tx, in.Slug)
	if err != nil {
		return 0, err
	}
	if holder != 0 {
		return 0, ErrSlugTaken
	}
	return begin(tx, w, in)
}

// begin is create of a product whose slug is known to be free.
func begin(tx tx, w *writing, in ProductInput) (catalogapi.ProductID, error) {
	if err := accept(in, w.facts); err != nil {
		return 0, err
	}
	in.ID = catalogapi.ProductID(tx.NewID())
	in.Variants = slices.Clone(in.Variants)
	for i := range in.Variants {
		in.Variants[i].ID = catalogapi.VariantID(tx.NewID())
		in.Variants[i].begin(tx.Now())
	}
	w.add(product(in))
	return in.ID, nil
}

// accept checks normal input against itself and the store.
func accept(in ProductInput, f *facts) error {
	if err := check(in); err != nil {
		return err
	}
	if in.Category != 0 {
		if _, ok := f.tree.Find(in.Category); !ok {
			return errProduct.Field("category", "catalog.no_category")
		}
	}
	return nil
}

// change makes the stored product have what the normal input says, once w is
// stored. Variants that the input lacks are no longer sold, but keep their
// names for old orders.
func change(ctx context.Context, tx tx, w *writing, have Product, in ProductInput) error {
	if err := accept(in, w.facts); err != nil {
		return err
	}
	in.ID, in.Images = have.ID, keepPrepared(have.Images, in.Images)
	in.Variants = matched(have.Variants, in.Variants)
	ended, err := reprice(ctx, tx, have, in.Variants)
	if err != nil {
		return err
	}
	w.ended = append(w.ended, ended...)
	p := product(in)
	if p.Slug != have.Slug {
		holder, err := slugHolder(ctx, tx, p.Slug)
		if err != nil {
			return err
		}
		if holder != 0 {
			return ErrSlugTaken
		}
	}
	w.edit(have, &p, tx.NewID)
	return nil
}

// matched gives the wanted variants the identifiers of those that they are:
// the one with the same values, else the one that the input names. Their stock
// is the stored one.
func matched(have, want []Variant) []Variant {
	out := slices.Clone(want)
	byChoice, byID := make(map[string]int, len(have)), make(map[catalogapi.VariantID]int, len(have))
	for i, h := range have {
		byChoice[h.choice()], byID[h.ID] = i, i
	}
	taken := make([]bool, len(have))
	take := func(i, at int) {
		taken[at] = true
		out[i].ID, out[i].Stock, out[i].Past = have[at].ID, have[at].Stock, have[at].Past
	}
	named := make([]catalogapi.VariantID, len(out))
	for i := range out {
		named[i], out[i].ID = out[i].ID, 0
		if at, ok := byChoice[out[i].choice()]; ok && !taken[at] {
			take(i, at)
		}
	}
	for i := range out {
		if at, ok := byID[named[i]]; ok && out[i].ID == 0 && !taken[at] {
			take(i, at)
		}
	}
	return out
}

// variantChanges are the rows of a product's variants that have to be written.
type variantChanges struct {
	fresh, changed []variantText
	gone           []int64
	added          []Variant
}

// compareVariants tells what is to be written so that the stored variants are
// those of p, and gives new ones their identifiers.
func compareVariants(have []Variant, p *Product, newID func() int64) (c variantChanges) {
	left := make(map[catalogapi.VariantID]int, len(have))
	for i, h := range have {
		left[h.ID] = i
	}
	for i := range p.Variants {
		v := &p.Variants[i]
		at, old := left[v.ID]
		delete(left, v.ID)
		switch {
		case !old:
			v.ID = catalogapi.VariantID(newID())
			c.fresh, c.added = append(c.fresh, textOfVariant(p.ID, i, *v)), append(c.added, *v)
		case at != i || !sameVariant(have[at], *v):
			c.changed = append(c.changed, textOfVariant(p.ID, i, *v))
		}
	}
	for id := range left {
		c.gone = append(c.gone, int64(id))
	}
	return c
}

func sameVariant(a, b Variant) bool {
	return a.choice() == b.choice() && a.SKU == b.SKU && a.GTIN == b.GTIN && a.Barcode == b.Barcode && a.Price == b.Price &&
		a.CompareAt == b.CompareAt && a.Cost == b.Cost && a.Grams == b.Grams && a.Digital == b.Digital &&
		a.TaxClass == b.TaxClass && a.Image == b.Image && a.Content == b.Content && a.Past == b.Past
}

// FreeSlug is a slug that no product of the store has, made of a name.
func (m *Module) FreeSlug(ctx context.Context, tx tx, name string) (string, error) {
	base := slugify(name)
	if base == "" {
		base = "product"
	}
	for n := 1; ; n++ {
		slug := base
		if n > 1 {
			slug += "-" + strconv.Itoa(n)
		}
		holder, err := slugHolder(ctx, tx, slug)
		if err != nil || holder == 0 {
			return slug, err
		}
	}
}

// SetStatus puts a product on sale, takes it off, or brings it back.
func (m *Module) SetStatus(ctx context.Context, in tenant.Store, id catalogapi.ProductID, s Status) error {
	return db.Do(ctx, m.db, in, func(tx tx) error { return m.setStatus(ctx, tx, id, s) })
}

func (m *Module) setStatus(ctx context.Context, tx tx, id catalogapi.ProductID, s Status) error {
	if !slices.Contains(Statuses, s) {
		return errProduct.Field("status", "catalog.status_unknown")
	}
	if err := updateStatus(ctx, tx, id, s); err != nil {
		return err
	}
	p, err := productIn(ctx, tx, id)
	if err != nil {
		return err
	}
	f, err := loadFacts(ctx, tx)
	if err != nil {
		return err
	}
	m.changed(tx)
	if err := forgetWords(ctx, tx, []Product{p}); err != nil {
		return err
	}
	return putWords(ctx, tx, []Product{p}, f)
}
