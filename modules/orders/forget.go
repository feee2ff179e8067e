package orders

import (
	"context"

	"orion/kit/fault"
	"orion/modules/customers/customersapi"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/paymentsapi"
)

var errUnderWay = fault.New(fault.Rule, "orders.erase_under_way")

// Forgotten is the moment at which an order forgot who bought.
const Forgotten = "forgotten"

// forgetBuyer takes out of somebody's orders what no law asks for, and removes the
// rest: carts, wishes, remarks. It waits for orders that still have to reach
// them.
func (m *Module) forgetBuyer(ctx context.Context, tx tx, who customersapi.Erased) error {
	all, err := ordersOf(ctx, tx, who.Customer)
	if err != nil {
		return err
	}
	var paid []paymentsapi.PaymentID
	for _, o := range all {
		if o.underWay() {
			return errUnderWay
		}
		o.reduce()
		if err := saveBuyer(ctx, tx, o); err != nil {
			return err
		}
		if err := insertMoment(tx, o.ID, Moment{What: Forgotten, Before: o.Status, After: o.Status}); err != nil {
			return err
		}
		paid = append(paid, o.Payment.ID)
	}
	if err := forgetRest(ctx, tx, who.Customer); err != nil {
		return err
	}
	return m.need.Refunds.Forget(ctx, tx, paid...)
}

// underWay tells that somebody still waits for the order, or for its money.
func (o Order) underWay() bool {
	switch o.Status {
	case ordersapi.Pending, ordersapi.Processing, ordersapi.PartiallyShipped:
		return true
	}
	return false
}

// reduce leaves what an invoice has to say: to whom it went, and which country's
// tax it has.
func (o *Order) reduce() {
	o.Contact = Contact{Name: o.Billing.Name, Terms: o.Contact.Terms}
	o.Billing.Phone = ""
	o.Delivery = customersapi.Address{Postal: o.Delivery.Postal, Country: o.Delivery.Country}
	o.Note = ""
}

// anonymous tells that the order has forgotten who bought.
func (o Order) anonymous() bool { return o.Contact.Email == "" }
