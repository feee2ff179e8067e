package core_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/config"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/module"
	"orion/kit/observe"
	"orion/kit/seal"
	"orion/kit/tenant"
	"orion/modules/core"
)

// till is how a module is paid by somebody whose key nobody may read.
type till struct {
	Key   config.Secret `json:"key" label:"till.key" max:"40"`
	Live  bool          `json:"live" label:"till.live"`
	Days  int           `json:"days" label:"till.days" min:"1" max:"30"`
	Share int           `json:"share" label:"till.share" at:"platform"`
}

var errLive = module.ErrSettings.Field("key", "form.required")

func tills(s module.Source) *module.Settings[till] {
	return module.NewSettings("till", s, till{Days: 7}, func(v till) error {
		if v.Live && v.Key == "" {
			return errLive
		}
		return nil
	})
}

func keyed(t *testing.T, e *dbtest.Env, log *strings.Builder, keys ...string) *core.Module {
	t.Helper()
	box, err := seal.New(keys...)
	if err != nil {
		t.Fatal(err)
	}
	m := core.New(core.Needs{
		Kit:    module.Kit{DB: e.DB, Log: slog.New(slog.NewTextHandler(log, nil)), Seal: box, Clock: e.Clock, Moments: module.NewBus(nil)},
		System: e.Gate.System(), Audit: &entries{},
		Modules: func() []module.Definition {
			return []module.Definition{{Code: "till", Name: "Till", Config: tills(nil).Config()}}
		},
	})
	if err := m.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	return m
}

// everything is all that the database holds about settings, as text.
func everything(t *testing.T, e *dbtest.Env) string {
	t.Helper()
	var out strings.Builder
	for _, query := range []string{
		"SELECT value FROM core_settings", "SELECT value FROM core_platform_settings", "SELECT value FROM core_merchant_settings",
		"SELECT after FROM core_settings_changes", "SELECT before FROM core_settings_changes",
	} {
		rows, err := e.DB.Pool().QueryContext(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var text sql.NullString
			if err := rows.Scan(&text); err != nil {
				t.Fatal(err)
			}
			out.WriteString(text.String + "\n")
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		_ = rows.Close()
	}
	return out.String()
}

func save(t *testing.T, m *core.Module, in tenant.Store, raw string) {
	t.Helper()
	if err := m.Save(t.Context(), in, auth.SystemActor, "till", json.RawMessage(raw)); err != nil {
		t.Fatal(err)
	}
}

func TestSecretsAreSealed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		var log strings.Builder
		m, in := keyed(t, e, &log, "the key of today, long enough"), e.Store()
		save(t, m, in, `{"key":"sk_live_4711","live":true}`)
		if got := tills(m).Of(in); got.Key != "sk_live_4711" || !got.Live {
			t.Errorf("the module reads %q, %v", string(got.Key), got.Live)
		}
		if got := fmt.Sprintf("%v %+v %#v", tills(m).Of(in), tills(m).Of(in), tills(m).Of(in)); strings.Contains(got, "sk_live") {
			t.Errorf("printing the settings shows it: %s", got)
		}
		save(t, m, in, `{"key":"(secret)","live":true,"days":3}`)
		save(t, m, in, `{"live":true,"days":4}`)
		if got := tills(m).Of(in); got.Key != "sk_live_4711" || got.Days != 4 {
			t.Errorf("a form that does not name it loses it: %q, %d", string(got.Key), got.Days)
		}
		changes, err := m.Changes(t.Context(), in, "till")
		if err != nil {
			t.Fatal(err)
		}
		shown, err := json.Marshal([]json.RawMessage{changes[0].Before(), changes[0].After(), changes[2].After()})
		if err != nil {
			t.Fatal(err)
		}
		if text := everything(t, e) + string(shown) + log.String(); strings.Contains(text, "4711") {
			t.Errorf("it can be read in %s", text)
		}
		if node := keyed(t, e, &log, "the key of today, long enough"); tills(node).Of(in).Key != "sk_live_4711" {
			t.Error("another node does not open it")
		}
		save(t, m, in, `{"key":""}`)
		if got := tills(m).Of(in).Key; got != "" {
			t.Errorf("it cannot be removed: %q", string(got))
		}
	})
}

// A secret that somebody copies into another store's row opens nothing there.
func TestSecretsStayWhereTheyBelong(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		var log strings.Builder
		m, in, thief := keyed(t, e, &log, "the key of today, long enough"), e.Store(), e.Store()
		save(t, m, in, `{"key":"sk_live_4711"}`)
		save(t, m, thief, `{"days":2}`)
		if _, err := e.DB.Pool().ExecContext(t.Context(), `UPDATE core_settings SET value = (SELECT value FROM core_settings WHERE store_id = $1) WHERE store_id = $2`,
			int64(in.ID()), int64(thief.ID())); err != nil {
			t.Fatal(err)
		}
		node := keyed(t, e, &log, "the key of today, long enough")
		if got := tills(node).Of(thief).Key; got != "" {
			t.Errorf("another store pays with it: %q", string(got))
		}
		if r := health(t, node); r.Status != observe.Degraded || !strings.Contains(r.Detail, "store "+fmt.Sprint(int64(thief.ID()))+" till key") {
			t.Errorf("nobody is told: %+v", r)
		}
	})
}

func health(t *testing.T, m *core.Module) observe.Result {
	t.Helper()
	return m.Definition().Health(context.WithoutCancel(t.Context()))
}

