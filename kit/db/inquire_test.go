package db_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"orion/kit/db"
	"orion/kit/db/inquiry"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/fault"
)

// house has people with secrets, of two stores.
var house = migrate.Plan{Lines: []migrate.Line{{Module: "house", Files: fstest.MapFS{"migrations/house_001_create.sql": {Data: []byte(`-- +goose Up
CREATE TABLE house_people (store_id BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, password_hash TEXT NOT NULL, PRIMARY KEY (store_id, id));
CREATE TABLE house_keys (id BIGINT NOT NULL PRIMARY KEY, hash TEXT NOT NULL);
INSERT INTO house_people VALUES (1, 1, 'Eve', 'argon-one'), (2, 2, 'Léa', 'argon-two');
INSERT INTO house_keys VALUES (1, 'sesame');
`)}}}}}

func inquire(t *testing.T, e *dbtest.Env, text string) (db.Answer, error) {
	t.Helper()
	return e.DB.Inquire(t.Context(), e.Gate.System(), db.Inquiry{Text: text, Rows: 3, Time: 2 * time.Second})
}

func TestInquire(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, house, func(t *testing.T, e *dbtest.Env) {
		got, err := inquire(t, e, "SELECT store_id, name, NULL AS void -- of all stores\nFROM house_people WHERE name <> 'it''s; DROP' ORDER BY name;")
		if err != nil || !slices.Equal(got.Columns, []string{"store_id", "name", "void"}) || len(got.Rows) != 2 || got.More {
			t.Fatalf("the people are %+v %v", got, err)
		}
		if row := got.Rows[1]; row[0].Text != "2" || row[1].Text != "Léa" || !row[2].Null {
			t.Errorf("a row is %+v", row)
		}
		got, err = inquire(t, e, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n")
		if err != nil || len(got.Rows) != 3 || !got.More {
			t.Errorf("of ten rows are given %+v %v", got, err)
		}
		for _, fine := range []string{
			"EXPLAIN SELECT count(*) FROM house_people", "VALUES (1), (2)", `SELECT "name" FROM house_people AS p(store_id, id, name) WHERE name IN ('Eve')`,
			"SELECT upper(name) || '!', count(*) FILTER (WHERE id > 1) OVER (PARTITION BY store_id) FROM house_people",
		} {
			if _, err := inquire(t, e, fine); err != nil && !strings.Contains(fine, " AS p(") {
				t.Errorf("%s: %v", fine, err)
			}
		}
		_, err = inquire(t, e, "SELECT nothing FROM house_people")
		if f := fault.As(err); f.Code != "inquiry.failed" || !strings.Contains(f.Args["why"].(string), "nothing") {
			t.Errorf("a column that there is not: %v %v", err, f.Args)
		}
	})
}

