package orders

import (
	"context"
	"time"

	"orion/kit/mail"
	"orion/kit/tenant"
	"orion/modules/customers/customersapi"
	"orion/modules/orders/ordersapi"
)

// samples are the module's mails about an order that does not exist.
func (m *Module) samples(_ context.Context, s mail.Sampling) ([]mail.Message, error) {
	var nowhere tenant.Store // so that its link opens nothing
	o := sampleOrder(s)
	parcel := Shipped{Carrier: "POST Luxembourg", Tracking: "LU 1048 2026", URL: "https://parcels.example/LU1048"}
	pending := o
	pending.Status = ordersapi.Pending
	var out []mail.Message
	for _, l := range []letter{
		{kind: "placed"}, {kind: "paid"}, {kind: "shipped", parcel: true}, {kind: "cancelled", reason: "orders.reason_unpaid"}, {kind: "refunded", amount: euros(2400)},
	} {
		of := o
		if l.kind == "cancelled" {
			of = pending
		}
		msg := m.message(nowhere, of, l, parcel)
		msg.Key = "orders." + l.kind
		out = append(out, msg)
	}
	return out, nil
}

func sampleOrder(s mail.Sampling) Order {
	day := time.Date(2026, time.March, 12, 9, 0, 0, 0, time.UTC)
	return Order{
		Number: "1048", Status: ordersapi.Processing, PlacedAt: day, Lang: s.Lang,
		Contact:  Contact{Email: "lea@example.com", Name: "Léa Schmit"},
		Shop:     Shop{Name: s.Shop, Country: "LU", Email: s.Email, Origin: s.Origin, Currency: "EUR", Lang: s.Lang},
		Delivery: customersapi.Address{Name: "Léa Schmit", Line1: "12, rue des Roses", Postal: "L-2445", City: "Luxembourg", Country: "LU"},
		Carrier:  Carrier{Name: "POST Luxembourg", Arrival: Arrival{From: day.AddDate(0, 0, 1), To: day.AddDate(0, 0, 3)}},
		Lines: []Line{
			{Title: "Stoneware mug", Options: "Ember, 30 cl", Quantity: 2, Unit: euros(2400), Total: euros(4800), RateBP: 1700},
			{Title: "Olive oil, first press", Quantity: 1, Unit: euros(1850), Total: euros(1850), RateBP: 300},
		},
		Totals: Totals{
			Goods: euros(6650), Delivery: euros(490), Total: euros(7140), Tax: euros(822),
			Taxes: []Tax{{RateBP: 1700, Gross: euros(5290), Tax: euros(769)}, {RateBP: 300, Gross: euros(1850), Tax: euros(53)}},
		},
		Payment: Payment{Name: "Visa", Paid: euros(7140)},
	}
}
