package inventory

import (
	"context"
	"strings"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/tenancy/tenancyapi"
)

// How an adjustment names its quantity.
const (
	By Mode = "by" // so many more, or fewer
	To Mode = "to" // as counted
)

// Mode says how an adjustment names its quantity.
type Mode string

// Adjustment corrects how much of a variant is on hand at a location.
type Adjustment struct {
	Variant  catalogapi.VariantID
	Location LocationID
	Mode     Mode
	Quantity int64
	Reason   string // why; people read it later
	Key      FormKey
}

// FormKey names a form that was shown: what it changes by a number, it changes once,
// however often it is sent. Zero names none.
type FormKey int64

// cause is what a movement keeps of the form.
func (k FormKey) cause() inventoryapi.Cause {
	if k == 0 {
		return inventoryapi.Cause{}
	}
	return inventoryapi.Cause{Kind: formCause, ID: int64(k)}
}

const formCause = "form"

// spent tells whether a form has changed a locked level already.
func (k FormKey) spent(ctx context.Context, tx tx, at Spot, mode Mode) (bool, error) {
	if k == 0 || mode != By {
		return false, nil
	}
	return formUsed(ctx, tx, at, k)
}

func (a Adjustment) validate() error {
	bad := errAdjustment
	if a.Mode != By && a.Mode != To {
		bad = bad.Field("mode", "form.choose")
	}
	if a.Quantity > MaxQuantity || a.Quantity < -MaxQuantity || a.Mode == To && a.Quantity < 0 {
		bad = bad.Field("quantity", "inventory.bad_quantity", "max", int64(MaxQuantity))
	}
	if strings.TrimSpace(a.Reason) == "" {
		bad = bad.Field("reason", "form.required")
	}
	if len(a.Reason) > 200 {
		bad = bad.Field("reason", "form.too_long", "max", 200)
	}
	return bad.OrNil()
}

// Adjust corrects a level. What orders hold cannot be taken away from them, so
// a count below it is refused.
func (m *Module) Adjust(ctx context.Context, in tenant.Store, by auth.Actor, a Adjustment) (Level, error) {
	if err := a.validate(); err != nil {
		return Level{}, err
	}
	return db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (Level, error) {
		s, err := m.ensure(ctx, tx, a.Location, a.Variant)
		if err != nil {
			return Level{}, err
		}
		l, _ := s.at(a.Variant, a.Location)
		if spent, err := a.Key.spent(ctx, tx, Spot{a.Variant, a.Location}, a.Mode); err != nil || spent {
			return l.public(), err
		}
		before, delta := *l, a.Quantity
		if a.Mode == To {
			delta = a.Quantity - l.OnHand
		}
		switch {
		case before.OnHand+delta < 0:
			return Level{}, errNotOnHand
		case before.room()+delta < 0:
			return Level{}, errBelow.With("reserved", before.Reserved)
		case delta == 0:
			return before.public(), nil
		}
		err = m.apply(ctx, tx, s, []change{{
			Variant: a.Variant, Location: a.Location, OnHand: delta, Kind: Adjusted,
			Reason: strings.TrimSpace(a.Reason), Actor: by.Name, Cause: a.Key.cause(),
		}})
		if err != nil {
			return Level{}, err
		}
		return l.public(), m.audit(ctx, tx, by, edit{"inventory.adjust", before, *l})
	})
}

// Receipt is goods that arrived at a location.
type Receipt struct {
	Location LocationID
	Lines    []inventoryapi.Line
	Reason   string // such as the delivery note's number
}

// Receive puts goods that arrived on the shelf.
func (m *Module) Receive(ctx context.Context, in tenant.Store, by auth.Actor, r Receipt) error {
	lines, err := collapse(r.Lines)
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		return errQuantity
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		s, err := m.ensure(ctx, tx, r.Location, variantsOf(lines)...)
		if err != nil {
			return err
		}
		changes := make([]change, len(lines))
		for i, l := range lines {
			changes[i] = change{
				Variant: l.Variant, Location: r.Location, OnHand: l.Quantity, Kind: Received,
				Reason: strings.TrimSpace(r.Reason), Actor: by.Name,
			}
		}
		if err := m.apply(ctx, tx, s, changes); err != nil {
			return err
		}
		return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{
			Actor: by, Action: "inventory.receive", Target: r.Location.String(), Title: r.Reason, After: lines,
		})
	})
}

// Transfer is goods that go from one location to another.
type Transfer struct {
	Variant  catalogapi.VariantID
	From, To LocationID
	Quantity int64
	Reason   string
}

// Move carries free goods from one location to another.
func (m *Module) Move(ctx context.Context, in tenant.Store, by auth.Actor, t Transfer) error {
	bad := errTransfer
	if t.Quantity <= 0 || t.Quantity > MaxQuantity {
		bad = bad.Field("quantity", "inventory.bad_quantity", "max", int64(MaxQuantity))
	}
	if t.From == t.To {
		bad = bad.Field("to", "inventory.same_location")
	}
	if err := bad.OrNil(); err != nil {
		return err
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		s, err := m.ensure(ctx, tx, t.To, t.Variant)
		if err != nil {
			return err
		}
		from, ok := s.at(t.Variant, t.From)
		if !ok {
			return errNotKept
		}
		if from.OnHand < t.Quantity {
			return errNotOnHand
		}
		if from.room() < t.Quantity {
			return errBelow.With("reserved", from.Reserved)
		}
		before := *from
		c := change{Variant: t.Variant, Kind: Moved, Reason: strings.TrimSpace(t.Reason), Actor: by.Name}
		out, back := c, c
		out.Location, out.OnHand = t.From, -t.Quantity
		back.Location, back.OnHand = t.To, t.Quantity
		if err := m.apply(ctx, tx, s, []change{out, back}); err != nil {
			return err
		}
		return m.audit(ctx, tx, by, edit{"inventory.move", before, *from})
	})
}

// ensure locks the levels of tracked variants and makes the missing ones at a
// location, empty.
func (m *Module) ensure(ctx context.Context, tx tx, at LocationID, ids ...catalogapi.VariantID) (shelf, error) {
	loc, err := findLocation(ctx, tx, at)
	if err != nil {
		return nil, err
	}
	if !loc.Active {
		return nil, errNoLocation
	}
	if err := insertLevels(ctx, tx, at, ids, m.settings.Of(tx.Scope()).LowAt); err != nil {
		return nil, err
	}
	levels, err := lockLevels(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	s := newShelf(levels)
	for _, v := range ids {
		if _, ok := s.at(v, at); !ok {
			return nil, m.absent(ctx, tx, v)
		}
	}
	return s, nil
}

// absent tells why a variant cannot have a level.
func (m *Module) absent(ctx context.Context, tx tx, v catalogapi.VariantID) error {
	endless, err := untrackedOf(ctx, tx, []catalogapi.VariantID{v})
	if err != nil {
		return err
	}
	if endless[v] {
		return errUntracked
	}
	return errNotKept
}

// edit is what staff did to a level.
type edit struct {
	action        string
	before, after level
}

func (m *Module) audit(ctx context.Context, tx tx, by auth.Actor, e edit) error {
	return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{
		Actor: by, Action: e.action, Target: e.after.Variant.String(), Title: e.after.Variant.String(),
		Before: e.before.public(), After: e.after.public(),
	})
}
