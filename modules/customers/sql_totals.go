package customers

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
)

var totals = db.Must[tenant.System](files, "customers_by_store")

// Total counts the customers of all stores, for the operator.
func (m *Module) Total(ctx context.Context, in tenant.System) (int64, error) {
	return db.Tally(ctx, m.need.Kit.DB, in, totals)
}
