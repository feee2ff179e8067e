package orders

import (
	"context"

	"orion/kit/event"
	"orion/kit/money"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/disputesapi"
)

// hearsDisputes are the subscriptions to what buyers' banks do with payments.
func (m *Module) hearsDisputes() []event.Handler {
	return []event.Handler{
		event.On("orders.note_dispute", func(ctx context.Context, tx tx, e disputesapi.WasDisputed) error {
			return m.onPayment(ctx, tx, e.Changed, noteDispute(e.Inquiry))
		}),
		event.On("orders.count_lost", func(ctx context.Context, tx tx, e disputesapi.DisputeClosed) error {
			return m.onPayment(ctx, tx, e.Changed, m.disputeClosed(e.Outcome))
		}),
	}
}

// noteDispute notes that the buyer's bank claims the money, or only asks.
func noteDispute(inquiry bool) moving {
	what := WasDisputed
	if inquiry {
		what = BankAsked
	}
	return func(_ context.Context, _ tx, _ *Order, amount money.Amount) (outcome, error) {
		return outcome{act: act{What: what, Detail: Detail{Amount: amount}}}, nil
	}
}

var closings = map[disputesapi.Outcome]string{disputesapi.Won: DisputeWon, disputesapi.Lost: DisputeLost, disputesapi.Dropped: BankSettled}

// disputeClosed counts what the buyer's bank has by now, as the payment says. What an
// order that was cancelled could not give back meanwhile goes back.
func (m *Module) disputeClosed(how disputesapi.Outcome) moving {
	return func(ctx context.Context, tx tx, o *Order, amount money.Amount) (outcome, error) {
		return outcome{act: act{What: closings[how], Detail: Detail{Amount: amount}}}, m.countLost(ctx, tx, o)
	}
}

func (m *Module) countLost(ctx context.Context, tx tx, o *Order) error {
	p, err := m.need.Payments.Payment(ctx, tx, o.Payment.ID)
	if err != nil {
		return err
	}
	gone := p.Lost.Minor - o.Payment.Lost.Minor
	o.Payment.Lost.Minor = p.Lost.Minor
	if gone != 0 {
		if err := m.need.Customers.Bought(ctx, tx, o.Customer, -gone); err != nil {
			return err
		}
	}
	if o.Status != ordersapi.Cancelled {
		return nil
	}
	left, err := m.refundable(ctx, tx, *o)
	if err != nil {
		return err
	}
	return m.giveBackSpare(ctx, tx, o, refund{Amount: left, Reason: reasonLate})
}

// giveBackSpare gives an amount back, but for what the buyer's bank claims: that waits
// until it has decided.
func (m *Module) giveBackSpare(ctx context.Context, tx tx, o *Order, r refund) error {
	p, err := m.need.Payments.Payment(ctx, tx, o.Payment.ID)
	if err != nil {
		return err
	}
	r.Amount.Minor = min(r.Amount.Minor, p.Captured.Minor-p.Refunded.Minor-p.Disputed.Minor-p.Lost.Minor)
	if !r.Amount.IsPositive() {
		return nil
	}
	return m.giveBack(ctx, tx, o, r)
}
