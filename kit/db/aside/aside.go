// Package aside looks into a database from beside the program, past all scopes: it is
// for suites that prove what stands in the tables of a trial, and for nothing that serves.
package aside

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"orion/kit/db/postgres"
	"orion/kit/db/sqlite"
)

// Tables are those of a database.
type Tables struct {
	pool    *sql.DB
	also    *sql.DB // of SQLite, for reading
	version string
}

// Open looks into the database of a DSN, as its owner.
func Open(ctx context.Context, dsn string) (*Tables, error) {
	t, ask := &Tables{}, "SELECT version()"
	var err error
	if path, lite := strings.CutPrefix(dsn, "sqlite:"); lite {
		ask = "SELECT 'SQLite ' || sqlite_version()"
		t.pool, t.also, err = sqlite.Open(ctx, path)
	} else {
		t.pool, err = postgres.OpenOwner(dsn)
	}
	if err != nil {
		return nil, err
	}
	if err := t.pool.QueryRowContext(ctx, ask).Scan(&t.version); err != nil {
		return nil, errors.Join(fmt.Errorf("ask the database for its version: %w", err), t.Close())
	}
	return t, nil
}

// Version is the database's name and version.
func (t *Tables) Version() string { return t.version }

// Each calls row for every row of a query; scan reads it.
func (t *Tables) Each(ctx context.Context, query string, row func(scan func(into ...any) error) error) error {
	rows, err := t.pool.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("look into the tables: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return fmt.Errorf("look into the tables: %w", err)
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// Column is the texts of a query of one column.
func (t *Tables) Column(ctx context.Context, query string) (out []string, err error) {
	err = t.Each(ctx, query, func(scan func(...any) error) error {
		var text string
		err := scan(&text)
		out = append(out, text)
		return err
	})
	return out, err
}

// Write changes rows, as a mistake would.
func (t *Tables) Write(ctx context.Context, statement string) error {
	if _, err := t.pool.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("write into the tables: %w", err)
	}
	return nil
}

// Close ends it.
func (t *Tables) Close() error {
	err := t.pool.Close()
	if t.also != nil {
		err = errors.Join(err, t.also.Close())
	}
	return err
}
