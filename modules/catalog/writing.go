package catalog

import (
	"context"
	"slices"

	"orion/kit/module"
	"orion/modules/catalog/catalogapi"
)

// writing gathers what a transaction is about to store of products, so that a
// hundred of them take as many statements as one.
type writing struct {
	facts   *facts
	fresh   []Product // new ones
	changed []Product // whose rows differ
	moved   []moved
	added   []variantText
	edited  []variantText
	gone    []int64
	ended   []pastPrice
	back    int64       // of the changed ones, those that were deleted
	named   []choiceKey // options and values of which the name is new
	told    catalogapi.VariantsAdded
}

// moved is a product that left an address.
type moved struct {
	Slug    string `json:"slug"`
	Product int64  `json:"product"`
}

func startWriting(ctx context.Context, tx tx) (*writing, error) {
	f, err := loadFacts(ctx, tx)
	return &writing{facts: f}, err
}

// add is a new product with its variants.
func (w *writing) add(p Product) {
	w.fresh = append(w.fresh, p)
	for i, v := range p.Variants {
		w.added = append(w.added, textOfVariant(p.ID, i, v))
	}
	w.named = append(w.named, w.facts.learn(p.Options)...)
	w.open(p.ID, p.Variants)
}

// edit is a product that was have and becomes p. It gives new variants of p
// their identifiers.
func (w *writing) edit(have Product, p *Product, newID func() int64) {
	c := compareVariants(have.Variants, p, newID)
	w.gone = append(w.gone, c.gone...)
	w.edited = append(w.edited, c.changed...)
	w.added = append(w.added, c.fresh...)
	w.changed = append(w.changed, *p)
	if have.Deleted && !p.Deleted {
		w.back++
	}
	if p.Slug != have.Slug && p.Deleted == have.Deleted {
		w.moved = append(w.moved, moved{have.Slug, int64(p.ID)})
	}
	w.named = append(w.named, w.facts.learn(p.Options)...)
	w.open(p.ID, c.added)
}

// open is what those who keep stock have to know of new variants.
func (w *writing) open(p catalogapi.ProductID, added []Variant) {
	if len(added) > 0 && w.told.Product == 0 {
		w.told.Product = p
	}
	for _, v := range added {
		w.told.Variants = append(w.told.Variants, v.opening())
	}
}

func (v Variant) opening() catalogapi.Opening {
	return catalogapi.Opening{
		Variant: v.ID, Digital: v.Digital, Stock: v.Stock.Left, Tracked: !v.Stock.Untracked, Deny: !v.Stock.Backorder,
	}
}

// room refuses more products than the store's plan has room for.
func (m *Module) room(ctx context.Context, tx tx, more int64) error {
	g := module.Growth{Holder: module.HolderOf(tx.Scope()), Code: Products, By: more}
	return module.Room(ctx, m.need.Kit.Features, tx, g, func(ctx context.Context) (int64, error) { return countProducts(ctx, tx) })
}

// store writes what was gathered: at most a statement for each kind of row,
// and tells about it.
func (m *Module) store(ctx context.Context, tx tx, w *writing) error {
	all := slices.Concat(w.fresh, w.changed)
	if len(all) == 0 {
		return nil
	}
	for _, step := range []func() error{
		func() error { return m.room(ctx, tx, int64(len(w.fresh))+w.back) },
		func() error { return insertPrices(ctx, tx, w.ended) },
		func() error { return insertProducts(ctx, tx, w.fresh) },
		func() error { return updateProducts(ctx, tx, w.changed) },
		func() error { return moveSlugs(ctx, tx, w.moved, w.slugs()) },
		func() error { return retireVariants(ctx, tx, w.gone) },
		func() error { return updateVariants(ctx, tx, w.edited) },
		func() error { return insertVariants(ctx, tx, w.added) },
		func() error { return m.preparePictures(ctx, tx, all) },
		func() error { return forgetWords(ctx, tx, w.changed) },
		func() error { return putWords(ctx, tx, all, w.facts) },
		func() error { return putChoices(ctx, tx, w.facts.texts(w.named)) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	m.changed(tx)
	if len(w.told.Variants) == 0 {
		return nil
	}
	return m.tell(ctx, tx, w.told)
}

// slugs are those that lead to a product from now on.
func (w *writing) slugs() []string {
	out := make([]string, 0, len(w.fresh)+len(w.moved))
	for _, p := range w.fresh {
		out = append(out, p.Slug)
	}
	for _, p := range w.changed {
		if slices.ContainsFunc(w.moved, func(m moved) bool { return m.Product == int64(p.ID) }) {
			out = append(out, p.Slug)
		}
	}
	return out
}
