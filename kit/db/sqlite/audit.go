package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"modernc.org/sqlite"
)

// Touched is a table that a statement reads or changes, with the columns that
// it reads.
type Touched struct {
	Table   string
	Columns []string
	Insert  bool // rows are added and nothing else
}

// Audit prepares a statement on conn and lets SQLite itself tell what it would
// touch. Nothing is run.
func Audit(ctx context.Context, conn *sql.Conn, text string) ([]Touched, error) {
	tables := map[string]*Touched{}
	changed := map[string]bool{}
	touch := func(table string) *Touched {
		t := tables[table]
		if t == nil {
			t = &Touched{Table: table}
			tables[table] = t
		}
		return t
	}
	err := watched(conn, func(action sqlite.AuthorizerActionCode, a, b, _, _ string) sqlite.AuthorizerReturnCode {
		switch action {
		case sqlite.AuthRead:
			if t := touch(a); b != "" && !slices.Contains(t.Columns, b) {
				t.Columns = append(t.Columns, b)
			}
		case sqlite.AuthUpdate, sqlite.AuthDelete:
			changed[a] = true
			touch(a).Insert = false
		case sqlite.AuthInsert:
			touch(a).Insert = !changed[a]
		}
		return sqlite.AuthorizerOK
	}, func() error {
		stmt, err := conn.PrepareContext(ctx, text)
		if err != nil {
			return err
		}
		return stmt.Close()
	})
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	out := make([]Touched, 0, len(tables))
	for _, t := range tables {
		out = append(out, *t)
	}
	return out, nil
}

func watched(conn *sql.Conn, fn sqlite.AuthorizerFn, run func() error) error {
	register := func(fn sqlite.AuthorizerFn) error {
		return conn.Raw(func(c any) error {
			r, ok := c.(interface {
				RegisterAuthorizer(fn sqlite.AuthorizerFn) error
			})
			if !ok {
				return errors.New("the driver has no authorizer")
			}
			return r.RegisterAuthorizer(fn)
		})
	}
	if err := register(fn); err != nil {
		return err
	}
	return errors.Join(run(), register(nil))
}
