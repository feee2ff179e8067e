package reviews

import (
	"context"
	"errors"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/reviews/reviewsapi"
)

// Writing is a customer's opinion of the product with a slug.
type Writing struct {
	Customer auth.CustomerID
	Slug     string
	Lang     i18n.Lang
	Opinion
}

// Write keeps what a customer thinks of a product that they can see. Who wrote
// before changes that: there is one review of each customer, however often a
// form is sent. What was changed waits again, where reviews wait or staff hid it.
func (m *Module) Write(ctx context.Context, in tenant.Store, w Writing) (Review, error) {
	w.Opinion = w.tidy()
	if err := w.check(); err != nil {
		return Review{}, err
	}
	conf := m.settings.Of(in)
	return db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (Review, error) {
		p, err := m.product(ctx, tx, w.Lang, w.Slug)
		if err != nil {
			return Review{}, err
		}
		who, err := m.need.Customers.Profile(ctx, tx, w.Customer)
		if err != nil {
			return Review{}, err
		}
		bought, err := hasBought(ctx, tx, w.Customer, p.Product)
		if err != nil {
			return Review{}, err
		}
		if conf.OnlyBuyers && !bought {
			return Review{}, errBuyers
		}
		r := Review{
			ID: reviewsapi.ReviewID(tx.NewID()), Product: p.Product, Customer: w.Customer, Author: author(who.Name), Lang: w.Lang,
			State: Approved, Bought: bought, Opinion: w.Opinion, At: tx.Now(), Changed: tx.Now(),
		}
		if conf.Moderate {
			r.State = Waiting
		}
		return m.put(ctx, tx, r)
	})
}

// put stores a review, in the place of the one that the customer wrote before.
func (m *Module) put(ctx context.Context, tx tx, r Review) (Review, error) {
	fresh, err := insertReview(ctx, tx, r)
	if err != nil {
		return Review{}, err
	}
	if fresh {
		return r, m.moved(ctx, tx, Review{Product: r.Product}, r)
	}
	old, err := holdOwn(ctx, tx, r.Customer, r.Product)
	if err != nil {
		return Review{}, err
	}
	if old.Opinion == r.Opinion {
		return old, nil // the form was sent twice
	}
	if old.State == Hidden {
		r.State = Waiting
	}
	r.ID, r.At, r.Reply, r.RepliedAt = old.ID, old.At, old.Reply, old.RepliedAt
	if err := updateReview(ctx, tx, r); err != nil {
		return Review{}, err
	}
	return r, m.moved(ctx, tx, old, r)
}

// moved brings the product's rating, and the number of those that wait, to what
// a change of a review makes of them.
func (m *Module) moved(ctx context.Context, tx tx, before, after Review) error {
	m.recount(tx)
	was, is := before.counts(), after.counts()
	return m.need.Products.Rate(ctx, tx, before.Product, catalogapi.Rating{Stars: is.Stars - was.Stars, Count: is.Count - was.Count})
}

// recount forgets how many reviews wait.
func (m *Module) recount(tx tx) {
	store := tx.Scope().ID()
	tx.AfterCommit(func() { m.waiting.Invalidate(store) })
}

// product finds a product that the store sells.
func (m *Module) product(ctx context.Context, tx tx, l i18n.Lang, slug string) (catalogapi.Reference, error) {
	p, err := m.need.Products.BySlug(ctx, tx, l, slug)
	if errors.Is(err, db.ErrNoRow) {
		return p, errNoProduct
	}
	return p, err
}

// Delete takes back what a customer wrote.
func (m *Module) Delete(ctx context.Context, in tenant.Store, who auth.CustomerID, id reviewsapi.ReviewID) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		r, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		if r.Customer != who {
			return errUnknown
		}
		return m.remove(ctx, tx, r)
	})
}

func (m *Module) remove(ctx context.Context, tx tx, r Review) error {
	if err := deleteReview(ctx, tx, r.ID); err != nil {
		return err
	}
	return m.moved(ctx, tx, r, Review{})
}
