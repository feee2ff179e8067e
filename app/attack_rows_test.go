package app

import (
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/tenancy"
)

// rowsOf is a fingerprint of everything that a store has.
func rowsOf(t *testing.T, a *App, pool *sql.DB, in tenant.Store) map[string]uint64 {
	t.Helper()
	query := "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND p.name = 'store_id' AND m.sql NOT LIKE 'CREATE VIRTUAL%'"
	if a.db.Dialect() == db.Postgres {
		query = "SELECT table_name FROM information_schema.columns WHERE column_name = 'store_id' AND table_schema = current_schema()"
	}
	out := map[string]uint64{}
	for _, table := range column(t, pool, query) {
		if strings.HasPrefix(table, "event_") || strings.HasPrefix(table, "mail_") || table == "catalog_imports" {
			continue // the program's own work goes on meanwhile
		}
		rows := column(t, pool, fmt.Sprintf("SELECT * FROM %s WHERE store_id = %d", table, in.ID()))
		slices.Sort(rows)
		h := fnv.New64a()
		_, _ = h.Write([]byte(strings.Join(rows, "\n")))
		out[table] = h.Sum64()
	}
	if len(out) < 20 {
		t.Fatalf("only %d tables of stores", len(out))
	}
	return out
}

// column reads rows as text.
func column(t *testing.T, pool *sql.DB, query string) (out []string) {
	t.Helper()
	rows, err := pool.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	names, _ := rows.Columns()
	for rows.Next() {
		values := make([]any, len(names))
		into := make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		line := make([]string, len(values))
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				v = string(b)
			}
			line[i] = fmt.Sprint(v)
		}
		out = append(out, strings.Join(line, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// deleteSomebody leaves an account among what was deleted.
func deleteSomebody(t *testing.T, a *App, code string) {
	t.Helper()
	by := auth.Actor{Kind: "user", ID: auth.UserID(1 << 40).String(), Name: "Nora Weber"}
	err := a.modules.tenancy.Change(t.Context(), by, func(ctx context.Context, c *tenancy.Change) error {
		who, err := c.CreateUser(ctx, tenancy.NewUser{Email: "gone-" + code + "@orion.example", Name: "Gone Person", Role: auth.StoreMember})
		if err == nil {
			_, err = c.Delete(ctx, tenancy.Everywhere, tenancy.Doom{Kind: tenancy.DeletedUser, Target: int64(who), Reason: "Left the firm", Typed: "Gone Person"})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
