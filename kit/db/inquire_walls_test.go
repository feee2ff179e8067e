package db_test

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"orion/kit/db/postgres"
	"orion/kit/db/sqlite"
	"orion/kit/dbtest"
)

// Behind what looks at the text, the databases themselves refuse.
func TestDatabasesRefuseByThemselves(t *testing.T) {
	t.Parallel()
	writes := []string{
		"DELETE FROM house_people", "INSERT INTO house_keys VALUES (2, 'x')", "UPDATE house_people SET name = 'Mallory'", "DROP TABLE house_people", "CREATE TABLE house_copy (x INTEGER)",
		"SELECT 1; DELETE FROM house_people", "WITH x AS (SELECT 1) DELETE FROM house_people", "COMMIT; DELETE FROM house_people",
	}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		e := dbtest.NewSQLite(t, house)
		path := strings.TrimPrefix(e.DSN, "sqlite:")
		for _, text := range append([]string{
			"PRAGMA query_only = 0", "PRAGMA journal_mode = DELETE", "ATTACH DATABASE ':memory:' AS x", "VACUUM INTO '/tmp/copy.db'", "SELECT load_extension('x')", "SELECT randomblob(10)",
			"SELECT * FROM pragma_query_only", "SELECT writefile('/tmp/x', 'x')", "BEGIN IMMEDIATE", "SAVEPOINT x", "REINDEX", "ANALYZE",
		}, writes...) {
			err := sqlite.Inquire(t.Context(), path, &sqlite.Inquiry{Text: text}, func(r *sql.Rows) error {
				for r.Next() { //nolint:revive // all steps are taken
				}
				return nil
			})
			if err == nil {
				t.Errorf("%q is done", text)
			}
		}
		untouched(t, e)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		e := dbtest.NewPostgres(t, house)
		for _, text := range append([]string{
			"SELECT pg_read_file('/etc/passwd')", "COPY house_people TO PROGRAM 'id'", "COPY house_people TO '/tmp/x'", "SELECT lo_import('/etc/passwd')", "SELECT * FROM pg_authid",
			"SELECT password_hash FROM house_people", "CREATE TEMP TABLE x AS SELECT 1", "SELECT pg_sleep(5)", "SELECT * FROM house_people FOR UPDATE", "SELECT pg_reload_conf()",
			"DO 'BEGIN DELETE FROM house_people; END'", "SELECT query_to_xml('DELETE FROM house_people', true, true, '')",
		}, writes...) {
			err := postgres.Inquire(t.Context(), e.DSN, postgres.Inquiry{Text: text, Time: time.Second}, func(_ []string, next func() ([][]byte, bool)) error {
				for _, more := next(); more; _, more = next() { //nolint:revive // all rows are read
				}
				return nil
			})
			if err == nil {
				t.Errorf("%q is done", text)
			}
		}
		untouched(t, e)
	})
}

func untouched(t *testing.T, e *dbtest.Env) {
	t.Helper()
	left, err := inquire(t, e, "SELECT count(*), max(name), (SELECT count(*) FROM house_keys) FROM house_people")
	if err != nil || left.Rows[0][0].Text != "2" || left.Rows[0][1].Text != "Léa" || left.Rows[0][2].Text != "1" {
		t.Errorf("what is left is %+v %v", left.Rows, err)
	}
}