func TestRotateKeys(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		var log strings.Builder
		const first, second = "the key of yesterday, long enough", "the key of today, long enough"
		old, in := keyed(t, e, &log, first), e.Store()
		save(t, old, in, `{"key":"sk_1"}`)
		save(t, old, in, `{"key":"sk_2"}`)
		if err := old.SaveFor(t.Context(), core.OfPlatform(in.Platform()), auth.SystemActor, "till", json.RawMessage(`{"key":"sk_p"}`)); err != nil {
			t.Fatal(err)
		}
		if err := old.SaveFor(t.Context(), core.OfMerchant(in.Merchant(), in.Platform()), auth.SystemActor, "till", json.RawMessage(`{"key":"sk_m"}`)); err != nil {
			t.Fatal(err)
		}

		blind := keyed(t, e, &log, second)
		if got := tills(blind).Of(in).Key; got != "" {
			t.Errorf("a key that never sealed it opens it: %q", string(got))
		}
		save(t, blind, in, `{"days":9}`) // keeps what it cannot read

		both := keyed(t, e, &log, second, first)
		r, err := both.Rotate(t.Context())
		// Three rows, and in their history sk_1 twice, sk_2 three times, sk_p and sk_m.
		if diff := cmp.Diff(core.Rotated{Sealed: 3 + 7}, r); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		if r, err := both.Rotate(t.Context()); r != (core.Rotated{}) || err != nil {
			t.Errorf("again: %+v, %v", r, err)
		}
		alone := keyed(t, e, &log, second)
		if got := tills(alone).Of(in); got.Key != "sk_2" || got.Days != 9 {
			t.Errorf("without the key before: %q, %d days", string(got.Key), got.Days)
		}
		changes, err := alone.Changes(t.Context(), in, "till")
		if err != nil {
			t.Fatal(err)
		}
		if err := alone.Undo(t.Context(), in, auth.SystemActor, "till", changes[1].ID); err != nil {
			t.Fatal(err)
		}
		if got := tills(alone).Of(in).Key; got != "sk_1" {
			t.Errorf("history was not encrypted anew: %q", string(got))
		}
	})
}

func TestLevels(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx := t.Context()
		var log strings.Builder
		m, in := keyed(t, e, &log, "the key of today, long enough"), e.Store()
		platform, merchant := core.OfPlatform(in.Platform()), core.OfMerchant(in.Merchant(), in.Platform())
		for _, x := range []struct {
			owner core.Owner
			raw   string
			want  till
		}{
			{platform, `{"days":20,"share":5,"key":"of the platform"}`, till{Days: 20, Share: 5, Key: "of the platform"}},
			{merchant, `{"days":10}`, till{Days: 10, Share: 5, Key: "of the platform"}},
			{platform, `{"days":21,"share":6}`, till{Days: 10, Share: 6, Key: "of the platform"}},
			{merchant, `{"days":21}`, till{Days: 21, Share: 6, Key: "of the platform"}}, // as inherited, so it follows
			{platform, `{"days":22,"share":6}`, till{Days: 22, Share: 6, Key: "of the platform"}},
		} {
			if err := m.SaveFor(ctx, x.owner, auth.SystemActor, "till", json.RawMessage(x.raw)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(x.want, tills(m).Of(in)); diff != "" {
				t.Errorf("after %s of a %s: %s", x.raw, x.owner.Level, diff)
			}
		}
		save(t, m, in, `{"days":3,"share":6,"key":"of the store"}`)
		if diff := cmp.Diff(till{Days: 3, Share: 6, Key: "of the store"}, tills(m).Of(in)); diff != "" {
			t.Error(diff)
		}
		err := m.Save(ctx, in, auth.SystemActor, "till", json.RawMessage(`{"share":1}`))
		if f := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Code != "core.chosen_above" {
			t.Errorf("a store chooses what is the operator's: %v", err)
		}
		for raw, want := range map[string]string{
			`{"days":0}`:       "form.too_small",
			`{"days":31}`:      "form.too_large",
			`{"days":"three"}`: "form.invalid",
			`{"key":"` + strings.Repeat("k", 41) + `"}`: "form.too_long",
		} {
			f := fault.As(m.Save(ctx, in, auth.SystemActor, "till", json.RawMessage(raw)))
			if f == nil || len(f.Fields) == 0 || f.Fields[0].Code != want {
				t.Errorf("%s: %v, want %s", raw, f, want)
			}
		}
	})
}

// What an older program, or somebody by hand, left in the database and does not
// fit counts as unchanged, and the operator is told.
func TestStoredSettingsThatDoNotFit(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		var log strings.Builder
		m, in := keyed(t, e, &log, "the key of today, long enough"), e.Store()
		save(t, m, in, `{"days":3}`)
		if r := health(t, m); r.Status != observe.Healthy {
			t.Errorf("%+v", r)
		}
		if _, err := e.DB.Pool().ExecContext(t.Context(), `UPDATE core_settings SET value = '{"days":99}'`); err != nil {
			t.Fatal(err)
		}
		node := keyed(t, e, &log, "the key of today, long enough")
		if r := health(t, node); r.Status != observe.Degraded || !strings.Contains(r.Detail, "days=form.too_large") {
			t.Errorf("%+v", r)
		}
		if got := tills(node).Of(in).Days; got != 7 {
			t.Errorf("it is %d, want the default", got)
		}
	})
}
