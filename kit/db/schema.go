package db

import (
	"context"
	"fmt"

	"orion/kit/db/inquiry"
	"orion/kit/tenant"
)

// Table is a table of the database, as it stands.
type Table struct {
	Name    string
	Columns []TableColumn
}

// TableColumn is one of its columns.
type TableColumn struct {
	Name   string
	Type   string
	Null   bool // may be empty
	Key    bool // belongs to the primary key
	Secret bool // nobody reads it by hand
}

const (
	sqliteSchema = `SELECT m.name, p.name, p.type, p."notnull" = 0, p.pk > 0 FROM sqlite_master m JOIN pragma_table_info(m.name) p
WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY m.name, p.cid`
	postgresSchema = `SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
  EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey))
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = to_regnamespace(quote_ident(current_schema())) AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY c.relname, a.attnum`
)

// Tables are all tables of the database with their columns, by name.
func (d *DB) Tables(ctx context.Context, in tenant.System) ([]Table, error) {
	if !tenant.Bind(in).Valid {
		return nil, errNoScope
	}
	text := sqliteSchema
	if d.dialect == Postgres {
		text = postgresSchema
	}
	count(ctx)
	rows, err := d.read.QueryContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("read the schema: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []Table
	for rows.Next() {
		var table string
		var c TableColumn
		if err := rows.Scan(&table, &c.Name, &c.Type, &c.Null, &c.Key); err != nil {
			return nil, fmt.Errorf("read the schema: %w", err)
		}
		c.Secret = inquiry.IsSecret(table, c.Name)
		if len(out) == 0 || out[len(out)-1].Name != table {
			out = append(out, Table{Name: table})
		}
		last := &out[len(out)-1]
		last.Columns = append(last.Columns, c)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the schema: %w", err)
	}
	return out, nil
}
