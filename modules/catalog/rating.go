package catalog

import (
	"context"
	"fmt"

	"orion/kit/i18n"
	"orion/modules/catalog/catalogapi"
)

// Rate implements catalogapi.Products.
func (m *Module) Rate(ctx context.Context, tx tx, id catalogapi.ProductID, more catalogapi.Rating) error {
	if more == (catalogapi.Rating{}) {
		return nil
	}
	if err := rateProduct(ctx, tx, id, more); err != nil {
		return fmt.Errorf("rate a product: %w", err)
	}
	m.changed(tx)
	return nil
}

// BySlug implements catalogapi.Products.
func (m *Module) BySlug(ctx context.Context, tx tx, l i18n.Lang, slug string) (catalogapi.Reference, error) {
	return productBySlug(ctx, tx, l, slug)
}

// Describe implements catalogapi.Products.
func (m *Module) Describe(ctx context.Context, tx tx, l i18n.Lang, ids []catalogapi.ProductID) (map[catalogapi.ProductID]catalogapi.Reference, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := productReferences(ctx, tx, l, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[catalogapi.ProductID]catalogapi.Reference, len(rows))
	for _, r := range rows {
		out[r.Product] = r
	}
	return out, nil
}
