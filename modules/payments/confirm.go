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
	Open  bool   // the gateway has just said that it is the payer's turn
	Saves bool   // the reader may save what they pay with
	Cards []Card // of the reader, that can be used now
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
// request is settled, as from wherever it comes. A customer who reads it sees what
// they saved; nobody else does.
func (m *Module) Confirmation(ctx context.Context, in tenant.Store, o Owned) (Confirmation, error) {
	c, err := m.confirmation(ctx, in, o.Payment)
	if err != nil || !c.Open || o.Customer.IsZero() || c.customer != o.Customer {
		return c, err
	}
	c.Saves, c.Cards, err = m.offered(ctx, in, c.Receipt)
	return c, err
}

// offered is what the customer of a payment may pay it with that they saved, and whether
// anything can be saved.
func (m *Module) offered(ctx context.Context, in tenant.Store, r Receipt) (saves bool, out []Card, err error) {
	far, ok := m.saver(r.attempt.Gateway)
	if !ok || far.Vault(in) == "" {
		return false, nil, nil
	}
	all, err := m.Cards(ctx, in, r.customer)
	for _, one := range all {
		if one.Usable && one.Gateway == r.attempt.Gateway {
			out = append(out, one)
		}
	}
	return true, out, err
}

func (m *Module) confirmation(ctx context.Context, in tenant.Store, id paymentsapi.PaymentID) (Confirmation, error) {
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
