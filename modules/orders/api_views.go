package orders

import (
	"time"

	"orion/kit/money"
	"orion/modules/catalog/catalogapi"
	"orion/modules/customers/customersapi"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/paymentsapi"
)

// apiCart is a cart in JSON.
type apiCart struct {
	Token string       `json:"token,omitempty" doc:"Send it back as Cart-Token; empty for a signed-in customer" example:"crt_06dq2k8w3m9x1.MZXW6YTBOI5F2Q"`
	Items []apiItem    `json:"items"`
	Count int64        `json:"count" example:"3"`
	Goods money.Amount `json:"goods"`
	Ready bool         `json:"ready" doc:"Everything can be bought as it stands"`
}

type apiItem struct {
	Variant  catalogapi.VariantID `json:"variant"`
	Title    string               `json:"title" example:"Stoneware mug, ember"`
	Options  string               `json:"options,omitempty"`
	SKU      string               `json:"sku,omitempty"`
	Quantity int64                `json:"quantity" example:"2"`
	Unit     money.Amount         `json:"unit"`
	Total    money.Amount         `json:"total"`
	Change   Change               `json:"change,omitempty" doc:"What happened since it was put in: gone, sold_out, only_left, price_changed"`
	Left     *int64               `json:"left,omitempty" doc:"What can still be had, where it is counted"`
}

func cartJSON(c Cart, token string, currency money.Currency) (apiCart, error) {
	goods, err := c.Goods(currency)
	out := apiCart{Token: token, Items: make([]apiItem, len(c.Items)), Count: c.Count(), Goods: goods, Ready: c.Ready()}
	for k, i := range c.Items {
		v := apiItem{
			Variant: i.Variant, Title: i.Offer.Title, Options: i.Offer.Options, SKU: i.Offer.SKU, Quantity: i.Quantity,
			Unit: i.Offer.Unit, Total: i.Total(), Change: i.Change(),
		}
		if v.Unit.Currency == "" { // no longer sold
			v.Unit, v.Total = i.Seen, money.New(i.Seen.Minor*i.Quantity, i.Seen.Currency)
		}
		if i.Counted {
			left := max(i.Left, 0)
			v.Left = &left
		}
		out.Items[k] = v
	}
	return out, err
}

// apiSums are totals in JSON.
type apiSums struct {
	Goods    money.Amount `json:"goods"`
	Delivery money.Amount `json:"delivery"`
	Total    money.Amount `json:"total"`
	Tax      money.Amount `json:"tax" doc:"Contained in the total"`
	Taxes    []apiTax     `json:"taxes"`
	Regime   Regime       `json:"regime" example:"domestic"`
}

type apiTax struct {
	Rate  int64        `json:"rate" doc:"Basis points" example:"1700"`
	Gross money.Amount `json:"gross"`
	Tax   money.Amount `json:"tax"`
}

func sumsJSON(t Totals) apiSums {
	out := apiSums{Goods: t.Goods, Delivery: t.Delivery, Total: t.Total, Tax: t.Tax, Regime: t.Trace.Ruling.Regime, Taxes: make([]apiTax, len(t.Taxes))}
	for i, x := range t.Taxes {
		out.Taxes[i] = apiTax{Rate: x.RateBP, Gross: x.Gross, Tax: x.Tax}
	}
	return out
}

// apiCheckout is a checkout in JSON: what was said, and what can be chosen.
type apiCheckout struct {
	Contact         Contact               `json:"contact"`
	Address         customersapi.Address  `json:"address"`
	Billing         *customersapi.Address `json:"billing,omitempty" doc:"Where the invoice goes, when not with the goods"`
	Delivery        MethodID              `json:"delivery"`
	Payment         string                `json:"payment" example:"bank_transfer"`
	Note            string                `json:"note,omitempty"`
	NeedsDelivery   bool                  `json:"needs_delivery" doc:"False when everything is digital"`
	DeliveryMethods []apiChoice           `json:"delivery_methods"`
	PaymentMethods  []apiPayment          `json:"payment_methods"`
	Sums            apiSums               `json:"sums"`
}

type apiChoice struct {
	ID      MethodID     `json:"id"`
	Name    string       `json:"name" example:"POST Luxembourg"`
	Promise string       `json:"promise,omitempty" example:"1 to 2 working days"`
	Pickup  bool         `json:"pickup"`
	Price   money.Amount `json:"price"`
}

type apiPayment struct {
	Code        string `json:"code" example:"bank_transfer"`
	Name        string `json:"name" example:"Bank transfer"`
	Description string `json:"description,omitempty"`
}

