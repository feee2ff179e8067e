package module_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"orion/kit/module"
)

func TestLifecycle(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	life := module.NewLifecycle(s.registry, s.bus)
	for range 2 {
		if err := life.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "started once, requirements first", s.calls, "start ground", "start shelf", "start till", "start cart", "start deliveries", "start tools")
	s.calls, s.heard = nil, s.heard[:1]
	same(t, "told", s.heard, "startup ground")
	s.fail["stop cart"] = func(context.Context) error { return errors.New("stuck") }
	if err := life.Stop(t.Context()); err == nil || !strings.Contains(err.Error(), "stop module cart: stuck") {
		t.Errorf("answers %v", err)
	}
	same(t, "stopped, the last one first", s.calls, "stop tools", "stop deliveries", "stop cart", "stop till", "stop shelf", "stop ground")
	s.calls = nil
	if err := life.Stop(t.Context()); err != nil || len(s.calls) > 0 {
		t.Errorf("stopping again does %v and answers %v", s.calls, err)
	}
}

func TestLifecycleThatFails(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]func(context.Context) error{
		"fails":  func(context.Context) error { return errors.New("no") },
		"panics": func(context.Context) error { panic("oh") },
		"hangs":  func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newShop(t)
				s.fail["start till"] = wrong
				err := module.NewLifecycle(s.registry, s.bus).Start(t.Context())
				if err == nil || !strings.Contains(err.Error(), "start module till: ") {
					t.Errorf("answers %v", err)
				}
				same(t, "what started is stopped", s.calls, "start ground", "start shelf", "start till", "stop shelf", "stop ground")
			})
		})
	}
}
