package monitoring

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/observe"
	"orion/kit/tenant"
)

func TestCapacity(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if r := w.health(t.Context()); r.Status != observe.Healthy {
			t.Errorf("before anything was counted: %+v", r)
		}
		count := func(orders, disk int64) {
			t.Helper()
			w.readings = []Reading{{Orders, orders}, {Disk, disk}}
			if err := w.Count(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		count(1, 90)
		count(5, 60) // the last count of a day stays
		w.Clock.Advance(24 * time.Hour)
		count(2_000_000, 9)

		ctx, n := db.WithCounter(t.Context())
		all, err := w.Courses(ctx, 30)
		if err != nil || n.N() > 1 {
			t.Fatalf("%v after %d statements", err, n.N())
		}
		got := map[Measure][]int64{}
		level := map[Measure]Level{}
		for _, c := range all {
			for _, s := range c.Days {
				got[c.Measure] = append(got[c.Measure], s.Value)
			}
			level[c.Measure] = c.Level()
		}
		if len(got[Database]) != 2 || got[Database][0] < 10_000 {
			t.Errorf("the database took %v", got[Database])
		}
		delete(got, Database)
		if diff := cmp.Diff(map[Measure][]int64{Orders: {5, 2_000_000}, Disk: {60, 9}}, got); diff != "" {
			t.Error(diff)
		}
		if level[Orders] != Warning || level[Disk] != Critical || level[Products] != OK || level[Database] != OK {
			t.Errorf("levels %v", level)
		}
		if r := w.health(t.Context()); r.Status != observe.Degraded || r.Detail != "beyond the last limit: disk" {
			t.Errorf("health %+v", r)
		}
		if one, err := w.Courses(t.Context(), 1); err != nil || len(one[4].Days) != 1 {
			t.Errorf("of one day: %+v, %v", one[4], err)
		}

		w.Clock.Advance(keptDays * 24 * time.Hour)
		count(7, 50)
		if rest, err := w.Courses(t.Context(), 2*keptDays); err != nil || len(rest[4].Days) != 2 {
			t.Errorf("after %d days there are %+v, %v", keptDays, rest[4], err)
		}
		w.failing = errPaint
		if err := w.Count(t.Context()); !errors.Is(err, errPaint) {
			t.Errorf("what cannot be counted: %v", err)
		}
	})
}

func TestLimits(t *testing.T) {
	t.Parallel()
	if err := defaults.validate(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*Config){
		"orders_critical": func(c *Config) { c.OrdersCritical = c.OrdersWarning },
		"media_critical":  func(c *Config) { c.MediaCritical = 1 },
		"disk_critical":   func(c *Config) { c.DiskCritical = 30 },
	} {
		c := defaults
		change(&c)
		if f := fault.As(c.validate()); f == nil || len(f.Fields) != 1 || f.Fields[0].Name != name {
			t.Errorf("%s: %v", name, f)
		}
	}
	for value, want := range map[int64]Level{99: OK, 20: Warning, 11: Warning, 10: Critical, 0: Critical} {
		if got := (Limit{20, 10}).Level(Disk, value); got != want {
			t.Errorf("%d percent left are %s", value, got)
		}
	}
	for value, want := range map[int64]Level{9: OK, 10: Warning, 19: Warning, 20: Critical} {
		if got := (Limit{10, 20}).Level(Orders, value); got != want {
			t.Errorf("%d orders are %s", value, got)
		}
	}
}

// measure is what the world has of everything.
func (w *world) measure(context.Context, tenant.System) ([]Reading, error) {
	return w.readings, w.failing
}
