package inventory

import (
	"context"
	"slices"
	"strings"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/tenancy/tenancyapi"
)

// Spot is a variant at a location.
type Spot struct {
	Variant  catalogapi.VariantID
	Location LocationID
}

// String names the spot where it is sent and told: "var_….loc_…".
func (s Spot) String() string { return s.Variant.String() + "." + s.Location.String() }

// Adjustments correct many levels alike.
type Adjustments struct {
	At       []Spot
	Mode     Mode
	Quantity int64
	Reason   string // why; people read it later
	Key      FormKey
}

// MaxAdjusted is how many levels are corrected at once.
const MaxAdjusted = 500

var errMany = fault.New(fault.Invalid, "inventory.invalid_adjustments")

// AdjustMany is Adjust for many levels, all or none, in a number of statements
// that does not grow with them. It tells how many are different now; its error
// names by their spots those that cannot be so.
func (m *Module) AdjustMany(ctx context.Context, in tenant.Store, by auth.Actor, a Adjustments) (changed int, err error) {
	if err := (Adjustment{Mode: a.Mode, Quantity: a.Quantity, Reason: a.Reason}).validate(); err != nil {
		return 0, err
	}
	if len(a.At) == 0 || len(a.At) > MaxAdjusted {
		return 0, errMany.Field("id", "inventory.too_many", "max", MaxAdjusted)
	}
	return db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (int, error) {
		ids := make([]catalogapi.VariantID, len(a.At))
		for i, at := range a.At {
			ids[i] = at.Variant
		}
		levels, err := lockLevels(ctx, tx, ids)
		if err != nil {
			return 0, err
		}
		if spent, err := a.Key.spent(ctx, tx, a.At[0], a.Mode); err != nil || spent {
			return len(a.At), err
		}
		s := newShelf(levels)
		changes, entries, err := a.on(s, by)
		if err != nil {
			return 0, err
		}
		if err := m.apply(ctx, tx, s, changes); err != nil || m.need.Journal == nil {
			return len(changes), err
		}
		return len(changes), m.need.Journal.RecordAll(ctx, tx, entries)
	})
}

// on are the changes of locked levels and what the audit log keeps of them, or
// which of them cannot be.
func (a Adjustments) on(s shelf, by auth.Actor) ([]change, []tenancyapi.Entry, error) {
	bad := errMany
	var changes []change
	var entries []tenancyapi.Entry
	for i, at := range a.At {
		if slices.Contains(a.At[:i], at) {
			continue
		}
		l, ok := s.at(at.Variant, at.Location)
		if !ok {
			bad = bad.Field(at.String(), errNotKept.Code)
			continue
		}
		delta := a.Quantity
		if a.Mode == To {
			delta -= l.OnHand
		}
		switch {
		case l.OnHand+delta < 0:
			bad = bad.Field(at.String(), errNotOnHand.Code)
		case l.room()+delta < 0:
			bad = bad.Field(at.String(), errBelow.Code, "reserved", l.Reserved)
		case delta != 0:
			after := *l
			after.OnHand += delta
			changes = append(changes, change{
				Variant: at.Variant, Location: at.Location, OnHand: delta, Kind: Adjusted, Reason: strings.TrimSpace(a.Reason), Actor: by.Name, Cause: a.Key.cause(),
			})
			entries = append(entries, tenancyapi.Entry{
				Actor: by, Action: "inventory.adjust", Target: at.Variant.String(), Title: at.Variant.String(), Before: l.public(), After: after.public(),
			})
		}
	}
	return changes, entries, bad.OrNil()
}
