package app

import (
	"context"
	"strings"

	"orion/app/demo"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments"
	"orion/modules/payments/paypal"
	"orion/modules/payments/stripe"
)

// gateways are those outside that take payments for stores.
func (m *modules) gateways(k module.Kit) []payments.Gateway {
	return []payments.Gateway{m.stripe(k), m.paypal(k)}
}

// stripe takes payments for the stores that have an account there. The demo's
// accounts are known to the double alone, so nobody outside is asked about them; and
// keys that move money are shown to Stripe itself and to nobody else.
func (m *modules) stripe(k module.Kit) *stripe.Gateway {
	itself := stripe.Itself(k.Config.Services.Stripe)
	known := func(a stripe.Account) (stripe.Account, bool) {
		if a.Secret == "" || itself && strings.HasPrefix(a.Secret, demo.StripeSecret) || !itself && a.Live() {
			return stripe.Account{}, false
		}
		return a, true
	}
	return stripe.New(stripe.Options{
		Base: k.Config.Services.Stripe, Clock: k.Clock,
		Account: func(in tenant.Store) (stripe.Account, bool) {
			a := m.payments.StripeAccount(in)
			return known(stripe.Account{
				Public: a.Public, Secret: a.Secret, Signing: a.Signing, Manual: a.Hold, Connected: a.Connected, Waits: a.Connected != "" && !a.Active, Fee: a.Fee,
			})
		},
		Umbrella: func(in tenant.Store) (stripe.Account, bool) {
			a := m.payments.StripeUmbrella(in)
			return known(stripe.Account{Public: a.Public, Secret: a.Secret, Signing: a.Signing})
		},
		Page:    func(in tenant.Store, payment string) string { return m.payments.FormPath(in, payment) },
		Address: m.address,
	})
}

// paypal takes payments for the stores that have an account there. The demo's accounts
// are known to the double alone.
func (m *modules) paypal(k module.Kit) *paypal.Gateway {
	itself := paypal.Itself(k.Config.Services.PayPal)
	return paypal.New(paypal.Options{
		Base: k.Config.Services.PayPal, Clock: k.Clock,
		Account: func(in tenant.Store) (paypal.Account, bool) {
			a := m.payments.PayPalAccount(in)
			return paypal.Account(a), a.Client != "" && a.Secret != "" && !(itself && strings.HasPrefix(a.Client, demo.PayPalClient))
		},
		Address: m.address,
	})
}

// address is the whole address of a path of a store's pages: as the reader came, or,
// where nobody did, by the store's own name.
func (m *modules) address(ctx context.Context, in tenant.Store, path string) string {
	if origin := web.OriginOf(ctx); origin != "" {
		return origin + path
	}
	if shop, ok := m.shop(in); ok {
		return "https://" + m.tenancy.Host(shop) + path
	}
	return ""
}

func (m *modules) shop(in tenant.Store) (*web.Shop, bool) {
	shop := m.tenancy.Shop(in.ID(), in.Platform())
	return shop, shop != nil
}

// onPlatform is a store of a platform.
func (m *modules) onPlatform(p tenant.Platform, store tenant.StoreID) (tenant.Store, bool) {
	shop := m.tenancy.Shop(store, p.ID())
	if shop == nil {
		return tenant.Store{}, false
	}
	return m.mint(shop), true
}

// desk is where a store's staff are written to about its payments.
func (m *modules) desk(in tenant.Store) (payments.Desk, bool) {
	shop, ok := m.shop(in)
	if !ok {
		return payments.Desk{}, false
	}
	return payments.Desk{
		Shop: shop.Name, Email: shop.Email, Lang: shop.StaffLang, Country: shop.Country, Staff: "https://" + m.tenancy.Host(shop) + "/store",
	}, true
}

// known is what a store knows of a sale that was disputed.
func (m *modules) known(ctx context.Context, in tenant.Store, kind string, number int64) (payments.Evidence, error) {
	if kind != "order" {
		return payments.Evidence{}, nil
	}
	p, err := m.orders.Proof(ctx, in, ordersapi.OrderID(number))
	return payments.Evidence{
		Product: p.Product, Customer: p.Customer, Email: p.Email, Address: p.Address, Carrier: p.Carrier, Tracking: p.Tracking, ShippedOn: p.ShippedOn,
	}, err
}
