package orders

import (
	"net/http"

	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/orders/ordersapi"
	"orion/modules/orders/ordersui"
)

type staffer = *web.Ctx[web.Store]

func (m *Module) storeRoutes(mux *web.Mux[web.Store]) {
	mux.Get("/orders", web.Need(MayView), m.listPage)
	mux.Get("/orders/packing-slips", web.Need(MayView), m.slipsPage)
	mux.Get("/orders/ship", web.Need(MayShip), m.shipManyPage)
	mux.Post("/orders/ship", web.Need(MayShip), m.postShipMany)
	mux.Post("/orders/pack", web.Need(MayShip), m.postPack)
	mux.Post("/orders/unpack", web.Need(MayShip), m.postUnpack)
	mux.Get("/orders/{id}", web.Need(MayView), m.detailPage)
	mux.Post("/orders/{id}/ship", web.Need(MayShip), m.act("orders.done_shipped", m.postShip))
	mux.Post("/orders/{id}/deliver", web.Need(MayShip), m.act("orders.done_delivered", m.postDeliver))
	mux.Post("/orders/{id}/cancel", web.Need(MayCancel), m.act("orders.done_cancelled", m.postCancel))
	mux.Post("/orders/{id}/refund", web.Need(MayRefund), m.act("orders.done_refund", m.postRefund))
	mux.Post("/orders/{id}/note", web.Need(MayEdit), m.act("orders.done_note", m.postNote))
	mux.Get("/delivery", web.Need(MaySet), m.methodsPage)
	mux.Get("/delivery/new", web.Need(MaySet), m.methodNew)
	mux.Post("/delivery/new", web.Need(MaySet), m.methodSave)
	mux.Get("/delivery/{id}", web.Need(MaySet), m.methodPage)
	mux.Post("/delivery/{id}", web.Need(MaySet), m.methodSave)
	mux.Post("/delivery/{id}/delete", web.Need(MaySet), m.methodDelete)
}

func (m *Module) detailPage(c staffer) error {
	oid, err := parseID[ordersapi.OrderKind](c.Param("id"))
	if err != nil {
		return err
	}
	return m.showDetail(c, http.StatusOK, oid, ui.Form{})
}

func (m *Module) showDetail(c staffer, status int, oid ordersapi.OrderID, state ui.Form) error {
	a := askedOf(c)
	d, err := m.Desk(c.Context(), c.As.In, oid, a.query())
	if err != nil {
		return err
	}
	w, left := c.Words, d.refundable()
	v := ordersui.Detail{
		ID: oid.String(), Number: d.Number, Sub: w.T("orders.detail_sub", "at", w.DateTime(d.PlacedAt), "name", d.Contact.Name),
		Badges: orderBadges(d.Order, w), Currency: string(d.Totals.Total.Currency), Lines: lineViews(d.Lines),
		List: a.list(), From: a.suffix(), Newer: a.order(d.Newer), Older: a.order(d.Older),
		Sums: sumsView(d.Totals, d.Carrier.in(d.Methods, w.Lang()), m.settings.Of(c.As.In).ShowNet, w), Payment: paymentFacts(d.Order, w),
		Customer: []ui.Fact{{Label: w.T("orders.name"), Text: d.Contact.Name}, {Label: w.T("orders.email"), Text: d.Contact.Email}, {Label: w.T("orders.phone"), Text: d.Contact.Phone}},
		Delivery: addressed(d.Delivery, w.Lang()), Billing: addressed(d.Billing, w.Lang()), Pickup: d.Carrier.Pickup, Carrier: d.Carrier.in(d.Methods, w.Lang()),
		Note: d.Note, Link: "~" + c.ShopURL(m.Path(c.As.In, oid)), Story: storyView(d.Story, w, true), Parcels: parcelViews(d.Parcels, w),
		Refundable: left, State: state, Open: c.R.URL.Query().Get("open"),
		CanShip:    may(d.Status, ordersapi.Shipped) && c.As.Grants.Has(MayShip),
		CanPack:    may(d.Status, ordersapi.Shipped) && !d.Packed && c.As.Grants.Has(MayShip),
		CanDeliver: may(d.Status, ordersapi.Delivered) && c.As.Grants.Has(MayShip),
		CanCancel:  may(d.Status, ordersapi.Cancelled) && c.As.Grants.Has(MayCancel),
		CanRefund:  left.IsPositive() && c.As.Grants.Has(MayRefund),
		CanNote:    c.As.Grants.Has(MayEdit),
	}
	if v.CanShip {
		for _, l := range d.Lines {
			v.ToShip += int(l.Open())
		}
	} else if !may(d.Status, ordersapi.Shipped) {
		for i := range v.Lines { // what was cancelled or given back is never sent
			v.Lines[i].Open = 0
		}
	}
	return c.PageStatus(status, web.Head{Title: w.T("orders.order_n", "number", d.Number), Active: "/orders"}, ordersui.DetailPage(v))
}

func paymentFacts(o Order, w i18n.Words) []ui.Fact {
	out := []ui.Fact{{Label: w.T("orders.payment_choice"), Text: paymentName(o, w)}, {Label: w.T("orders.money_paid"), Text: w.Money(o.Payment.Paid)}}
	if o.Payment.Refunded.IsPositive() {
		out = append(out, ui.Fact{Label: w.T("orders.money_refunded"), Text: w.Money(o.Payment.Refunded)})
	}
	if o.Payment.Lost.IsPositive() {
		out = append(out, ui.Fact{Label: w.T("orders.money_charged_back"), Text: w.Money(o.Payment.Lost)})
	}
	return out
}

// paymentName is the way to pay in the reader's language, or as the buyer read
// it where there are no words for it any more.
func paymentName(o Order, w i18n.Words) string {
	if key := "payments.method." + o.Payment.Method; w.Has(key) {
		return w.T(key)
	}
	return o.Payment.Name
}
