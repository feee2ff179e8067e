package app

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"orion/app/certify"
	"orion/app/demo"
	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/db/aside"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/catalog"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/stripe"
)

// trialStore is the demo's store in which is bought to prove something.
const trialStore = "maison-kirchberg"

// putOnSale puts a new thing on sale, half of it at either of two locations, so that
// some orders are split.
func (a *App) putOnSale(ctx context.Context, units int64) (in tenant.Store, variant catalogapi.VariantID, err error) {
	_, in, err = a.store(trialStore)
	if err != nil {
		return in, 0, err
	}
	product, err := a.modules.catalog.Save(ctx, in, catalog.ProductInput{
		Title: i18n.Text{i18n.Fr: "Dernière tasse", i18n.En: "Last cup"}, Slug: fmt.Sprintf("last-cup-%d", units), Status: catalog.Active,
		Variants: []catalog.Variant{{SKU: fmt.Sprintf("LAST-CUP-%d", units), Price: money.New(1990, "EUR"), Grams: 300}},
	})
	if err != nil {
		return in, 0, err
	}
	p, err := a.modules.catalog.Product(ctx, in, product)
	if err != nil {
		return in, 0, err
	}
	if err := a.kit.Events.Flush(ctx, in); err != nil {
		return in, 0, err
	}
	places, err := a.modules.inventory.Locations(ctx, in)
	if err != nil {
		return in, 0, err
	}
	if len(places) < 2 {
		return in, 0, errors.New("the store has no second location")
	}
	for i, q := range []int64{units / 2, units - units/2} {
		err := a.modules.inventory.Receive(ctx, in, auth.SystemActor, inventory.Receipt{
			Location: places[i].ID, Reason: "test", Lines: []inventoryapi.Line{{Variant: p.Variants[0].ID, Quantity: q}},
		})
		if err != nil && q > 0 {
			return in, 0, err
		}
	}
	return in, p.Variants[0].ID, nil
}

// sellOne is a store with one thing on sale, as the suites need it.
func (a *App) sellOne(ctx context.Context, tables *aside.Tables, units int64) (certify.Counter, error) {
	in, variant, err := a.putOnSale(ctx, units)
	if err != nil {
		return certify.Counter{}, err
	}
	methods, err := a.modules.orders.Methods(ctx, in)
	if err != nil {
		return certify.Counter{}, err
	}
	if len(methods) == 0 {
		return certify.Counter{}, errors.New("the store delivers in no way")
	}
	return certify.Counter{
		Host: trialStore + ".localhost", Variant: variant.String(), Method: methods[0].ID.String(), Units: units, Tables: tables, In: int64(in.ID()),
		Check: func(ctx context.Context) ([]string, error) { return a.imbalances(ctx, in) },
		Left:  func(ctx context.Context) (int64, error) { return a.available(ctx, in, variant) },
	}, nil
}

// imbalances are what the program finds wrong with a store's ledger and its stock.
func (a *App) imbalances(ctx context.Context, in tenant.Store) (out []string, err error) {
	wrong, err := a.modules.payments.Check(ctx, in)
	if len(wrong) > 0 {
		out = append(out, fmt.Sprintf("the ledger of %v is not balanced", wrong))
	}
	levels, failed := a.modules.inventory.Check(ctx, in)
	if len(levels) > 0 {
		out = append(out, fmt.Sprintf("movements do not add up to levels: %v", levels))
	}
	return out, errors.Join(err, failed)
}

func (a *App) available(ctx context.Context, in tenant.Store, v catalogapi.VariantID) (int64, error) {
	return db.Read(ctx, a.db, in, func(tx *db.Tx[tenant.Store]) (int64, error) {
		m, err := a.modules.inventory.Available(ctx, tx, []catalogapi.VariantID{v})
		return m[v], err
	})
}

// openBank is a store that is paid at doubles that outlive the program's servers, and how
// to end the doubles.
func (a *App) openBank(ctx context.Context, tables *aside.Tables, units int64) (_ *certify.Bank, done func() error, err error) {
	c, err := a.sellOne(ctx, tables, units)
	if err != nil {
		return nil, nil, err
	}
	gate, err := certify.OpenGate()
	if err != nil {
		return nil, nil, err
	}
	d := doubles{}
	done = func() error { return errors.Join(gate.Close(), d.close()) }
	if d.cards, err = openDouble("127.0.0.1:0"); err != nil {
		return nil, nil, errors.Join(err, done())
	}
	if d.wallet, err = openWallet("127.0.0.1:0"); err != nil {
		return nil, nil, errors.Join(err, done())
	}
	if err := errors.Join(a.takeCards(ctx, d.cards, gate.Port()), a.takePayPal(ctx, d.wallet, gate.Port())); err != nil {
		return nil, nil, errors.Join(err, done())
	}
	bank, err := a.bankAt(c, d)
	if err != nil {
		return nil, nil, errors.Join(err, done())
	}
	bank.Gate = gate
	return bank, done, nil
}

// bankAt is a counter that is paid at doubles in which the store has its accounts.
func (a *App) bankAt(c certify.Counter, d doubles) (*certify.Bank, error) {
	_, in, err := a.store(trialStore)
	if err != nil {
		return nil, err
	}
	purse := demo.PayPalKeys(trialStore)
	return &certify.Bank{
		Counter: c, Double: d.cards.Stripe, Gateway: d.cards.base, Key: demo.Keys(trialStore).Secret, Hook: a.hookPath(in, stripe.Code),
		Wallet: d.wallet.PayPal, Purse: d.wallet.base, Client: purse.Client, Secret: purse.Secret,
		GiveBack: func(ctx context.Context, method string) { a.giveSomeBack(ctx, in, method) },
	}, nil
}

// giveSomeBack lets staff give a part of some captured payment back.
func (a *App) giveSomeBack(ctx context.Context, in tenant.Store, method string) {
	found, err := a.modules.payments.Payments(ctx, in, payments.Wanted{Status: paymentsapi.Captured, Method: method}, page.Request{Limit: 20})
	if err != nil || len(found.Items) == 0 {
		return
	}
	p := found.Items[rand.N(len(found.Items))]
	_ = a.modules.payments.RefundAs(ctx, in, auth.SystemActor, payments.Return{Payment: p.ID, Amount: money.New(500, "EUR"), Reason: "a dent"}) // may be too late
}
