// Package dbtest gives every test a database of its own, on SQLite and on
// PostgreSQL, as a copy of a template that was migrated once.
package dbtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"testing"
	"time"

	"orion/kit/clock"
	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/tenant"
)

// Start is the time at which the clock of a test stands: a Monday morning.
var Start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// Env is one test's database and what opens it.
type Env struct {
	DB    *db.DB
	DSN   string
	Gate  *tenant.Gate
	Clock *clock.Manual
}

// Store mints the scope of a store of its own, with a merchant and platform of
// its own. Rows for them are the test's to insert where a foreign key asks.
func (e *Env) Store() tenant.Store {
	next := e.DB.IDs().Next
	return e.Gate.Store(tenant.StoreID(next()), tenant.MerchantID(next()), tenant.PlatformID(next()))
}

// Each runs fn on a fresh database of every kind, migrated with plan's steps
// and lines, in parallel sub-tests called sqlite and postgres. Without a
// PostgreSQL server in ORION_TEST_POSTGRES its sub-test is skipped, and fails
// when ORION_TEST_REQUIRE is set.
func Each(t *testing.T, plan migrate.Plan, fn func(t *testing.T, e *Env)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		fn(t, NewSQLite(t, plan))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		fn(t, NewPostgres(t, plan))
	})
}

func open(t testing.TB, dsn string) *Env {
	t.Helper()
	c := clock.NewManual(Start)
	d, err := db.Open(t.Context(), db.Options{DSN: dsn, Clock: c, Log: slog.New(slog.DiscardHandler), MaxConns: 12})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return &Env{DB: d, DSN: dsn, Gate: tenant.NewGate(), Clock: c}
}

// fingerprint names a template by the files that it was migrated with.
func fingerprint(plan migrate.Plan) string {
	h := sha256.New()
	fmt.Fprintf(h, "v3 %d steps\n", len(plan.Steps))
	for _, line := range plan.Lines {
		names, _ := fs.Glob(line.Files, "migrations/*")
		for _, name := range names {
			text, _ := fs.ReadFile(line.Files, name)
			fmt.Fprintf(h, "%s %s %d\n%s\n", line.Module, name, len(text), text)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

func required(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("ORION_TEST_REQUIRE") != "" {
		t.Fatalf("%s is missing", what)
	}
	t.Skipf("%s is missing: run make test", what)
}

func up(plan migrate.Plan, dsn string) error {
	plan.DSN, plan.Log = dsn, nil
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	return plan.Up(ctx)
}
