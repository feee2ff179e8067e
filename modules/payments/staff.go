package payments

import (
	"context"
	"strings"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
	"orion/modules/tenancy/tenancyapi"
)

var errRefund = fault.New(fault.Invalid, "payments.invalid_refund")

// SettleAs is Settle by a member of staff, who has seen the money.
func (m *Module) SettleAs(ctx context.Context, in tenant.Store, by auth.Actor, id paymentsapi.PaymentID, note string) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		if err := m.settleBy(ctx, tx, id, strings.TrimSpace(note), by.Name); err != nil {
			return err
		}
		return m.audit(ctx, tx, id, tenancyapi.Entry{Actor: by, Action: "payments.settle", After: map[string]string{"note": note}})
	})
}

// CaptureAs takes what is held for a payment. That it is to be taken is stored
// first; when the gateway does not answer, the resolve job goes on.
func (m *Module) CaptureAs(ctx context.Context, in tenant.Store, by auth.Actor, id paymentsapi.PaymentID) error {
	a, err := db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (attempt, error) {
		p, err := lockPayment(ctx, tx, id)
		if err != nil {
			return attempt{}, err
		}
		if p.Attempt.IsZero() {
			return attempt{}, errNotHeld
		}
		a, err := findAttempt(ctx, tx, p.Attempt)
		if err != nil {
			return a, err
		}
		if g, _ := m.gateway(a.Gateway); !p.capturable(a, g) {
			return a, errNotHeld
		}
		a.Take, a.Checks, a.CheckAt = true, 0, tx.Now()
		if err := updateAttempt(ctx, tx, a); err != nil {
			return a, err
		}
		held := map[string]any{"amount": p.money(p.Authorised)}
		return a, m.audit(ctx, tx, id, tenancyapi.Entry{Actor: by, Action: "payments.capture", After: held})
	})
	if err != nil {
		return err
	}
	_, err = m.resolve(ctx, in, a.ID)
	return err
}

// capturable tells whether what is held for a payment can be taken.
func (p *payment) capturable(a attempt, g Gateway) bool {
	_, can := g.(Capturer)
	return can && a.Status == attemptAuthorised && !p.Cancelled
}

// Return is money that staff give back.
type Return struct {
	Payment paymentsapi.PaymentID
	Amount  money.Amount
	Reason  string
}

// RefundAs is Refund by a member of staff.
func (m *Module) RefundAs(ctx context.Context, in tenant.Store, by auth.Actor, r Return) error {
	bad := errRefund
	if r.Amount.Minor <= 0 {
		bad = bad.Field("amount", "payments.bad_amount")
	}
	if strings.TrimSpace(r.Reason) == "" {
		bad = bad.Field("reason", "form.required")
	}
	if err := bad.OrNil(); err != nil {
		return err
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		set := refund{Minor: r.Amount.Minor, Reason: strings.TrimSpace(r.Reason), Actor: by.Name}
		if err := m.refundBy(ctx, tx, r.Payment, set, r.Amount.Currency); err != nil {
			return err
		}
		return m.audit(ctx, tx, r.Payment, tenancyapi.Entry{
			Actor: by, Action: "payments.refund", After: map[string]any{"amount": r.Amount, "reason": r.Reason},
		})
	})
}

// audit writes down what staff did to a payment.
func (m *Module) audit(ctx context.Context, tx tx, id paymentsapi.PaymentID, e tenancyapi.Entry) error {
	p, err := findPayment(ctx, tx, id)
	if err != nil {
		return err
	}
	e.Target, e.Title = id.String(), p.Reference
	return m.need.Audit.Record(ctx, tx, e)
}
