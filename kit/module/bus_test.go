package module_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"

	"orion/kit/module"
)

func TestBus(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		bus := module.NewBus(slog.New(slog.DiscardHandler))
		var heard []string
		bus.Subscribe("a.panics", module.Enabled, func(context.Context, module.Event) error { panic("oh") })
		bus.Subscribe("b.fails", module.Enabled, func(context.Context, module.Event) error { return errors.New("no") })
		bus.Subscribe("c.hangs", module.Enabled, func(ctx context.Context, _ module.Event) error { <-ctx.Done(); return ctx.Err() })
		bus.Subscribe("d.other", module.Disabled, func(context.Context, module.Event) error { heard = append(heard, "other"); return nil })
		bus.Subscribe("e.works", module.Enabled, func(_ context.Context, e module.Event) error {
			heard = append(heard, e.Module)
			return nil
		})
		bus.Emit(t.Context(), module.Event{Moment: module.Enabled, Module: "cart"})
		same(t, "heard", heard, "cart")
	})
}
