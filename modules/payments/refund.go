package payments

import (
	"cmp"
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

// RefundStatus is where a refund stands.
type RefundStatus string

// The states of a refund.
const (
	RefundWaiting RefundStatus = "waiting" // set aside; the gateway is being asked
	RefundDone    RefundStatus = "done"
	RefundFailed  RefundStatus = "failed" // the amount is the store's again, also when it came back later
)

// refund is an amount on its way back to the payer.
type refund struct {
	ID        RefundID
	Payment   paymentsapi.PaymentID
	Attempt   AttemptID // that took the money
	Minor     int64
	Status    RefundStatus
	Key       string
	External  string
	Reason    string // ours
	Problem   string // the gateway's
	Actor     string
	Checks    int64
	CheckAt   time.Time
	CreatedAt time.Time
}

// Refund sets an amount aside; the gateway is asked after the transaction. More
// than was captured and not yet given back is refused.
func (m *Module) Refund(ctx context.Context, tx tx, id paymentsapi.PaymentID, amount money.Amount, reason string) error {
	return m.refundBy(ctx, tx, id, refund{Minor: amount.Minor, Reason: reason}, amount.Currency)
}

func (m *Module) refundBy(ctx context.Context, tx tx, id paymentsapi.PaymentID, r refund, c money.Currency) error {
	p, err := lockPayment(ctx, tx, id)
	if err != nil {
		return err
	}
	if c != p.Amount.Currency {
		return money.ErrCurrency
	}
	all, err := attemptsOf(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.Status == attemptSucceeded {
			r.Attempt = a.ID
			return m.refund(ctx, tx, &p, r)
		}
	}
	return ErrTooMuch
}

// refund sets aside what a locked payment gives back. Where the program itself
// answers for the gateway, it is done at once.
func (m *Module) refund(ctx context.Context, tx tx, p *payment, r refund) error {
	if err := p.setAside(r.Minor); err != nil {
		return err
	}
	if err := m.store(ctx, tx, p, booking{}); err != nil {
		return err
	}
	r.ID, r.Payment, r.Status = db.NewID[refundKind](tx), p.ID, RefundWaiting
	r.Key, r.CheckAt, r.CreatedAt = keyPrefix+r.ID.String(), tx.Now(), tx.Now()
	if err := insertRefund(ctx, tx, r); err != nil {
		return err
	}
	if g, ok := m.gateway(p.Method); ok && g.Descriptor().Local {
		return m.settleRefundLocked(ctx, tx, *p, r, Snapshot{Outcome: Succeeded, Amount: p.money(r.Minor)})
	}
	return m.soon(ctx, tx, r.ID)
}

// SendRefund asks the gateway to give a refund's amount back, under the
// refund's own key, so that it can be asked any number of times.
func (m *Module) SendRefund(ctx context.Context, in tenant.Store, id RefundID) error {
	_, err := m.sendRefund(ctx, in, id)
	return err
}

// sendRefund is SendRefund with what the gateway said; nothing is asked, and
// unknown, when there is nothing to say of the refund any more.
func (m *Module) sendRefund(ctx context.Context, in tenant.Store, id RefundID) (s Snapshot, err error) {
	s.Outcome = Unknown
	type work struct {
		p payment
		a attempt
		r refund
	}
	w, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (w work, err error) {
		if w.r, err = findRefund(ctx, tx, id); err != nil {
			return w, err
		}
		if w.p, err = findPayment(ctx, tx, w.r.Payment); err != nil {
			return w, err
		}
		w.a, err = findAttempt(ctx, tx, w.r.Attempt)
		return w, err
	})
	if err != nil || !w.r.askable() {
		return s, err
	}
	g, ok := m.gateway(w.a.Gateway)
	if !ok {
		return s, errMethod
	}
	s = m.call(ctx, in, question{w.a.Gateway, "refund", func(ctx context.Context) (Snapshot, error) {
		return g.Refund(ctx, in, RefundRequest{
			Ref: Ref{Key: w.r.Key, External: w.r.External, At: w.r.CreatedAt}, Charge: w.a.ref(), Amount: w.p.money(w.r.Minor), Reason: w.r.Reason,
		})
	}})
	return s, db.Do(context.WithoutCancel(ctx), m.need.Kit.DB, in, func(tx tx) error {
		p, err := lockPayment(ctx, tx, w.p.ID)
		if err != nil {
			return err
		}
		r, err := findRefund(ctx, tx, id)
		if err != nil {
			return err
		}
		return m.settleRefundLocked(ctx, tx, p, r, s)
	})
}

