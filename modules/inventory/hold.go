package inventory

import (
	"context"
	"errors"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory/inventoryapi"
)

// Keep makes a hold permanent. It and expiry change the same row under the same
// condition, so only one of them can win.
func (m *Module) Keep(ctx context.Context, tx tx, c inventoryapi.Cause) (bool, error) {
	return keepReservation(ctx, tx, c)
}

// Release gives back what a cause still holds; when that is nothing, nothing
// happens.
func (m *Module) Release(ctx context.Context, tx tx, c inventoryapi.Cause) error {
	r, err := releaseReservation(ctx, tx, c)
	if errors.Is(err, db.ErrNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	return m.give(ctx, tx, r.given(Released))
}

// expire ends the holds whose time is over, at most fifty, and tells how many.
func (m *Module) expire(ctx context.Context, tx tx) (int, error) {
	over, err := expireReservations(ctx, tx)
	if err != nil || len(over) == 0 {
		return 0, err
	}
	var changes []change
	for _, r := range over {
		changes = append(changes, r.given(Expired)...)
		if err := m.need.Kit.Events.Publish(ctx, tx, inventoryapi.Expired{Kind: r.Cause.Kind, ID: r.Cause.ID}); err != nil {
			return 0, err
		}
	}
	return len(over), m.give(ctx, tx, changes)
}

// give locks the levels of changes and applies them.
func (m *Module) give(ctx context.Context, tx tx, changes []change) error {
	if len(changes) == 0 {
		return nil
	}
	s, err := lockShelf(ctx, tx, changes)
	if err != nil {
		return err
	}
	return m.apply(ctx, tx, s, changes)
}

func lockShelf(ctx context.Context, tx tx, changes []change) (shelf, error) {
	var ids []catalogapi.VariantID
	for _, c := range total(changes) {
		ids = append(ids, c.Variant)
	}
	levels, err := lockLevels(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	return newShelf(levels), nil
}

// Sweep ends the holds of a store whose time is over and tells how many.
func (m *Module) Sweep(ctx context.Context, in tenant.Store) (int, error) {
	for sum := 0; ; {
		n, err := db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (int, error) { return m.expire(ctx, tx) })
		if sum += n; err != nil || n == 0 {
			return sum, err
		}
	}
}
