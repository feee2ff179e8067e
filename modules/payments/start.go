package payments

import (
	"context"
	"strings"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

type store = tenant.Store

// Start makes the first or next attempt. The attempt and its key are stored
// before the gateway is asked; what comes back is settled in a transaction of
// its own. Calling it again goes on with an attempt that is not over, under the
// same key, so that a double click or a restart never asks twice.
func (m *Module) Start(ctx context.Context, in tenant.Store, id paymentsapi.PaymentID) (paymentsapi.Step, error) {
	b, err := db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (trial, error) { return m.begin(ctx, tx, id) })
	if err != nil {
		return paymentsapi.Step{}, err
	}
	if b.a.Status != attemptSent && b.a.Status != attemptUnknown {
		return m.step(ctx, in, b.p, b.a)
	}
	g, _ := m.gateway(b.a.Gateway)
	s := m.call(ctx, in, question{b.a.Gateway, "create", func(ctx context.Context) (Snapshot, error) {
		return g.Create(ctx, in, m.request(in, b.p, b.a))
	}})
	b, err = db.Write(context.WithoutCancel(ctx), m.need.Kit.DB, in, func(tx tx) (trial, error) { return m.settle(ctx, tx, b.a, s) })
	if err != nil {
		return paymentsapi.Step{}, err
	}
	return m.step(ctx, in, b.p, b.a)
}

// begin finds the attempt to go on with or stores a new one.
func (m *Module) begin(ctx context.Context, tx tx, id paymentsapi.PaymentID) (trial, error) {
	p, err := lockPayment(ctx, tx, id)
	if err != nil {
		return trial{}, err
	}
	if !p.Attempt.IsZero() {
		a, err := findAttempt(ctx, tx, p.Attempt)
		if err != nil || !a.over() || p.Captured > 0 || a.Status == attemptMismatch { // money that people have to look at
			return trial{p, a}, err
		}
	}
	if p.Cancelled {
		return trial{}, errCancelled
	}
	a, err := m.newAttempt(ctx, tx, &p)
	if err != nil {
		return trial{}, err
	}
	g, _ := m.gateway(a.Gateway)
	if !g.Descriptor().Local {
		return trial{p, a}, m.store(ctx, tx, &p, booking{})
	}
	s, err := g.Create(ctx, tx.Scope(), m.request(tx.Scope(), p, a))
	if err != nil {
		return trial{}, err
	}
	return m.settleLocked(ctx, tx, trial{p, a}, s, "")
}

// newAttempt stores an attempt of a locked payment, which the caller stores.
func (m *Module) newAttempt(ctx context.Context, tx tx, p *payment) (attempt, error) {
	g, ok := m.gateway(p.Method)
	if !ok {
		return attempt{}, errMethod
	}
	a := newAttempt(db.NewID[attemptKind](tx), *p)
	a.CreatedAt, a.ChangedAt = tx.Now(), tx.Now()
	if !g.Descriptor().Local {
		a.CheckAt = tx.Now().Add(2 * whileOut) // also when we are gone before the answer comes
	}
	p.Attempt, p.Tries = a.ID, a.Number
	p.Status = p.stand(a)
	return a, insertAttempt(ctx, tx, a)
}

func (m *Module) request(in tenant.Store, p payment, a attempt) Request {
	return Request{
		Key: a.Key, At: a.CreatedAt, Payment: p.ID.String(), Reference: p.Reference, Amount: p.Amount, Email: p.Email, Lang: p.Lang,
		Return: m.path(in, p.ID), Back: p.Return,
	}
}

// step tells what the payer has to do next.
func (m *Module) step(ctx context.Context, in tenant.Store, p payment, a attempt) (paymentsapi.Step, error) {
	out := paymentsapi.Step{Status: p.Status}
	g, known := m.gateway(a.Gateway)
	switch {
	case p.Status != paymentsapi.Pending || !known:
	case a.Status == attemptAction && strings.HasPrefix(a.Redirect, "/"):
		out.RedirectPath = a.Redirect
	case g.Descriptor().Local: // answers from memory
		s, err := g.Create(ctx, in, m.request(in, p, a))
		if err != nil {
			return out, err
		}
		out.Instructions = s.Instructions
	default:
		out.RedirectPath = m.path(in, p.ID)
	}
	return out, nil
}

// Next tells what the payer has to do now, without asking a gateway.
func (m *Module) Next(ctx context.Context, tx tx, id paymentsapi.PaymentID) (paymentsapi.Step, error) {
	p, err := findPayment(ctx, tx, id)
	if err != nil || p.Attempt.IsZero() {
		return paymentsapi.Step{Status: p.Status}, err
	}
	a, err := findAttempt(ctx, tx, p.Attempt)
	if err != nil {
		return paymentsapi.Step{}, err
	}
	return m.step(ctx, tx.Scope(), p, a)
}
