package payments

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

// Confirmation is what the page with a gateway's form shows.
type Confirmation struct {
	Receipt
	Form
	Open bool // the gateway has just said that it is the payer's turn
}

// confirms tells whether any gateway draws a form on a page of ours.
func (m *Module) confirms() bool {
	for _, g := range m.gateways {
		if _, ok := g.(Confirmer); ok {
			return true
		}
	}
	return false
}

// Confirmation asks a payment's gateway for its form. What else it says of the
// request is settled, as from wherever it comes.
func (m *Module) Confirmation(ctx context.Context, in tenant.Store, id paymentsapi.PaymentID) (Confirmation, error) {
	r, err := m.receipt(ctx, in, id)
	c := Confirmation{Receipt: r}
	if err != nil || r.Status != paymentsapi.Pending {
		return c, err
	}
	g, _ := m.gateway(r.attempt.Gateway)
	far, ok := g.(Confirmer)
	if !ok {
		return c, nil
	}
	s := m.call(ctx, in, question{r.attempt.Gateway, "form", func(ctx context.Context) (s Snapshot, err error) {
		c.Form, err = far.Form(ctx, in, r.attempt.ref())
		return c.Form.Snapshot, err
	}})
	if s.Outcome == RequiresAction && r.attempt.Status == attemptAction {
		c.Open = true
		return c, nil
	}
	t, err := db.Write(context.WithoutCancel(ctx), m.need.Kit.DB, in, func(tx tx) (trial, error) { return m.settle(ctx, tx, r.attempt, s) })
	c.Open = err == nil && s.Outcome == RequiresAction && t.a.Status == attemptAction && t.p.Status == paymentsapi.Pending
	return c, err
}
