package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"orion/app/demo/content"
	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/customers"
	"orion/modules/customers/customersapi"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/orders"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/paymentsapi"
)

// accounts is how many customers of each store can sign in; hashing a password
// takes time on purpose, so the others buy as guests.
const accounts = 2

// customers makes the people who buy later.
func (f *filling) customers(ctx context.Context) error {
	for i, c := range f.demo.Customers {
		at := f.stores[f.demo.Stores[i%len(f.demo.Stores)].Code]
		account := customers.Account{
			Email: c.Email, Name: c.Name(), Phone: c.Phone, Lang: c.Lang, Consent: i%3 == 0,
			Addresses: []customersapi.Address{Address(c)},
		}
		if i < accounts*len(f.demo.Stores) {
			account.Password = Password
		}
		id, err := f.Customers.Add(ctx, at.in, account)
		if err != nil {
			return fmt.Errorf("customer %s: %w", c.Email, err)
		}
		if account.Password == "" {
			continue
		}
		if err := f.wish(ctx, at, id, i); err != nil {
			return err
		}
	}
	f.told("customers")
	return nil
}

// ordersPerDay is how many orders all stores together get on an ordinary day.
const ordersPerDay = 4

// sales places three months of orders, and moves each as far as its age says.
func (f *filling) sales(ctx context.Context) error {
	for _, s := range f.demo.Stores {
		if err := f.delivery(ctx, f.stores[s.Code]); err != nil {
			return fmt.Errorf("delivery of %s: %w", s.Code, err)
		}
		if err := f.payment(ctx, f.stores[s.Code]); err != nil {
			return fmt.Errorf("payment of %s: %w", s.Code, err)
		}
	}
	f.post()
	if err := f.blog(ctx); err != nil {
		return fmt.Errorf("blog: %w", err)
	}
	if err := f.subscribe(ctx); err != nil {
		return fmt.Errorf("newsletter: %w", err)
	}
	days := int(f.Now.Sub(f.Clock.Now()).Hours()/24) - 1
	n := int(float64(days) * ordersPerDay)
	for i := range n {
		// The stores grow: the closer to today, the more is sold.
		age := time.Duration(math.Pow(float64(n-i)/float64(n), 1.4) * float64(days) * float64(24*time.Hour))
		at := f.Now.Add(-age).Truncate(24 * time.Hour).Add(time.Duration(8+f.rand.IntN(12))*time.Hour + time.Duration(f.rand.IntN(3600))*time.Second)
		if at.After(f.Now) {
			at = f.Now.Add(-time.Duration(n-i) * time.Minute)
		}
		if at.After(f.Clock.Now()) {
			f.Clock.Set(at)
		}
		if err := errors.Join(f.opinions(ctx), f.deliver(ctx)); err != nil {
			return err
		}
		if err := f.sale(ctx, i, age); err != nil {
			return fmt.Errorf("order %d: %w", i, err)
		}
		if i%max(1, n/6) == 0 {
			f.told("orders")
		}
	}
	return nil
}

