package orders

import (
	"context"

	"orion/kit/i18n"
	"orion/modules/catalog/catalogapi"
)

// sources are where offers and stock are asked for.
type sources struct {
	offers func(context.Context, tx, i18n.Lang, []catalogapi.VariantID) (map[catalogapi.VariantID]catalogapi.Offer, error)
	left   func(context.Context, tx, []catalogapi.VariantID) (map[catalogapi.VariantID]int64, error)
}

// now is what things are sold by.
func (m *Module) now() sources { return sources{m.need.Catalog.Offers, m.need.Available.Available} }

// glance is what pages show; it may be some seconds old.
func (m *Module) glance() sources { return sources{m.need.Catalog.Glance, m.need.Available.Glance} }

// refresh gives items today's offers and stock.
func (m *Module) refresh(ctx context.Context, tx tx, v Visit, items []Item, from sources) error {
	if len(items) == 0 {
		return nil
	}
	ids := make([]catalogapi.VariantID, len(items))
	for k, i := range items {
		ids[k] = i.Variant
	}
	offers, err := from.offers(ctx, tx, v.Lang, ids)
	if err != nil {
		return err
	}
	left, err := from.left(ctx, tx, ids)
	if err != nil {
		return err
	}
	for k := range items {
		i := &items[k]
		i.Offer = offers[i.Variant]
		i.Left, i.Counted = left[i.Variant]
	}
	return nil
}
