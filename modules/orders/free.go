package orders

import (
	"context"

	"orion/kit/db"
	"orion/kit/money"
	"orion/kit/tenant"
)

// Free is how near a cart is to delivery that costs nothing.
type Free struct {
	Known   bool         // some method has a threshold for these goods
	Reached bool         // and it is reached
	Missing money.Amount // otherwise this much more
}

// FreeDelivery tells how far a cart's goods are from free delivery to where its
// buyer lives, or the shop stands while that is not known.
func (m *Module) FreeDelivery(ctx context.Context, in tenant.Store, c Cart, shop Shop) (Free, error) {
	goods, err := c.Goods(shop.Currency)
	if err != nil {
		return Free{}, err
	}
	p := Parcel{Country: c.Checkout.Address.Country, Postal: c.Checkout.Address.Postal, Goods: goods}
	if p.Country == "" {
		p.Country, p.Postal = shop.Country, ""
	}
	physical := false
	for _, i := range c.Items {
		p.Grams += i.Offer.Grams * i.Quantity
		physical = physical || !i.Offer.Digital
	}
	if !physical || !goods.IsPositive() {
		return Free{}, nil
	}
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Free, error) {
		methods, err := m.knownMethods(ctx, tx)
		return freeOf(methods, p), err
	})
}

// freeOf is the nearest threshold of the methods that go where the parcel goes.
func freeOf(methods []Method, p Parcel) Free {
	var lowest int64
	for _, d := range methods {
		if !d.Active || d.Pickup {
			continue
		}
		for _, z := range d.Zones {
			if !z.covers(p) {
				continue
			}
			if z.FreeFrom > 0 && (lowest == 0 || z.FreeFrom < lowest) {
				lowest = z.FreeFrom
			}
			break // the first zone that fits decides
		}
	}
	missing := money.New(max(lowest-p.Goods.Minor, 0), p.Goods.Currency)
	return Free{Known: lowest > 0, Reached: lowest > 0 && missing.IsZero(), Missing: missing}
}
