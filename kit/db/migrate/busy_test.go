package migrate_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"orion/kit/db/migrate"
	"orion/kit/db/postgres"
	"orion/kit/dbtest"
)

func file(text string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("-- +goose Up\n" + text)}
}

var boxes = fstest.MapFS{"migrations/toys_001_create.sql": file(`
CREATE TABLE toys_boxes (store_id BIGINT NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (store_id, id));
CREATE TABLE toys_lids (store_id BIGINT NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (store_id, id));
`)}

// open opens the database as its owner.
func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	pool, err := postgres.OpenOwner(dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pool.Close() })
	return pool
}

// A node that starts waits for no statement of those that serve, as long as it
// has nothing to change.
func TestStartNextToARunningNode(t *testing.T) {
	t.Parallel()
	plan := migrate.Plan{Lines: []migrate.Line{{Module: "toys", Files: boxes}}}
	e := dbtest.NewPostgres(t, plan)
	plan.DSN = e.DSN
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	running, err := open(t, e.DSN).BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = running.Rollback() }()
	if _, err := running.ExecContext(ctx, "INSERT INTO toys_boxes (store_id, id) VALUES (1, 1)"); err != nil {
		t.Fatal(err)
	}
	if err := plan.Up(ctx); err != nil {
		t.Error(err)
	}
}

// What somebody took away from a table's protection is back after a start.
func TestProtectionIsMended(t *testing.T) {
	t.Parallel()
	plan := migrate.Plan{Lines: []migrate.Line{{Module: "toys", Files: boxes}}}
	for _, damage := range []string{
		"ALTER TABLE toys_boxes DISABLE ROW LEVEL SECURITY",
		"ALTER TABLE toys_boxes NO FORCE ROW LEVEL SECURITY",
		"DROP POLICY tenant ON toys_boxes",
		"DROP POLICY tenant ON toys_boxes; CREATE POLICY tenant ON toys_boxes USING (true)",
		"ALTER POLICY tenant ON toys_boxes USING (true)",
		"ALTER POLICY tenant ON toys_boxes TO current_user",
		"REVOKE UPDATE ON toys_boxes FROM " + postgres.Role,
	} {
		t.Run(damage, func(t *testing.T) {
			t.Parallel()
			e := dbtest.NewPostgres(t, plan)
			mend := plan
			mend.DSN = e.DSN
			owner := open(t, e.DSN)
			if _, err := owner.ExecContext(t.Context(), damage); err != nil {
				t.Fatal(err)
			}
			if err := mend.Up(t.Context()); err != nil {
				t.Fatal(err)
			}
			var sound bool
			if err := owner.QueryRowContext(t.Context(), `SELECT r.relrowsecurity AND r.relforcerowsecurity
					AND pg_get_expr(p.polqual, r.oid) LIKE '%orion.store_id%' AND p.polroles = ARRAY[$1::regrole::oid] AND has_table_privilege($1::text, r.oid, 'UPDATE')
				FROM pg_class r JOIN pg_policy p ON p.polrelid = r.oid WHERE r.relname = 'toys_boxes' AND p.polname = 'tenant'`, postgres.Role).Scan(&sound); err != nil || !sound {
				t.Errorf("the table is not protected again, %v", err)
			}
		})
	}
}

// A migration that a running change stands in the way of, and that the database
// ends for it, is tried again.
func TestMigrationMeetsAChange(t *testing.T) {
	t.Parallel()
	e := dbtest.NewPostgres(t, migrate.Plan{Lines: []migrate.Line{{Module: "toys", Files: boxes}}})
	more := fstest.MapFS{"migrations/toys_002_alter.sql": file("ALTER TABLE toys_boxes ADD COLUMN name TEXT;\nALTER TABLE toys_lids ADD COLUMN name TEXT;\n")}
	for name, f := range boxes {
		more[name] = f
	}
	// The one that finds out is ended: let it be the migration, however slow the machine.
	address, sep := e.DSN, "?"
	if strings.Contains(address, "?") {
		sep = "&"
	}
	newer := migrate.Plan{DSN: address + sep + "deadlock_timeout=3s", Lines: []migrate.Line{{Module: "toys", Files: more}}}
	owner := open(t, e.DSN)
	running, err := owner.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = running.Rollback() }()
	if _, err := running.ExecContext(t.Context(), "SET LOCAL deadlock_timeout = '1min'; LOCK TABLE toys_lids IN ROW EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	up := make(chan error, 1)
	go func() { up <- newer.Up(t.Context()) }()
	for waits := false; !waits; { // for the lids, and has the boxes
		if err := owner.QueryRowContext(t.Context(), "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'toys_lids'::regclass)").Scan(&waits); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := running.ExecContext(t.Context(), "LOCK TABLE toys_boxes IN ROW EXCLUSIVE MODE"); err != nil {
		t.Fatal("the change was ended instead of the migration", err)
	}
	if err := running.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-up; err != nil {
		t.Error(err)
	}
}
