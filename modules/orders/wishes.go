package orders

import (
	"context"
	"errors"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

// Wanted is a product that somebody puts on the wish list, by the name that it
// has in addresses, and the variant that they looked at, if any.
type Wanted struct {
	Slug    string
	Variant catalogapi.VariantID
}

// Wishes is the wish list of a visitor, the latest first, with today's prices
// and stock. A customer who comes with a list from before signing in finds it
// merged with the one that was kept for them. It takes five statements.
func (m *Module) Wishes(ctx context.Context, in tenant.Store, v Visit) ([]Wish, error) {
	if v.Token != "" && !v.Customer.IsZero() {
		return db.Write(ctx, m.need.Kit.DB.Relaxed(), in, func(tx tx) ([]Wish, error) {
			if err := m.mergeWishes(ctx, tx, v.Holder); err != nil {
				return nil, err
			}
			return m.wishes(ctx, tx, v)
		})
	}
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]Wish, error) { return m.wishes(ctx, tx, v) })
}

func (m *Module) wishes(ctx context.Context, tx tx, v Visit) ([]Wish, error) {
	l, err := m.wishlist(ctx, tx, v.Holder)
	if err != nil || l.id.IsZero() {
		return nil, err
	}
	list, err := wishesOf(ctx, tx, l)
	if err != nil {
		return nil, err
	}
	return list, m.describe(ctx, tx, v, list)
}

// describe gives wishes their products, prices and stock.
func (m *Module) describe(ctx context.Context, tx tx, v Visit, list []Wish) error {
	ids := make([]catalogapi.ProductID, len(list))
	for k, w := range list {
		ids[k] = w.Product
	}
	about, err := m.need.Products.Describe(ctx, tx, v.Lang, ids)
	if err != nil {
		return err
	}
	var items []Item
	for k := range list {
		list[k].About = about[list[k].Product]
		for _, variant := range list[k].asked() {
			items = append(items, Item{Variant: variant, Quantity: 1})
		}
	}
	if err := m.refresh(ctx, tx, v, items, m.glance()); err != nil {
		return err
	}
	for k := range list {
		n := len(list[k].asked())
		list[k].settle(items[:n])
		items = items[n:]
	}
	return nil
}

// Wish puts a product on the visitor's list and gives the token of the list: a
// new one when a guest had none. What is on it already keeps its place.
func (m *Module) Wish(ctx context.Context, in tenant.Store, v Visit, want Wanted) (string, error) {
	return db.Write(ctx, m.need.Kit.DB.Relaxed(), in, func(tx tx) (string, error) {
		p, err := m.wanted(ctx, tx, v, want)
		if err != nil {
			return "", err
		}
		l, key, err := m.openWishes(ctx, tx, v.Holder)
		if err != nil {
			return "", err
		}
		added, err := addWish(ctx, tx, l, p)
		if err != nil {
			return "", err
		}
		if !added {
			return "", errWishesFull.With("max", int64(maxWishes))
		}
		return key, nil
	})
}

// wanted is what somebody wishes for, as long as the store sells it.
func (m *Module) wanted(ctx context.Context, tx tx, v Visit, want Wanted) (Wish, error) {
	p, err := m.need.Products.BySlug(ctx, tx, v.Lang, want.Slug)
	if errors.Is(err, db.ErrNoRow) {
		return Wish{}, errNoProduct
	}
	if err != nil || want.Variant.IsZero() {
		return Wish{Product: p.Product}, err
	}
	offers, err := m.need.Catalog.Glance(ctx, tx, v.Lang, []catalogapi.VariantID{want.Variant})
	if offers[want.Variant].Product != p.Product {
		want.Variant = 0 // of another product, or none
	}
	return Wish{Product: p.Product, Chosen: want.Variant}, err
}

// Unwish takes the product with a name off the visitor's list.
func (m *Module) Unwish(ctx context.Context, in tenant.Store, v Visit, slug string) error {
	return db.Do(ctx, m.need.Kit.DB.Relaxed(), in, func(tx tx) error {
		p, err := m.wanted(ctx, tx, v, Wanted{Slug: slug})
		if err != nil {
			return err
		}
		return m.forget(ctx, tx, v.Holder, p.Product)
	})
}

// Forget takes a product off the visitor's list, whatever became of it.
func (m *Module) Forget(ctx context.Context, in tenant.Store, h Holder, p catalogapi.ProductID) error {
	return db.Do(ctx, m.need.Kit.DB.Relaxed(), in, func(tx tx) error { return m.forget(ctx, tx, h, p) })
}

