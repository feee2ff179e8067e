package core_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/module"
	"orion/modules/core"
)

func TestConfigChangedIsTold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		bus, told := module.NewBus(nil), []string{}
		bus.Subscribe("a", module.ConfigChanged, func(context.Context, module.Event) error { panic("not today") })
		bus.Subscribe("b", module.ConfigChanged, func(_ context.Context, e module.Event) error {
			told = append(told, e.Module+" "+string(e.Before)+" → "+string(e.After))
			return nil
		})
		m := core.New(core.Needs{
			Kit: module.Kit{DB: e.DB, Moments: bus}, System: e.Gate.System(), Audit: &entries{},
			Modules: func() []module.Definition { return []module.Definition{{Code: "till", Config: tills(nil).Config()}} },
		})
		in := e.Store()
		save(t, m, in, `{"key":"sk_live_4711"}`)
		save(t, m, in, `{"key":"(secret)"}`) // nothing changed
		save(t, m, in, `{"days":2}`)
		want := []string{`till  → {"key":"(secret)"}`, `till {"key":"(secret)"} → {"days":2,"key":"(secret)"}`}
		if diff := cmp.Diff(want, told); diff != "" {
			t.Error(diff)
		}
	})
}

func TestUndoNamesOwnChanges(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		var log strings.Builder
		m, in, other := keyed(t, e, &log, "the key of today, long enough"), e.Store(), e.Store()
		save(t, m, in, `{"days":2}`)
		save(t, m, other, `{"days":3}`)
		save(t, m, other, `{"days":4}`)
		changes, err := m.Changes(t.Context(), other, "till")
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Undo(t.Context(), in, auth.SystemActor, "till", changes[0].ID); fault.As(err).Kind != fault.NotFound {
			t.Errorf("a change of another store: %v", err)
		}
		if got := tills(m).Of(in).Days; got != 2 {
			t.Errorf("it came over: %d", got)
		}
		if err := m.Undo(t.Context(), other, auth.SystemActor, "till", changes[1].ID); err != nil || tills(m).Of(other).Days != 7 {
			t.Errorf("before the first choice everything was as it came: %d, %v", tills(m).Of(other).Days, err)
		}
	})
}
