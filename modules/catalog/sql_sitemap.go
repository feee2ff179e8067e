package catalog

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

var (
	sqlSitemapParts   = db.Must[tenant.Store](files, "sitemap_parts")
	sqlSitemapStart   = db.Must[tenant.Store](files, "sitemap_start")
	sqlSitemapEntries = db.Must[tenant.Store](files, "sitemap_entries")
)

func sitemapParts(ctx context.Context, tx tx, size int) ([]SitemapPart, error) {
	return db.All(ctx, tx, sqlSitemapParts, db.Args{"size": size}, func(r db.Row) (p SitemapPart, err error) {
		return p, r.Scan(&p.From, db.Time(&p.Changed))
	})
}

// sitemapStart gives db.ErrNoRow when the store never had the product.
func sitemapStart(ctx context.Context, tx tx, from catalogapi.ProductID) (catalogapi.ProductID, error) {
	return db.One(ctx, tx, sqlSitemapStart, db.Args{"from": from}, func(r db.Row) (id catalogapi.ProductID, err error) {
		return id, r.Scan(&id)
	})
}

func sitemapEntries(ctx context.Context, tx tx, from catalogapi.ProductID, limit int) ([]Entry, error) {
	return db.All(ctx, tx, sqlSitemapEntries, db.Args{"from": from, "limit": limit}, func(r db.Row) (e Entry, err error) {
		return e, r.Scan(&e.ID, &e.Slug, db.Time(&e.Changed))
	})
}
