package tenancy_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/modules/tenancy"
)

// board switches two optional modules: orders needs inventory.
func (w *world) board(t *testing.T, m *tenancy.Module) *module.Board {
	t.Helper()
	r, err := module.NewRegistry(
		module.Definition{Code: "inventory", Name: "Inventory", Version: "1.0.0", Tier: module.Optional},
		module.Definition{Code: "orders", Name: "Orders", Version: "1.0.0", Tier: module.Optional, Requires: []string{"inventory"}},
	)
	must(t, err)
	return module.NewBoard(r, m, module.NewBus(slog.New(slog.DiscardHandler)), nil)
}

func platform(p tenant.PlatformID) module.Platform { return module.Platform{ID: int64(p), Code: "oms"} }

func TestSwitchModules(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx, b := t.Context(), w.board(t, w.m)
		admin := auth.Actor{Kind: "user", ID: w.super.String(), Name: "admin@orion.example"}
		if _, err := b.Switch(ctx, admin, module.Order{Platform: platform(w.oms), Code: "inventory"}); !errors.Is(err, module.ErrDependents) {
			t.Errorf("what orders needs goes without a word: %v", err)
		}
		_, err := b.Switch(ctx, admin, module.Order{Platform: platform(w.oms), Code: "inventory", Cascade: true})
		must(t, err)
		w.Clock.Advance(time.Hour)
		_, err = b.Switch(ctx, admin, module.Order{Platform: platform(w.oms), Code: "orders", On: true})
		must(t, err)
		rows, err := w.m.ModulesOf(ctx, tenancy.Everywhere, w.oms)
		must(t, err)
		want := []tenancy.ModuleRow{
			{Module: "inventory", Enabled: true, Changed: w.Clock.Now(), By: "admin@orion.example"},
			{Module: "orders", Enabled: true, Changed: w.Clock.Now(), By: "admin@orion.example"},
		}
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Errorf("who switched what (-want +got):\n%s", diff)
		}
		got, err := w.m.Switchings(ctx, tenancy.Everywhere, "orders")
		must(t, err)
		history := []tenancy.Switching{
			{Platform: w.oms, On: true, By: admin, At: w.Clock.Now()},
			{Platform: w.oms, By: admin, At: w.Clock.Now().Add(-time.Hour)},
		}
		if diff := cmp.Diff(history, got); diff != "" {
			t.Errorf("history (-want +got):\n%s", diff)
		}
		if got, err := w.m.Switchings(ctx, tenancy.ReachOf([]tenant.PlatformID{w.main}), "orders"); len(got) > 0 || err != nil {
			t.Errorf("beyond somebody's platforms: %v %v", got, err)
		}
		if _, err := b.Switch(ctx, admin, module.Order{Platform: platform(1), Code: "orders"}); fault.As(err).Kind != fault.NotFound {
			t.Errorf("an unknown platform: %v", err)
		}
	})
}

// Two nodes switch the same modules again and again: after every pair of
// switchings what is kept is what one of them wanted, and never one half of it.
func TestNodesSwitchAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		other := newModule(w.Env, tenancy.Needs{})
		must(t, other.Refresh(t.Context()))
		one, two := w.board(t, w.m), w.board(t, other)
		for i := range 10 {
			done := make(chan error, 2)
			for _, b := range []*module.Board{one, two} {
				go func() {
					o := module.Order{Platform: platform(w.oms), Code: "inventory", Cascade: true}
					if i%2 == 1 {
						o.Code, o.On = "orders", true
					}
					_, err := b.Switch(t.Context(), auth.SystemActor, o)
					done <- err
				}()
			}
			won := 0
			for range 2 {
				err := <-done
				if err == nil {
					won++
				} else if !errors.Is(err, module.ErrMeanwhile) {
					t.Errorf("round %d: %v", i, err)
				}
			}
			must(t, w.m.Refresh(t.Context()))
			must(t, other.Refresh(t.Context()))
			for _, code := range []string{"inventory", "orders"} {
				if on := i%2 == 1; w.m.Switched(w.oms, code) != on || other.Switched(w.oms, code) != on {
					t.Fatalf("round %d, %d won: %s is not %t on both nodes", i, won, code, on)
				}
			}
			if won == 0 {
				t.Errorf("round %d: nobody could switch", i)
			}
		}
	})
}

// A node that watches learns of a change: PostgreSQL tells it, and it looks by
// itself.
func TestWatch(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		node := newModule(w.Env, tenancy.Needs{})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); node.Watch(ctx) }()
		_, err := w.board(t, w.m).Switch(ctx, auth.SystemActor, module.Order{Platform: platform(w.oms), Code: "orders"})
		must(t, err)
		for node.Switched(w.oms, "orders") {
			if t.Context().Err() != nil {
				t.Fatal("the node never learned of it")
			}
			time.Sleep(5 * time.Millisecond)
		}
		stop()
		<-ended
	})
}
