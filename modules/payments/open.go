package payments

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/modules/payments/paymentsapi"
)

// Methods are the ways to pay that a store offers for an amount.
func (m *Module) Methods(_ context.Context, tx tx, amount money.Amount, lang i18n.Lang) ([]paymentsapi.Method, error) {
	words := m.need.Kit.Bundle.In(lang)
	var out []paymentsapi.Method
	for _, g := range m.gateways {
		d := g.Descriptor()
		if fitter, ok := g.(Fitter); !m.offers(tx.Scope(), g, amount) || ok && !fitter.Fits(amount) {
			continue
		}
		name, description := m.wordsOf(tx.Scope(), g)
		out = append(out, paymentsapi.Method{
			Code: d.Code, Icon: d.Icon, Deferred: d.Deferred,
			Name: words.T(name), Description: words.T(description),
		})
	}
	return out, nil
}

// Open begins a payment. Nothing is asked of a gateway yet.
func (m *Module) Open(ctx context.Context, tx tx, c paymentsapi.Charge) (paymentsapi.Payment, error) {
	if g, ok := m.gateway(c.Method); !ok || !m.offers(tx.Scope(), g, c.Amount) {
		return paymentsapi.Payment{}, errMethod
	}
	p, err := newPayment(paymentsapi.PaymentID(tx.NewID()), c)
	if err != nil {
		return paymentsapi.Payment{}, err
	}
	p.OpenedAt, p.ChangedAt = tx.Now(), tx.Now()
	return p.view(), insertPayment(tx, p)
}

// Payment reads a payment.
func (m *Module) Payment(ctx context.Context, tx tx, id paymentsapi.PaymentID) (paymentsapi.Payment, error) {
	p, err := findPayment(ctx, tx, id)
	return p.view(), err
}

// Cancel ends a payment from which nothing was captured. A gateway that was
// already asked is told by the next run of the resolve job; should it take the
// money nevertheless, that is captured and told like any other.
func (m *Module) Cancel(ctx context.Context, tx tx, id paymentsapi.PaymentID) error {
	p, err := lockPayment(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case p.Captured > 0:
		return errCaptured
	case p.Cancelled:
		return nil
	}
	p.Cancelled = true
	a := attempt{}
	if !p.Attempt.IsZero() {
		if a, err = findAttempt(ctx, tx, p.Attempt); err != nil {
			return err
		}
		if !a.over() {
			a.CheckAt = tx.Now()
			if g, ok := m.gateway(a.Gateway); ok && g.Descriptor().Local {
				a.Status, a.CheckAt = attemptCancelled, time.Time{}
			}
			if err := updateAttempt(ctx, tx, a); err != nil {
				return err
			}
		}
	}
	p.Status = p.stand(a)
	return m.store(ctx, tx, &p, booking{})
}

// Check finds payments, at most a hundred, whose ledger does not sum to zero or
// does not say what the payment says. It finds none unless somebody changed the
// tables by hand.
func (m *Module) Check(ctx context.Context, in store) ([]paymentsapi.PaymentID, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]paymentsapi.PaymentID, error) { return unbalanced(ctx, tx) })
}
