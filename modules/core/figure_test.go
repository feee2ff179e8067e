package core_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/core"
	"orion/modules/core/coreapi"
)

func tell(t *testing.T, e *dbtest.Env, m *core.Module, in tenant.Store, figures ...coreapi.Figure) {
	t.Helper()
	if err := db.Do(t.Context(), e.DB, in, func(tx *db.Tx[tenant.Store]) error {
		for _, f := range figures {
			if err := m.Tell(t.Context(), tx, f); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func sale(at time.Time, n, minor int64, c money.Currency) coreapi.Figure {
	return coreapi.Figure{Name: coreapi.Sold, At: at, N: n, Amount: money.New(minor, c)}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		m, in, other := newModule(e, &entries{}), e.Store(), e.Store()
		now := time.Date(2026, 11, 27, 15, 30, 0, 0, time.UTC)
		ago := func(d time.Duration) time.Time { return now.Add(-d) }
		const day = 24 * time.Hour
		tell(t, e, m, in,
			sale(now, 1, 1000, "EUR"), sale(ago(time.Minute), 1, 500, "EUR"), sale(ago(time.Minute), -1, -500, "EUR"),
			sale(ago(2*time.Hour), 2, 3000, "EUR"), sale(ago(day), 1, 700, "EUR"),
			sale(ago(day-2*time.Hour), 1, 99, "EUR"), // yesterday, but later than now
			sale(ago(6*day), 1, 4000, "EUR"), sale(ago(7*day), 3, 6000, "EUR"), sale(ago(40*day), 5, 9000, "EUR"),
			sale(now, 1, 8888, "CHF"),
		)
		tell(t, e, m, other, sale(now, 10, 77_000, "EUR"))
		for days, want := range map[string][4]int64{ // orders, sold, and both before
			"1": {3, 4000, 1, 700}, "7": {6, 8799, 3, 6000}, "30": {9, 14_799, 5, 9000}, "90": {14, 23_799, 0, 0}, "365": {14, 23_799, 0, 0},
			"": {9, 14_799, 5, 9000}, "8": {9, 14_799, 5, 9000},
		} {
			p := core.PeriodOf(days, now)
			ctx, n := db.WithCounter(t.Context())
			all, err := m.Figures(ctx, in, "EUR", p)
			if err != nil || n.N() != 1 {
				t.Fatalf("%s: %d statements, %v", days, n.N(), err)
			}
			f := all[coreapi.Sold]
			if got := [4]int64{f.SumN, f.SumMinor, f.OldN, f.OldMinor}; got != want {
				t.Errorf("%q days: %v, want %v", days, got, want)
			}
			var sum int64
			for _, v := range f.Minor {
				sum += v
			}
			if sum != f.SumMinor {
				t.Errorf("%q days: the steps add up to %d", days, sum)
			}
		}
		f := func() []int64 {
			all, _ := m.Figures(t.Context(), in, "EUR", core.PeriodOf("7", now))
			return all[coreapi.Sold].Minor
		}()
		if d := cmp.Diff([]int64{4000, 0, 0, 0, 0, 799, 4000}, f); d != "" {
			t.Error(d)
		}
	})
}

// A day begins at midnight of the reader's clock.
func TestFiguresOfLocalDays(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		m, in := newModule(e, &entries{}), e.Store()
		now := time.Date(2026, 7, 15, 0, 30, 0, 0, i18n.ZoneOf("LU")) // 22:30 of the day before in UTC
		tell(t, e, m, in, sale(now, 1, 1000, "EUR"), sale(now.Add(-time.Hour), 1, 300, "EUR"), sale(now.Add(-23*time.Hour), 1, 40, "EUR"))
		for days, want := range map[string][]int64{"1": {1000}, "7": {0, 0, 0, 0, 0, 340, 1000}} {
			all, err := m.Figures(t.Context(), in, "EUR", core.PeriodOf(days, now))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, all[coreapi.Sold].Minor); d != "" {
				t.Errorf("%s days: %s", days, d)
			}
		}
	})
}

func TestFiguresOfManyStores(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		m, a, b, other := newModule(e, &entries{}), e.Store(), e.Store(), e.Store()
		now := time.Date(2026, 11, 27, 15, 30, 0, 0, time.UTC)
		tell(t, e, m, a, sale(now, 1, 1000, "EUR"))
		tell(t, e, m, b, sale(now, 2, 3000, "EUR"), sale(now, 1, 500, "CHF"))
		tell(t, e, m, other, sale(now, 4, 9000, "EUR"))
		p := core.PeriodOf("1", now)
		ctx, n := db.WithCounter(t.Context())
		by, sums, err := m.FiguresOf(ctx, []tenant.StoreID{a.ID(), b.ID()}, p)
		if err != nil || n.N() != 1 {
			t.Fatalf("%d statements, %v", n.N(), err)
		}
		got := []int64{by[a.ID()][coreapi.Sold].SumMinor, sums["EUR"][coreapi.Sold].SumMinor, sums["CHF"][coreapi.Sold].SumMinor, int64(len(by))}
		if d := cmp.Diff([]int64{1000, 4000, 500, 2}, got); d != "" {
			t.Error(d)
		}
		if by, _, err := m.FiguresOf(t.Context(), []tenant.StoreID{}, p); err != nil || len(by) != 0 {
			t.Errorf("nobody's stores have %v, %v", by, err)
		}
		if _, sums, err := m.FiguresOf(t.Context(), nil, p); err != nil || sums["EUR"][coreapi.Sold].SumMinor < 13_000 {
			t.Errorf("all stores have %v, %v", sums, err)
		}
	})
}
