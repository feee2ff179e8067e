package catalog

import (
	"context"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/modules/catalog/catalogapi"
)

// Offers implements catalogapi.Offers.
func (m *Module) Offers(ctx context.Context, tx tx, l i18n.Lang, ids []catalogapi.VariantID) (map[catalogapi.VariantID]catalogapi.Offer, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := loadOffers(ctx, tx, l, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[catalogapi.VariantID]catalogapi.Offer, len(rows))
	for _, o := range rows {
		out[o.Variant] = o
	}
	return out, nil
}

// BySKU implements catalogapi.Lookup.
func (m *Module) BySKU(ctx context.Context, tx tx, sku string) (catalogapi.Reference, error) {
	if sku == "" {
		return catalogapi.Reference{}, db.ErrNoRow
	}
	return referenceBySKU(ctx, tx, sku)
}

// References implements catalogapi.Lookup. Variants that are no longer sold
// are described too, for the orders that have them.
func (m *Module) References(ctx context.Context, tx tx, l i18n.Lang, ids []catalogapi.VariantID) (map[catalogapi.VariantID]catalogapi.Reference, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := loadReferences(ctx, tx, l, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[catalogapi.VariantID]catalogapi.Reference, len(rows))
	for _, r := range rows {
		out[r.Variant] = r
	}
	return out, nil
}

// Show implements catalogapi.Shelf.
func (m *Module) Show(ctx context.Context, tx tx, stock []catalogapi.Shown) error {
	if len(stock) == 0 {
		return nil
	}
	flipped, err := showStock(ctx, tx, stock)
	if flipped {
		m.changed(tx)
	}
	store := tx.Scope().ID()
	tx.AfterCommit(func() { m.shelf.stock.bump(store) })
	return err
}
