package reviews

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/reviews/reviewsapi"
)

// Query is what staff want to see of a store's reviews, the newest first.
type Query struct {
	page.Request
	State State  // "" is all
	Stars int64  // 0 is all
	Text  string // in title, text or author
}

// Named is a review with the product that it is about.
type Named struct {
	Review
	About catalogapi.Reference
}

// Reviews lists reviews for staff.
func (m *Module) Reviews(ctx context.Context, in tenant.Store, l i18n.Lang, q Query) (page.Page[Named], error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (page.Page[Named], error) {
		return m.named(ctx, tx, l, q.Request, q.where())
	})
}

// Review is one review with its product.
func (m *Module) Review(ctx context.Context, in tenant.Store, l i18n.Lang, id reviewsapi.ReviewID) (Named, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Named, error) {
		found, err := m.named(ctx, tx, l, page.Request{Limit: 1}, []db.Cond{db.Eq("r.id", id)})
		switch {
		case err != nil:
			return Named{}, err
		case len(found.Items) == 0:
			return Named{}, errUnknown
		}
		return found.Items[0], nil
	})
}

// Own are the reviews that a customer wrote.
func (m *Module) Own(ctx context.Context, in tenant.Store, l i18n.Lang, who auth.CustomerID, r page.Request) (page.Page[Named], error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (page.Page[Named], error) {
		return m.named(ctx, tx, l, r, []db.Cond{db.Eq("r.customer_id", who)})
	})
}

// named lists reviews and describes their products: two statements.
func (m *Module) named(ctx context.Context, tx tx, l i18n.Lang, r page.Request, where []db.Cond) (page.Page[Named], error) {
	found, err := listReviews(ctx, tx, r, where)
	if err != nil {
		return page.Page[Named]{}, err
	}
	var ids []catalogapi.ProductID
	for _, r := range found.Items {
		ids = append(ids, r.Product)
	}
	products, err := m.need.Products.Describe(ctx, tx, l, ids)
	return page.Map(found, func(r Review) Named { return Named{Review: r, About: products[r.Product]} }), err
}

// Opinions is what a product's page of reviews shows.
type Opinions struct {
	page.Page[Review]
	About  catalogapi.Reference
	Spread [5]int64 // how many gave one star, two, and so on
	Own    Review   // of who looks, without an identifier when there is none
}

// Opinions lists what was approved of a product, the newest first: three
// statements, and one more for a customer.
func (m *Module) Opinions(ctx context.Context, in tenant.Store, w Writing, r page.Request) (Opinions, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Opinions, error) {
		var out Opinions
		var err error
		if out.About, err = m.product(ctx, tx, w.Lang, w.Slug); err != nil {
			return out, err
		}
		of := db.Eq("r.product_id", out.About.Product)
		if out.Page, err = listReviews(ctx, tx, r, []db.Cond{of, db.Eq("r.state", Approved)}); err != nil {
			return out, err
		}
		if out.Spread, err = spread(ctx, tx, out.About.Product); err != nil || w.Customer.IsZero() {
			return out, err
		}
		out.Own, err = own(ctx, tx, w.Customer, out.About.Product)
		return out, err
	})
}

// Begun is the product that somebody means to review, and what they wrote of it
// before, without an identifier when that is nothing.
func (m *Module) Begun(ctx context.Context, in tenant.Store, w Writing) (p catalogapi.Reference, mine Review, err error) {
	p, err = db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (catalogapi.Reference, error) {
		p, err := m.product(ctx, tx, w.Lang, w.Slug)
		if err != nil {
			return p, err
		}
		mine, err = own(ctx, tx, w.Customer, p.Product)
		return p, err
	})
	return p, mine, err
}

// MostWaiting is where counting stops.
const MostWaiting = 100

// Waiting is how many reviews of a store wait for a decision, at most
// MostWaiting, mostly from memory.
func (m *Module) Waiting(ctx context.Context, in tenant.Store) (int64, error) {
	if n, ok := m.waiting.GetIfPresent(in.ID()); ok {
		return n, nil
	}
	n, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (int64, error) { return countWaiting(ctx, tx) })
	if err == nil {
		m.waiting.Set(in.ID(), n)
	}
	return n, err
}

// where are the conditions of a query.
func (q Query) where() []db.Cond {
	var out []db.Cond
	if q.State != "" {
		out = append(out, db.Eq("r.state", q.State))
	}
	if q.Stars > 0 {
		out = append(out, db.Eq("r.stars", q.Stars))
	}
	if q.Text != "" {
		out = append(out, db.Any(db.Contains("r.title", q.Text), db.Contains("r.body", q.Text), db.Contains("r.author", q.Text)))
	}
	return out
}
