package catalog

import (
	"context"
	"fmt"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/cms/mediaapi"
)

// tx is a transaction of a store.
type tx = *db.Tx[tenant.Store]

// ErrChanged says that a product was changed after it had been read.
var ErrChanged = fault.New(fault.Conflict, "catalog.product_changed")

var (
	sqlUpdatePictures = db.Must[tenant.Store](files, "update_pictures")
	sqlRenamePicture  = db.Must[tenant.Store](files, "rename_picture")
	sqlHoldProduct    = db.Must[tenant.Store](files, "hold_product")
	sqlUpdateStatus   = db.Must[tenant.Store](files, "update_status")
	sqlProducts       = db.MustList[tenant.Store](files, "products")
	sqlSlugMoved      = db.Must[tenant.Store](files, "slug_moved")
	sqlSlugHolder     = db.Must[tenant.Store](files, "slug_holder")
	sqlNaming         = db.Must[tenant.Store](files, "products_naming")
)

// orNull keeps zero, which names nothing, out of columns with foreign keys.
func orNull(v int64) any {
	if v == 0 {
		return nil
	}
	return v
}

// holdProduct keeps others from changing a product until tx ends.
func holdProduct(ctx context.Context, tx tx, p catalogapi.ProductID) error {
	n, err := db.Exec(ctx, tx, sqlHoldProduct, db.Args{"id": p})
	if err != nil {
		return fmt.Errorf("hold product: %w", err)
	}
	if n == 0 {
		return ErrNoProduct
	}
	return nil
}

func updateStatus(ctx context.Context, tx tx, p catalogapi.ProductID, s Status) error {
	n, err := db.Exec(ctx, tx, sqlUpdateStatus, db.Args{"id": p, "status": s, "now": tx.Now()})
	if err != nil {
		return fmt.Errorf("update status: %w", err)
	}
	if n == 0 {
		return ErrNoProduct
	}
	return nil
}

// updatePictures writes the pictures of a product as it was read, unless
// somebody else was faster.
func updatePictures(ctx context.Context, tx tx, p Product) error {
	n, err := db.Exec(ctx, tx, sqlUpdatePictures, db.Args{
		"id": p.ID, "images": db.JSON(p.Images), "cover": coverText(p.ProductInput), "now": tx.Now(), "read_at": p.UpdatedAt,
	})
	if err != nil {
		return fmt.Errorf("update pictures: %w", err)
	}
	if n == 0 {
		return ErrChanged
	}
	return nil
}

// renamePicture gives the variants that a picture shows its key.
func renamePicture(ctx context.Context, tx tx, id catalogapi.ProductID, upload, key string) error {
	if _, err := db.Exec(ctx, tx, sqlRenamePicture, db.Args{"product_id": id, "upload": upload, "key": key}); err != nil {
		return fmt.Errorf("rename picture: %w", err)
	}
	return nil
}

// slugHolder is the product that has a slug, or zero.
func slugHolder(ctx context.Context, tx tx, slug string) (catalogapi.ProductID, error) {
	id, err := db.One(ctx, tx, sqlSlugHolder, db.Args{"slug": slug}, func(r db.Row) (int64, error) {
		var v int64
		err := r.Scan(&v)
		return v, err
	})
	if isNoRow(err) {
		return 0, nil
	}
	return catalogapi.ProductID(id), err
}

func slugMoved(ctx context.Context, tx tx, slug string) (string, error) {
	return db.One(ctx, tx, sqlSlugMoved, db.Args{"slug": slug}, func(r db.Row) (string, error) {
		var to string
		err := r.Scan(&to)
		return to, err
	})
}

// productsNaming are those in whose texts something stands.
func productsNaming(ctx context.Context, tx tx, text string) ([]mediaapi.Use, error) {
	return db.All(ctx, tx, sqlNaming, db.Args{"like": "%" + text + "%"}, func(r db.Row) (mediaapi.Use, error) {
		var id catalogapi.ProductID
		var title i18n.Text
		err := r.Scan(&id, db.JSON(&title))
		return mediaapi.Use{Title: title.In(i18n.En), Path: "/products/" + id.String()}, err
	})
}

// products loads whole products without their variants.
func products(ctx context.Context, tx tx, where ...db.Cond) ([]Product, error) {
	return productsAfter(ctx, tx, 0, where...)
}

// notDeleted is the condition of products that nobody deleted.
var notDeleted = db.Eq("p.deleted", false)

func productsAfter(ctx context.Context, tx tx, limit int, where ...db.Cond) ([]Product, error) {
	where = append([]db.Cond{notDeleted}, where...)
	return db.List(ctx, tx, sqlProducts, db.Filter{Where: where, Order: []string{"p.id"}, Limit: max(limit, 100)}, scanProduct)
}

func scanProduct(r db.Row) (Product, error) {
	var p Product
	var category *int64
	var currency string
	err := r.Scan(&p.ID, &p.Slug, &p.Status, db.JSON(&p.Title), db.JSON(&p.Summary), db.JSON(&p.Body), db.JSON(&p.SEOTitle),
		db.JSON(&p.SEODescription), &p.Brand, &category, db.JSON(&p.Tags), db.JSON(&p.Options), db.JSON(&p.Images),
		db.JSON(&p.Extra), &currency, &p.TaxClass, &p.Digital, &p.Featured, &p.MinQty, &p.MaxQty, &p.Step, &p.Price.Minor,
		&p.PriceMax.Minor, &p.CompareAt.Minor, &p.InStock, &p.Deleted, db.Time(&p.CreatedAt), db.Time(&p.UpdatedAt))
	if category != nil {
		p.Category = CategoryID(*category)
	}
	p.setCurrency(money.Currency(currency))
	return p, err
}

func (p *Product) setCurrency(c money.Currency) {
	p.Currency, p.Price.Currency, p.PriceMax.Currency = c, c, c
	if p.CompareAt.Minor != 0 {
		p.CompareAt.Currency = c
	}
}
