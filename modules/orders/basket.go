package orders

import (
	"context"
	"errors"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// freshness is how old the date of a cart's last change may be before another
// change writes it anew; the sweep counts in weeks.
const freshness = time.Hour

// Pick is a quantity of a variant that somebody puts into a cart.
type Pick struct {
	Variant  catalogapi.VariantID
	Quantity int64
}

// Cart is the cart of a visitor with today's prices and stock. Somebody who has
// none sees an empty one. A customer who comes with a cart from before signing
// in finds it merged with the one that was kept for them.
func (m *Module) Cart(ctx context.Context, in tenant.Store, v Visit) (Cart, error) {
	if v.Token != "" && !v.Customer.IsZero() {
		return db.Write(ctx, m.need.Kit.DB.Relaxed(), in, func(tx tx) (Cart, error) {
			if err := m.merge(ctx, tx, v.Holder); err != nil {
				return Cart{}, err
			}
			return m.cart(ctx, tx, v)
		})
	}
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Cart, error) { return m.cart(ctx, tx, v) })
}

// Count is how many pieces are in a visitor's cart.
func (m *Module) Count(ctx context.Context, in tenant.Store, h Holder) (int64, error) {
	if h == (Holder{}) {
		return 0, nil
	}
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (int64, error) {
		c, err := m.held(ctx, tx, h)
		if err != nil || c.ID.IsZero() {
			return 0, err
		}
		return countCart(ctx, tx, c.ID)
	})
}

// Begin gives the visitor a cart, empty when they had none, and its token.
func (m *Module) Begin(ctx context.Context, in tenant.Store, h Holder) (string, error) {
	return db.Write(ctx, m.need.Kit.DB.Relaxed(), in, func(tx tx) (string, error) {
		_, key, err := m.open(ctx, tx, h)
		return key, err
	})
}

// Add puts a quantity into the cart, on top of what is there, and gives the
// token of the cart: a new one when the visitor had none.
func (m *Module) Add(ctx context.Context, in tenant.Store, v Visit, p Pick) (string, error) {
	return db.Write(ctx, m.need.Kit.DB.Relaxed(), in, func(tx tx) (string, error) {
		a, err := m.add(ctx, tx, v, p)
		return a.token, err
	})
}

// AddAndLook is Add for who wants to see the cart afterwards, as Cart gives it.
func (m *Module) AddAndLook(ctx context.Context, in tenant.Store, v Visit, p Pick) (string, Cart, error) {
	var c Cart
	token, err := db.Write(ctx, m.need.Kit.DB.Relaxed(), in, func(tx tx) (string, error) {
		a, err := m.add(ctx, tx, v, p)
		if err != nil {
			return "", err
		}
		if a.cart.Items != nil {
			c = a.cart
			return a.token, nil
		}
		v.Token = a.token
		c, err = m.cart(ctx, tx, v)
		return a.token, err
	})
	return token, c, err
}

// added is a cart that something was put into, with its items when they are
// known because the cart was made for them.
type added struct {
	token string
	cart  Cart
}

func (m *Module) add(ctx context.Context, tx tx, v Visit, p Pick) (added, error) {
	if p.Quantity < 1 || p.Quantity > maxQuantity {
		return added{}, errQuantity.With("max", int64(maxQuantity))
	}
	i, most, err := m.item(ctx, tx, v, p)
	if err != nil {
		return added{}, err
	}
	c, key, err := m.open(ctx, tx, v.Holder)
	if err != nil {
		return added{}, err
	}
	i.Quantity = max(i.Quantity, i.Offer.MinQty)
	if i.Quantity%max(i.Offer.Step, 1) != 0 {
		return added{}, errStep.With("step", i.Offer.Step)
	}
	ok, err := addToCart(ctx, tx, c.ID, i, most)
	if err != nil {
		return added{}, err
	}
	if !ok {
		return added{}, m.whyNot(ctx, tx, c.ID, i)
	}
	if key != "" && key != v.Token {
		c.Items = []Item{i}
	}
	return added{key, c}, m.touch(ctx, tx, c)
}

