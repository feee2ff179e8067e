package payments

import (
	"context"
	"errors"
	"strings"

	"orion/kit/db"
	"orion/kit/money"
	"orion/kit/tenant"
)

// comparing is a comparison at work.
type comparing struct {
	m    *Module
	in   tenant.Store
	c    Comparison
	seen map[string]bool // the gateway's names of what it has
}

// theirs looks for what the gateway has in our books.
func (w *comparing) theirs(ctx context.Context, batch []Movement) error {
	found, err := w.lookUp(ctx, batch)
	if err != nil {
		return err
	}
	var agreed []string
	for _, mv := range batch {
		w.seen[mv.External] = true
		l, ours := found.line(mv)
		same := differs
		if ours {
			if same, err = w.agrees(ctx, mv, l); err != nil {
				return err
			}
		}
		switch {
		case same == agrees:
			agreed = append(agreed, mv.External)
		case same == untold:
			w.c.Unknown++
		case ours, found.about(mv):
			if err := w.differ(ctx, found.difference(w.c.Gateway, mv)); err != nil {
				return err
			}
		default:
			w.c.Other++
		}
	}
	return db.Do(ctx, w.m.need.Kit.DB, w.in, func(tx tx) error {
		if err := settleDifferences(ctx, tx, w.c.Gateway, agreed); err != nil {
			return err
		}
		return updateComparison(ctx, tx, w.c)
	})
}

// verdict is what comes of holding a movement against our books.
type verdict uint8

const (
	differs verdict = iota
	agrees
	untold // the gateway did not answer, or a refund of ours is still under way
)

// agrees tells whether both books say the same of a movement that ours have, after
// the gateway was asked about what we had not settled.
func (w *comparing) agrees(ctx context.Context, mv Movement, l line) (verdict, error) {
	switch {
	case l.settled(mv.Refund) && l.Amount == mv.Amount:
		w.c.Matched++
		return agrees, nil
	case l.settled(mv.Refund) || l.Amount != mv.Amount:
		return differs, nil
	}
	about := mv.External
	if mv.Refund {
		about = mv.Charge
	}
	if _, err := w.m.askAbout(ctx, w.in, w.c.Gateway, about); errors.Is(err, errNoAnswer) {
		return untold, nil
	} else if err != nil {
		return differs, err
	}
	if mv.Refund {
		if _, err := w.m.sendRefund(ctx, w.in, RefundID(l.ID)); err != nil {
			return differs, err
		}
	}
	found, err := w.lookUp(ctx, []Movement{mv})
	if err != nil {
		return differs, err
	}
	switch now, _ := found.line(mv); {
	case now.settled(mv.Refund) && now.Amount == mv.Amount:
		w.c.Mended++
		return agrees, nil
	case mv.Refund && now.Status == string(RefundWaiting):
		return untold, nil // it is asked for until it is done: booking it as somebody else's would count it twice
	}
	return differs, nil
}

func (w *comparing) differ(ctx context.Context, d Difference) error {
	w.c.Different++
	return db.Do(ctx, w.m.need.Kit.DB, w.in, func(tx tx) error { return insertDifference(ctx, tx, d) })
}

// settled tells whether a line stands in the ledger.
func (l line) settled(refund bool) bool {
	if refund {
		return l.Status == string(RefundDone)
	}
	return l.Status == string(attemptSucceeded)
}

// found is what our books have of some movements.
type found struct{ charges, refunds map[string]line } // by the gateway's name and by key

func (w *comparing) lookUp(ctx context.Context, batch []Movement) (found, error) {
	charges, refunds := named{keys: []string{}}, named{keys: []string{}}
	for _, mv := range batch {
		if mv.Refund {
			refunds.add(mv.External, mv.Key)
			charges.add(mv.Charge, "")
		} else {
			charges.add(mv.External, mv.Key)
		}
	}
	return db.Read(ctx, w.m.need.Kit.DB, w.in, func(tx tx) (f found, err error) {
		taken, err := chargesOf(ctx, tx, w.c.Gateway, charges)
		if err != nil {
			return f, err
		}
		given, err := refundsKnown(ctx, tx, refunds)
		return found{index(taken), index(given)}, err
	})
}

func (n *named) add(external, key string) {
	n.externals = append(n.externals, external)
	if key != "" {
		n.keys = append(n.keys, key)
	}
}

