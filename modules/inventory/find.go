package inventory

import (
	"context"
	"errors"
	"slices"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// Level is how much of a variant is at a location, as people see it.
type Level struct {
	Variant  catalogapi.VariantID `json:"variant"`
	Location LocationID           `json:"location"`
	Name     string               `json:"-"` // of the location
	Bin      string               `json:"bin"`
	OnHand   int64                `json:"on_hand"`
	Reserved int64                `json:"reserved"`
	Backlog  int64                `json:"backorder_limit"`
	LowAt    int64                `json:"low_at"`
}

// Free is what can be sold from the shelf.
func (l Level) Free() int64 { return max(0, l.OnHand-l.Reserved) }

// Low tells that it is time to order more.
func (l Level) Low() bool { return l.OnHand-l.Reserved <= l.LowAt }

func (l level) public() Level {
	return Level{Variant: l.Variant, Location: l.Location, OnHand: l.OnHand, Reserved: l.Reserved, Backlog: l.Backlog}
}

// StockFilter chooses levels. The zero value is all.
type StockFilter struct {
	Variants []catalogapi.VariantID // only these; nil is all
	Location LocationID
	LowOnly  bool
	OutOnly  bool // nothing is on hand
}

// StockPage is a page of levels, the newest variants first.
func (m *Module) StockPage(ctx context.Context, tx tx, f StockFilter, p page.Request) (page.Page[Level], error) {
	var where []db.Cond
	if f.Variants != nil {
		where = append(where, db.In("l.variant_id", f.Variants...))
	}
	if !f.Location.IsZero() {
		where = append(where, db.Eq("l.location_id", f.Location))
	}
	if f.LowOnly {
		where = append(where, db.Eq("l.low", 1))
	}
	if f.OutOnly {
		where = append(where, db.Eq("l.on_hand", 0))
	}
	if p.After != "" {
		var v catalogapi.VariantID
		var l LocationID
		if err := page.Decode(p.After, &v, &l); err != nil {
			return page.Page[Level]{}, err
		}
		where = append(where, db.After(true, []string{"l.variant_id", "l.location_id"}, []any{v, l}))
	}
	levels, err := listLevels(ctx, tx, where, p.Fetch())
	if err != nil {
		return page.Page[Level]{}, err
	}
	return page.Of(levels, p.Limit, func(l Level) []any { return []any{l.Variant, l.Location} }), nil
}

// MovementFilter chooses movements. The zero value is all.
type MovementFilter struct {
	Variant  catalogapi.VariantID
	Location LocationID
	Kind     MovementKind
}

// Movements is a page of movements, the newest first.
func (m *Module) Movements(ctx context.Context, tx tx, f MovementFilter, p page.Request) (page.Page[Movement], error) {
	var where []db.Cond
	if !f.Variant.IsZero() {
		where = append(where, db.Eq("m.variant_id", f.Variant))
	}
	if !f.Location.IsZero() {
		where = append(where, db.Eq("m.location_id", f.Location))
	}
	if f.Kind != "" {
		where = append(where, db.Eq("m.kind", f.Kind))
	}
	if p.After != "" {
		var after MovementID
		if err := page.Decode(p.After, &after); err != nil {
			return page.Page[Movement]{}, err
		}
		where = append(where, db.Lt("m.id", after))
	}
	rows, err := listMovements(ctx, tx, where, p.Fetch())
	if err != nil {
		return page.Page[Movement]{}, err
	}
	return page.Of(rows, p.Limit, func(v Movement) []any { return []any{v.ID} }), nil
}

// Imbalance is a level that its movements or its holds do not explain.
type Imbalance struct {
	Variant       catalogapi.VariantID `json:"variant"`
	Location      LocationID           `json:"location"`
	OnHand        int64                `json:"on_hand"`
	Reserved      int64                `json:"reserved"`
	MovedOnHand   int64                `json:"moved_on_hand"`  // the sum of the movements
	MovedReserved int64                `json:"moved_reserved"` // the sum of the movements
	Held          int64                `json:"held"`           // by open reservations
}

// Check finds the levels, at most a hundred, that are not the sum of their
// movements, or that hold something for nobody. It finds none unless somebody
// changed the tables by hand.
func (m *Module) Check(ctx context.Context, in tenant.Store) ([]Imbalance, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]Imbalance, error) { return unbalanced(ctx, tx) })
}

// Row is a level with what it is of.
type Row struct {
	Level
	Ref catalogapi.Reference
}