// Set changes the quantity of a variant in the cart; nothing takes it out.
func (m *Module) Set(ctx context.Context, in tenant.Store, v Visit, p Pick) error {
	return db.Do(ctx, m.need.Kit.DB.Relaxed(), in, func(tx tx) error {
		c, err := m.held(ctx, tx, v.Holder)
		if err != nil {
			return err
		}
		if c.ID.IsZero() {
			return errNoCart
		}
		if p.Quantity <= 0 {
			return errors.Join(removeFromCart(ctx, tx, c.ID, p.Variant), m.touch(ctx, tx, c))
		}
		i, most, err := m.item(ctx, tx, v, p)
		switch {
		case err != nil:
			return err
		case p.Quantity > most:
			return refusal(i, most)
		case p.Quantity < i.Offer.MinQty:
			return errTooFew.With("min", i.Offer.MinQty)
		case p.Quantity%max(i.Offer.Step, 1) != 0:
			return errStep.With("step", i.Offer.Step)
		}
		if set, err := setInCart(ctx, tx, c.ID, i); err != nil || !set {
			return errors.Join(err, errNoCart)
		}
		return m.touch(ctx, tx, c)
	})
}

// item is a pick with its offer as pages show it, and the most of it that a cart
// may hold. It is looked at anew when it is ordered.
func (m *Module) item(ctx context.Context, tx tx, v Visit, p Pick) (Item, int64, error) {
	items := []Item{{Variant: p.Variant, Quantity: p.Quantity}}
	if err := m.refresh(ctx, tx, v, items, m.glance()); err != nil {
		return Item{}, 0, err
	}
	i := items[0]
	i.Seen = i.Offer.Unit
	most, err := i.most()
	return i, most, err
}

// whyNot says why a quantity was not added.
func (m *Module) whyNot(ctx context.Context, tx tx, cart CartID, i Item) error {
	items, err := cartItems(ctx, tx, cart)
	if err != nil {
		return err
	}
	if len(items) >= maxItems {
		return errFull.With("max", int64(maxItems))
	}
	most, err := i.most()
	if err != nil {
		return err
	}
	return refusal(i, most)
}

// cart reads a visitor's cart.
func (m *Module) cart(ctx context.Context, tx tx, v Visit) (Cart, error) {
	c, err := m.held(ctx, tx, v.Holder)
	if err != nil || c.ID.IsZero() {
		return c, err
	}
	for i := range c.Items {
		c.Items[i].Seen.Currency = v.Shop.Currency
	}
	return c, m.refresh(ctx, tx, v, c.Items, m.glance())
}

// held finds the cart that a visitor has, and the zero cart when there is none:
// a customer's own before the one of their token.
func (m *Module) held(ctx context.Context, tx tx, h Holder) (Cart, error) {
	if !h.Customer.IsZero() {
		if c, err := findCartOf(ctx, tx, h); !errors.Is(err, db.ErrNoRow) {
			return c, err
		}
	}
	t, ok := parseToken(h.Token)
	if !ok {
		return Cart{}, nil
	}
	c, err := findCartByToken(ctx, tx, t)
	if errors.Is(err, db.ErrNoRow) {
		return Cart{}, nil
	}
	return c, err
}

// open finds the visitor's cart or makes one, and gives its token.
func (m *Module) open(ctx context.Context, tx tx, h Holder) (Cart, string, error) {
	if err := m.merge(ctx, tx, h); err != nil {
		return Cart{}, "", err
	}
	c, err := m.held(ctx, tx, h)
	if err != nil {
		return Cart{}, "", err
	}
	switch {
	case !c.ID.IsZero() && !c.Customer.IsZero():
		return c, "", nil
	case !c.ID.IsZero():
		return c, h.Token, nil
	case !h.Customer.IsZero():
		fresh := Cart{ID: db.NewID[cartKind](tx), Customer: h.Customer, ChangedAt: tx.Now()}
		if err := insertCart(ctx, tx, fresh, ""); err != nil {
			return Cart{}, "", err
		}
		c, err := findCartOf(ctx, tx, h) // perhaps another request's, made meanwhile
		return c, "", err
	}
	t := newToken(db.NewID[cartKind](tx))
	c = Cart{ID: t.cart, ChangedAt: tx.Now()}
	return c, t.String(), insertCart(ctx, tx, c, t.hash())
}

// merge gives a signed-in customer the cart that they hold a token of.
func (m *Module) merge(ctx context.Context, tx tx, h Holder) error {
	t, ok := parseToken(h.Token)
	if !ok || h.Customer.IsZero() {
		return nil
	}
	loose, err := findCartByToken(ctx, tx, t)
	if errors.Is(err, db.ErrNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	own, err := findCartOf(ctx, tx, h)
	if errors.Is(err, db.ErrNoRow) {
		return adoptCart(ctx, tx, loose.ID, h)
	}
	if err != nil {
		return err
	}
	return mergeCart(ctx, tx, loose.ID, own.ID)
}

func (m *Module) touch(ctx context.Context, tx tx, c Cart) error {
	if tx.Now().Sub(c.ChangedAt) < freshness {
		return nil
	}
	return touchCart(ctx, tx, c.ID)
}
