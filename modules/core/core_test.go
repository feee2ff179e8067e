package core_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/modtest"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/modules/core"
	"orion/modules/tenancy/tenancyapi"
)

var plan = migrate.Plan{Lines: []migrate.Line{{Module: "core", Files: core.Files}}}

func TestConform(t *testing.T) {
	t.Parallel()
	modtest.Conform(t, modtest.Subject{Definition: core.New(core.Needs{}).Definition(), Plan: plan})
}

type toys struct {
	Prefix string        `json:"prefix" label:"toys.prefix"`
	Hold   time.Duration `json:"hold" label:"toys.hold"`
	Hidden int           `json:"hidden"`
}

var errPrefix = fault.New(fault.Invalid, "toys.invalid").Field("prefix", "form.required")

func settings(s module.Source) *module.Settings[toys] {
	return module.NewSettings("toys", s, toys{Prefix: "T", Hold: time.Hour, Hidden: 7}, func(v toys) error {
		if v.Prefix == "" {
			return errPrefix
		}
		return nil
	})
}

// entries remember what was written to the audit log.
type entries struct{ actions []string }

func (e *entries) Record(_ context.Context, _ *db.Tx[tenant.Store], entry tenancyapi.Entry) error {
	e.actions = append(e.actions, entry.Action+" "+entry.Target)
	return nil
}

func newModule(e *dbtest.Env, audit tenancyapi.Audit) *core.Module {
	return core.New(core.Needs{
		Kit: module.Kit{DB: e.DB, Log: slog.New(slog.DiscardHandler)}, System: e.Gate.System(), Audit: audit,
		Modules: func() []module.Definition {
			return []module.Definition{{Code: "toys", Name: "Toys", Config: settings(nil).Config()}, {Code: "plain"}}
		},
	})
}

func TestSave(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, audit := t.Context(), &entries{}
		m, node := newModule(e, audit), newModule(e, audit)
		in, other := e.Store(), e.Store()
		if err := m.Save(ctx, in, auth.SystemActor, "toys", json.RawMessage(`{"prefix":"M"}`)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(toys{Prefix: "M", Hold: time.Hour, Hidden: 7}, settings(m).Of(in)); diff != "" {
			t.Error(diff)
		}
		if got := settings(m).Of(other).Prefix; got != "T" {
			t.Errorf("another store has %s", got)
		}
		if got := settings(node).Of(in).Prefix; got != "T" {
			t.Errorf("another node has %s before it looked", got)
		}
		if err := node.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		if got := settings(node).Of(in).Prefix; got != "M" {
			t.Errorf("another node has %s after it looked", got)
		}
		if diff := cmp.Diff([]string{"core.settings_changed toys"}, audit.actions); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSaveForPlatform(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx := t.Context()
		m := newModule(e, &entries{})
		in := e.Store()
		if err := m.SaveFor(ctx, core.OfPlatform(in.Platform()), auth.SystemActor, "toys", json.RawMessage(`{"prefix":"P"}`)); err != nil {
			t.Fatal(err)
		}
		if got := settings(m).Of(in).Prefix; got != "P" {
			t.Errorf("a store without a choice has %s", got)
		}
		if err := m.Save(ctx, in, auth.SystemActor, "toys", json.RawMessage(`{"prefix":"S"}`)); err != nil {
			t.Fatal(err)
		}
		if got := settings(m).Of(in).Prefix; got != "S" {
			t.Errorf("a store that chose has %s", got)
		}
	})
}

func TestSaveRefuses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		m := newModule(e, &entries{})
		in := e.Store()
		if err := m.Save(t.Context(), in, auth.SystemActor, "toys", json.RawMessage(`{"prefix":""}`)); !errors.Is(err, errPrefix) {
			t.Errorf("what the module refuses: %v", err)
		}
		for _, code := range []string{"plain", "unknown"} {
			if err := m.Save(t.Context(), in, auth.SystemActor, code, json.RawMessage(`{}`)); fault.As(err).Kind != fault.NotFound {
				t.Errorf("%s: %v", code, err)
			}
		}
		if raw := m.Raw("toys", in); raw != "" {
			t.Errorf("kept %s", raw)
		}
	})
}

func TestDismiss(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		audit := &entries{}
		m, in, other := newModule(e, audit), e.Store(), e.Store()
		for _, away := range []bool{true, false} {
			if err := m.Dismiss(t.Context(), in, auth.SystemActor, away); err != nil {
				t.Fatal(err)
			}
			if got := m.Raw("core.first_steps", in) == "true"; got != away {
				t.Errorf("dismissed is %v, want %v", got, away)
			}
			if m.Raw("core.first_steps", other) != "" {
				t.Error("another store lost its first steps, too")
			}
		}
		if diff := cmp.Diff([]string{"core.settings_changed core.first_steps", "core.settings_changed core.first_steps"}, audit.actions); diff != "" {
			t.Error(diff)
		}
	})
}

var (
	sold = fstest.MapFS{"sql/sold.sql": {Data: []byte(`
-- name: add_sold
INSERT INTO core_figures (store_id, name, hour, currency, n, minor) VALUES (:store_id, 'sold', :hour, 'EUR', 1, 100)

-- name: count_sold
SELECT COUNT(*) FROM core_figures WHERE store_id = :store_id
`)}}
	addSold   = db.Must[tenant.Store](sold, "add_sold")
	countSold = db.Must[tenant.Store](sold, "count_sold")
)

// Of changes at once, the last one to be kept tells of all of them.
func TestKeepAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		const many = 12
		m, in := newModule(e, &entries{}), e.Store()
		var all sync.WaitGroup
		var inside atomic.Int32
		for i := range many {
			all.Go(func() {
				if err := db.Do(t.Context(), e.DB, in, func(tx *db.Tx[tenant.Store]) error {
					if _, err := db.Exec(t.Context(), tx, addSold, db.Args{"hour": i}); err != nil {
						return err
					}
					return m.Keep(t.Context(), tx, "toys.sold", func() (any, error) {
						if inside.Add(1) > 1 {
							t.Error("two look at once")
						}
						defer inside.Add(-1)
						time.Sleep(5 * time.Millisecond) // as long as another would need to come in
						n, err := db.One(t.Context(), tx, countSold, nil, func(r db.Row) (n int, err error) { return n, r.Scan(&n) })
						return map[string]int{"n": n}, err
					})
				}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		type sold struct {
			N int `json:"n"`
		}
		if got := module.NewSettings("toys.sold", m, sold{}, nil).Of(in).N; got != many {
			t.Errorf("it tells of %d changes, want %d", got, many)
		}
	})
}
