package customers

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
)

// Total counts the customers of all stores, for the operator.
func (m *Module) Total(ctx context.Context, in tenant.System) (int64, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx *db.Tx[tenant.System]) (int64, error) { return countAll(ctx, tx) })
}
