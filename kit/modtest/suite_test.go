package modtest

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/module"
)

// schema is that of two modules, of which one is on trial.
const schema = `-- +goose Up
CREATE TABLE loans_loans (store_id BIGINT NOT NULL, id BIGINT NOT NULL, book BIGINT NOT NULL, PRIMARY KEY (store_id, id));
CREATE TABLE loans_books (store_id BIGINT NOT NULL, id BIGINT NOT NULL, title TEXT NOT NULL, PRIMARY KEY (store_id, id));
`

const foreignSchema = `-- +goose Up
CREATE TABLE orders_orders (store_id BIGINT NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (store_id, id));
`

func files(name, text string) fstest.MapFS {
	return fstest.MapFS{name: {Data: []byte(text)}}
}

func TestStatementsAreCaught(t *testing.T) {
	t.Parallel()
	plan := Plan(
		migrate.Line{Module: "orders", Files: files("migrations/orders_001_create_orders.sql", foreignSchema)},
		migrate.Line{Module: "loans", Files: files("migrations/loans_001_create_loans.sql", schema)},
	)
	for name, c := range map[string]struct{ text, want string }{
		"unscoped":            {"SELECT id FROM loans_loans WHERE id = :id", "without its store_id"},
		"scope only selected": {"SELECT store_id FROM loans_loans WHERE id = :id AND :store_id > 0", "in no condition"},
		"join without the second scope": {
			"SELECT b.title FROM loans_loans l JOIN loans_books b ON b.id = l.book WHERE l.store_id = :store_id", "reads loans_books without its store_id",
		},
		"update of everybody's rows": {"UPDATE loans_books SET title = :title WHERE id = :id", "without its store_id"},
		"another module's table":     {"SELECT id FROM orders_orders WHERE store_id = :store_id", "belongs to another module"},
		"the whole system":           {"-- scope: system\nSELECT id FROM loans_loans", "only kit, tenancy and internal modules"},
		"missing column":             {"SELECT pages FROM loans_books WHERE store_id = :store_id", "pages"},
		"list that walks over all": {
			"UPDATE loans_books SET title = l.value FROM json_each(:titles) l WHERE store_id = :store_id AND CAST(l.key AS BIGINT) = loans_books.id", "walks over a whole table",
		},
		"right": {
			"SELECT b.title FROM loans_loans l JOIN loans_books b ON b.store_id = l.store_id AND b.id = l.book WHERE l.store_id = :store_id", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			blocks, err := db.Blocks(files("sql/loans.sql", "-- name: planted\n"+c.text+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
				conn, err := e.DB.Pool().Conn(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = conn.Close() }()
				wrong := Statements(t.Context(), conn, e.DB.Dialect(), module.Definition{Code: "loans"}, blocks)
				// PostgreSQL refuses what does not fit the schema; what is read is
				// SQLite's to tell, since its engine tells it.
				if e.DB.Dialect() == db.SQLite || c.want == "" || c.want == "pages" {
					caught(t, wrong, c.want)
				}
			})
		})
	}
}

// caught fails unless the suite said want, or nothing when want is empty.
func caught(t *testing.T, wrong []string, want string) {
	t.Helper()
	all := strings.Join(wrong, "\n")
	if want == "" && all != "" || !strings.Contains(all, want) {
		t.Errorf("the suite said %q, want %q", all, want)
	}
}

func TestMissingWordsAreCaught(t *testing.T) {
	t.Parallel()
	words := func(de, more string) module.Definition {
		full := `{"loans.due":"Due {day}"` + more + `}`
		fsys := fstest.MapFS{"locales/de.json": {Data: []byte(de)}}
		for _, l := range []string{"en", "fr", "lb"} {
			fsys["locales/"+l+".json"] = &fstest.MapFile{Data: []byte(full)}
		}
		return module.Definition{Code: "loans", Files: fsys}
	}
	caught(t, Words(Subject{Definition: words(`{"loans.due":"Bis {day}"}`, "")}), "")
	caught(t, Words(Subject{Definition: words(`{}`, "")}), "no word for loans.due in de")
	caught(t, Words(Subject{Definition: words(`{"loans.due":"Bis {tag}"}`, "")}), "other arguments than in English: loans.due in de")
	def := words(`{"loans.due":"Bis {day}"}`, "")
	def.Menu = []module.MenuItem{{Label: "loans.menu"}}
	caught(t, Words(Subject{Definition: def}), "no word for loans.menu")
}

func TestFaultsWithoutWordsAreCaught(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	code := "package loans\n\nvar errLent = fault.New(fault.Rule, \"loans.lent\")\n\nvar errTitle = errLent.Field(\"title\", \"loans.no_title\")\n"
	if err := os.WriteFile(filepath.Join(dir, "loans.go"), []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	wrong := Faults(Subject{Definition: module.Definition{Files: fstest.MapFS{}}, Dir: dir})
	caught(t, wrong, "no sentence for the fault loans.lent")
	caught(t, wrong, "no sentence for the fault loans.no_title")
}

func TestIllNamedMigrationsAreCaught(t *testing.T) {
	t.Parallel()
	for name, good := range map[string]bool{
		"migrations/loans_001_create_loans.sql": true,
		"migrations/001_create_loans.sql":       false,
		"migrations/orders_001_create.sql":      false,
		"migrations/loans_1_create.sql":         false,
	} {
		err := migrate.CheckNames(migrate.Line{Module: "loans", Files: files(name, schema)})
		if (err == nil) != good {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// shelf answers as a handler does that finds a book by its number.
func shelf(find func(r *http.Request) (status int, body string)) Visitor {
	return Visitor{Host: "shop.test", Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, body := find(r)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	})}
}

func TestLeaksAreCaught(t *testing.T) {
	t.Parallel()
	const own, foreign, unknown = "bok_1", "bok_2", "bok_3"
	name := func(r *http.Request) string { return strings.TrimPrefix(r.URL.Path, "/books/") }
	ask := func(id string) Ask { return Ask{Method: http.MethodGet, Path: "/books/" + id} }
	for what, c := range map[string]struct {
		find  func(r *http.Request) (int, string)
		leaks bool
	}{
		"looks only in its store": {func(r *http.Request) (int, string) {
			if name(r) == own {
				return 200, "a book"
			}
			return 404, "no book " + name(r)
		}, false},
		"shows another store's": {func(r *http.Request) (int, string) {
			if name(r) == unknown {
				return 404, "no book"
			}
			return 200, "a book"
		}, true},
		"forbids instead of not knowing": {func(r *http.Request) (int, string) {
			return map[string]int{own: 200, foreign: 403, unknown: 404}[name(r)], ""
		}, true},
		"says it in words": {func(r *http.Request) (int, string) {
			return 404, map[string]string{foreign: "not yours", unknown: "no book"}[name(r)]
		}, true},
	} {
		v := shelf(c.find)
		if leak := v.Leak(ask, foreign, unknown); (leak != "") != c.leaks {
			t.Errorf("%s: %q", what, leak)
		}
	}
	if v := shelf(func(*http.Request) (int, string) { return 404, "nothing here" }); v.Knows(ask, own, unknown) {
		t.Error("a route that was never reached counts as proved")
	}
}
