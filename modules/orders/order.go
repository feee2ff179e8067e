package orders

import (
	"slices"
	"time"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/money"
	"orion/modules/catalog/catalogapi"
	"orion/modules/customers/customersapi"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/paymentsapi"
)

// LineID names a line of an order.
type LineID = id.ID[lineKind]

type lineKind struct{}

// Prefix of order line identifiers.
func (lineKind) Prefix() string { return "oln" }

var (
	errUnknown = fault.New(fault.NotFound, "orders.unknown")
	errEmpty   = fault.New(fault.Invalid, "orders.empty_cart")
)

// causeKind marks what others do on behalf of an order.
const causeKind = "order"

// Order is what somebody bought, as it was agreed: later changes of products,
// addresses, rates or the shop's name do not reach it.
type Order struct {
	ID       ordersapi.OrderID
	Number   string // what people call it, unique in the store
	Status   ordersapi.Status
	PlacedAt time.Time

	Customer auth.CustomerID
	Contact  Contact
	Lang     i18n.Lang
	Shop     Shop
	Delivery customersapi.Address // empty when nothing is delivered to an address
	Billing  customersapi.Address
	Carrier  Carrier
	Note     string // the buyer's

	Lines  []Line
	Totals Totals

	Payment  Payment
	Packed   bool // what is still to be shipped stands ready
	HoldLost bool // the goods went back on sale while the payment was under way
	Reason   string

	PaidAt, ShippedAt, DeliveredAt, CancelledAt time.Time
}

// Line is a quantity of one variant at the price of the day.
type Line struct {
	ID       LineID
	Variant  catalogapi.VariantID
	Product  catalogapi.ProductID
	Title    string
	Options  string
	SKU      string
	GTIN     string
	Image    string
	Slug     string
	Quantity int64
	Unit     money.Amount // gross
	Total    money.Amount // gross
	Tax      money.Amount // contained in Total
	TaxClass catalogapi.TaxClass
	RateBP   int64
	Grams    int64 // of one piece
	Digital  bool
	Shipped  int64
	Returned int64 // given back with a refund
}

// Open is how many pieces are still to be shipped.
func (l Line) Open() int64 { return l.Quantity - l.Shipped }

// Carrier is the delivery that the buyer chose, by the words that were shown.
type Carrier struct {
	Method  MethodID `json:"method"`
	Name    string   `json:"name"`
	Pickup  bool     `json:"pickup,omitempty"`
	Arrival          // as it was promised
}

// Payment is what the order knows of its payment.
type Payment struct {
	ID       paymentsapi.PaymentID
	Method   string // code
	Name     string // as it was shown
	Deferred bool   // the goods go out before the money comes in
	Paid     money.Amount
	Refunded money.Amount
	Lost     money.Amount // taken back by the buyer's bank
}

// newOrder is the only way to an order: what the quote says, under a number.
func newOrder(oid ordersapi.OrderID, number string, q Quote, p Placing) (Order, error) {
	if len(q.Lines) == 0 {
		return Order{}, errEmpty
	}
	if err := q.Totals.Trace.Check(); err != nil {
		return Order{}, err
	}
	none := money.New(0, q.Totals.Total.Currency)
	o := Order{
		ID: oid, Number: number, Status: q.first(), PlacedAt: q.At,
		Customer: p.Customer, Contact: q.Checkout.Contact, Lang: p.Lang, Shop: p.Shop,
		Delivery: q.Checkout.Address, Billing: q.Checkout.billing(), Carrier: q.carrier(p.Lang), Note: q.Checkout.Note,
		Lines: q.Lines, Totals: q.Totals,
		Payment: Payment{Method: q.Method.Code, Name: q.Method.Name, Deferred: q.Method.Deferred, Paid: none, Refunded: none, Lost: none},
	}
	if o.Carrier.Pickup || !q.Physical {
		o.Delivery = customersapi.Address{}
	}
	return o, nil
}

// cause is on whose behalf stock moves.
func (o Order) cause() inventoryapi.Cause {
	return inventoryapi.Cause{Kind: causeKind, ID: int64(o.ID), Name: o.Number}
}

// goods are the quantities to hold.
func (o Order) goods() []inventoryapi.Line {
	out := make([]inventoryapi.Line, len(o.Lines))
	for i, l := range o.Lines {
		out[i] = inventoryapi.Line{Variant: l.Variant, Quantity: l.Quantity}
	}
	return out
}

// charge is what the payment is opened for; the payer comes back to the path.
func (o Order) charge(back string) paymentsapi.Charge {
	return paymentsapi.Charge{
		Kind: causeKind, ID: int64(o.ID), Reference: o.Number, Amount: o.Totals.Total,
		Method: o.Payment.Method, Email: o.Contact.Email, Lang: o.Lang, Customer: o.Customer, Return: back,
	}
}

// shippedWhole tells whether nothing is left to ship.
func (o Order) shippedWhole() bool {
	return !slices.ContainsFunc(o.Lines, func(l Line) bool { return l.Open() > 0 })
}

// line finds a line of the order.
func (o Order) line(lid LineID) (int, bool) {
	i := slices.IndexFunc(o.Lines, func(l Line) bool { return l.ID == lid })
	return i, i >= 0
}

// refundable is what can still be given back.
func (o Order) refundable() money.Amount {
	return money.New(o.Payment.Paid.Minor-o.Payment.Refunded.Minor-o.Payment.Lost.Minor, o.Totals.Total.Currency)
}

func (o Order) moved(at time.Time) ordersapi.Moved {
	return ordersapi.Moved{Order: o.ID, Number: o.Number, Customer: o.Customer, At: at, Total: o.Totals.Total}
}

func (o Order) placed() ordersapi.Placed {
	return ordersapi.Placed{Moved: o.moved(o.PlacedAt), Lines: told(o.Lines, func(l Line) int64 { return l.Quantity })}
}

// told are the lines as events have them, with the quantity that each is about.
func told(lines []Line, quantity func(Line) int64) []ordersapi.Line {
	var out []ordersapi.Line
	for _, l := range lines {
		if n := quantity(l); n > 0 {
			out = append(out, ordersapi.Line{Variant: l.Variant, Product: l.Product, Quantity: n, Total: money.New(l.Unit.Minor*n, l.Unit.Currency)})
		}
	}
	return out
}

// Standing is how the money for an order stands; "orders.money_" with it is the
// word.
type Standing string

// How the money for an order can stand.
const (
	Unpaid         Standing = "unpaid"
	OnDelivery     Standing = "on_delivery"
	Settled        Standing = "paid"
	PartlyReturned Standing = "partly_refunded"
	Returned       Standing = "refunded"
	ChargedBack    Standing = "charged_back" // the buyer's bank took it, or a part of it
)

// Standings are all of them.
var Standings = []Standing{Unpaid, OnDelivery, Settled, PartlyReturned, Returned, ChargedBack}

// standing says how the money for a total stands.
func (p Payment) standing(total money.Amount) Standing {
	switch {
	case p.Lost.IsPositive():
		return ChargedBack
	case p.Refunded.IsPositive() && p.Refunded.Minor >= p.Paid.Minor:
		return Returned
	case p.Refunded.IsPositive():
		return PartlyReturned
	case p.Paid.Minor >= total.Minor:
		return Settled
	case p.Deferred:
		return OnDelivery
	}
	return Unpaid
}

// pieces is how many things were bought.
func (o Order) pieces() int64 {
	var n int64
	for _, l := range o.Lines {
		n += l.Quantity
	}
	return n
}
