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
	keyLife  = 7 * 24 * time.Hour        // how long a repeated request finds its answer
)

// Sweep deletes carts that nobody came back to, and keys that nobody repeats.
// The statement stores_to_sweep knows the same times.
func (m *Module) Sweep(ctx context.Context, in tenant.Store) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		return sweep(ctx, tx, tx.Now().Add(-cartLife), tx.Now().Add(-keyLife))
	})
}
