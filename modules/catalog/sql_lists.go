package catalog

import (
	"context"
	"slices"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/tenant"
)

var (
	sqlHitsAll       = db.Must[tenant.Store](files, "hits_all")
	sqlHitsIn        = db.Must[tenant.Store](files, "hits_in")
	sqlHitsFound     = db.Must[tenant.Store](files, "hits_found")
	sqlCards         = db.Must[tenant.Store](files, "cards")
	sqlCardsFound    = db.Must[tenant.Store](files, "cards_found")
	sqlRelatedCards  = db.Must[tenant.Store](files, "related_cards")
	sqlCategoryCards = db.Must[tenant.Store](files, "category_cards")
	sqlHomeCards     = db.Must[tenant.Store](files, "home_cards")
	sqlPageProduct   = db.Must[tenant.Store](files, "page_product")
	sqlStaffProducts = db.MustList[tenant.Store](files, "staff_products")
	sqlExtraKeys     = db.Must[tenant.Store](files, "extra_keys")
	sqlLabels        = db.Must[tenant.Store](files, "labels")
	sqlVocabulary    = db.Must[tenant.Store](files, "vocabulary")
)

func loadHits(ctx context.Context, tx tx, q hitsQuery) ([]hit, error) {
	stmt, args := sqlHitsAll, db.Args(nil)
	switch {
	case len(q.terms) > 0:
		stmt, args = sqlHitsFound, db.Args{"query": termQuery(tx, q.terms)}
	case q.categories != nil:
		stmt, args = sqlHitsIn, db.Args{"categories": q.categories}
	}
	text, err := db.One(ctx, tx, stmt, args, func(r db.Row) (string, error) {
		var s string
		err := r.Scan(&s)
		return s, err
	})
	return hits(text), err
}

func loadVocabulary(ctx context.Context, tx tx) (string, error) {
	return db.One(ctx, tx, sqlVocabulary, nil, func(r db.Row) (string, error) {
		var s string
		err := r.Scan(&s)
		return s, err
	})
}

func scanCard(l i18n.Lang) func(db.Row) (Card, error) {
	return func(r db.Row) (Card, error) {
		var c Card
		var title, cover, currency string
		err := r.Scan(&c.ID, &c.Slug, &title, &c.Brand, &cover, &currency, &c.Price.Minor, &c.PriceMax.Minor,
			&c.CompareAt.Minor, &c.Lowest.Minor, &c.Content.Milli, &c.Content.Unit, &c.Variants, &c.InStock, &c.Featured, &c.Rating.Stars, &c.Rating.Count)
		c.Title, c.Cover = flatText(title, l), readCover(cover)
		c.Price.Currency, c.PriceMax.Currency = money.Currency(currency), money.Currency(currency)
		if c.CompareAt.Minor != 0 {
			c.CompareAt.Currency = money.Currency(currency)
		}
		if c.Lowest.Minor != 0 {
			c.Lowest.Currency = money.Currency(currency)
		}
		return c, err
	}
}

func loadCards(ctx context.Context, tx tx, l i18n.Lang, ids []int64) ([]Card, error) {
	return db.All(ctx, tx, sqlCards, db.Args{"ids": ids}, scanCard(l))
}

func foundCards(ctx context.Context, tx tx, l i18n.Lang, words []string) ([]Card, error) {
	return db.All(ctx, tx, sqlCardsFound, db.Args{"query": termQuery(tx, words)}, scanCard(l))
}

func homeCards(ctx context.Context, tx tx, l i18n.Lang) ([]Card, error) {
	return db.All(ctx, tx, sqlHomeCards, nil, scanCard(l))
}

// categoryCards are the first products of categories: featured, then new.
func categoryCards(ctx context.Context, tx tx, l i18n.Lang, in []int64) ([]Card, error) {
	return db.All(ctx, tx, sqlCategoryCards, db.Args{"categories": in}, scanCard(l))
}

