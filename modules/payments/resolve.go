package payments

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

// Resolve asks the gateways about everything in a store that is due: attempts
// without an answer, attempts under way, refunds that have not been given, methods
// that are being saved or have to be forgotten, disputes, and accounts under a platform's.
// It tells how many it asked about.
func (m *Module) Resolve(ctx context.Context, in tenant.Store) (int, error) {
	type due struct {
		attempts []AttemptID
		refunds  []RefundID
		methods  []MethodID
		disputes []DisputeID
		accounts []AccountID
	}
	d, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (d due, err error) {
		if d.attempts, err = dueAttempts(ctx, tx); err != nil {
			return d, err
		}
		if d.refunds, err = dueRefunds(ctx, tx); err != nil {
			return d, err
		}
		if d.methods, err = dueMethods(ctx, tx); err != nil {
			return d, err
		}
		if d.disputes, err = dueDisputes(ctx, tx); err != nil {
			return d, err
		}
		d.accounts, err = dueAccounts(ctx, tx)
		return d, err
	})
	if err != nil {
		return 0, err
	}
	var wrong []error
	wrong = append(wrong, m.resolveAll(ctx, in, d.attempts))
	for _, id := range d.refunds {
		wrong = append(wrong, m.SendRefund(ctx, in, id))
	}
	for _, id := range d.methods {
		wrong = append(wrong, m.resolveMethod(ctx, in, id))
	}
	for _, id := range d.disputes {
		wrong = append(wrong, m.resolveDispute(ctx, in, id))
	}
	for _, number := range d.accounts {
		wrong = append(wrong, m.lookSometime(ctx, in, number))
	}
	return len(d.attempts) + len(d.refunds) + len(d.methods) + len(d.disputes) + len(d.accounts), errors.Join(wrong...)
}

// resolveAll asks about attempts, some at the same time: after an outage many are due at
// once, and the shoppers of all of them wait.
func (m *Module) resolveAll(ctx context.Context, in tenant.Store, all []AttemptID) error {
	wrong := make([]error, len(all))
	var asked sync.WaitGroup
	places := make(chan struct{}, askAtOnce)
	for i, id := range all {
		places <- struct{}{}
		asked.Go(func() {
			defer func() { <-places }()
			_, wrong[i] = m.resolve(ctx, in, id)
		})
	}
	asked.Wait()
	return errors.Join(wrong...)
}

// resolve asks about one attempt, settles what is answered, and gives it.
func (m *Module) resolve(ctx context.Context, in tenant.Store, id AttemptID) (Snapshot, error) {
	type known struct {
		p   payment
		a   attempt
		now time.Time
	}
	k, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (k known, err error) {
		if k.a, err = findAttempt(ctx, tx, id); err != nil {
			return k, err
		}
		k.p, err = findPayment(ctx, tx, k.a.Payment)
		k.now = tx.Now()
		return k, err
	})
	s := Snapshot{Outcome: Unknown} // also of a gateway that this program no longer has
	if err != nil {
		return s, err
	}
	g, have := m.gateway(k.a.Gateway)
	if k.a.over() && k.a.CheckAt.IsZero() || have && g.Descriptor().Local {
		return s, nil
	}
	if have {
		late := k.a.Status == attemptAction && k.now.Sub(k.a.CreatedAt) > abandoned
		s = m.ask(ctx, in, g, k.a, k.p.Cancelled || late)
	}
	return s, db.Do(context.WithoutCancel(ctx), m.need.Kit.DB, in, func(tx tx) error {
		_, err := m.settle(ctx, tx, k.a, s)
		return err
	})
}

// ask fetches an attempt's state, ends it where nobody waits for it any more, or
// takes what it holds where somebody wants it, as far as the gateway can.
func (m *Module) ask(ctx context.Context, in tenant.Store, g Gateway, a attempt, end bool) Snapshot {
	ender, ends := g.(Canceller)
	taker, takes := g.(Capturer)
	return m.call(ctx, in, question{a.Gateway, "fetch", func(ctx context.Context) (Snapshot, error) {
		switch {
		case end && ends:
			return ender.Cancel(ctx, in, a.ref())
		case a.Take && takes && a.Status == attemptAuthorised:
			return taker.Capture(ctx, in, a.ref())
		}
		return g.Fetch(ctx, in, a.ref())
	}})
}

// Look is what a payer who comes back gets to see: the payment, after the
// gateway was asked how it stands. The browser's word is not taken for it.
func (m *Module) Look(ctx context.Context, in tenant.Store, id paymentsapi.PaymentID) (Receipt, error) {
	r, err := m.receipt(ctx, in, id)
	if err != nil || r.Status != paymentsapi.Pending || r.attempt.ID.IsZero() {
		return r, err
	}
	said, err := m.resolve(ctx, in, r.attempt.ID)
	if err != nil {
		return r, err
	}
	if r, err = m.receipt(ctx, in, id); r.Status == paymentsapi.Pending && said.Outcome == RequiresAction && r.attempt.Status == attemptAction {
		r.Turn, r.Problem = cmp.Or(said.Redirect, r.attempt.Redirect), said.Reason
	}
	return r, err
}

// Receipt is a payment as its payer sees it.
type Receipt struct {
	paymentsapi.Payment
	Reference string
	Return    string // path of the storefront to which the payer goes back
	Turn      string // where the payer goes on, when the gateway has just said that it is their turn
	Problem   string // why the try before failed, then
	attempt   attempt
	customer  auth.CustomerID // who may use and save methods for it
}

func (m *Module) receipt(ctx context.Context, in tenant.Store, id paymentsapi.PaymentID) (Receipt, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Receipt, error) {
		p, err := findPayment(ctx, tx, id)
		if err != nil {
			return Receipt{}, err
		}
		r := Receipt{Payment: p.view(), Reference: p.Reference, Return: p.Return, customer: p.Customer}
		if !p.Attempt.IsZero() {
			r.attempt, err = findAttempt(ctx, tx, p.Attempt)
		}
		return r, err
	})
}
