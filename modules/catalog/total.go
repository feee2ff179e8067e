package catalog

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
)

// Total counts the products of all stores, for the operator.
func (m *Module) Total(ctx context.Context, in tenant.System) (int64, error) {
	return db.Read(ctx, m.db, in, func(tx *db.Tx[tenant.System]) (int64, error) { return countAll(ctx, tx) })
}
