package orders

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
)

const (
	cartDays = 60
	cartLife = cartDays * 24 * time.Hour // since the last change
	wishDays = 180
	wishLife = wishDays * 24 * time.Hour // of a guest's list, since the last change
	keyLife  = 7 * 24 * time.Hour        // how long a repeated request finds its answer
)

// Sweep deletes carts and guests' wish lists that nobody came back to, and keys
// that nobody repeats.
// The statement stores_to_sweep knows the same times.
func (m *Module) Sweep(ctx context.Context, in tenant.Store) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		if err := sweepWishlists(ctx, tx, tx.Now().Add(-wishLife)); err != nil {
			return err
		}
		return sweep(ctx, tx, tx.Now().Add(-cartLife), tx.Now().Add(-keyLife))
	})
}
