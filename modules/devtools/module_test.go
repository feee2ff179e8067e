package devtools

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/db/inquiry"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/modtest"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

var plan = modtest.Plan(migrate.Line{Module: Code, Files: Files})

func TestConform(t *testing.T) {
	t.Parallel()
	modtest.Conform(t, modtest.Subject{Definition: New(Needs{}).Definition(), Plan: plan})
}

// ledger remembers what was written down once its transaction is durable.
type ledger struct{ entries []string }

// RecordAt implements tenancyapi.Ledger.
func (l *ledger) RecordAt(_ context.Context, tx *db.Tx[tenant.System], _ tenancyapi.At, e tenancyapi.Entry) error {
	text, err := json.Marshal(e.After)
	tx.AfterCommit(func() { l.entries = append(l.entries, e.Actor.Name+" "+e.Action+" "+string(text)) })
	return err
}

func each(t *testing.T, fn func(t *testing.T, m *Module, e *dbtest.Env, l *ledger)) {
	t.Helper()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		l := &ledger{}
		fn(t, New(Needs{Kit: modtest.Kit(t, e), Audit: l}), e, l)
	})
}

var lea = auth.Actor{Kind: "user", Name: "Léa"}

func TestAsk(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, m *Module, e *dbtest.Env, l *ledger) {
		in := e.Gate.System()
		got, err := m.Ask(t.Context(), in, lea, " SELECT 40 + 2 AS answer;\n")
		if err != nil || len(got.Rows) != 1 || got.Rows[0][0].Text != "42" {
			t.Fatalf("it answers %+v %v", got, err)
		}
		if want := []string{`Léa dev_tools.asked {"statement":"SELECT 40 + 2 AS answer;"}`}; !slices.Equal(l.entries, want) {
			t.Errorf("written down: %q", l.entries)
		}
		if _, err := m.Ask(t.Context(), in, lea, "SELECT nothing FROM nowhere"); fault.As(err).Kind != fault.Invalid || len(l.entries) != 2 {
			t.Errorf("what the database refuses is written down too: %v %q", err, l.entries)
		}
		if _, err := m.Ask(t.Context(), in, lea, "DELETE FROM dev_tools_queries"); fault.As(err).Code != inquiry.ErrVerb.Code {
			t.Errorf("a change is refused with %v", err)
		}
		m.asking.Lock()
		if _, err := m.Ask(t.Context(), in, lea, "SELECT 1"); fault.As(err).Kind != fault.RateLimit {
			t.Errorf("while another one is asked: %v", err)
		}
		m.asking.Unlock()
		if _, err := m.Ask(t.Context(), tenant.System{}, lea, "SELECT 1"); err == nil {
			t.Error("who has no scope is answered")
		}
	})
}

func TestSavedQueries(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, m *Module, e *dbtest.Env, _ *ledger) {
		in := e.Gate.System()
		save := func(name, text string) error { return m.SaveQuery(t.Context(), in, lea, Query{Name: name, Text: text}) }
		for _, q := range [][2]string{{"  Newest   stores ", "SELECT 1"}, {"Beans", "SELECT 2"}, {"Newest stores", "SELECT 3"}} {
			if err := save(q[0], q[1]); err != nil {
				t.Fatal(err)
			}
		}
		all, err := m.Queries(t.Context(), in)
		if err != nil || len(all) != 2 || all[1].Name != "Newest stores" || all[1].Text != "SELECT 3" || all[1].Author != "Léa" || all[1].SavedAt.IsZero() {
			t.Fatalf("saved are %+v %v", all, err)
		}
		for name, text := range map[string]string{"": "SELECT 1", "x": "DROP TABLE x", "y": ""} {
			if err := save(name, text); fault.As(err) == nil || fault.As(err).Kind != fault.Invalid {
				t.Errorf("%q as %q: %v", text, name, err)
			}
		}
		if was, err := m.RemoveQuery(t.Context(), in, all[0].ID); err != nil || was.Name != "Beans" {
			t.Errorf("removed is %+v %v", was, err)
		}
		if _, err := m.RemoveQuery(t.Context(), in, all[0].ID); fault.As(err).Kind != fault.NotFound {
			t.Errorf("it is gone: %v", err)
		}
	})
}

func TestStatements(t *testing.T) {
	t.Parallel()
	all, err := Statements(plan.Lines)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(s Statement) bool { return s.Key() == "dev-tools.put_query" })
	if i < 0 || all[i].Scope() != "system" || all[i].SQLite == "" {
		t.Errorf("a statement of this module among %d", len(all))
	}
	if !slices.ContainsFunc(all, func(s Statement) bool { return s.Module == "mail" && s.Scope() == "store" }) {
		t.Error("no statement of mail works for one store")
	}
}
