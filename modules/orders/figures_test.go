package orders

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/dbtest"
	"orion/kit/modtest"
	"orion/modules/core/coreapi"
)

// What was sold is told once for each order, and taken back from the hour in
// which the order was placed.
func TestFigures(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := telling(t, e)
		r, err := w.Place(t.Context(), w.in, Placing{Visit: w.ready(t, w.mug), Key: "k"})
		if err != nil {
			t.Fatal(err)
		}
		placed := e.Clock.Now()
		e.Clock.Advance(5 * time.Hour)
		if _, err := w.Cancel(t.Context(), w.in, r.Order.ID, "changed my mind", staff); err != nil {
			t.Fatal(err)
		}
		modtest.Settle(t, e, w.need.Kit, w.Definition())
		want := []coreapi.Figure{
			{Name: coreapi.Sold, At: placed, N: 1, Amount: eur(2890)},
			{Name: coreapi.Sold, At: placed, N: -1, Amount: eur(-2890)},
		}
		slices.SortFunc(w.figures.all, func(a, b coreapi.Figure) int { return int(b.N - a.N) }) // sums do not care who came first
		if d := cmp.Diff(want, w.figures.all); d != "" {
			t.Error(d)
		}
	})
}
