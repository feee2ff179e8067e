package inventory

import (
	"context"

	"orion/modules/catalog/catalogapi"
)

// OpenStock begins to keep variants, with what there is of them at the first
// location. Variants that are already kept stay as they are.
func (m *Module) OpenStock(ctx context.Context, tx tx, openings []catalogapi.Opening) error {
	if len(openings) == 0 {
		return nil
	}
	items := make([]item, 0, len(openings))
	stock := map[catalogapi.VariantID]int64{}
	for _, o := range openings {
		it := item{Variant: o.Variant, Tracked: o.Tracked && !o.Digital}
		if it.Tracked && !o.Deny {
			it.Backlog = NoLimit
		}
		items = append(items, it)
		stock[o.Variant] = min(max(0, o.Stock), MaxQuantity)
	}
	fresh, err := insertItems(ctx, tx, items)
	if err != nil || len(fresh) == 0 {
		return err
	}
	home, err := m.home(ctx, tx)
	if err != nil {
		return err
	}
	return m.fill(ctx, tx, home.ID, fresh, stock)
}

func (m *Module) fill(ctx context.Context, tx tx, at LocationID, fresh []catalogapi.VariantID, stock map[catalogapi.VariantID]int64) error {
	if err := insertLevels(ctx, tx, at, fresh, m.settings.Of(tx.Scope()).LowAt); err != nil {
		return err
	}
	levels, err := lockLevels(ctx, tx, fresh)
	if err != nil {
		return err
	}
	s := newShelf(levels)
	var changes []change
	for _, v := range fresh {
		if _, tracked := s.at(v, at); tracked && stock[v] > 0 {
			changes = append(changes, change{Variant: v, Location: at, OnHand: stock[v], Kind: Opened})
		}
	}
	if err := m.apply(ctx, tx, s, changes); err != nil {
		return err
	}
	return m.need.Shelf.Show(ctx, tx, s.first(fresh, changes))
}

// first is what the catalogue has to know of new variants and was not told by
// their opening stock.
func (s shelf) first(fresh []catalogapi.VariantID, told []change) []catalogapi.Shown {
	done := map[catalogapi.VariantID]bool{}
	for _, c := range told {
		done[c.Variant] = true
	}
	var out []catalogapi.Shown
	for _, v := range fresh {
		switch {
		case len(s[v]) == 0:
			out = append(out, catalogapi.Shown{Variant: v, Untracked: true})
		case !done[v]:
			out = append(out, s.shown(v))
		}
	}
	return out
}
