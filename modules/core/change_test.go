package core_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
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

// Of changes at once, each replaces what the one before it kept, and a key that
// is rotated meanwhile leaves nothing behind.
func TestChangesAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		const many = 12
		var log, log2 strings.Builder
		in := e.Store()
		save(t, keyed(t, e, &log, "the key of yesterday, long enough"), in, `{"key":"sk_live_4711"}`)
		m := keyed(t, e, &log2, "the key of today, long enough", "the key of yesterday, long enough")
		var all sync.WaitGroup
		for i := range many {
			all.Go(func() {
				raw := json.RawMessage(fmt.Sprintf(`{"key":"(secret)","days":%d}`, i+10))
				if err := m.Save(t.Context(), in, auth.SystemActor, "till", raw); err != nil {
					t.Error(err)
				}
			})
		}
		all.Go(func() {
			if _, err := m.Rotate(t.Context()); err != nil {
				t.Error(err)
			}
		})
		all.Wait()
		changes, err := m.Changes(t.Context(), in, "till")
		if err != nil || len(changes) != many+1 {
			t.Fatalf("%d changes, %v", len(changes), err)
		}
		for i := range many {
			if diff := cmp.Diff(string(changes[i+1].After()), string(changes[i].Before())); diff != "" {
				t.Errorf("change %d replaced what was not there: %s", many-i, diff)
			}
		}
		if again, err := m.Rotate(t.Context()); err != nil || again.Sealed != 0 || again.Lost != 0 {
			t.Errorf("the key of yesterday is needed still: %+v, %v", again, err)
		}
	})
}

// A platform's and a merchant's changes are undone each by itself.
func TestUndoForOwners(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx := t.Context()
		var log strings.Builder
		m, in := keyed(t, e, &log, "the key of today, long enough"), e.Store()
		platform, merchant := core.OfPlatform(in.Platform()), core.OfMerchant(in.Merchant(), in.Platform())
		for i, o := range []core.Owner{platform, platform, merchant} {
			if err := m.SaveFor(ctx, o, auth.SystemActor, "till", json.RawMessage(fmt.Sprintf(`{"days":%d}`, i+1))); err != nil {
				t.Fatal(err)
			}
		}
		mine, err := m.ChangesFor(ctx, merchant, "till")
		theirs, err2 := m.ChangesFor(ctx, platform, "till")
		if err != nil || err2 != nil || len(mine) != 1 || len(theirs) != 2 {
			t.Fatalf("%d and %d changes, %v, %v", len(mine), len(theirs), err, err2)
		}
		if err := m.UndoFor(ctx, merchant, auth.SystemActor, "till", theirs[0].ID); fault.As(err).Kind != fault.NotFound {
			t.Errorf("a change of another owner: %v", err)
		}
		if err := m.UndoFor(ctx, merchant, auth.SystemActor, "till", mine[0].ID); err != nil || tills(m).Of(in).Days != 2 {
			t.Errorf("the merchant's: %d, %v", tills(m).Of(in).Days, err)
		}
		if err := m.UndoFor(ctx, platform, auth.SystemActor, "till", theirs[0].ID); err != nil || tills(m).Of(in).Days != 1 {
			t.Errorf("the platform's: %d, %v", tills(m).Of(in).Days, err)
		}
	})
}
