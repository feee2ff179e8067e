// Package guard lets modules refuse what another is about to do: typed,
// ordered, and in the same transaction, so that a veto undoes everything.
package guard

import (
	"context"
	"slices"

	"orion/kit/db"
	"orion/kit/tenant"
)

// Guard is a point at which others may refuse an In.
type Guard[In any] struct {
	enabled func(p tenant.PlatformID, module string) bool
	checks  []check[In]
}

type check[In any] struct {
	module string
	order  int
	fn     func(context.Context, *db.Tx[tenant.Store], In) error
}

// Define makes a guard at which nobody stands yet. A module that is off for a
// platform refuses nothing there; a nil enabled is always on.
func Define[In any](enabled func(p tenant.PlatformID, module string) bool) *Guard[In] {
	return &Guard[In]{enabled: enabled}
}

// Add lets a module look at what is about to happen; it is called while the
// program starts. Lower orders are asked first, equal ones as they were added.
func (g *Guard[In]) Add(module string, order int, fn func(context.Context, *db.Tx[tenant.Store], In) error) {
	g.checks = append(g.checks, check[In]{module, order, fn})
	slices.SortStableFunc(g.checks, func(a, b check[In]) int { return a.order - b.order })
}

// Check asks everybody and returns the first refusal, which is a fault.
func (g *Guard[In]) Check(ctx context.Context, tx *db.Tx[tenant.Store], in In) error {
	for _, c := range g.checks {
		if g.enabled != nil && !g.enabled(tx.Scope().Platform(), c.module) {
			continue
		}
		if err := c.fn(ctx, tx, in); err != nil {
			return err
		}
	}
	return nil
}
