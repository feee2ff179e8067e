package catalog

import (
	"context"
	"fmt"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

var (
	sqlHoldProducts = db.Must[tenant.Store](files, "hold_products")
	sqlInsertBulk   = db.Must[tenant.Store](files, "insert_bulk")
	sqlCloseBulk    = db.Must[tenant.Store](files, "close_bulk")
	sqlForgetBulk   = db.Must[tenant.Store](files, "forget_bulk")
	sqlFindBulk     = db.Must[tenant.Store](files, "find_bulk")
	sqlRecentBulks  = db.Must[tenant.Store](files, "recent_bulks")
	sqlHolders      = db.MustList[tenant.Store](files, "slug_holders")
)

// holdProducts keeps others from changing products until tx ends.
func holdProducts(ctx context.Context, tx tx, ids []int64) error {
	if _, err := db.Exec(ctx, tx, sqlHoldProducts, db.Args{"ids": ids}); err != nil {
		return fmt.Errorf("hold products: %w", err)
	}
	return nil
}

// productsOf loads products without their variants, deleted ones too.
func productsOf(ctx context.Context, tx tx, ids []int64) ([]Product, error) {
	return db.List(ctx, tx, sqlProducts, db.Filter{Where: []db.Cond{db.In("p.id", ids...)}, Order: []string{"p.id"}, Limit: max(len(ids), 1)}, scanProduct)
}

// holdersOf tells which products have these addresses.
func holdersOf(ctx context.Context, tx tx, slugs []string) (map[string]catalogapi.ProductID, error) {
	type holder struct {
		id   catalogapi.ProductID
		slug string
	}
	rows, err := db.List(ctx, tx, sqlHolders, db.Filter{Where: []db.Cond{db.In("slug", slugs...)}, Order: []string{"slug"}, Limit: len(slugs)}, func(r db.Row) (h holder, err error) {
		return h, r.Scan(&h.id, &h.slug)
	})
	out := make(map[string]catalogapi.ProductID, len(rows))
	for _, h := range rows {
		out[h.slug] = h.id
	}
	return out, err
}

func insertBulk(ctx context.Context, tx tx, b BulkChange) error {
	_, err := db.Exec(ctx, tx, sqlInsertBulk, db.Args{
		"id": b.ID, "kind": string(b.Kind), "products": b.Products, "fields": strings.Join(b.Fields, " "), "lines": db.JSON(b.Lines),
		"actor": b.Actor, "now": b.At,
	})
	return err
}

func closeBulk(ctx context.Context, tx tx, b BulkChange) error {
	_, err := db.Exec(ctx, tx, sqlCloseBulk, db.Args{"id": b.ID, "lines": db.JSON(b.Lines), "undone_by": b.UndoneBy, "now": b.UndoneAt})
	return err
}

func forgetBulk(ctx context.Context, tx tx, before time.Time) error {
	_, err := db.Exec(ctx, tx, sqlForgetBulk, db.Args{"before": before})
	return err
}

func findBulk(ctx context.Context, tx tx, id BulkID) (BulkChange, error) {
	b, err := db.One(ctx, tx, sqlFindBulk, db.Args{"id": id}, scanBulk)
	if isNoRow(err) {
		return b, ErrNoBulk
	}
	return b, err
}

func recentBulks(ctx context.Context, tx tx) ([]BulkChange, error) {
	return db.All(ctx, tx, sqlRecentBulks, nil, scanBulk)
}

func scanBulk(r db.Row) (BulkChange, error) {
	var b BulkChange
	var fields string
	err := r.Scan(&b.ID, &b.Kind, &b.Products, &fields, db.JSON(&b.Lines), &b.Actor, db.Time(&b.At), &b.UndoneBy, db.Time(&b.UndoneAt))
	b.Fields = strings.Fields(fields)
	return b, err
}
