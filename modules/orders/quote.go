package orders

import (
	"context"
	"slices"
	"time"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/paymentsapi"
)

var (
	errChanged = fault.New(fault.Conflict, "orders.cart_changed")
	errTotal   = fault.New(fault.Conflict, "orders.total_changed")
)

// Shop is the store as its orders remember it.
type Shop struct {
	Name     string         `json:"name"`
	Country  string         `json:"country"`
	Email    string         `json:"email,omitempty"`
	Origin   string         `json:"origin"` // where its pages are, for links in mails
	Currency money.Currency `json:"currency"`
	Lang     i18n.Lang      `json:"lang"`
}

// Visit is who buys where, as every act of a shopper needs it.
type Visit struct {
	Holder
	Shop Shop
	Lang i18n.Lang
}

// Quote is what a cart would cost as an order right now, and what can still be
// chosen. Pages show it and Place sells it: there is no second way to a price.
type Quote struct {
	At       time.Time
	Cart     Cart
	Checkout Checkout
	Config   Config
	Lines    []Line
	Totals   Totals
	Physical bool     // something has to be delivered
	Reach    []string // countries that some method delivers to, sorted
	Choices  []Choice
	Choice   *Choice // nil until a method that delivers there is chosen
	Methods  []paymentsapi.Method
	Method   paymentsapi.Method // zero until chosen
}

// quote prices a cart whose items carry today's offers, delivered by one of the
// methods that ways gives.
func (m *Module) quote(ctx context.Context, tx tx, cart Cart, v Visit, ways func(context.Context, tx) ([]Method, error)) (Quote, error) {
	q := Quote{At: tx.Now(), Cart: cart, Checkout: cart.Checkout, Config: m.settings.Of(tx.Scope()), Lines: cart.lines()}
	q.Physical = slices.ContainsFunc(q.Lines, func(l Line) bool { return !l.Digital })
	if err := m.prefill(ctx, tx, &q, v); err != nil {
		return Quote{}, err
	}
	goods, err := cart.Goods(v.Shop.Currency)
	if err != nil {
		return Quote{}, err
	}
	if q.Physical {
		methods, err := ways(ctx, tx)
		if err != nil {
			return Quote{}, err
		}
		q.offer(methods, goods, v.Shop.Country)
	}
	if err := q.sum(v.Shop); err != nil {
		return Quote{}, err
	}
	if q.Methods, err = m.need.Payments.Methods(ctx, tx, q.Totals.Total, v.Lang); err != nil {
		return Quote{}, err
	}
	if i := slices.IndexFunc(q.Methods, func(p paymentsapi.Method) bool { return p.Code == q.Checkout.Payment }); i >= 0 {
		q.Method = q.Methods[i]
	}
	return q, nil
}

// prefill spares a customer from typing what is known of them.
func (m *Module) prefill(ctx context.Context, tx tx, q *Quote, v Visit) error {
	c := &q.Checkout
	if !v.Customer.IsZero() && c.Address.Line1 == "" {
		known, err := m.need.Customers.Addresses(ctx, tx, v.Customer)
		if err != nil {
			return err
		}
		if len(known) > 0 {
			c.Address = known[0]
		}
	}
	if c.Address.Country == "" {
		c.Address.Country = q.Config.seller(v.Shop).Country
	}
	return nil
}

// offer finds the ways to deliver, and the chosen one among them.
func (q *Quote) offer(methods []Method, goods money.Amount, from string) {
	p := Parcel{Country: q.Checkout.Address.Country, Postal: q.Checkout.Address.Postal, Goods: goods}
	for _, l := range q.Lines {
		if !l.Digital {
			p.Grams += l.Grams * l.Quantity
		}
	}
	q.Reach = reach(methods)
	q.Choices = choices(methods, p)
	q.promise(p, from)
	if i := slices.IndexFunc(q.Choices, func(c Choice) bool { return c.Method.ID == q.Checkout.Method }); i >= 0 {
		q.Choice = &q.Choices[i]
	}
}

// promise says of each choice when all of it would be there, unless something
// has to come in first.
func (q *Quote) promise(p Parcel, from string) {
	h := q.Config.hours(from)
	for i := range q.Choices {
		c := &q.Choices[i]
		z, ok := zoneOf(c.Method.Zones, p)
		countries := []string{from, p.Country}
		if c.Method.Pickup && len(c.Method.Zones) > 0 {
			z, ok, countries = c.Method.Zones[0], true, []string{from}
		}
		if ok {
			c.Arrival = q.Cart.Arrival(func(Parcel) Arrival { return z.arrival(q.At, h, countries...) }, Shop{Country: p.Country})
		}
	}
}

func (q *Quote) sum(shop Shop) error {
	seller := q.Config.seller(shop)
	to := Destination{Country: q.Checkout.Address.Country, Postal: q.Checkout.Address.Postal}
	switch {
	case q.pickup():
		to = Destination{Country: seller.Country}
	case !q.Physical:
		b := q.Checkout.billing()
		to = Destination{Country: b.Country, Postal: b.Postal}
	}
	in := sums{Currency: shop.Currency, Ruling: decide(seller, to), Day: q.At, Delivery: money.New(0, shop.Currency)}
	if q.Choice != nil {
		in.Delivery, in.Carrier = q.Choice.Price, q.Choice.Method.Name.In(shop.Lang)
	}
	var err error
	q.Totals, err = total(q.Lines, in)
	return err
}

// ready refuses to sell what is not complete, or not what the buyer last saw.
// A zero seen is not compared.
func (q Quote) ready(seen money.Amount) error {
	switch {
	case len(q.Cart.Items) == 0:
		return errEmpty
	case !q.Cart.Ready():
		return errChanged
	}
	if err := q.Checkout.check(q, ContactPart, AddressPart, DeliveryPart, PaymentPart); err != nil {
		return err
	}
	if seen.Currency != "" && seen != q.Totals.Total {
		return errTotal
	}
	return nil
}

func (q Quote) pickup() bool { return q.Choice != nil && q.Choice.Method.Pickup }

// billingField is where mistakes in the billing address are shown: a buyer who
// gets nothing delivered types it where the delivery address would be.
func (q Quote) billingField() string {
	if q.Checkout.Billing != nil {
		return "billing"
	}
	return "address"
}

func (q Quote) carrier(l i18n.Lang) Carrier {
	if q.Choice == nil {
		return Carrier{}
	}
	return Carrier{Method: q.Choice.Method.ID, Name: q.Choice.Method.Name.In(l), Pickup: q.Choice.Method.Pickup, Arrival: q.Choice.Arrival}
}

// first is how an order begins: most wait for the money, some need not.
func (q Quote) first() ordersapi.Status {
	if q.Method.Deferred {
		return ordersapi.Processing
	}
	return ordersapi.Pending
}
