package inventory

import (
	"context"

	"orion/kit/db"
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
