package migrate_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"orion/kit/db/migrate"
	"orion/kit/dbtest"
)

func line(names ...string) migrate.Line {
	files := fstest.MapFS{}
	for _, name := range names {
		table := strings.TrimSuffix(name, ".sql")
		files["migrations/"+name] = &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE " + table + " (id BIGINT);\n")}
	}
	return migrate.Line{Module: "toys", Files: files}
}

func TestANewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	both := migrate.Plan{Lines: []migrate.Line{line("toys_001_a.sql", "toys_002_b.sql")}}
	dbtest.Each(t, both, func(t *testing.T, e *dbtest.Env) {
		older := migrate.Plan{DSN: e.DSN, Lines: []migrate.Line{line("toys_001_a.sql")}}
		err := older.Up(t.Context())
		if err == nil || !strings.Contains(err.Error(), "module toys is at version 2, this program knows 1") {
			t.Errorf("err = %v", err)
		}
	})
}

func TestPendingIsListed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, migrate.Plan{Lines: []migrate.Line{line("toys_001_a.sql")}}, func(t *testing.T, e *dbtest.Env) {
		newer := migrate.Plan{DSN: e.DSN, Lines: []migrate.Line{line("toys_001_a.sql", "toys_002_b.sql")}}
		got, err := newer.Status(t.Context())
		if err != nil || len(got) != 1 || len(got[0].Pending) != 1 || got[0].Pending[0] != "002_b.sql" {
			t.Errorf("status = %+v, %v", got, err)
		}
	})
}

func TestCheckNames(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"toys_1_a.sql", "games_001_a.sql", "toys_001.sql", "001_a.sql", "toys_001_A.sql"} {
		if migrate.CheckNames(line(bad)) == nil {
			t.Errorf("%s is accepted", bad)
		}
	}
	if err := migrate.CheckNames(line("toys_001_a.sql", "toys_001_b.sql")); err == nil {
		t.Error("one number twice is accepted")
	}
	if err := migrate.CheckNames(line("toys_001_a.sqlite.sql", "toys_001_a.postgres.sql", "toys_002_b.sql")); err != nil {
		t.Error(err)
	}
}
