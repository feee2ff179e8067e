package tenancy_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/module"
	"orion/kit/observe"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/tenancy"
)

// program is one of a core module and two optional ones: orders needs inventory.
func program(m *tenancy.Module) tenancy.Program {
	r, err := module.NewRegistry(
		module.Definition{Code: "tenancy", Name: "Tenancy", Version: "1.0.0", Tier: module.Core},
		module.Definition{Code: "inventory", Name: "Inventory", Version: "1.2.0", Tier: module.Optional, Requires: []string{"tenancy"}},
		module.Definition{Code: "orders", Name: "Orders", Version: "1.0.0", Tier: module.Optional, Requires: []string{"inventory"}, Hooks: module.Hooks{
			OnDisable: func(_ context.Context, p module.Platform) error { return hooked(p) },
			OnEnable:  func(_ context.Context, p module.Platform) error { return hooked(p) },
		}},
	)
	if err != nil {
		panic(err)
	}
	health := &observe.Health{}
	health.Add(observe.Check{Name: "inventory", Run: func(context.Context) observe.Result {
		return observe.Result{Status: observe.Degraded, Detail: "a shelf is full"}
	}})
	return tenancy.Program{
		Registry: r, Board: module.NewBoard(r, m, module.NewBus(slog.New(slog.DiscardHandler)), nil), Health: health,
		Routes: func() []web.Route { return []web.Route{{Module: "orders", Audience: web.StorePages, Method: "GET"}} },
	}
}

// hooked is called by the hooks of orders. One platform makes them fail.
func hooked(p module.Platform) error {
	if p.Name == "Stubborn" {
		return errors.New("stuck")
	}
	return nil
}

func (w *world) board(t *testing.T, m *tenancy.Module) *module.Board {
	t.Helper()
	return program(m).Board
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

// The database goes away between the hooks and the writing: nothing is switched,
// and it works again when the database is back.
func TestSwitchWithoutDatabase(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		d, err := db.Open(t.Context(), db.Options{DSN: w.DSN, Clock: w.Clock, Log: slog.New(slog.DiscardHandler), MaxConns: 4})
		must(t, err)
		gone := *w.Env
		gone.DB = d
		node := newModule(&gone, tenancy.Needs{})
		must(t, node.Refresh(t.Context()))
		var calls []string
		r, err := module.NewRegistry(module.Definition{Code: "orders", Name: "Orders", Version: "1.0.0", Tier: module.Optional, Hooks: module.Hooks{
			OnDisable: func(context.Context, module.Platform) error { calls = append(calls, "off"); return d.Close() },
			OnEnable:  func(context.Context, module.Platform) error { calls = append(calls, "on"); return nil },
		}})
		must(t, err)
		bus := module.NewBus(slog.New(slog.DiscardHandler))
		bus.Subscribe("test.listener", module.Disabled, func(context.Context, module.Event) error { calls = append(calls, "told"); return nil })
		_, err = module.NewBoard(r, node, bus, nil).Switch(t.Context(), auth.SystemActor, module.Order{Platform: platform(w.oms), Code: "orders"})
		if err == nil {
			t.Error("a switching without a database is no switching")
		}
		if diff := cmp.Diff([]string{"off", "on"}, calls); diff != "" {
			t.Errorf("the hook is taken back, and nobody is told (-want +got):\n%s", diff)
		}
		must(t, w.m.Refresh(t.Context()))
		if !w.m.Switched(w.oms, "orders") {
			t.Error("it was switched")
		}
		_, err = w.board(t, w.m).Switch(t.Context(), auth.SystemActor, module.Order{Platform: platform(w.oms), Code: "orders"})
		must(t, err)
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
