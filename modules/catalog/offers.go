package catalog

import (
	"context"

	"github.com/maypok86/otter/v2"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
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

// offerKey names an offer as the store is now; after a change it names another.
type offerKey struct {
	store   tenant.StoreID
	gen     uint64
	variant catalogapi.VariantID
	lang    i18n.Lang
}

// offersKept bounds the memory for offers, to some 5 MB.
const offersKept = 10_000

func newOffersCache() *otter.Cache[offerKey, catalogapi.Offer] {
	return otter.Must(&otter.Options[offerKey, catalogapi.Offer]{
		MaximumSize: offersKept, ExpiryCalculator: otter.ExpiryWriting[offerKey, catalogapi.Offer](shelfAge),
	})
}

// Glance implements catalogapi.Offers. A change on this node is seen at once.
func (m *Module) Glance(ctx context.Context, tx tx, l i18n.Lang, ids []catalogapi.VariantID) (map[catalogapi.VariantID]catalogapi.Offer, error) {
	store := tx.Scope().ID()
	gen := m.shelf.gens.of(store)
	out := make(map[catalogapi.VariantID]catalogapi.Offer, len(ids))
	var missing []catalogapi.VariantID
	for _, v := range ids {
		if o, ok := m.offers.GetIfPresent(offerKey{store, gen, v, l}); ok {
			out[v] = o
		} else {
			missing = append(missing, v)
		}
	}
	read, err := m.Offers(ctx, tx, l, missing)
	for v, o := range read {
		m.offers.Set(offerKey{store, gen, v, l}, o)
		out[v] = o
	}
	return out, err
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
