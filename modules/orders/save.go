package orders

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
)

// Quote prices the visitor's cart as it would be sold now, with everything that
// can still be chosen.
func (m *Module) Quote(ctx context.Context, in tenant.Store, v Visit) (Quote, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Quote, error) {
		c, err := m.cart(ctx, tx, v)
		if err != nil {
			return Quote{}, err
		}
		return m.quote(ctx, tx, c, v, m.knownMethods)
	})
}

// Save keeps what the visitor typed into the checkout, right or wrong, and then
// checks the named parts of it. The quote is what the checkout comes to, and is
// given together with the fault, so that a page can show both.
func (m *Module) Save(ctx context.Context, in tenant.Store, v Visit, c Checkout, parts ...Part) (Quote, error) {
	return m.Amend(ctx, in, v, func(old *Checkout) { *old = c }, parts...)
}

// Amend is Save for who sends the checkout piece by piece. Of two that change
// it at once, the second changes what the first left.
func (m *Module) Amend(ctx context.Context, in tenant.Store, v Visit, edit func(*Checkout), parts ...Part) (Quote, error) {
	for range amendTries {
		q, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Quote, error) {
			cart, err := m.cart(ctx, tx, v)
			if err != nil {
				return Quote{}, err
			}
			if cart.ID.IsZero() {
				return Quote{}, errEmpty
			}
			edit(&cart.Checkout)
			cart.Checkout = cart.Checkout.tidy()
			return m.quote(ctx, tx, cart, v, m.knownMethods)
		})
		if err != nil {
			return Quote{}, err
		}
		saved, err := saveCheckout(ctx, m.need.Kit.DB.Relaxed(), in, q.Cart)
		if err != nil {
			return Quote{}, err
		}
		if saved {
			return q, q.Checkout.check(q, parts...)
		}
	}
	return Quote{}, db.ErrBusy
}

// amendTries is how often a checkout is read anew because somebody else changed
// it in between.
const amendTries = 4
