package inventory

import (
	"context"
	"errors"

	"orion/kit/db"
	"orion/modules/inventory/inventoryapi"
)

// Ship takes held goods out of the house. Goods that were promised but are not
// there yet cannot leave.
func (m *Module) Ship(ctx context.Context, tx tx, c inventoryapi.Cause, lines []inventoryapi.Line) error {
	lines, err := collapse(lines)
	if err != nil {
		return err
	}
	r, err := openReservation(ctx, tx, c)
	if errors.Is(err, db.ErrNoRow) {
		return errNotHeld
	}
	if err != nil {
		return err
	}
	var changes []change
	for _, l := range lines {
		more, ok := r.ship(l)
		if !ok {
			return errNotHeld
		}
		changes = append(changes, more...)
	}
	if r.shipped() {
		r.Status = "shipped"
	}
	if err := updateReservation(ctx, tx, r); err != nil {
		return err
	}
	if len(changes) == 0 {
		return nil
	}
	s, err := lockShelf(ctx, tx, changes)
	if err != nil {
		return err
	}
	for _, t := range total(changes) {
		if l, ok := s.at(t.Variant, t.Location); !ok || l.OnHand+t.OnHand < 0 {
			return errNotOnHand
		}
	}
	return m.apply(ctx, tx, s, changes)
}

// ship marks a line as gone, from the locations where it is held.
func (r *reservation) ship(l inventoryapi.Line) ([]change, bool) {
	var out []change
	for i := range r.Parts {
		p := &r.Parts[i]
		n := min(p.Quantity-p.Shipped, l.Quantity)
		if p.Variant != int64(l.Variant) || n == 0 {
			continue
		}
		p.Shipped += n
		l.Quantity -= n
		if p.Location != 0 {
			out = append(out, p.change(r.Cause, Shipped, -n, -n))
		}
	}
	return out, l.Quantity == 0
}

func (r *reservation) shipped() bool {
	for _, p := range r.Parts {
		if p.Shipped < p.Quantity {
			return false
		}
	}
	return true
}

// Restock puts goods back on the shelf that they were shipped from. More than
// was shipped for the cause cannot come back.
func (m *Module) Restock(ctx context.Context, tx tx, c inventoryapi.Cause, lines []inventoryapi.Line) error {
	lines, err := collapse(lines)
	if err != nil {
		return err
	}
	rs, err := reservationsOf(ctx, tx, c)
	if err != nil {
		return err
	}
	var changes []change
	for _, l := range lines {
		for i := range rs {
			changes = append(changes, rs[i].restock(&l)...)
		}
		if l.Quantity > 0 {
			return errNotShipped
		}
	}
	for _, r := range rs {
		if err := updateReservation(ctx, tx, r); err != nil {
			return err
		}
	}
	return m.give(ctx, tx, changes)
}

// restock marks as much of a line as this reservation shipped as returned, and
// takes it off the line.
func (r *reservation) restock(l *inventoryapi.Line) []change {
	var out []change
	for i := range r.Parts {
		p := &r.Parts[i]
		n := min(p.Shipped-p.Returned, l.Quantity)
		if p.Variant != int64(l.Variant) || n == 0 {
			continue
		}
		p.Returned += n
		l.Quantity -= n
		if p.Location != 0 {
			out = append(out, p.change(r.Cause, Restock, n, 0))
		}
	}
	return out
}
