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
	by := make(map[catalogapi.VariantID]opening, len(openings))
	for _, o := range openings {
		it := item{Variant: o.Variant, Tracked: o.Tracked && !o.Digital}
		if it.Tracked && !o.Deny {
			it.Backlog = NoLimit
		}
		items = append(items, it)
		by[o.Variant] = opening{it, min(max(0, o.Stock), MaxQuantity), o.Shown()}
	}
	fresh, err := insertItems(ctx, tx, items)
	if err != nil || len(fresh) == 0 {
		return err
	}
	home, err := m.home(ctx, tx)
	if err != nil {
		return err
	}
	opened := make([]opening, len(fresh))
	for i, v := range fresh {
		opened[i] = by[v]
	}
	return m.fill(ctx, tx, home.ID, opened)
}

// opening is a variant that is kept from now on.
type opening struct {
	item
	stock int64
	known catalogapi.Shown // what the catalogue shows of it
}

// fill makes the first levels of variants. Unlike every other change, it needs
// no look at what is there: there is nothing yet, and nobody else can have it.
func (m *Module) fill(ctx context.Context, tx tx, at LocationID, opened []opening) error {
	var levels []level
	var changes []change
	for _, o := range opened {
		if !o.Tracked {
			continue
		}
		levels = append(levels, level{Variant: o.Variant, Location: at, Backlog: o.Backlog})
		if o.stock > 0 {
			changes = append(changes, change{Variant: o.Variant, Location: at, OnHand: o.stock, Kind: Opened})
		}
	}
	s := newShelf(levels)
	moves, err := s.record(changes)
	if err != nil {
		return err
	}
	if err := openLevels(ctx, tx, s, m.settings.Of(tx.Scope()).LowAt); err != nil {
		return err
	}
	if err := insertMovements(tx, moves); err != nil {
		return err
	}
	var news []catalogapi.Shown
	for _, o := range opened {
		m.glances.forget(tx, o.Variant)
		now := catalogapi.Shown{Variant: o.Variant, Untracked: true}
		if o.Tracked {
			now = s.shown(o.Variant)
		}
		if now != o.known {
			news = append(news, now)
		}
	}
	return m.need.Shelf.Show(ctx, tx, news)
}
