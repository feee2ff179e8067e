package catalog

import (
	"context"

	"orion/kit/db"
	"orion/modules/catalog/catalogapi"
)

// Matching implements catalogapi.Lookup.
func (m *Module) Matching(ctx context.Context, tx tx, text string, limit int) ([]catalogapi.VariantID, error) {
	f := db.Filter{Order: []string{"v.id DESC"}, Limit: limit}
	for _, word := range tokens(text) {
		f.Where = append(f.Where, db.Has("p.found_by", word))
	}
	return matchingVariants(ctx, tx, f)
}
