package payments

import (
	"context"
	"errors"
	"slices"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

// disputer is the gateway of that code, if its payers' banks can take money back.
func (m *Module) disputer(gateway string) (Disputer, bool) {
	g, _ := m.gateway(gateway)
	d, ok := g.(Disputer)
	return d, ok
}

// disputes tells whether there is a gateway with disputes.
func (m *Module) disputes() bool {
	return slices.ContainsFunc(m.gateways, func(g Gateway) bool {
		_, ok := g.(Disputer)
		return ok
	})
}

// askDispute asks a gateway about a dispute, as patiently as about anything else.
func (m *Module) askDispute(ctx context.Context, in tenant.Store, gateway string, ask func(context.Context) (DisputeSnapshot, error)) DisputeSnapshot {
	var said DisputeSnapshot
	s := m.call(ctx, in, question{gateway, "dispute", func(ctx context.Context) (Snapshot, error) {
		answer, err := ask(ctx)
		said = answer
		return Snapshot{Outcome: answer.Outcome}, err
	}})
	if s.Outcome == Unknown {
		return DisputeSnapshot{Outcome: Unknown}
	}
	return said
}

// heedDisputed is heed for what is about a dispute.
func (m *Module) heedDisputed(ctx context.Context, in tenant.Store, a matter) error {
	status, err := m.heedDispute(ctx, in, a.gateway, a.dispute)
	if errors.Is(err, errNoAnswer) {
		return m.silence(a)
	}
	if err != nil {
		return err // the job is run again
	}
	return db.Do(context.WithoutCancel(ctx), m.need.Kit.DB, in, func(tx tx) error { return endEvent(tx, a.events[0], status) })
}

// heedDispute asks a gateway about a dispute that it told of, and settles what it says.
func (m *Module) heedDispute(ctx context.Context, in tenant.Store, gateway, external string) (eventStatus, error) {
	far, ok := m.disputer(gateway)
	if !ok {
		return "", errMethod
	}
	s := m.askDispute(ctx, in, gateway, func(ctx context.Context) (DisputeSnapshot, error) { return far.Dispute(ctx, in, external) })
	switch s.Outcome {
	case Unknown:
		return "", errNoAnswer
	case Elsewhere:
		return eventForeign, nil
	}
	return m.takeDispute(ctx, in, gateway, s)
}

// takeDispute settles what a gateway said of a dispute. Where we do not know yet that
// the money was taken, the gateway is asked about that first.
func (m *Module) takeDispute(ctx context.Context, in tenant.Store, gateway string, s DisputeSnapshot) (eventStatus, error) {
	if s.Charge == "" {
		return eventForeign, nil
	}
	about, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (trial, error) { return trialOf(ctx, tx, gateway, s.Charge) })
	if err != nil {
		return "", err
	}
	if about.a.Status != attemptSucceeded {
		if is, err := m.askAbout(ctx, in, gateway, s.Charge); err != nil || is == eventForeign {
			return is, err
		}
	}
	ctx = context.WithoutCancel(ctx)
	return db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (eventStatus, error) { return m.settleDispute(ctx, tx, gateway, s) })
}

// settleDispute is the only way in which what a gateway said of a dispute changes
// anything, whoever brought it. It is monotonic, as settle is.
func (m *Module) settleDispute(ctx context.Context, tx tx, gateway string, s DisputeSnapshot) (eventStatus, error) {
	known, err := chargesOf(ctx, tx, gateway, named{externals: []string{s.Charge}, keys: []string{}})
	if err != nil {
		return "", err
	}
	if len(known) == 0 {
		return eventForeign, nil
	}
	p, err := lockPayment(ctx, tx, known[0].Payment)
	if err != nil {
		return "", err
	}
	d, old, err := disputeNamed(ctx, tx, gateway, s.External) // as it is now that the payment is locked
	if err != nil {
		return "", err
	}
	if !old {
		d = dispute{Payment: p.ID, Attempt: AttemptID(known[0].ID), Gateway: gateway, External: s.External, Amount: s.Amount, OpenedAt: s.OpenedAt}
	}
	return eventDone, m.settleDisputeLocked(ctx, tx, p, d, s)
}