func (m *Module) forget(ctx context.Context, tx tx, h Holder, p catalogapi.ProductID) error {
	if err := m.mergeWishes(ctx, tx, h); err != nil {
		return err
	}
	l, err := m.wishlist(ctx, tx, h)
	if err != nil || l.id.IsZero() {
		return err
	}
	return deleteWish(ctx, tx, l, p)
}

// Moving is a wish on its way into the cart: whose list, and whose cart.
type Moving struct {
	Product catalogapi.ProductID
	List    Visit
	Cart    Visit
}

// Move puts a wish into the cart, in the smallest quantity that is sold, and
// takes it off the list, or neither. It gives the token of the cart as Add does.
func (m *Module) Move(ctx context.Context, in tenant.Store, mv Moving) (string, error) {
	return db.Write(ctx, m.need.Kit.DB.Relaxed(), in, func(tx tx) (string, error) {
		if err := m.mergeWishes(ctx, tx, mv.List.Holder); err != nil {
			return "", err
		}
		l, err := m.wishlist(ctx, tx, mv.List.Holder)
		if err != nil {
			return "", err
		}
		w, err := findWish(ctx, tx, l, mv.Product)
		if errors.Is(err, db.ErrNoRow) {
			return "", errNoWish
		}
		if err != nil {
			return "", err
		}
		one := []Wish{w}
		if err := m.describe(ctx, tx, mv.List, one); err != nil {
			return "", err
		}
		if err := one[0].refusal(); err != nil {
			return "", err
		}
		n := max(one[0].Item.Offer.MinQty, 1)
		a, err := m.add(ctx, tx, mv.Cart, Pick{Variant: one[0].Item.Variant, Quantity: n})
		if err != nil {
			return "", err
		}
		return a.token, deleteWish(ctx, tx, l, mv.Product)
	})
}

// wishlist finds the list that a visitor has, and none without an error: a
// customer's own before the one of their token.
func (m *Module) wishlist(ctx context.Context, tx tx, h Holder) (wishlist, error) {
	if !h.Customer.IsZero() {
		if l, err := findWishlistOf(ctx, tx, h); !errors.Is(err, db.ErrNoRow) {
			return l, err
		}
	}
	t, ok := parseWishToken(h.Token)
	if !ok {
		return wishlist{}, nil
	}
	l, err := findWishlistByToken(ctx, tx, t)
	if errors.Is(err, db.ErrNoRow) {
		return wishlist{}, nil
	}
	return l, err
}

// openWishes finds the visitor's list or makes one, and gives its token.
func (m *Module) openWishes(ctx context.Context, tx tx, h Holder) (wishlist, string, error) {
	if err := m.mergeWishes(ctx, tx, h); err != nil {
		return wishlist{}, "", err
	}
	l, err := m.wishlist(ctx, tx, h)
	switch {
	case err != nil:
		return wishlist{}, "", err
	case !l.id.IsZero() && !l.customer.IsZero():
		return l, "", nil
	case !l.id.IsZero():
		return l, h.Token, nil
	case !h.Customer.IsZero():
		fresh := wishlist{id: db.NewID[wishlistKind](tx), customer: h.Customer}
		if err := insertWishlist(ctx, tx, fresh, ""); err != nil {
			return wishlist{}, "", err
		}
		l, err := findWishlistOf(ctx, tx, h) // perhaps another request's, made meanwhile
		return l, "", err
	}
	t := newWishToken(db.NewID[wishlistKind](tx))
	l = wishlist{id: t.list}
	return l, t.String(), insertWishlist(ctx, tx, l, hashOf(t.secret))
}

// mergeWishes gives a signed-in customer the list that they hold a token of.
func (m *Module) mergeWishes(ctx context.Context, tx tx, h Holder) error {
	t, ok := parseWishToken(h.Token)
	if !ok || h.Customer.IsZero() {
		return nil
	}
	loose, err := findWishlistByToken(ctx, tx, t)
	if errors.Is(err, db.ErrNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	own, err := findWishlistOf(ctx, tx, h)
	if errors.Is(err, db.ErrNoRow) {
		return adoptWishlist(ctx, tx, loose, h)
	}
	if err != nil {
		return err
	}
	return mergeWishlist(ctx, tx, loose, own)
}
