package event

import (
	"context"

	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/tenant"
)

var (
	waitingEntities   = db.Must[tenant.Store](Files, "waiting_entities")
	pendingDeliveries = db.Must[tenant.Store](Files, "pending_deliveries")
)

// Flush delivers what waits for a store now, instead of leaving it to the job
// runner, until nothing is left: handlers may publish more. It stops at the
// first delivery that fails.
func (b *Bus) Flush(ctx context.Context, in tenant.Store) error {
	for {
		entities, err := db.Read(ctx, b.db, in, func(tx *db.Tx[tenant.Store]) ([]int64, error) {
			return db.All(ctx, tx, waitingEntities, nil, func(r db.Row) (e int64, err error) { return e, r.Scan(&e) })
		})
		if err != nil {
			return err
		}
		if len(entities) > 0 {
			if err := b.park(ctx, in, entities); err != nil {
				return err
			}
		}
		lanes, err := db.Read(ctx, b.db, in, func(tx *db.Tx[tenant.Store]) ([]lane, error) {
			return db.All(ctx, tx, pendingDeliveries, nil, func(r db.Row) (l lane, err error) {
				return l, r.Scan(&l.subscriber, &l.entity)
			})
		})
		if err != nil || len(lanes) == 0 {
			return err
		}
		if err := b.flush(ctx, in, lanes); err != nil {
			return err
		}
	}
}

func (b *Bus) flush(ctx context.Context, in tenant.Store, lanes []lane) error {
	done := make([]int64, len(lanes))
	for i, l := range lanes {
		done[i] = l.entity
		wait, err := b.drain(ctx, in, l)
		if err == nil && wait > 0 {
			err = job.Later(wait)
		}
		if err != nil {
			return err
		}
	}
	return b.forget(ctx, in, done)
}