func index(lines []line) map[string]line {
	out := map[string]line{}
	for _, l := range lines {
		out[l.Key] = l
		if l.External != "" {
			out[l.External] = l
		}
	}
	return out
}

// line is what our books have of a movement.
func (f found) line(mv Movement) (line, bool) {
	in := f.charges
	if mv.Refund {
		in = f.refunds
	}
	if l, ok := in[mv.External]; ok {
		return l, true
	}
	l, ok := in[mv.Key]
	return l, ok && mv.Key != ""
}

// about tells whether a movement that our books do not have is ours all the same:
// it has a key of ours, or gives back what we took.
func (f found) about(mv Movement) bool {
	_, ours := f.charges[mv.Charge]
	return mv.Refund && ours || strings.HasPrefix(mv.Key, keyPrefix)
}

// difference is what a movement differs in.
func (f found) difference(gateway string, mv Movement) Difference {
	d := Difference{Kind: MissingHere, Gateway: gateway, External: mv.External, Charge: mv.Charge, Theirs: mv.Amount}
	l, ours := f.line(mv)
	switch {
	case mv.Refund && ours && l.Amount != mv.Amount:
		d.Kind = OtherRefund
	case mv.Refund:
		d.Kind = RefundMissingHere
		d.Payment = f.charges[mv.Charge].Payment
	case ours && l.Amount != mv.Amount:
		d.Kind = OtherAmount
	}
	if ours {
		d.Payment = l.Payment
	}
	if ours && (d.Kind == OtherAmount || d.Kind == OtherRefund) {
		d.Ours = l.Amount
	}
	if d.Ours.Currency == "" {
		d.Ours.Currency = mv.Amount.Currency
	}
	return d
}

// ours looks for what stands in our books at the gateway.
func (w *comparing) ours(ctx context.Context) error {
	if err := w.walk(ctx, takenCharges, w.charge); err != nil {
		return err
	}
	return w.walk(ctx, givenRefunds, w.refund)
}

// walk goes through a side of our books, and looks at what the gateway did not list.
func (w *comparing) walk(ctx context.Context, read func(context.Context, tx, booked) ([]line, error), look func(context.Context, line) (DifferenceKind, error)) error {
	for at := (booked{gateway: w.c.Gateway, span: w.c.Span}); ; {
		lines, err := db.Read(ctx, w.m.need.Kit.DB, w.in, func(tx tx) ([]line, error) { return read(ctx, tx, at) })
		if err != nil || len(lines) == 0 {
			return err
		}
		for _, l := range lines {
			at.after = l.ID
			if l.External == "" || w.seen[l.External] {
				continue
			}
			kind, err := look(ctx, l)
			if err == nil && kind != "" {
				err = w.differ(ctx, Difference{
					Kind: kind, Gateway: w.c.Gateway, External: l.External, Payment: l.Payment, Ours: l.Amount, Theirs: money.New(0, l.Amount.Currency),
				})
			}
			if err != nil {
				return err
			}
		}
	}
}

// charge asks about money that we booked and the gateway did not list; empty
// is no difference.
func (w *comparing) charge(ctx context.Context, l line) (DifferenceKind, error) {
	g, _ := w.m.gateway(w.c.Gateway)
	s := w.m.call(ctx, w.in, question{w.c.Gateway, "fetch", func(ctx context.Context) (Snapshot, error) {
		return g.Fetch(ctx, w.in, Ref{Key: l.Key, External: l.External, At: l.At})
	}})
	switch {
	case s.Outcome == Unknown:
		w.c.Unknown++
	case s.Outcome != Succeeded:
		return MissingThere, nil
	case s.Amount != l.Amount:
		return OtherAmount, nil
	default:
		w.c.Matched++
	}
	return "", nil
}

// refund asks about money that we booked as given back and the gateway did not
// list. What came back is booked.
func (w *comparing) refund(ctx context.Context, l line) (DifferenceKind, error) {
	s, err := w.m.sendRefund(ctx, w.in, RefundID(l.ID))
	if err != nil {
		return "", err
	}
	switch s.Outcome {
	case Elsewhere:
		return RefundMissingThere, nil
	case Declined, Voided:
		w.c.Mended++
	case Succeeded:
		if s.Amount != l.Amount {
			return OtherRefund, nil
		}
		w.c.Matched++
	default:
		w.c.Unknown++
	}
	return "", nil
}
