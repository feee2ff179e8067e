package db

import (
	"context"

	"orion/kit/tenant"
)

// Tally adds up what a sweep counts per store; its rows are the store and a number.
func Tally(ctx context.Context, d *DB, in tenant.System, s *Stmt[tenant.System]) (sum int64, err error) {
	_, err = Read(ctx, d, in, func(tx *Tx[tenant.System]) (struct{}, error) {
		return struct{}{}, query(ctx, tx, s, nil, func(r Row) error {
			var store tenant.StoreID
			var n int64
			err := r.Scan(&store, &n)
			sum += n
			return err
		})
	})
	return sum, err
}
