package catalog

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

var sqlMatching = db.MustList[tenant.Store](files, "matching_variants")

func matchingVariants(ctx context.Context, tx tx, f db.Filter) ([]catalogapi.VariantID, error) {
	return db.List(ctx, tx, sqlMatching, f, func(r db.Row) (v catalogapi.VariantID, err error) { return v, r.Scan(&v) })
}
