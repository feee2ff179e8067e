package inventory

import (
	"context"
	"maps"
	"slices"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/figure"
	"orion/modules/catalog/catalogapi"
	"orion/modules/tenancy/tenancyapi"
)

// Figures of variants, in the catalogue's sheet.
type (
	figureKeeper  = figure.Keeper[catalogapi.ProductID, catalogapi.VariantID]
	figureChange  = figure.Change[catalogapi.ProductID, catalogapi.VariantID]
	figureRefusal = figure.Refusal[catalogapi.ProductID, catalogapi.VariantID]
)

// counter lets staff count many variants at once: one figure a location.
type counter struct {
	m       *Module
	reason  string
	columns []figure.Column
	places  map[string]Location
}

var _ figureKeeper = (*counter)(nil)

// figures are the open locations, for those who may count.
func (m *Module) figures(ctx context.Context, r figure.Reader) (figureKeeper, error) {
	c := &counter{m: m, reason: r.Words.T("inventory.counted_in_sheet"), places: map[string]Location{}}
	if !r.Grants.Has(MayAdjust) {
		return c, nil
	}
	all, err := m.Locations(ctx, r.In)
	for _, l := range all {
		if l.Active {
			c.places[l.ID.String()] = l
			c.columns = append(c.columns, figure.Column{Code: l.ID.String(), Label: r.Words.T("inventory.stock_at", "name", l.Name)})
		}
	}
	return c, err
}

// Columns implements figure.Keeper.
func (c *counter) Columns() []figure.Column { return c.columns }

// Read implements figure.Keeper: what is on hand of tracked variants.
func (c *counter) Read(ctx context.Context, tx tx, ids []catalogapi.VariantID) (map[catalogapi.VariantID]map[string]int64, error) {
	out := map[catalogapi.VariantID]map[string]int64{}
	if len(c.columns) == 0 || len(ids) == 0 {
		return out, nil
	}
	rows, err := onHandOf(ctx, tx, ids)
	for _, r := range rows {
		if out[r.Variant] == nil {
			out[r.Variant] = make(map[string]int64, len(c.columns))
			for _, at := range c.columns {
				out[r.Variant][at.Code] = 0
			}
		}
		if at := r.Location.String(); c.places[at].Active {
			out[r.Variant][at] = r.OnHand
		}
	}
	return out, err
}

// Set implements figure.Keeper.
func (c *counter) Set(ctx context.Context, tx tx, by auth.Actor, wanted []figureChange) ([]figureRefusal, error) {
	ids := make([]catalogapi.VariantID, len(wanted))
	at := map[LocationID][]catalogapi.VariantID{}
	for i, w := range wanted {
		ids[i] = w.Part
		if l, ok := c.places[w.Code]; ok {
			at[l.ID] = append(at[l.ID], w.Part)
		}
	}
	for _, l := range slices.Sorted(maps.Keys(at)) {
		if err := insertLevels(ctx, tx, l, at[l], c.m.settings.Of(tx.Scope()).LowAt); err != nil {
			return nil, err
		}
	}
	levels, err := lockLevels(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	s := newShelf(levels)
	bad := map[catalogapi.ProductID]bool{}
	var refused []figureRefusal
	for _, w := range wanted {
		if why := c.refusal(s, w); why != nil {
			bad[w.Whole] = true
			refused = append(refused, figureRefusal{Change: w, Why: why})
		}
	}
	var changes []change
	var entries []tenancyapi.Entry
	for _, w := range wanted {
		if bad[w.Whole] || w.From == w.To {
			continue
		}
		place := c.places[w.Code]
		l, _ := s.at(w.Part, place.ID)
		after := *l
		after.OnHand = w.To
		changes = append(changes, change{
			Variant: w.Part, Location: place.ID, OnHand: w.To - l.OnHand, Kind: Adjusted, Reason: c.reason, Actor: by.Name,
		})
		entries = append(entries, tenancyapi.Entry{
			Actor: by, Action: "inventory.adjust", Target: w.Part.String(), Title: w.Part.String(), Before: l.public(), After: after.public(),
		})
	}
	if err := c.m.apply(ctx, tx, s, changes); err != nil || c.m.need.Journal == nil {
		return refused, err
	}
	return refused, c.m.need.Journal.RecordAll(ctx, tx, entries)
}

// refusal tells why a figure cannot be set, or nil.
func (c *counter) refusal(s shelf, w figureChange) *fault.Error {
	place, ok := c.places[w.Code]
	if !ok {
		return errNoLocation
	}
	l, ok := s.at(w.Part, place.ID)
	switch {
	case !ok:
		return errNotKept
	case l.OnHand != w.From:
		return errMoved.With("now", l.OnHand)
	case w.To < 0 || w.To > MaxQuantity:
		return errQuantity
	case l.room()+w.To-l.OnHand < 0:
		return errBelow.With("reserved", l.Reserved)
	}
	return nil
}