func (f *filling) delivery(ctx context.Context, at *stock) error {
	eu := []string{"BE", "DE", "FR", "NL", "AT"}
	for i, m := range []orders.Method{
		{
			Name:    i18n.Text{i18n.En: "Post", i18n.Fr: "Poste", i18n.De: "Post", i18n.Lb: "Post"},
			Promise: i18n.Text{i18n.En: "1 to 2 working days", i18n.Fr: "1 à 2 jours ouvrables", i18n.De: "1 bis 2 Werktage", i18n.Lb: "1 bis 2 Wierkdeeg"},
			Zones: []orders.Zone{
				{Countries: []string{"LU"}, Rates: []orders.Rate{{From: 0, Price: 490}}, FreeFrom: 6000, DaysFrom: 1, DaysTo: 2},
				{Countries: eu, ByWeight: true, Rates: []orders.Rate{{From: 0, Price: 990}, {From: 5000, Price: 1490}}, MaxGrams: 20000, DaysFrom: 3, DaysTo: 5},
			},
		},
		{
			Name:    i18n.Text{i18n.En: "Pick up in the shop", i18n.Fr: "Retrait en boutique", i18n.De: "Abholung im Laden", i18n.Lb: "Am Buttek ofhuelen"},
			Promise: i18n.Text{i18n.En: "Ready in two hours", i18n.Fr: "Prêt en deux heures", i18n.De: "In zwei Stunden bereit", i18n.Lb: "An zwou Stonne prett"},
			Pickup:  true,
			Zones:   []orders.Zone{{Today: true}},
		},
	} {
		m.Active, m.Position = true, int64(i)
		id, err := f.Orders.SaveMethod(ctx, at.in, m, f.by)
		if err != nil {
			return err
		}
		at.methods = append(at.methods, id)
	}
	return f.Core.Save(ctx, at.in, f.by, ordersapi.Code, json.RawMessage(`{"backorder_days": 10, "cutoff": "15:00"}`))
}

// payment offers all ways to pay that need nobody outside.
func (f *filling) payment(ctx context.Context, at *stock) error {
	for _, m := range f.demo.Merchants {
		if m.Code != at.content.Merchant {
			continue
		}
		raw, err := json.Marshal(map[string]any{
			"bank_transfer": true, "account_holder": m.Name, "iban": m.IBAN, "on_delivery": true, "on_delivery_limit": 0,
			"test": true, "test_late_minutes": 5,
		})
		if err != nil {
			return err
		}
		return f.Core.Save(ctx, at.in, f.by, paymentsapi.Code, raw)
	}
	return fmt.Errorf("no merchant %s", at.content.Merchant)
}

// sale is one order from cart to wherever it has come by now.
func (f *filling) sale(ctx context.Context, i int, age time.Duration) error {
	at := f.stores[f.demo.Stores[f.rand.IntN(len(f.demo.Stores))].Code]
	who := f.demo.Customers[f.rand.IntN(len(f.demo.Customers))]
	visit := orders.Visit{Lang: who.Lang, Shop: orders.Shop{
		Name: at.shop.Name, Country: at.shop.Country, Email: at.shop.Email, Origin: "http://" + at.shop.Code + ".localhost:8080",
		Currency: at.shop.Currency, Lang: at.shop.Lang,
	}}
	ok, err := f.cart(ctx, at, &visit)
	if err != nil || !ok {
		return err
	}
	method, paying := at.methods[0], "bank_transfer"
	if f.rand.IntN(4) == 0 {
		method = at.methods[1]
	}
	if f.rand.IntN(3) == 0 {
		paying = "on_delivery"
	}
	_, err = f.Orders.Save(ctx, at.in, visit, orders.Checkout{
		Contact: orders.Contact{Email: who.Email, Name: who.Name(), Phone: who.Phone, Terms: true, Marketing: i%5 == 0},
		Address: Address(who), Method: method, Payment: paying,
	}, orders.ContactPart, orders.AddressPart, orders.DeliveryPart, orders.PaymentPart)
	if err != nil {
		return err
	}
	receipt, err := f.Orders.Place(ctx, at.in, orders.Placing{Visit: visit, Key: fmt.Sprintf("demo-%d", i)})
	if errors.Is(err, inventoryapi.ErrShort) {
		return nil // somebody was faster, as in life
	}
	if err != nil {
		return err
	}
	if _, err := f.Orders.Pay(ctx, at.in, receipt.Order); err != nil {
		return err
	}
	if err := f.Events.Flush(ctx, at.in); err != nil {
		return err
	}
	return f.follow(ctx, at, receipt.Order, age)
}

