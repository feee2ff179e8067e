package payments

import (
	"context"

	"orion/modules/payments/paymentsapi"
)

// Settle records that a payment's money arrived outside a gateway. Settling
// twice, also at the same time, captures once.
func (m *Module) Settle(ctx context.Context, tx tx, id paymentsapi.PaymentID, note string) error {
	return m.settleBy(ctx, tx, id, note, "")
}

func (m *Module) settleBy(ctx context.Context, tx tx, id paymentsapi.PaymentID, note, by string) error {
	p, err := lockPayment(ctx, tx, id)
	if err != nil {
		return err
	}
	g, ok := m.gateway(p.Method)
	if !ok || !g.Descriptor().Local {
		return errNotLocal
	}
	if p.Captured > 0 {
		return nil
	}
	var a attempt
	if p.Attempt.IsZero() {
		a, err = m.newAttempt(ctx, tx, &p)
	} else {
		a, err = findAttempt(ctx, tx, p.Attempt)
	}
	if err != nil {
		return err
	}
	_, err = m.settleLocked(ctx, tx, trial{p, a}, Snapshot{Outcome: Succeeded, Amount: p.Amount, Reason: note}, by)
	return err
}
