package catalog

import (
	"context"
	"encoding/json"
	"fmt"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

var (
	sqlInsertProducts  = db.Must[tenant.Store](files, "insert_products")
	sqlUpdateProducts  = db.Must[tenant.Store](files, "update_products")
	sqlInsertRedirects = db.Must[tenant.Store](files, "insert_redirects")
	sqlCountProducts   = db.Must[tenant.Store](files, "count_products")
	sqlDeleteRedirects = db.Must[tenant.Store](files, "delete_redirects")
)

// countProducts is how many products a store has, without those that staff
// deleted.
func countProducts(ctx context.Context, tx tx) (int64, error) {
	return db.One(ctx, tx, sqlCountProducts, nil, func(r db.Row) (n int64, err error) { return n, r.Scan(&n) })
}

// productText is a product as the statements read it: many in one text. What
// is stored as JSON is the text of it.
type productText struct {
	ID             int64               `json:"id"`
	Slug           string              `json:"slug"`
	Status         Status              `json:"status"`
	Title          string              `json:"title"`
	Summary        string              `json:"summary"`
	Body           string              `json:"body"`
	SEOTitle       string              `json:"seo_title"`
	SEODescription string              `json:"seo_description"`
	Brand          string              `json:"brand"`
	Category       *int64              `json:"category_id"`
	Tags           string              `json:"tags"`
	Options        string              `json:"options"`
	Images         string              `json:"images"`
	Extra          string              `json:"extra"`
	Currency       string              `json:"currency"`
	TaxClass       catalogapi.TaxClass `json:"tax_class"`
	Digital        bool                `json:"digital"`
	Featured       bool                `json:"featured"`
	MinQty         int64               `json:"min_qty"`
	MaxQty         int64               `json:"max_qty"`
	Step           int64               `json:"qty_step"`
	Price          int64               `json:"price"`
	PriceMax       int64               `json:"price_max"`
	CompareAt      int64               `json:"compare_at"`
	Lowest         int64               `json:"lowest"`
	Content        int64               `json:"content"`
	Unit           Unit                `json:"unit"`
	Variants       int                 `json:"variants"`
	InStock        bool                `json:"in_stock"`
	Cover          string              `json:"cover"`
	Facets         string              `json:"facets"`
	FoundBy        string              `json:"found_by"`
	Deleted        bool                `json:"deleted"`
}

func textOfProduct(p Product) (productText, error) {
	t := productText{
		ID: int64(p.ID), Slug: p.Slug, Status: p.Status, Brand: p.Brand, Currency: string(p.Currency), TaxClass: p.TaxClass,
		Digital: p.Digital, Featured: p.Featured, MinQty: p.MinQty, MaxQty: p.MaxQty, Step: p.Step, Price: p.Price.Minor,
		PriceMax: p.PriceMax.Minor, CompareAt: p.CompareAt.Minor, Lowest: p.Lowest.Minor, Content: p.Content.Milli, Unit: p.Content.Unit,
		Variants: len(p.Variants), InStock: p.InStock, Cover: coverText(p.ProductInput), Facets: marks(p.ProductInput),
		FoundBy: foundBy(p.ProductInput), Deleted: p.Deleted,
	}
	if p.Category != 0 {
		category := int64(p.Category)
		t.Category = &category
	}
	for _, f := range []struct {
		to *string
		v  any
	}{
		{&t.Title, p.Title},
		{&t.Summary, p.Summary},
		{&t.Body, p.Body},
		{&t.SEOTitle, p.SEOTitle},
		{&t.SEODescription, p.SEODescription},
		{&t.Tags, p.Tags},
		{&t.Options, p.Options},
		{&t.Images, p.Images},
		{&t.Extra, p.Extra},
	} {
		b, err := json.Marshal(f.v)
		if err != nil {
			return t, fmt.Errorf("store as JSON: %w", err)
		}
		*f.to = string(b)
	}
	return t, nil
}

// insertProducts takes one statement on PostgreSQL and one for each product on
// SQLite, where they cost no way to a server and back.
func insertProducts(ctx context.Context, tx tx, ps []Product) error {
	if tx.Dialect() != db.SQLite {
		return writeProducts(ctx, tx, sqlInsertProducts, ps)
	}
	for i := range ps {
		if err := writeProducts(ctx, tx, sqlInsertProducts, ps[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}

func updateProducts(ctx context.Context, tx tx, ps []Product) error {
	return writeProducts(ctx, tx, sqlUpdateProducts, ps)
}

func writeProducts(ctx context.Context, tx tx, s *db.Stmt[tenant.Store], ps []Product) error {
	if len(ps) == 0 {
		return nil
	}
	rows := make([]productText, len(ps))
	var err error
	for i, p := range ps {
		if rows[i], err = textOfProduct(p); err != nil {
			return err
		}
	}
	_, err = db.Exec(ctx, tx, s, db.Args{"rows": db.JSON(rows), "now": tx.Now()})
	if db.IsUnique(err) {
		return ErrSlugTaken.Because(err)
	}
	if err != nil {
		return fmt.Errorf("write products: %w", err)
	}
	return nil
}

// moveSlugs makes old slugs lead to their products, and those in use no longer
// lead elsewhere.
func moveSlugs(ctx context.Context, tx tx, left []moved, used []string) error {
	if len(left) > 0 {
		if _, err := db.Exec(ctx, tx, sqlInsertRedirects, db.Args{"rows": db.JSON(left)}); err != nil {
			return fmt.Errorf("insert redirects: %w", err)
		}
	}
	if len(used) == 0 {
		return nil
	}
	if _, err := db.Exec(ctx, tx, sqlDeleteRedirects, db.Args{"slugs": db.JSON(used)}); err != nil {
		return fmt.Errorf("delete redirects: %w", err)
	}
	return nil
}