func (f *filling) cart(ctx context.Context, at *stock, visit *orders.Visit) (bool, error) {
	filled := false
	for range 1 + f.rand.IntN(3) {
		pick := orders.Pick{Variant: at.variants[f.rand.IntN(len(at.variants))], Quantity: int64(1 + f.rand.IntN(2))}
		token, err := f.Orders.Add(ctx, at.in, *visit, pick)
		if k := fault.As(err); k != nil && k.Kind != fault.Internal {
			continue // sold out, or not that many
		}
		if err != nil {
			return false, err
		}
		visit.Token, filled = token, true
	}
	return filled, nil
}

// follow moves an order on: what is older than a few days has arrived.
func (f *filling) follow(ctx context.Context, at *stock, o orders.Order, age time.Duration) error {
	clerk := auth.Actor{Kind: "user", Name: "Claire Weber"}
	luck := f.rand.IntN(100)
	if luck < 4 {
		_, err := f.Orders.Cancel(ctx, at.in, o.ID, "", clerk)
		return errors.Join(err, f.Events.Flush(ctx, at.in))
	}
	if !o.Payment.Deferred {
		if age < 36*time.Hour && luck < 50 {
			return nil // the transfer has not arrived yet
		}
		f.pass(time.Duration(10+f.rand.IntN(120)) * time.Minute)
		if err := f.arrived(ctx, at.in, o, "Bank statement"); err != nil {
			return err
		}
	}
	if age < 30*time.Hour {
		return nil
	}
	f.pass(time.Duration(20+f.rand.IntN(100)) * time.Minute)
	fresh, err := f.Orders.Order(ctx, at.in, o.ID)
	if err != nil {
		return err
	}
	all := map[orders.LineID]int64{}
	for i, l := range fresh.Lines {
		if luck%3 == 0 && age < 8*24*time.Hour && i > 0 {
			continue // the rest follows
		}
		all[l.ID] = l.Quantity
	}
	parcel := orders.Shipment{Lines: all, Carrier: "Post Luxembourg", Tracking: fmt.Sprintf("LU%09d", f.rand.IntN(1e9))}
	parcel.URL = "https://post.example/track/" + parcel.Tracking
	if fresh, err = f.Orders.Ship(ctx, at.in, o.ID, parcel, clerk); err != nil {
		return err
	}
	if age > 4*24*time.Hour && fresh.Status == ordersapi.Shipped {
		if _, err = f.Orders.Deliver(ctx, at.in, o.ID, clerk); err == nil && fresh.Payment.Deferred {
			err = f.arrived(ctx, at.in, fresh, "Paid at the door")
		}
		f.impress(at, fresh)
	}
	if err == nil && luck >= 92 && age > 6*24*time.Hour {
		err = f.sentBack(ctx, at.in, fresh, clerk)
	}
	return errors.Join(err, f.Events.Flush(ctx, at.in))
}

// sentBack gives the money for one piece back, which did not please.
func (f *filling) sentBack(ctx context.Context, in tenant.Store, o orders.Order, by auth.Actor) error {
	if err := f.Events.Flush(ctx, in); err != nil {
		return err
	}
	_, err := f.Orders.Refund(ctx, in, o.ID, orders.Refunding{Lines: map[orders.LineID]int64{o.Lines[0].ID: 1}, Restock: true, Reason: "Did not please"}, by)
	return err
}

// pass lets time go by, but never into the future.
func (f *filling) pass(d time.Duration) {
	f.Clock.Advance(max(0, min(d, f.Now.Sub(f.Clock.Now())/2)))
}

// arrived notes that the customer's money came in.
func (f *filling) arrived(ctx context.Context, in tenant.Store, o orders.Order, note string) error {
	err := db.Do(ctx, f.DB, in, func(tx *db.Tx[tenant.Store]) error {
		return f.Payments.Settle(ctx, tx, o.Payment.ID, note)
	})
	return errors.Join(err, f.Events.Flush(ctx, in))
}

// Address is where a customer of the demo lives.
func Address(c content.Customer) customersapi.Address {
	return customersapi.Address{Name: c.Name(), Line1: c.Address.Street, Postal: c.Address.Zip, City: c.Address.City, Country: c.Address.Country, Phone: c.Phone}
}
