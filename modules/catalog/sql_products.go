package catalog

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// tx is a transaction of a store.
type tx = *db.Tx[tenant.Store]

// ErrChanged says that a product was changed after it had been read.
var ErrChanged = fault.New(fault.Conflict, "catalog.product_changed")

var (
	sqlInsertProduct  = db.Must[tenant.Store](files, "insert_product")
	sqlUpdateProduct  = db.Must[tenant.Store](files, "update_product")
	sqlUpdatePictures = db.Must[tenant.Store](files, "update_pictures")
	sqlRenamePicture  = db.Must[tenant.Store](files, "rename_picture")
	sqlHoldProduct    = db.Must[tenant.Store](files, "hold_product")
	sqlUpdateStatus   = db.Must[tenant.Store](files, "update_status")
	sqlProducts       = db.MustList[tenant.Store](files, "products")
	sqlSlugMoved      = db.Must[tenant.Store](files, "slug_moved")
	sqlInsertRedirect = db.Must[tenant.Store](files, "insert_redirect")
	sqlDeleteRedirect = db.Must[tenant.Store](files, "delete_redirect")
	sqlSlugHolder     = db.Must[tenant.Store](files, "slug_holder")
	sqlForgetWords    = db.Must[tenant.Store](files, "forget_words")
	sqlPutWords       = db.Must[tenant.Store](files, "put_words")
)

func productArgs(p Product, a db.Args) db.Args {
	more := db.Args{
		"id": p.ID, "slug": p.Slug, "status": p.Status, "title": db.JSON(p.Title), "summary": db.JSON(p.Summary),
		"body": db.JSON(p.Body), "seo_title": db.JSON(p.SEOTitle), "seo_description": db.JSON(p.SEODescription),
		"brand": p.Brand, "category_id": orNull(int64(p.Category)), "tags": db.JSON(p.Tags), "options": db.JSON(p.Options),
		"images": db.JSON(p.Images), "extra": db.JSON(p.Extra), "currency": string(p.Currency), "tax_class": p.TaxClass,
		"digital": p.Digital, "featured": p.Featured, "min_qty": p.MinQty, "max_qty": p.MaxQty, "qty_step": p.Step, "lowest": p.Lowest.Minor, "content": p.Content.Milli, "unit": p.Content.Unit, "price": p.Price.Minor,
		"price_max": p.PriceMax.Minor, "compare_at": p.CompareAt.Minor, "variants": len(p.Variants), "in_stock": p.InStock,
		"cover": coverText(p.ProductInput), "facets": marks(p.ProductInput), "found_by": foundBy(p.ProductInput),
	}
	for k, v := range a {
		more[k] = v
	}
	return more
}

// orNull keeps zero, which names nothing, out of columns with foreign keys.
func orNull(v int64) any {
	if v == 0 {
		return nil
	}
	return v
}

func insertProduct(ctx context.Context, tx tx, p Product) error {
	_, err := db.Exec(ctx, tx, sqlInsertProduct, productArgs(p, db.Args{"now": tx.Now()}))
	if db.IsUnique(err) {
		return ErrSlugTaken.Because(err)
	}
	if err != nil {
		return fmt.Errorf("insert product: %w", err)
	}
	return nil
}

func updateProduct(ctx context.Context, tx tx, p Product) error {
	_, err := db.Exec(ctx, tx, sqlUpdateProduct, productArgs(p, db.Args{"now": tx.Now()}))
	if db.IsUnique(err) {
		return ErrSlugTaken.Because(err)
	}
	if err != nil {
		return fmt.Errorf("update product: %w", err)
	}
	return nil
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

// moveSlug makes the old slug lead to the product, and the new one no longer
// lead to another.
func moveSlug(ctx context.Context, tx tx, p Product, old string) error {
	if old != "" {
		if _, err := db.Exec(ctx, tx, sqlInsertRedirect, db.Args{"slug": old, "product_id": p.ID}); err != nil {
			return fmt.Errorf("insert redirect: %w", err)
		}
	}
	if _, err := db.Exec(ctx, tx, sqlDeleteRedirect, db.Args{"slug": p.Slug}); err != nil {
		return fmt.Errorf("delete redirect: %w", err)
	}
	return nil
}

func slugMoved(ctx context.Context, tx tx, slug string) (string, error) {
	return db.One(ctx, tx, sqlSlugMoved, db.Args{"slug": slug}, func(r db.Row) (string, error) {
		var to string
		err := r.Scan(&to)
		return to, err
	})
}

// putWords makes a product found by its words; only what is for sale is found.
func putWords(ctx context.Context, tx tx, p Product, category []i18n.Text, isNew bool) error {
	if !isNew {
		if _, err := db.Exec(ctx, tx, sqlForgetWords, db.Args{"id": p.ID}); err != nil {
			return fmt.Errorf("forget words: %w", err)
		}
	}
	if p.Status != Active {
		return nil
	}
	title, words, body := searchWords(p.ProductInput, category)
	_, err := db.Exec(ctx, tx, sqlPutWords, db.Args{
		"id": p.ID, "title": wordList(tx, title, 'A'), "words": wordList(tx, words, 'B'), "body": wordList(tx, body, 'D'),
	})
	if err != nil {
		return fmt.Errorf("put words: %w", err)
	}
	return nil
}

// wordList writes words as the database wants them. Words are letters and
// digits only, so nothing needs quoting.
func wordList(tx tx, words []string, weight byte) string {
	if tx.Dialect() == db.SQLite {
		return strings.Join(words, " ")
	}
	var out strings.Builder
	for i, w := range words {
		out.WriteString("'" + w + "':" + strconv.Itoa(i+1) + string(weight) + " ")
	}
	return out.String()
}

// termQuery asks for all terms by prefix, in the language of the database.
func termQuery(tx tx, terms []string) string {
	var out strings.Builder
	for i, w := range terms {
		if tx.Dialect() == db.SQLite {
			if i > 0 {
				out.WriteString(" AND ")
			}
			out.WriteString(`"` + w + `"*`)
			continue
		}
		if i > 0 {
			out.WriteString(" & ")
		}
		out.WriteString("'" + w + "':*")
	}
	return out.String()
}

// products loads whole products without their variants.
func products(ctx context.Context, tx tx, where ...db.Cond) ([]Product, error) {
	return productsAfter(ctx, tx, 0, where...)
}

func productsAfter(ctx context.Context, tx tx, limit int, where ...db.Cond) ([]Product, error) {
	return db.List(ctx, tx, sqlProducts, db.Filter{Where: where, Order: []string{"p.id"}, Limit: max(limit, 100)}, scanProduct)
}

func scanProduct(r db.Row) (Product, error) {
	var p Product
	var category *int64
	var currency string
	err := r.Scan(&p.ID, &p.Slug, &p.Status, db.JSON(&p.Title), db.JSON(&p.Summary), db.JSON(&p.Body), db.JSON(&p.SEOTitle),
		db.JSON(&p.SEODescription), &p.Brand, &category, db.JSON(&p.Tags), db.JSON(&p.Options), db.JSON(&p.Images),
		db.JSON(&p.Extra), &currency, &p.TaxClass, &p.Digital, &p.Featured, &p.MinQty, &p.MaxQty, &p.Step, &p.Price.Minor,
		&p.PriceMax.Minor, &p.CompareAt.Minor, &p.InStock, db.Time(&p.CreatedAt), db.Time(&p.UpdatedAt))
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