// Whatever somebody tries, nothing is changed and no secret is read.
func TestInquiriesThatAttack(t *testing.T) {
	t.Parallel()
	attacks := []string{
		"", ";", "-- nothing",
		"DELETE FROM house_people", "INSERT INTO house_keys VALUES (2, 'x')", "UPDATE house_people SET name = 'Mallory'", "DROP TABLE house_people",
		"SELECT 1; DELETE FROM house_people", "SELECT 1;; DELETE FROM house_people --", "SELECT 1 -- x\n; DROP TABLE house_people",
		"WITH gone AS (DELETE FROM house_people RETURNING *) SELECT * FROM gone", "WITH x AS (SELECT 1) DELETE FROM house_people",
		"WITH x AS (SELECT 1) INSERT INTO house_keys SELECT 9, 'x'", "EXPLAIN ANALYZE DELETE FROM house_people",
		"SELECT * INTO house_copy FROM house_people", "CREATE TABLE house_copy AS SELECT 1", "SELECT * FROM house_people FOR UPDATE",
		"PRAGMA query_only = 0", "SELECT * FROM pragma_query_only(0)", "SELECT * FROM pragma_database_list", "ATTACH DATABASE '/tmp/x.db' AS x", "VACUUM INTO '/tmp/x.db'",
		"SELECT load_extension('x')", "SELECT writefile('/tmp/x', 'x')", "SELECT readfile('/etc/passwd')", "SELECT fts3_tokenizer('x')", "SELECT randomblob(1000000000)",
		"SELECT pg_read_file('/etc/passwd')", "SELECT pg_catalog.pg_read_file('/etc/passwd')", `SELECT "pg_read_file"('/etc/passwd')`, "SELECT PG_READ_FILE ('/etc/passwd')",
		"WITH p AS (SELECT '/etc/passwd' AS x) SELECT 1, pg_read_file(x) AS y FROM p", "SELECT pg_read_file/**/('/etc/passwd')", "SELECT pg_read_file--\n('/etc/passwd')",
		`SELECT U&"pg_read\005ffile"('/etc/passwd')`, "SELECT pg_ls_dir('.')", "SELECT * FROM pg_ls_dir('.')", "SELECT lo_import('/etc/passwd')", "SELECT pg_sleep(60)",
		"COPY house_people TO '/tmp/x'", "COPY house_people TO PROGRAM 'id'", "SET ROLE postgres", "RESET ROLE", "SET SESSION AUTHORIZATION DEFAULT",
		"SELECT set_config('role', 'none', false)", "SELECT set_config('transaction_read_only', 'off', false)", "SELECT nextval('x')", "SELECT pg_terminate_backend(1)", "SELECT pg_advisory_lock(1)",
		"SELECT current_setting('data_directory')", "SELECT dblink('dbname=x', 'DELETE FROM house_people')", "DO 'BEGIN DELETE FROM house_people; END'", "DO $$BEGIN END$$",
		"SELECT query_to_xml('DELETE FROM house_people', true, true, '')", "SELECT * FROM pg_authid", "SELECT * FROM pg_shadow", "SELECT E'\\'; DROP TABLE house_people; --'",
		"SELECT 'a\\'; DELETE FROM house_people; --'", "SELECT $1", "SELECT ?1", "BEGIN", "COMMIT", "LISTEN x", "CALL x()", "PREPARE x AS SELECT 1", "LOCK TABLE house_people", "TRUNCATE house_people",
		"SELECT repeat('x', 1000000000)", "SELECT 'a\x00b'", "SELECT 1 " + strings.Repeat("x", inquiry.MaxText), "SELECT '", "SELECT (", strings.Repeat("SELECT (", 500),
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(a.i) FROM n a, n b, n c",
	}
	dbtest.Each(t, house, func(t *testing.T, e *dbtest.Env) {
		for _, text := range attacks {
			got, err := inquire(t, e, text)
			if err == nil {
				t.Errorf("%.60q is answered with %+v", text, got)
			}
			if f := fault.As(err); f.Kind == fault.Internal {
				t.Errorf("%.60q is no fault of whoever asks: %v", text, err)
			}
		}
		untouched(t, e)
	})
}

// A secret is read as nothing, or refused with its name, by whatever way.
func TestInquiriesSeeNoSecrets(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, house, func(t *testing.T, e *dbtest.Env) {
		for _, text := range []string{
			"SELECT * FROM house_people", "SELECT password_hash FROM house_people", "SELECT hash FROM house_keys", `SELECT "HASH" FROM house_keys`, "SELECT k.* FROM house_keys k",
			"SELECT name FROM house_people WHERE password_hash LIKE 'argon-o%'", "SELECT name FROM house_people ORDER BY password_hash LIKE 'argon-o%'",
			"SELECT count(*) FROM house_people GROUP BY password_hash HAVING max(password_hash) >= 'argon-o'", "SELECT row_to_json(house_people) FROM house_people",
			"SELECT (SELECT hash FROM house_keys) AS x", "WITH k(a, b) AS (SELECT * FROM house_keys) SELECT b FROM k", "SELECT a.x FROM (SELECT hash AS x FROM house_keys) a",
			"SELECT house_keys FROM house_keys", "SELECT name FROM house_people JOIN house_keys ON hash LIKE 'ses%'",
		} {
			got, err := inquire(t, e, text)
			for _, row := range got.Rows {
				for _, v := range row {
					if strings.Contains(v.Text, "argon") || strings.Contains(v.Text, "sesame") {
						t.Errorf("%s shows %+v", text, got)
					}
				}
			}
			switch {
			case err == nil && len(got.Hidden) == 0:
				t.Errorf("%s reads nothing secret: %+v", text, got)
			case err == nil && strings.Contains(text, "LIKE") && len(got.Rows) == 1:
				t.Errorf("%s tells something about a secret: %+v", text, got)
			case err != nil && !errors.Is(err, inquiry.ErrSecret) && !errors.Is(err, inquiry.ErrFunction) && !errors.Is(err, db.ErrInquiry):
				t.Errorf("%s: %v", text, err)
			}
		}
		tables, err := e.DB.Tables(t.Context(), e.Gate.System())
		i := slices.IndexFunc(tables, func(t db.Table) bool { return t.Name == "house_people" })
		if err != nil || i < 0 {
			t.Fatal(tables, err)
		}
		if c := tables[i].Columns; len(c) != 4 || !c[0].Key || c[2].Secret || !c[3].Secret || c[3].Null {
			t.Errorf("the columns are %+v", c)
		}
	})
}