func checkoutJSON(q Quote, v Visit) apiCheckout {
	c := q.Checkout
	out := apiCheckout{
		Contact: c.Contact, Address: c.Address, Billing: c.Billing, Delivery: c.Method, Payment: c.Payment, Note: c.Note,
		NeedsDelivery: q.Physical, DeliveryMethods: []apiChoice{}, PaymentMethods: []apiPayment{}, Sums: sumsJSON(q.Totals),
	}
	for _, o := range q.Choices {
		out.DeliveryMethods = append(out.DeliveryMethods, apiChoice{
			ID: o.Method.ID, Name: o.Method.Name.In(v.Lang), Promise: o.Method.Promise.In(v.Lang), Pickup: o.Method.Pickup, Price: o.Price,
		})
	}
	for _, p := range q.Methods {
		out.PaymentMethods = append(out.PaymentMethods, apiPayment{Code: p.Code, Name: p.Name, Description: p.Description})
	}
	return out
}

// apiOrder is an order in JSON.
type apiOrder struct {
	ID          ordersapi.OrderID    `json:"id"`
	Token       string               `json:"token" doc:"Opens the order to its buyer"`
	Number      string               `json:"number" example:"1048"`
	Status      ordersapi.Status     `json:"status" example:"processing"`
	PlacedAt    time.Time            `json:"placed_at"`
	Contact     Contact              `json:"contact"`
	Address     customersapi.Address `json:"address"`
	Billing     customersapi.Address `json:"billing"`
	Delivery    Carrier              `json:"delivery"`
	Payment     apiMoney             `json:"payment"`
	Lines       []apiLine            `json:"lines"`
	Sums        apiSums              `json:"sums"`
	Parcels     []Shipped            `json:"parcels,omitempty" doc:"For the staff: what has left"`
	Note        string               `json:"note,omitempty"`
	Reason      string               `json:"reason,omitempty" doc:"Why it was cancelled"`
	PaidAt      time.Time            `json:"paid_at,omitzero"`
	ShippedAt   time.Time            `json:"shipped_at,omitzero"`
	DeliveredAt time.Time            `json:"delivered_at,omitzero"`
	CancelledAt time.Time            `json:"cancelled_at,omitzero"`
}

type apiMoney struct {
	ID       paymentsapi.PaymentID `json:"id"`
	Method   string                `json:"method" example:"bank_transfer"`
	Name     string                `json:"name" example:"Bank transfer"`
	Paid     money.Amount          `json:"paid"`
	Refunded money.Amount          `json:"refunded"`
}

type apiLine struct {
	ID       LineID               `json:"id"`
	Variant  catalogapi.VariantID `json:"variant"`
	Product  catalogapi.ProductID `json:"product"`
	Title    string               `json:"title" example:"Stoneware mug, ember"`
	Options  string               `json:"options,omitempty"`
	SKU      string               `json:"sku,omitempty" example:"KC-MUG-EM"`
	Quantity int64                `json:"quantity" example:"2"`
	Shipped  int64                `json:"shipped"`
	Returned int64                `json:"returned"`
	Unit     money.Amount         `json:"unit"`
	Total    money.Amount         `json:"total"`
	Tax      money.Amount         `json:"tax"`
	Rate     int64                `json:"rate" doc:"VAT in basis points" example:"1700"`
}

func orderJSON(o Order, token string) apiOrder {
	out := apiOrder{
		ID: o.ID, Token: token, Number: o.Number, Status: o.Status, PlacedAt: o.PlacedAt, Contact: o.Contact, Address: o.Delivery,
		Billing: o.Billing, Delivery: o.Carrier, Lines: make([]apiLine, len(o.Lines)), Sums: sumsJSON(o.Totals), Note: o.Note, Reason: o.Reason,
		Payment: apiMoney{ID: o.Payment.ID, Method: o.Payment.Method, Name: o.Payment.Name, Paid: o.Payment.Paid, Refunded: o.Payment.Refunded},
		PaidAt:  o.PaidAt, ShippedAt: o.ShippedAt, DeliveredAt: o.DeliveredAt, CancelledAt: o.CancelledAt,
	}
	for i, l := range o.Lines {
		out.Lines[i] = apiLine{
			ID: l.ID, Variant: l.Variant, Product: l.Product, Title: l.Title, Options: l.Options, SKU: l.SKU, Quantity: l.Quantity,
			Shipped: l.Shipped, Returned: l.Returned, Unit: l.Unit, Total: l.Total, Tax: l.Tax, Rate: l.RateBP,
		}
	}
	return out
}

// apiRow is an order in a list.
type apiRow struct {
	ID       ordersapi.OrderID `json:"id"`
	Number   string            `json:"number" example:"1048"`
	Status   ordersapi.Status  `json:"status" example:"processing"`
	Name     string            `json:"name" example:"Léa Schmit"`
	Email    string            `json:"email" example:"lea.schmit@example.lu"`
	Pieces   int64             `json:"pieces" example:"3"`
	Total    money.Amount      `json:"total"`
	Paid     money.Amount      `json:"paid"`
	Refunded money.Amount      `json:"refunded"`
	PlacedAt time.Time         `json:"placed_at"`
}

func rowJSON(r Row) apiRow {
	return apiRow{
		ID: r.ID, Number: r.Number, Status: r.Status, Name: r.Name, Email: r.Email, Pieces: r.Pieces,
		Total: r.Total, Paid: r.Paid, Refunded: r.Refunded, PlacedAt: r.PlacedAt,
	}
}
