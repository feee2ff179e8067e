package catalog

import (
	"context"
	"strconv"
	"strings"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

var (
	sqlRateProduct       = db.Must[tenant.Store](files, "rate_product")
	sqlProductReferences = db.Must[tenant.Store](files, "product_references")
	sqlProductBySlug     = db.Must[tenant.Store](files, "product_by_slug")
)

func rateProduct(ctx context.Context, tx tx, id catalogapi.ProductID, more catalogapi.Rating) error {
	_, err := db.Exec(ctx, tx, sqlRateProduct, db.Args{"id": id, "stars": more.Stars, "count": more.Count})
	return err
}

func productBySlug(ctx context.Context, tx tx, l i18n.Lang, slug string) (catalogapi.Reference, error) {
	return db.One(ctx, tx, sqlProductBySlug, db.Args{"slug": slug}, scanProductReference(l))
}

func productReferences(ctx context.Context, tx tx, l i18n.Lang, ids []catalogapi.ProductID) ([]catalogapi.Reference, error) {
	list := make([]int64, len(ids))
	for i, id := range ids {
		list[i] = int64(id)
	}
	return db.All(ctx, tx, sqlProductReferences, db.Args{"ids": list}, scanProductReference(l))
}

func scanProductReference(l i18n.Lang) func(db.Row) (catalogapi.Reference, error) {
	return func(r db.Row) (catalogapi.Reference, error) {
		var p catalogapi.Reference
		var title, cover, variants string
		if err := r.Scan(&p.Product, &p.Slug, &title, &cover, &p.Rating.Stars, &p.Rating.Count, &variants); err != nil {
			return p, err
		}
		p.Title, p.Image = flatText(title, l), readCover(cover).Key
		for _, v := range strings.Fields(variants) {
			n, err := strconv.ParseInt(v, 10, 64)
			if err != nil {
				return p, err
			}
			p.Variants = append(p.Variants, catalogapi.VariantID(n))
		}
		return p, nil
	}
}
