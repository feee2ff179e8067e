package orders

import (
	"orion/kit/page"
	"orion/kit/web"
	"orion/modules/orders/ordersapi"
	"orion/modules/orders/ordersui"
	"orion/modules/payments/paymentsapi"
)

// orderPage is an order for whoever holds its link.
func (m *Module) orderPage(c shopper) error {
	oid, err := m.opened(c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	d, step, err := m.buyersView(c.Context(), c.As.In, oid)
	if err != nil {
		return err
	}
	w := c.Words
	v := ordersui.Order{
		Number: d.Number, Title: w.T("orders.order_n", "number", d.Number), Text: w.T("orders.now_" + string(d.Status)),
		Badges: orderBadges(d.Order, w), Lines: lineViews(d.Lines), Sums: sumsView(d.Totals, d.Carrier.Name, m.settings.Of(c.As.In).ShowNet, w),
		Delivery: addressed(d.Delivery, w.Lang()), Billing: addressed(d.Billing, w.Lang()), Carrier: d.Carrier.Name, Pickup: d.Carrier.Pickup,
		Payment: paymentName(d.Order, w), Note: d.Note, Parcels: parcelViews(d.Parcels, w), Story: storyView(d.Story, w, false),
	}
	if len(d.Story) <= 2 && d.Status != ordersapi.Cancelled {
		v.Title = w.T("orders.thank_you", "name", d.Contact.Name)
		v.Text = w.T("orders.thank_you_text", "number", d.Number, "email", d.Contact.Email)
	}
	if d.Status == ordersapi.Pending || d.payable() && step.Status == paymentsapi.Failed {
		v.Instructions = step.Instructions
		if v.Instructions == "" {
			v.PayAction = "/orders/" + c.Param("token") + "/pay"
		}
	}
	m.wayOn(c, d.Order, &v)
	return c.Page(web.Head{Title: w.T("orders.order_n", "number", d.Number), NoIndex: true}, ordersui.OrderPage(v))
}

// orderPay starts the next attempt to pay.
func (m *Module) orderPay(c shopper) error {
	oid, err := m.opened(c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	o, err := m.Order(c.Context(), c.As.In, oid)
	if err != nil {
		return err
	}
	step, err := m.Pay(c.Context(), c.As.In, o)
	if err != nil {
		return err
	}
	if step.RedirectPath != "" {
		return c.Redirect(step.RedirectPath)
	}
	return c.Redirect(m.Path(c.As.In, oid))
}

// historyPage lists what a customer has bought.
func (m *Module) historyPage(c shopper) error {
	q := Query{Customer: c.As.Customer.ID, Request: page.Request{After: c.Query("after")}}
	list, err := m.Orders(c.Context(), c.As.In, q)
	if err != nil {
		return err
	}
	v := ordersui.History{Menu: m.accountMenu(c, "/account/orders")}
	for _, r := range list.Items {
		v.Rows = append(v.Rows, rowView(r, m.Path(c.As.In, r.ID), c.Words))
	}
	if list.Next != "" {
		v.Next = "/account/orders?after=" + list.Next
	}
	return c.Page(web.Head{Title: c.Words.T("orders.my_orders"), NoIndex: true}, ordersui.HistoryPage(v))
}
