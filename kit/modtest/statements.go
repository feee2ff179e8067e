package modtest

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"orion/kit/db"
	"orion/kit/db/sqlite"
	"orion/kit/dbtest"
	"orion/kit/module"
)

func statements(t *testing.T, s Subject) {
	t.Helper()
	blocks, err := db.Blocks(s.Definition.Files)
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Each(t, s.Plan, func(t *testing.T, e *dbtest.Env) {
		conn, err := e.DB.Pool().Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		report(t, Statements(t.Context(), conn, e.DB.Dialect(), s.Definition, blocks))
	})
}

// Statements prepares every statement of a module, which both databases refuse
// when a table or column is missing, and on SQLite asks the engine which tables
// and columns it would read: a tenant's table read without its scope column is
// a leak.
func Statements(ctx context.Context, conn *sql.Conn, d db.Dialect, def module.Definition, blocks []db.Block) (wrong []string) {
	scopes, err := scopeColumns(ctx, conn, d)
	if err != nil {
		return []string{err.Error()}
	}
	for _, b := range blocks {
		text, err := db.Compiled(b, d)
		if err != nil {
			wrong = append(wrong, b.Name+": "+err.Error())
			continue
		}
		if d == db.Postgres {
			stmt, err := conn.PrepareContext(ctx, text)
			if err != nil {
				wrong = append(wrong, b.Name+": "+err.Error())
				continue
			}
			_ = stmt.Close()
			continue
		}
		touched, err := sqlite.Audit(ctx, conn, text)
		if err != nil {
			wrong = append(wrong, b.Name+": "+err.Error())
			continue
		}
		wrong = append(wrong, checkBlock(b, def, touched, scopes)...)
		wrong = append(wrong, listPlan(ctx, conn, b, text)...)
	}
	return wrong
}

// systemAllowed tells which modules may have statements of the whole system.
func systemAllowed(def module.Definition) bool {
	return def.Tier == module.Internal || def.Code == "tenancy" || def.Code == "core"
}

func checkBlock(b db.Block, def module.Definition, touched []sqlite.Touched, scopes map[string]string) (wrong []string) {
	prefix := strings.ReplaceAll(def.Code, "-", "_") + "_"
	tenants := 0
	for _, t := range touched {
		column, known := scopes[t.Table]
		if !known {
			continue // a virtual table's shadow, or the engine's own
		}
		if !strings.Contains(b.SQLite, t.Table) {
			continue // read for a foreign key, by its whole key
		}
		if !strings.HasPrefix(t.Table, prefix) {
			wrong = append(wrong, fmt.Sprintf("%s: touches %s, which belongs to another module", b.Name, t.Table))
		}
		if b.Scope != "" || t.Insert || column == "" {
			continue
		}
		tenants++
		if !slices.Contains(t.Columns, column) {
			wrong = append(wrong, fmt.Sprintf("%s: reads %s without its %s, so it reaches other tenants' rows", b.Name, t.Table, column))
		}
	}
	switch {
	case b.Scope == "system" && !systemAllowed(def):
		wrong = append(wrong, b.Name+": only kit, tenancy and internal modules work on the whole system")
	case b.Scope == "sweep" && !strings.Contains(strings.ToLower(b.SQLite), "store_id"):
		wrong = append(wrong, b.Name+": a sweep answers with store_id")
	case b.Scope == "" && tenants > 0 && conditions(b.SQLite) == 0:
		wrong = append(wrong, b.Name+": its scope column stands in no condition")
	}
	return wrong
}

var condition = regexp.MustCompile(`(?is)(store_id|merchant_id|platform_id|\bid)\s*=\s*:(store_id|merchant_id|platform_id)`)

// conditions counts the places where the scope is compared, which the engine
// does not tell: a statement that merely selects the column reads it too.
func conditions(text string) int { return len(condition.FindAllString(text, -1)) }

// scopeColumns maps every table to its scope column, "" for tables without.
func scopeColumns(ctx context.Context, conn *sql.Conn, d db.Dialect) (map[string]string, error) {
	query := `SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p
WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name NOT LIKE '%\_fts\_%' ESCAPE '\' AND m.name NOT LIKE 'sqlite_%'`
	if d == db.Postgres {
		query = `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()`
	}
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("list columns: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[string]string{}
	rank := map[string]int{"store_id": 3, "merchant_id": 2, "platform_id": 1}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			return nil, err
		}
		have := out[table]
		if rank[column] > rank[have] {
			have = column
		}
		out[table] = have
	}
	return out, rows.Err()
}