// maxRelated fills one row.
const maxRelated = 4

// relatedCards are products of the same category, then of the same brand, then
// those that the store puts first, so that a row is full where there is enough.
func relatedCards(ctx context.Context, tx tx, l i18n.Lang, p Page) ([]Card, error) {
	all, err := db.All(ctx, tx, sqlRelatedCards, db.Args{"id": p.ID, "category_id": int64(p.Category), "brand": p.Brand}, scanCard(l))
	var out []Card
	for _, c := range all {
		if len(out) < maxRelated && !slices.ContainsFunc(out, func(have Card) bool { return have.ID == c.ID }) {
			out = append(out, c)
		}
	}
	return out, err
}

// pageProduct reads a product for its page, in one language.
func pageProduct(ctx context.Context, tx tx, l i18n.Lang, slug string) (Page, error) {
	return db.One(ctx, tx, sqlPageProduct, db.Args{"slug": slug}, func(r db.Row) (Page, error) {
		var p Page
		var title, summary, body, seoTitle, seoDescription, tags, options, images, currency string
		var category *int64
		err := r.Scan(&p.ID, &p.Slug, &title, &summary, &body, &seoTitle, &seoDescription, &p.Brand, &category,
			&tags, &options, &images, &currency, &p.TaxClass, &p.Digital,
			&p.MinQty, &p.MaxQty, &p.Step, &p.Price.Minor, &p.PriceMax.Minor, &p.CompareAt.Minor, &p.Lowest.Minor, &p.InStock, db.Time(&p.UpdatedAt), &p.Rating.Stars, &p.Rating.Count)
		p.Title, p.Summary, p.Body = flatText(title, l), flatText(summary, l), flatText(body, l)
		p.SEOTitle, p.SEODescription = flatText(seoTitle, l), flatText(seoDescription, l)
		p.Tags, p.Options, p.Images = pageTags(tags), pageOptions(options, l), pageImages(images, l)
		p.Currency = money.Currency(currency)
		p.Price.Currency, p.PriceMax.Currency = p.Currency, p.Currency
		if p.CompareAt.Minor != 0 {
			p.CompareAt.Currency = p.Currency
		}
		if category != nil {
			p.Category = CategoryID(*category)
		}
		return p, err
	})
}

func staffProducts(ctx context.Context, tx tx, l i18n.Lang, f db.Filter) ([]Row, error) {
	return db.List(ctx, tx, sqlStaffProducts, f, func(r db.Row) (Row, error) {
		var p Row
		var title, cover, currency string
		var category *int64
		err := r.Scan(&p.ID, &p.Slug, &p.Status, &title, &p.Brand, &category, &cover, &currency, &p.Price.Minor,
			&p.PriceMax.Minor, &p.CompareAt.Minor, &p.Variants, &p.InStock, db.Time(&p.UpdatedAt))
		p.Title, p.Cover = flatText(title, l), readCover(cover)
		p.Price.Currency, p.PriceMax.Currency = money.Currency(currency), money.Currency(currency)
		if category != nil {
			p.Category = CategoryID(*category)
		}
		return p, err
	})
}

func extraKeys(ctx context.Context, tx tx) ([]string, error) {
	return db.All(ctx, tx, sqlExtraKeys, nil, func(r db.Row) (string, error) {
		var key string
		err := r.Scan(&key)
		return key, err
	})
}

func loadLabels(ctx context.Context, tx tx) (labels, error) {
	type label struct{ kind, word string }
	rows, err := db.All(ctx, tx, sqlLabels, db.Args{"most": maxLabels}, func(r db.Row) (l label, err error) {
		return l, r.Scan(&l.kind, &l.word)
	})
	var out labels
	for _, l := range rows {
		if l.kind == "b" {
			out.brands = append(out.brands, l.word)
		} else {
			out.tags = append(out.tags, l.word)
		}
	}
	return out, err
}
