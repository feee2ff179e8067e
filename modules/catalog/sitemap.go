package catalog

import (
	"context"
	"errors"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// A sitemap may have 50,000 addresses and 50 MB. One of ours has this many
// products, each in four languages at most and with the addresses of all of
// them; that many are read at a time.
const (
	sitemapSize = 3000
	sitemapStep = 500
)

// SitemapPart is one sitemap of products, called by the first of them. The parts
// before it stay what they are when products come.
type SitemapPart struct {
	From    catalogapi.ProductID
	Changed time.Time // the latest of its products
}

// Entry is a product's line in a sitemap.
type Entry struct {
	ID      catalogapi.ProductID
	Slug    string
	Changed time.Time
}

// Listed is a page that search engines are told of.
type Listed struct {
	Path    string
	Changed time.Time
}

// SitemapParts are the sitemaps that the store's products for sale make, in the
// order in which they were made. It takes one statement, which reads an index.
func (m *Module) SitemapParts(ctx context.Context, in tenant.Store) ([]SitemapPart, error) {
	return db.Read(ctx, m.db, in, func(tx tx) ([]SitemapPart, error) { return sitemapParts(ctx, tx, sitemapSize) })
}

// Sitemap hands over the products for sale from one on, some at a time and no
// more than one sitemap has, until there are no more or nobody takes them. The
// first itself may be sold no longer, but it is one of the store's.
func (m *Module) Sitemap(ctx context.Context, in tenant.Store, from catalogapi.ProductID, take func([]Entry) bool) error {
	return m.sitemap(ctx, in, span{from: from, size: sitemapSize, step: sitemapStep}, take)
}

type span struct {
	from       catalogapi.ProductID
	size, step int
}

func (m *Module) sitemap(ctx context.Context, in tenant.Store, s span, take func([]Entry) bool) error {
	_, err := db.Read(ctx, m.db, in, func(tx tx) (catalogapi.ProductID, error) { return sitemapStart(ctx, tx, s.from) })
	if errors.Is(err, db.ErrNoRow) {
		return ErrNoProduct
	}
	for left := s.size; err == nil && left > 0; left -= s.step {
		var entries []Entry
		entries, err = db.Read(ctx, m.db, in, func(tx tx) ([]Entry, error) { return sitemapEntries(ctx, tx, s.from, min(s.step, left)) })
		if err != nil || !take(entries) || len(entries) < s.step {
			break
		}
		s.from = entries[len(entries)-1].ID + 1
	}
	return err
}
