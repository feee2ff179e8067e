package orders

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
)

var countAllStmt = db.Must[tenant.System](files, "total_orders")

func countAll(ctx context.Context, tx *db.Tx[tenant.System]) (int64, error) {
	return db.One(ctx, tx, countAllStmt, nil, func(r db.Row) (n int64, err error) { return n, r.Scan(&n) })
}
