package orders

import (
	"context"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/orders/ordersapi"
)

var errTooLate = fault.New(fault.Rule, "orders.too_late_to_cancel")

// Withdraw ends an order that its buyer no longer wants, as long as nothing was
// paid or promised for it. What is paid later after all goes back by itself.
func (m *Module) Withdraw(ctx context.Context, in tenant.Store, oid ordersapi.OrderID) (Order, error) {
	return m.change(ctx, in, oid, func(ctx context.Context, tx tx, o *Order) (outcome, error) {
		if !o.withdrawable() {
			return outcome{}, errTooLate.With("number", o.Number)
		}
		return m.end(ctx, tx, o, "orders.reason_buyer")
	})
}

// withdrawable tells whether the buyer can end the order without asking.
func (o Order) withdrawable() bool {
	return o.Status == ordersapi.Pending && o.Payment.Paid.IsZero() && !o.Payment.Deferred
}

// Again is what came of buying an order's things once more.
type Again struct {
	Token string // of the cart
	Added int    // lines that are in it now
	Left  int    // lines that are no longer to be had like that
}

// BuyAgain puts everything that an order had, and that can still be bought, into
// the visitor's cart, at today's prices.
func (m *Module) BuyAgain(ctx context.Context, in tenant.Store, v Visit, oid ordersapi.OrderID) (Again, error) {
	return db.Write(ctx, m.need.Kit.DB.Relaxed(), in, func(tx tx) (Again, error) {
		o, err := findOrder(ctx, tx, oid)
		if err != nil {
			return Again{}, err
		}
		out := Again{Token: v.Token}
		for _, l := range o.Lines {
			a, err := m.add(ctx, tx, v, Pick{Variant: l.Variant, Quantity: l.Quantity})
			if err != nil {
				switch fault.As(err).Kind {
				case fault.Rule, fault.Conflict, fault.Invalid:
					out.Left++
					continue
				}
				return Again{}, err
			}
			if a.token != "" {
				out.Token, v.Token = a.token, a.token
			}
			out.Added++
		}
		return out, nil
	})
}
