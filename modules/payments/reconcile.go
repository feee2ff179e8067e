package payments

import (
	"context"
	"errors"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

var errNoReconciler = fault.New(fault.NotFound, "payments.no_reconciler")

// ComparisonID names a comparison.
type ComparisonID = id.ID[comparisonKind]

type comparisonKind struct{}

// Prefix of identifiers of comparisons.
func (comparisonKind) Prefix() string { return "pcm" }

// ComparisonStatus is where a comparison stands.
type ComparisonStatus string

// The states of a comparison.
const (
	Comparing     ComparisonStatus = "running"
	Compared      ComparisonStatus = "done"
	NotComparable ComparisonStatus = "failed" // the gateway did not answer; the next one tells
)

// Comparison is one time that our books were held against a gateway's.
type Comparison struct {
	ID      ComparisonID
	Gateway string
	Span    Span
	Status  ComparisonStatus
	Actor   string // empty when nobody asked for it
	BegunAt time.Time
	EndedAt time.Time
	Tally
}

// Tally counts what a comparison came upon.
type Tally struct {
	Matched   int64 // both books agree
	Mended    int64 // they agree since we asked the gateway again
	Other     int64 // none of our business
	Different int64
	Unknown   int64 // the gateway did not say
}

// CompareAs compares the books of a store's account as soon as a job comes to it.
func (m *Module) CompareAs(ctx context.Context, in tenant.Store, by auth.Actor, gateway string, s Span) error {
	g, ok := m.gateway(gateway)
	if _, can := g.(Reconciler); !ok || !can {
		return errNoReconciler
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		c := Comparison{ID: db.NewID[comparisonKind](tx), Gateway: gateway, Span: s, Actor: by.Name}
		if err := insertComparison(ctx, tx, c); err != nil {
			return err
		}
		if err := m.compareSoon(ctx, tx, c.ID); err != nil {
			return err
		}
		return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{
			Actor: by, Action: "payments.compare_books", Target: c.ID.String(), Title: gateway, After: map[string]time.Time{"from": s.From, "to": s.To},
		})
	})
}

// CompareDue compares a store's books of the last days with every gateway
// that can tell. Days that were compared before are compared again: what is
// settled late is found, too.
func (m *Module) CompareDue(ctx context.Context, in tenant.Store) error {
	now := m.need.Kit.Clock.Now()
	var wrong []error
	for _, g := range m.reconcilers() {
		if c, ok := g.(Checker); ok && !c.Ready(in) {
			continue
		}
		c := Comparison{Gateway: g.Descriptor().Code, Span: Span{From: now.Add(-compared), To: now}}
		c, err := db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (Comparison, error) {
			c.ID = db.NewID[comparisonKind](tx)
			return c, errors.Join(insertComparison(ctx, tx, c), forgetComparisons(ctx, tx, now.Add(-kept)))
		})
		if err == nil {
			err = m.compare(ctx, in, c)
		}
		wrong = append(wrong, err)
	}
	return errors.Join(wrong...)
}

const (
	compared = 7 * 24 * time.Hour   // is looked at every night
	kept     = 400 * 24 * time.Hour // comparisons are remembered
	atOnce   = 100                  // movements are looked up together
)

// compare does a comparison that was stored.
func (m *Module) compare(ctx context.Context, in tenant.Store, c Comparison) error {
	g, _ := m.gateway(c.Gateway)
	r, ok := g.(Reconciler)
	if !ok {
		return errNoReconciler
	}
	c.Status, c.Tally = Comparing, Tally{} // also of one that was begun before
	w := &comparing{m: m, in: in, c: c, seen: map[string]bool{}}
	var batch []Movement
	err := r.Movements(ctx, in, c.Span.wide(), func(mv Movement) error {
		if batch = append(batch, mv); len(batch) < atOnce {
			return nil
		}
		err := w.theirs(ctx, batch)
		batch = batch[:0]
		return err
	})
	if err == nil {
		err = w.theirs(ctx, batch)
	}
	if err == nil {
		err = w.ours(ctx)
	}
	if err == nil {
		err = w.disputes(ctx)
	}
	w.c.Status = Compared
	if err != nil {
		w.c.Status = NotComparable
	}
	ctx = context.WithoutCancel(ctx)
	return errors.Join(err, db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		w.c.EndedAt = tx.Now()
		return updateComparison(ctx, tx, w.c)
	}))
}

// Comparisons are the latest comparisons of a store's books, the newest first.
func (m *Module) Comparisons(ctx context.Context, in tenant.Store) ([]Comparison, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]Comparison, error) { return latestComparisons(ctx, tx) })
}