func (m *Module) settleDisputeLocked(ctx context.Context, tx tx, p payment, d dispute, s DisputeSnapshot) error {
	was := d
	fresh := d.ID.IsZero()
	if fresh {
		d.ID = db.NewID[disputeKind](tx)
	}
	if s.Outcome != Succeeded {
		return m.unsettled(ctx, tx, d, s)
	}
	if !d.learn(s, tx.Now()) {
		if fresh || d.CheckAt.IsZero() {
			return nil
		}
		d.Checks++
		d.CheckAt = d.again(tx.Now())
		return updateDispute(ctx, tx, d)
	}
	d.heard(s, tx.Now())
	posts, err := p.contend(&d)
	if err != nil {
		return err
	}
	if d.booked() && !d.Sending {
		d.Checks = 0
	} else {
		d.Checks++
	}
	d.CheckAt = d.again(tx.Now())
	if p.Email == "" && !d.Sending {
		d.Evidence = Evidence{} // its payer was forgotten meanwhile
	}
	remind := d.remind(tx.Now())
	if fresh {
		err = insertDispute(ctx, tx, d)
	} else {
		err = updateDispute(ctx, tx, d)
	}
	if err != nil {
		return err
	}
	if len(posts) > 0 {
		if err := m.store(ctx, tx, &p, booking{posts, d.Reason, ""}); err != nil {
			return err
		}
	}
	if err := m.disagree(ctx, tx, p, d, s); err != nil {
		return err
	}
	return m.tellDispute(ctx, tx, p, d, disputeNews{was: was, fresh: fresh, remind: remind})
}

// unsettled notes that a gateway did not say how a dispute stands: it did not answer,
// does not have it, or did not take what we sent.
func (m *Module) unsettled(ctx context.Context, tx tx, d dispute, s DisputeSnapshot) error {
	d.Checks++
	if s.Outcome == Declined && d.Sending {
		d.Sending, d.Answer, d.Problem = false, "", s.Problem
	}
	d.CheckAt = tx.Now().Add(lastCheck)
	if s.Outcome != Elsewhere {
		d.CheckAt = d.again(tx.Now())
	}
	return updateDispute(ctx, tx, d)
}

// disagree raises a difference where the gateway disputes otherwise than our books can
// have it, and closes it once they have.
func (m *Module) disagree(ctx context.Context, tx tx, p payment, d dispute, s DisputeSnapshot) error {
	if d.booked() && s.Amount == d.Amount && d.Amount.Currency == p.Amount.Currency {
		return settleDifferences(ctx, tx, d.Gateway, []string{d.External})
	}
	ours := d.Amount.Minor
	if !d.booked() {
		ours = max(0, p.refundable())
	}
	found := p.differs(OtherDispute, d.Gateway, ours, Snapshot{External: d.External, Amount: s.Amount})
	found.Charge = s.Charge
	return insertDifference(ctx, tx, found)
}

// resolveDispute asks about a dispute, or sends what staff said to it, and settles
// what is answered.
func (m *Module) resolveDispute(ctx context.Context, in tenant.Store, number DisputeID) error {
	d, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (dispute, error) { return findDispute(ctx, tx, number) })
	if err != nil {
		return err
	}
	s := DisputeSnapshot{Outcome: Unknown} // also of a gateway that this program no longer has
	if far, ok := m.disputer(d.Gateway); ok {
		say := Answer{Ref: Ref{Key: d.Key, External: d.External, At: d.AnsweredAt}, Evidence: d.Evidence}
		s = m.askDispute(ctx, in, d.Gateway, func(ctx context.Context) (DisputeSnapshot, error) {
			switch {
			case d.Sending && d.Answer == contested:
				return far.Contest(ctx, in, say)
			case d.Sending:
				return far.Concede(ctx, in, say)
			}
			return far.Dispute(ctx, in, d.External)
		})
	}
	ctx = context.WithoutCancel(ctx)
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		p, err := lockPayment(ctx, tx, d.Payment)
		if err != nil {
			return err
		}
		now, err := findDispute(ctx, tx, number)
		if err != nil {
			return err
		}
		if s.Outcome != Succeeded && now.Key != d.Key {
			return nil // about an answer that another one has followed
		}
		return m.settleDisputeLocked(ctx, tx, p, now, s)
	})
}

// disputed is how far back a comparison looks for disputes: more than one night may
// have been missed.
const disputed = 30 * 24 * time.Hour

// disputes looks for what payers' banks did and nobody told.
func (w *comparing) disputes(ctx context.Context) error {
	far, ok := w.m.disputer(w.c.Gateway)
	if !ok {
		return nil
	}
	span := Span{From: w.c.Span.From, To: w.c.Span.To}
	if since := span.To.Add(-disputed); since.Before(span.From) {
		span.From = since
	}
	return far.Disputes(ctx, w.in, span.wide(), func(s DisputeSnapshot) error {
		_, err := w.m.takeDispute(ctx, w.in, w.c.Gateway, s)
		if errors.Is(err, errNoAnswer) {
			w.c.Unknown++
			return nil
		}
		return err
	})
}

// changedBy is the common part of events about a dispute of a payment.
func (p *payment) changedBy(d dispute) paymentsapi.Changed {
	return p.changed(d.Amount.Minor, d.Reason)
}
