package catalog

import (
	"context"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

var sqlGoneProduct = db.Must[tenant.Store](files, "gone_product")

// goneProduct reads what is still said of a product that is no longer sold.
func goneProduct(ctx context.Context, tx tx, l i18n.Lang, slug string) (Page, error) {
	return db.One(ctx, tx, sqlGoneProduct, db.Args{"slug": slug}, func(r db.Row) (Page, error) {
		var p Page
		var title, images string
		var category *int64
		err := r.Scan(&p.ID, &title, &p.Brand, &category, &images)
		p.Title, p.Images = flatText(title, l), pageImages(images, l)
		if category != nil {
			p.Category = CategoryID(*category)
		}
		return p, err
	})
}
