package inventory

import (
	"context"
	"errors"
	"strings"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/tenancy/tenancyapi"
)

// Policy says what happens when nothing is left of a variant.
type Policy struct {
	Variant catalogapi.VariantID `json:"variant"`
	Backlog int64                `json:"backorder_limit"` // may be ordered beyond what is there; 0 denies, NoLimit is endless
}

// SetPolicy changes a tracked variant's backorders. A limit below what is
// already promised is refused.
func (m *Module) SetPolicy(ctx context.Context, in tenant.Store, by auth.Actor, p Policy) error {
	if p.Backlog < 0 || p.Backlog > NoLimit {
		return errPolicy.Field("backorder_limit", "inventory.bad_quantity", "max", int64(MaxQuantity))
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		it, err := findItem(ctx, tx, p.Variant)
		if errors.Is(err, db.ErrNoRow) {
			return errNotKept
		}
		if err != nil {
			return err
		}
		if !it.Tracked {
			return errUntracked
		}
		old := Policy{Variant: it.Variant, Backlog: it.Backlog}
		it.Backlog = p.Backlog
		if err := updateItem(ctx, tx, it); err != nil {
			return err
		}
		if err := m.promise(ctx, tx, p); err != nil {
			return err
		}
		m.glances.forget(tx, p.Variant)
		return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{
			Actor: by, Action: "inventory.policy", Target: p.Variant.String(), Title: p.Variant.String(), Before: old, After: p,
		})
	})
}

// promise moves a variant's backorders to its first location, as much as is not
// in use elsewhere, and shows the result.
func (m *Module) promise(ctx context.Context, tx tx, p Policy) error {
	levels, err := lockLevels(ctx, tx, []catalogapi.VariantID{p.Variant})
	if err != nil {
		return err
	}
	s := newShelf(levels)
	before := s.shown(p.Variant)
	left := p.Backlog
	ls := s[p.Variant]
	for i := len(ls) - 1; i >= 0; i-- { // the first location gets what the others do not need
		l := &ls[i]
		l.Backlog = max(0, l.Reserved-l.OnHand)
		if i == 0 {
			l.Backlog = left
		}
		left -= l.Backlog
		if left < 0 {
			return errPolicy.Field("backorder_limit", "inventory.below_reserved", "reserved", l.Reserved)
		}
		n, err := updateBackorder(ctx, tx, *l)
		if err != nil {
			return err
		}
		if n == 0 {
			return errPolicy.Field("backorder_limit", "inventory.below_reserved", "reserved", l.Reserved)
		}
	}
	if now := s.shown(p.Variant); now != before {
		return m.need.Shelf.Show(ctx, tx, []catalogapi.Shown{now})
	}
	return nil
}

// Place says where at a location a variant stands, and when it runs low.
type Place struct {
	Variant  catalogapi.VariantID
	Location LocationID
	Bin      string // such as SA-10-02
	LowAt    int64  // low when so many or fewer are free
}

// SetPlace changes a level's bin and its low mark.
func (m *Module) SetPlace(ctx context.Context, in tenant.Store, p Place) error {
	p.Bin = strings.ToUpper(strings.TrimSpace(p.Bin))
	if len(p.Bin) > 32 {
		return errPolicy.Field("bin", "form.too_long", "max", 32)
	}
	if p.LowAt < 0 || p.LowAt > MaxQuantity {
		return errPolicy.Field("low_at", "inventory.bad_quantity", "max", int64(MaxQuantity))
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		n, err := updateShelf(ctx, tx, p)
		if err == nil && n == 0 {
			return errNotKept
		}
		return err
	})
}