// askable tells whether a gateway has something to say of a refund. One that was
// given can still come back, as from a card that was closed.
func (r refund) askable() bool {
	return r.Status == RefundWaiting || r.Status == RefundDone && r.External != ""
}

// settleRefundLocked is settle for refunds: what is over stays as it is, unless it
// came back.
func (m *Module) settleRefundLocked(ctx context.Context, tx tx, p payment, r refund, s Snapshot) error {
	switch {
	case r.Status == RefundDone && (s.Outcome == Declined || s.Outcome == Voided):
		return m.refundUndone(ctx, tx, p, r, s.Reason)
	case r.Status != RefundWaiting:
		return nil
	}
	r.Checks++
	if s.External != "" {
		r.External = s.External
	}
	if s.Outcome == Succeeded && s.Amount != p.money(r.Minor) {
		r.Problem, r.CheckAt = reasonMismatch, time.Time{} // for people to look at; the amount stays set aside
		if err := updateRefund(ctx, tx, r, RefundWaiting); err != nil {
			return err
		}
		s.External = cmp.Or(r.External, r.Key)
		return insertDifference(ctx, tx, p.differs(OtherRefund, p.Method, r.Minor, s))
	}
	switch s.Outcome {
	case Succeeded:
		return m.refundDone(ctx, tx, p, r)
	case Declined, Voided:
		if err := p.putBack(r.Minor); err != nil {
			return err
		}
		r.Status, r.Problem, r.CheckAt = RefundFailed, s.Reason, time.Time{}
		if err := updateRefund(ctx, tx, r, RefundWaiting); err != nil {
			return err
		}
		if err := askDisputesSoon(ctx, tx, p.ID); err != nil {
			return err
		}
		return m.store(ctx, tx, &p, booking{})
	}
	r.CheckAt = attempt{Checks: r.Checks, CreatedAt: tx.Now()}.again(tx.Now()) // never given up: it is the payer's money
	if s.Outcome == Unknown && !m.fuses.Whole(account{tx.Scope().ID(), p.Method}) {
		r.Checks, r.CheckAt = r.Checks-1, tx.Now().Add(whileOut)
	}
	return updateRefund(ctx, tx, r, RefundWaiting)
}

func (m *Module) refundDone(ctx context.Context, tx tx, p payment, r refund) error {
	excess := p.Captured-p.Refunded > p.Amount.Minor // what was paid twice is nobody's business
	post, err := p.refund(r.Minor)
	if err != nil {
		return err
	}
	r.Status, r.CheckAt = RefundDone, time.Time{}
	if err := updateRefund(ctx, tx, r, RefundWaiting); err != nil {
		return err
	}
	p.Status = p.stand(attempt{ID: r.Attempt, Status: attemptSucceeded})
	if err := m.store(ctx, tx, &p, booking{[]posting{post}, r.Reason, r.Actor}); err != nil {
		return err
	}
	if r.Reason == reasonThere {
		if err := settleDifferences(ctx, tx, p.Method, []string{r.External}); err != nil {
			return err
		}
	}
	if excess && r.Reason == reasonTwice {
		return nil
	}
	return m.need.Kit.Events.Publish(ctx, tx, paymentsapi.WasRefunded{Changed: p.changed(r.Minor, r.Reason)})
}

// refundUndone books that what was given back is the store's again.
func (m *Module) refundUndone(ctx context.Context, tx tx, p payment, r refund, why string) error {
	post, err := p.takeBack(r.Minor)
	if err != nil {
		return err
	}
	r.Status, r.Problem, r.CheckAt = RefundFailed, why, time.Time{}
	if err := updateRefund(ctx, tx, r, RefundDone); err != nil {
		return err
	}
	p.Status = p.stand(attempt{ID: r.Attempt, Status: attemptSucceeded})
	if err := m.store(ctx, tx, &p, booking{[]posting{post}, why, ""}); err != nil {
		return err
	}
	return m.need.Kit.Events.Publish(ctx, tx, paymentsapi.RefundUndone{Changed: p.changed(r.Minor, why)})
}
