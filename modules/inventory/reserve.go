package inventory

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory/inventoryapi"
)

// Reserve holds all lines or none. It locks the levels of its variants in one
// order for everybody, so that carts wait for each other instead of deadlocking;
// a caller that has other work to do in its transaction does that first.
func (m *Module) Reserve(ctx context.Context, tx tx, r inventoryapi.Reservation) error {
	lines, err := collapse(r.Lines)
	if err != nil {
		return err
	}
	plan, err := m.plan(ctx, tx, lines)
	if err != nil {
		return err
	}
	if len(plan.short) > 0 {
		// A hold that ended a moment ago may still keep what is missing.
		freed, err := m.expire(ctx, tx)
		if err != nil {
			return err
		}
		if freed > 0 {
			if plan, err = m.plan(ctx, tx, lines); err != nil {
				return err
			}
		}
	}
	if len(plan.short) > 0 {
		return inventoryapi.ErrShort.With("short", plan.short)
	}
	if err := insertReservation(ctx, tx, r.Cause, plan.parts, r.Until); err != nil {
		if db.IsUnique(err) {
			return errTwice.Because(err)
		}
		return err
	}
	return m.apply(ctx, tx, plan.shelf, held(r.Cause, plan.parts))
}

// plan is where the goods of a cart would come from.
type plan struct {
	shelf shelf
	parts []portion
	short []inventoryapi.Shortage
}

func (m *Module) plan(ctx context.Context, tx tx, lines []inventoryapi.Line) (plan, error) {
	ids := variantsOf(lines)
	levels, err := lockLevels(ctx, tx, ids)
	if err != nil {
		return plan{}, err
	}
	p := plan{shelf: newShelf(levels)}
	endless, err := untrackedOf(ctx, tx, p.shelf.missing(ids))
	if err != nil {
		return plan{}, err
	}
	for _, l := range lines {
		if endless[l.Variant] {
			p.parts = append(p.parts, portion{Variant: int64(l.Variant), Quantity: l.Quantity})
			continue
		}
		parts, ok := allocate(p.shelf[l.Variant], l.Variant, l.Quantity)
		if !ok {
			p.short = append(p.short, inventoryapi.Shortage{Variant: l.Variant, Wanted: l.Quantity, Left: p.shelf.room(l.Variant)})
			continue
		}
		p.parts = append(p.parts, parts...)
	}
	return p, nil
}

// missing are the variants of which nothing is kept anywhere.
func (s shelf) missing(ids []catalogapi.VariantID) []catalogapi.VariantID {
	var out []catalogapi.VariantID
	for _, v := range ids {
		if len(s[v]) == 0 {
			out = append(out, v)
		}
	}
	return out
}

func held(c inventoryapi.Cause, parts []portion) []change {
	out := make([]change, 0, len(parts))
	for _, p := range parts {
		if p.Location != 0 {
			out = append(out, p.change(c, Reserved, 0, p.Quantity))
		}
	}
	return out
}

func (p portion) change(c inventoryapi.Cause, kind MovementKind, onHand, reserved int64) change {
	return change{
		Variant: catalogapi.VariantID(p.Variant), Location: LocationID(p.Location),
		OnHand: onHand, Reserved: reserved, Kind: kind, Cause: c,
	}
}

// reservation is a stored one.
type reservation struct {
	ID     int64
	Cause  inventoryapi.Cause
	Status string // open, released, expired, shipped
	Parts  []portion
	Until  time.Time
}

// given are the changes that give back what a reservation still holds.
func (r reservation) given(kind MovementKind) []change {
	var out []change
	for _, p := range r.Parts {
		if rest := p.Quantity - p.Shipped; rest > 0 && p.Location != 0 {
			out = append(out, p.change(r.Cause, kind, 0, -rest))
		}
	}
	return out
}
