package orders

import (
	"cmp"
	"net/url"

	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/modules/orders/ordersapi"
	"orion/modules/orders/ordersui"
)

// wayOn shows a buyer how far an order is, when it arrives, and what they can
// do about it.
func (m *Module) wayOn(c shopper, o Order, v *ordersui.Order) {
	w, path := c.Words, "/orders/"+c.Param("token")
	v.Steps, v.Again = orderSteps(o, w), path+"/again"
	if a := o.Carrier.Arrival; v.Steps != nil && o.Status != ordersapi.Delivered && !a.To.Before(workdays(m.need.Kit.Clock.Now(), 0)) {
		v.Arrives = promisedTo(o.Carrier.Pickup, a, w)
	}
	if o.withdrawable() {
		v.Cancel = path + "/cancel"
	}
	if m.need.Contact == nil || !m.need.Contact(c.As.In) {
		return
	}
	write := func(key string) string {
		return "/contact?" + url.Values{"order": {o.Number}, "about": {w.T(key, "number", o.Number)}}.Encode()
	}
	v.Ask = write("orders.about_order")
	switch o.Status {
	case ordersapi.Processing:
		v.Stop = write("orders.about_stop")
	case ordersapi.PartiallyShipped, ordersapi.Shipped, ordersapi.Delivered:
		if o.Carrier.Name != "" {
			v.Return = write("orders.about_return")
		}
	}
}

// orderSteps are the stages of an order that goes its way; none of one that ended.
func orderSteps(o Order, w i18n.Words) []ui.Step {
	reached := map[ordersapi.Status]int{
		ordersapi.Pending: 1, ordersapi.Processing: 2, ordersapi.PartiallyShipped: 2, ordersapi.Shipped: 3, ordersapi.Delivered: 4,
	}[o.Status]
	if reached == 0 {
		return nil
	}
	keys := []string{"orders.step_placed", "orders.step_paid", "orders.step_sent", "orders.step_arrived"}
	switch {
	case o.Carrier.Name == "":
		keys[2], keys[3] = "orders.step_ready", "orders.step_done"
	case o.Carrier.Pickup:
		keys[2], keys[3] = "orders.step_ready", "orders.step_collected"
	}
	if o.Payment.Deferred {
		keys[1] = "orders.step_confirmed"
	}
	out := make([]ui.Step, len(keys))
	for i, k := range keys {
		out[i] = ui.Step{Label: w.T(k), Done: i < reached, Active: i == reached-1}
	}
	return out
}

// orderAgain puts what an order had into the cart.
func (m *Module) orderAgain(c shopper) error {
	oid, err := m.opened(c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	a, err := m.BuyAgain(c.Context(), c.As.In, visitOf(c), oid)
	if err != nil {
		return err
	}
	if a.Token != "" && a.Token != c.Cookie(cartCookie) {
		c.SetCookie(cartCookie, a.Token, cartLife)
	}
	n, err := m.Count(c.Context(), c.As.In, Holder{Token: cmp.Or(a.Token, c.Cookie(cartCookie)), Customer: c.As.Customer.ID})
	if err != nil {
		return err
	}
	m.keepCount(c, n)
	switch {
	case a.Added == 0:
		c.Flash("bad", "orders.again_none")
		return c.Redirect(m.Path(c.As.In, oid))
	case a.Left > 0:
		c.Flash("info", "orders.again_some")
	default:
		c.Flash("ok", "orders.again_all")
	}
	return c.Redirect("/cart")
}

// orderWithdraw ends an order that nobody has paid.
func (m *Module) orderWithdraw(c shopper) error {
	oid, err := m.opened(c.As.In, c.Param("token"))
	if err != nil {
		return err
	}
	page := m.Path(c.As.In, oid)
	if _, err := m.Withdraw(c.Context(), c.As.In, oid); err != nil {
		return refused(c, err, c.URL(page))
	}
	c.Flash("ok", "orders.withdrawn")
	return c.Redirect(page)
}
