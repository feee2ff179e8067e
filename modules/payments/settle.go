package payments

import (
	"cmp"
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

type tx = *db.Tx[tenant.Store]

// news is what a payment's owner has to hear: one of the module's events.
type news struct {
	authorised, captured, failed bool
	minor                        int64
	reason                       string
}

// settle is the only way in which what a gateway or a person said changes a
// payment, whoever brought it: the browser that came back, the job that asked,
// or the gateway that told. It is monotonic, so it may be called with the same snapshot, or an
// older one, any number of times.
func (m *Module) settle(ctx context.Context, tx tx, known attempt, s Snapshot) (trial, error) {
	p, err := lockPayment(ctx, tx, known.Payment)
	if err != nil {
		return trial{a: known}, err
	}
	a, err := findAttempt(ctx, tx, known.ID) // as it is now that the payment is locked
	if err != nil {
		return trial{p, known}, err
	}
	return m.settleLocked(ctx, tx, trial{p, a}, s, "")
}

// trial is a payment, locked, with one of its attempts.
type trial struct {
	p payment
	a attempt
}

func (m *Module) settleLocked(ctx context.Context, tx tx, t trial, s Snapshot, by string) (trial, error) {
	before, checks, due := t.a.Status, t.a.Checks, t.a.CheckAt
	if far, ok := m.saver(t.a.Gateway); ok && s.Saved != nil && s.Saved.External != "" {
		if err := t.keepMethod(ctx, tx, far.Vault(tx.Scope()), *s.Saved); err != nil {
			return t, err
		}
	}
	told, posts, err := t.p.learn(&t.a, s, tx.Now())
	if err != nil {
		return t, err
	}
	switch whose := (account{tx.Scope().ID(), t.a.Gateway}); {
	case t.a.CheckAt.IsZero():
	case m.askSoon(whose, t.a, s, tx.Now()):
		t.a.Checks, t.a.CheckAt = checks, tx.Now().Add(whileOut)
	case s.Outcome == Unknown:
		t.a.CheckAt = t.a.alone(tx.Now())
	}
	if g, ok := m.gateway(t.a.Gateway); ok && g.Descriptor().Local {
		t.a.CheckAt = time.Time{} // there is nobody to ask
	}
	if t.a.over() {
		t.a.CheckAt = t.a.savingSoon(s, due, tx.Now())
	}
	if err := noteAttempt(tx, t.a); err != nil {
		return t, err
	}
	if len(posts) == 0 && t.a.Status == before {
		return t, nil
	}
	if err := m.store(ctx, tx, &t.p, booking{posts, s.Reason, by}); err != nil {
		return t, err
	}
	if t.a.Status == attemptMismatch {
		s.External = cmp.Or(t.a.External, t.a.Key)
		return t, insertDifference(ctx, tx, t.p.differs(OtherAmount, t.a.Gateway, t.p.Amount.Minor, s))
	}
	if err := m.tell(ctx, tx, t.p, told); err != nil {
		return t, err
	}
	return t, m.giveExcess(ctx, tx, &t.p, t.a)
}

// learn brings payment and attempt up to what a gateway said. An older or
// weaker answer than the one we have changes nothing but the next check.
func (p *payment) learn(a *attempt, s Snapshot, now time.Time) (news, []posting, error) {
	if !a.CheckAt.IsZero() && !now.Before(a.CheckAt) {
		a.Checks++ // only the regular ones make the next wait longer
	}
	next, known := statusOf[s.Outcome]
	if !known {
		next = attemptUnknown
	}
	taken := next == attemptSucceeded || next == attemptAuthorised
	if taken && s.Amount != p.Amount {
		next, s.Reason = attemptMismatch, reasonMismatch
	}
	if !next.beats(a.Status) {
		a.CheckAt = a.again(now)
		if a.over() {
			a.CheckAt = time.Time{}
		}
		return news{}, nil, nil
	}
	was := a.Status
	a.Status, a.Reason, a.Redirect = next, s.Reason, s.Redirect
	if s.External != "" {
		a.External = s.External
	}
	a.CheckAt = a.again(now)
	if a.over() {
		a.CheckAt = time.Time{}
	}
	told, posts, err := p.book(was, next)
	told.reason = s.Reason
	p.Status = p.stand(*a)
	return told, posts, err
}

// book posts what a step of an attempt means for the ledger.
func (p *payment) book(was, next AttemptStatus) (told news, posts []posting, err error) {
	minor := p.Amount.Minor
	told.minor = minor
	post := func(one posting, failed error) {
		if failed != nil && err == nil {
			err = failed
		}
		posts = append(posts, one)
	}
	switch next {
	case attemptAuthorised, attemptSucceeded:
		if was != attemptAuthorised && minor > 0 {
			post(p.authorise(minor))
		}
		if next == attemptAuthorised {
			told.authorised = true
			break
		}
		if minor > 0 {
			post(p.capture(minor))
		}
		told.captured = p.Captured <= minor // more is given back, and nobody's business
	case attemptDeclined, attemptCancelled:
		if was == attemptAuthorised {
			post(p.void())
		}
		told.failed = !p.Cancelled
	}
	return told, posts, err
}

// booking is postings with why and by whom; the zero value is none.
type booking struct {
	posts    []posting
	note, by string
}

// store writes a locked payment and its postings.
func (m *Module) store(ctx context.Context, tx tx, p *payment, b booking) error {
	n, err := updatePayment(ctx, tx, *p)
	if err != nil {
		return err
	}
	if n != 1 {
		return errGuard
	}
	p.Version++
	if len(b.posts) == 0 {
		return nil
	}
	return insertEntries(tx, *p, b)
}

func (m *Module) tell(ctx context.Context, tx tx, p payment, n news) error {
	switch what := p.changed(n.minor, n.reason); {
	case n.captured:
		return m.need.Kit.Events.Publish(ctx, tx, paymentsapi.WasCaptured{Changed: what})
	case n.authorised:
		return m.need.Kit.Events.Publish(ctx, tx, paymentsapi.WasAuthorised{Changed: what})
	case n.failed:
		return m.need.Kit.Events.Publish(ctx, tx, paymentsapi.HasFailed{Changed: what})
	}
	return nil
}

// giveExcess gives back what was taken beyond the amount, as when a payer's
// first try succeeds after all while the second did too.
func (m *Module) giveExcess(ctx context.Context, tx tx, p *payment, a attempt) error {
	over := min(p.Captured-p.Amount.Minor, p.refundable())
	if over <= 0 || a.Status != attemptSucceeded {
		return nil
	}
	return m.refund(ctx, tx, p, refund{Attempt: a.ID, Minor: over, Reason: reasonTwice})
}

const (
	reasonTwice    = "paid_twice" // why an excess goes back
	reasonMismatch = "mismatch"   // why nothing is booked
)
