package catalog

import (
	"context"

	"orion/kit/i18n"
	"orion/modules/catalog/catalogapi"
)

// Gone is the answer when a product was sold once and is no longer: what it was
// and what there is instead.
type Gone struct {
	ID      catalogapi.ProductID
	Title   string
	Brand   string
	Path    []Category // the category and those above it
	Images  []Image
	Related []Card
}

// Error implements error.
func (g Gone) Error() string { return g.Title + " is no longer sold" }

// Unwrap makes it a product that there is not, for who wants no more.
func (Gone) Unwrap() error { return ErrNoProduct }

// missing says why there is no product for sale at a slug: Moved, Gone, or
// ErrNoProduct.
func (m *Module) missing(ctx context.Context, tx tx, l i18n.Lang, slug string) error {
	to, err := slugMoved(ctx, tx, slug)
	if err == nil {
		return Moved{Slug: to}
	}
	if !isNoRow(err) {
		return err
	}
	p, err := goneProduct(ctx, tx, l, slug)
	if isNoRow(err) {
		return ErrNoProduct
	}
	if err != nil {
		return err
	}
	out := Gone{ID: p.ID, Title: p.Title, Brand: p.Brand, Images: p.Images}
	if out.Related, err = relatedCards(ctx, tx, l, p); err != nil {
		return err
	}
	f, err := m.facts(ctx, tx)
	if err != nil {
		return err
	}
	if p.Category != 0 {
		out.Path = f.tree.Path(p.Category)
	}
	return out
}
