package orders

import (
	"context"
	"errors"
	"time"

	"orion/kit/fault"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/paymentsapi"
)

// Reasons for which orders end by themselves, as translation keys.
const (
	reasonUnpaid  = "orders.reason_unpaid"
	reasonSoldOut = "orders.reason_sold_out"
	reasonLate    = "orders.reason_late"
)

var errNothingToPay = fault.New(fault.Rule, "orders.nothing_to_pay")

// Pay makes the first or next attempt to pay an order and says what the buyer
// has to do next. The gateway is called outside any transaction.
func (m *Module) Pay(ctx context.Context, in tenant.Store, o Order) (paymentsapi.Step, error) {
	if !o.payable() && !o.Payment.Deferred {
		return paymentsapi.Step{}, errNothingToPay
	}
	return m.need.Starter.Start(ctx, in, o.Payment.ID)
}

// payable tells whether the buyer still has to pay: also for an order in work, when
// what was held for it was let go.
func (o *Order) payable() bool {
	switch o.Status {
	case ordersapi.Pending:
		return true
	case ordersapi.Processing, ordersapi.PartiallyShipped, ordersapi.Shipped, ordersapi.Delivered:
		return !o.Payment.Deferred && o.Payment.Paid.IsZero() && o.Totals.Total.IsPositive()
	}
	return false
}

// captured takes in money for an order. When its goods went back on sale
// meanwhile they are taken again; when they are sold, or the order has ended,
// the money goes back by itself.
func (m *Module) captured(ctx context.Context, tx tx, o *Order, amount money.Amount) (outcome, error) {
	o.Payment.Paid.Minor += amount.Minor
	o.PaidAt = tx.Now()
	if err := m.need.Customers.Bought(ctx, tx, o.Customer, amount.Minor); err != nil {
		return outcome{}, err
	}
	paid := outcome{act: act{What: GotPaid, Detail: Detail{Amount: amount}}}
	switch {
	case o.Status == ordersapi.Cancelled:
		return outcome{act: act{What: PaidLate, Detail: Detail{Amount: amount}}}, m.giveBackSpare(ctx, tx, o, refund{Amount: amount, Reason: reasonLate})
	case o.Status != ordersapi.Pending || o.Payment.Paid.Minor < o.Totals.Total.Minor:
		return paid, nil // paid on delivery, or a part
	}
	return m.secure(ctx, tx, o, paid)
}

// authorised takes a promise: the amount is held for us or will be paid on
// delivery.
func (m *Module) authorised(ctx context.Context, tx tx, o *Order, amount money.Amount) (outcome, error) {
	if o.Status != ordersapi.Pending {
		return outcome{}, nil
	}
	return m.secure(ctx, tx, o, outcome{act: act{What: WasPromised, Detail: Detail{Amount: amount}}})
}

// secure makes the hold on an order's goods permanent and sends the order on,
// or cancels it when they are gone.
func (m *Module) secure(ctx context.Context, tx tx, o *Order, out outcome) (outcome, error) {
	kept, err := m.need.Stock.Keep(ctx, tx, o.cause())
	if err == nil && !kept {
		err = m.need.Stock.Reserve(ctx, tx, inventoryapi.Reservation{Cause: o.cause(), Lines: o.goods()})
	}
	if errors.Is(err, inventoryapi.ErrShort) {
		return m.end(ctx, tx, o, reasonSoldOut)
	}
	if err != nil {
		return outcome{}, err
	}
	o.HoldLost = false
	out.tell = ordersapi.Paid{Moved: o.moved(tx.Now())}
	return out, o.move(ordersapi.Processing)
}

// failed notes a declined payment. The buyer may try again as long as the goods
// are held, and when an order in work has lost what was held for it.
func (m *Module) failed(ctx context.Context, tx tx, o *Order, _ money.Amount) (outcome, error) {
	switch {
	case !o.payable():
		return outcome{}, nil
	case o.Status != ordersapi.Pending:
		return outcome{act: act{What: PromiseLost}}, nil
	case o.HoldLost:
		return m.end(ctx, tx, o, reasonUnpaid)
	}
	return outcome{act: act{What: PaymentFailed}}, nil
}

// expired ends an order whose hold ran out before it was paid, unless its
// payment is under way.
func (m *Module) expired(ctx context.Context, tx tx, o *Order) (outcome, error) {
	if o.Status != ordersapi.Pending {
		return outcome{}, nil
	}
	p, err := m.need.Payments.Payment(ctx, tx, o.Payment.ID)
	if err != nil {
		return outcome{}, err
	}
	switch p.Status {
	case paymentsapi.Authorised, paymentsapi.Captured:
		return outcome{}, nil // the event that says so is on its way
	case paymentsapi.Pending:
		return m.holdOn(ctx, tx, o)
	}
	return m.end(ctx, tx, o, reasonUnpaid)
}

// holdOn takes the goods of an order again while a slow payment, such as a
// transfer, is under way, for as long as the store is patient. When somebody
// else has them by now, the order waits without them.
func (m *Module) holdOn(ctx context.Context, tx tx, o *Order) (outcome, error) {
	until := o.PlacedAt.Add(time.Duration(m.settings.Of(tx.Scope()).UnpaidDays) * 24 * time.Hour)
	if !tx.Now().Before(until) {
		return m.end(ctx, tx, o, reasonUnpaid)
	}
	err := m.need.Stock.Reserve(ctx, tx, inventoryapi.Reservation{Cause: o.cause(), Lines: o.goods(), Until: until})
	if !errors.Is(err, inventoryapi.ErrShort) {
		return outcome{}, err
	}
	o.HoldLost = true
	return outcome{act: act{What: LostHold}}, m.giveUpAt(ctx, tx, o.ID, until)
}

// GiveUp ends an order that is still unpaid.
func (m *Module) GiveUp(ctx context.Context, in tenant.Store, oid ordersapi.OrderID) error {
	_, err := m.change(ctx, in, oid, func(ctx context.Context, tx tx, o *Order) (outcome, error) {
		if o.Status != ordersapi.Pending || o.Payment.Paid.IsPositive() {
			return outcome{}, nil
		}
		return m.end(ctx, tx, o, reasonUnpaid)
	})
	return err
}
