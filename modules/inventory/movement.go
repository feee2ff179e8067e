package inventory

import (
	"cmp"
	"context"
	"slices"
	"time"

	"orion/kit/db"
	"orion/kit/id"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory/inventoryapi"
)

type tx = *db.Tx[tenant.Store]

// MovementID names a movement.
type MovementID = id.ID[movementKind]

type movementKind struct{}

// Prefix of movement identifiers.
func (movementKind) Prefix() string { return "mov" }

// MovementKind says what sort of change a movement was.
type MovementKind string

// The kinds of movement.
const (
	Opened   MovementKind = "opening"
	Received MovementKind = "receive"
	Adjusted MovementKind = "adjust"
	Moved    MovementKind = "move"
	Reserved MovementKind = "reserve"
	Released MovementKind = "release"
	Expired  MovementKind = "expire"
	Shipped  MovementKind = "ship"
	Restock  MovementKind = "restock"
)

// Movement is one change of a level. Movements are never changed, and the sum
// of a level's movements is the level.
type Movement struct {
	ID            MovementID
	Variant       catalogapi.VariantID
	Location      LocationID
	LocationName  string
	Kind          MovementKind
	OnHand        int64 // the change
	Reserved      int64 // the change
	OnHandAfter   int64
	ReservedAfter int64
	Reason        string
	Cause         inventoryapi.Cause
	Actor         string // who did it; empty is the shop itself
	At            time.Time
}

// change is a movement that is about to be made.
type change struct {
	Variant  catalogapi.VariantID
	Location LocationID
	OnHand   int64
	Reserved int64
	Kind     MovementKind
	Reason   string
	Cause    inventoryapi.Cause
	Actor    string
}

// apply makes changes to locked levels, writes a movement for each, and shows
// the catalogue what has become of the stock that shoppers see. It is the only
// way in which a level changes. When the database refuses one of the changes,
// it makes none and returns errGuard.
func (m *Module) apply(ctx context.Context, tx tx, s shelf, changes []change) error {
	if len(changes) == 0 {
		return nil
	}
	before := s.shownAll(changes)
	moves, err := s.record(changes)
	if err != nil {
		return err
	}
	totals := total(changes)
	n, err := moveLevels(ctx, tx, totals)
	if err != nil {
		return err
	}
	if n != int64(len(totals)) {
		return errGuard
	}
	if err := insertMovements(tx, moves); err != nil {
		return err
	}
	for _, c := range totals {
		m.glances.forget(tx, c.Variant)
	}
	var news []catalogapi.Shown
	for _, old := range before {
		if now := s.shown(old.Variant); now != old {
			news = append(news, now)
		}
	}
	if len(news) == 0 {
		return nil
	}
	return m.need.Shelf.Show(ctx, tx, news)
}

func (s shelf) shownAll(changes []change) []catalogapi.Shown {
	seen := map[catalogapi.VariantID]bool{}
	var out []catalogapi.Shown
	for _, c := range changes {
		if !seen[c.Variant] {
			seen[c.Variant] = true
			out = append(out, s.shown(c.Variant))
		}
	}
	return out
}

// record brings the shelf up to date and gives the movements with what was
// there after each.
func (s shelf) record(changes []change) ([]Movement, error) {
	out := make([]Movement, 0, len(changes))
	for _, c := range changes {
		l, ok := s.at(c.Variant, c.Location)
		if !ok {
			return nil, errNotKept
		}
		l.OnHand += c.OnHand
		l.Reserved += c.Reserved
		out = append(out, Movement{
			Variant: c.Variant, Location: c.Location, Kind: c.Kind, OnHand: c.OnHand, Reserved: c.Reserved,
			OnHandAfter: l.OnHand, ReservedAfter: l.Reserved, Reason: c.Reason, Cause: c.Cause, Actor: c.Actor,
		})
	}
	return out, nil
}

// total gives one change per level, in the order in which levels are locked.
func total(changes []change) []change {
	type key struct {
		v catalogapi.VariantID
		l LocationID
	}
	at := map[key]int{}
	var out []change
	for _, c := range changes {
		k := key{c.Variant, c.Location}
		i, ok := at[k]
		if !ok {
			at[k] = len(out)
			out = append(out, change{Variant: c.Variant, Location: c.Location, OnHand: c.OnHand, Reserved: c.Reserved})
			continue
		}
		out[i].OnHand += c.OnHand
		out[i].Reserved += c.Reserved
	}
	slices.SortFunc(out, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.Variant, b.Variant), cmp.Compare(a.Location, b.Location))
	})
	return out
}