// StockQuery is what staff look for. The zero value is everything.
type StockQuery struct {
	Text     string // part of a title, SKU or barcode
	Location LocationID
	LowOnly  bool
	OutOnly  bool // nothing is on hand
}

// searched is how many variants a search finds at most.
const searched = 500

// Stock is a page of the staff's list.
func (m *Module) Stock(ctx context.Context, in tenant.Store, lang i18n.Lang, q StockQuery, p page.Request) (page.Page[Row], error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (page.Page[Row], error) {
		f := StockFilter{Location: q.Location, LowOnly: q.LowOnly, OutOnly: q.OutOnly}
		if q.Text != "" {
			found, err := m.need.Catalog.Matching(ctx, tx, q.Text, searched)
			if err != nil {
				return page.Page[Row]{}, err
			}
			f.Variants = append([]catalogapi.VariantID{}, found...) // not nil: none found is none shown
		}
		levels, err := m.StockPage(ctx, tx, f, p)
		if err != nil {
			return page.Page[Row]{}, err
		}
		ids := make([]catalogapi.VariantID, len(levels.Items))
		for i, l := range levels.Items {
			ids[i] = l.Variant
		}
		refs, err := m.need.Catalog.References(ctx, tx, lang, ids)
		return page.Map(levels, func(l Level) Row { return Row{l, refs[l.Variant]} }), err
	})
}

// References describe variants, for those who read about them.
func (m *Module) References(ctx context.Context, in tenant.Store, lang i18n.Lang, ids []catalogapi.VariantID) (map[catalogapi.VariantID]catalogapi.Reference, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (map[catalogapi.VariantID]catalogapi.Reference, error) {
		return m.need.Catalog.References(ctx, tx, lang, ids)
	})
}

// Item is a variant with its stock everywhere and its latest movements.
type Item struct {
	Ref       catalogapi.Reference
	Tracked   bool
	Backlog   int64
	Levels    []Level
	Locations []Location
	Movements page.Page[Movement]
}

// Item reads a variant's stock page.
func (m *Module) Item(ctx context.Context, in tenant.Store, lang i18n.Lang, v catalogapi.VariantID, p page.Request) (Item, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (out Item, err error) {
		it, err := findItem(ctx, tx, v)
		if errors.Is(err, db.ErrNoRow) {
			return out, errNotKept
		}
		if err != nil {
			return out, err
		}
		out.Tracked, out.Backlog = it.Tracked, it.Backlog
		refs, err := m.need.Catalog.References(ctx, tx, lang, []catalogapi.VariantID{v})
		if err != nil {
			return out, err
		}
		out.Ref = refs[v]
		levels, err := m.StockPage(ctx, tx, StockFilter{Variants: []catalogapi.VariantID{v}}, page.Request{Limit: page.MaxLimit})
		if err != nil {
			return out, err
		}
		out.Levels = levels.Items
		if out.Locations, err = locations(ctx, tx); err != nil {
			return out, err
		}
		rank := map[LocationID]int{}
		for i, l := range out.Locations {
			rank[l.ID] = i
		}
		slices.SortFunc(out.Levels, func(a, b Level) int { return rank[a.Location] - rank[b.Location] })
		out.Movements, err = m.Movements(ctx, tx, MovementFilter{Variant: v}, p)
		return out, err
	})
}

// History is what moved one variant's stock, the newest first.
func (m *Module) History(ctx context.Context, in tenant.Store, v catalogapi.VariantID, p page.Request) (page.Page[Movement], error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (page.Page[Movement], error) {
		if _, err := findItem(ctx, tx, v); err != nil {
			return page.Page[Movement]{}, errNotKept.Because(err)
		}
		return m.Movements(ctx, tx, MovementFilter{Variant: v}, p)
	})
}

// ReceiveBySKU is Receive for one variant, named by its SKU or barcode.
func (m *Module) ReceiveBySKU(ctx context.Context, in tenant.Store, by auth.Actor, sku string, r Receipt) error {
	ref, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (catalogapi.Reference, error) { return m.need.Catalog.BySKU(ctx, tx, sku) })
	if errors.Is(err, db.ErrNoRow) {
		return errAdjustment.Field("sku", "inventory.unknown_sku")
	}
	if err != nil {
		return err
	}
	for i := range r.Lines {
		r.Lines[i].Variant = ref.Variant
	}
	return m.Receive(ctx, in, by, r)
}
