package catalog

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
)

var totals = db.Must[tenant.System](files, "products_by_store")

// Total counts the products of all stores, for the operator.
func (m *Module) Total(ctx context.Context, in tenant.System) (int64, error) {
	return db.Tally(ctx, m.db, in, totals)
}
