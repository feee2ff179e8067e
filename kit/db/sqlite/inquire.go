package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"orion/kit/db/inquiry"
)

// largest is how many bytes a value may have that somebody asks for by hand.
const largest = 1 << 20

// Inquiry is a statement that somebody asks by hand.
type Inquiry struct {
	Text   string
	Hidden []string // secret columns that it named; their values read as NULL
}

// Inquire runs a statement on a connection of its own that cannot write, and gives
// its rows to read. The engine itself asks for each step whether it is allowed:
// to read, but not what is secret, and to compute.
func Inquire(ctx context.Context, path string, q *Inquiry, read func(*sql.Rows) error) (err error) {
	pool := sql.OpenDB(connector{dsn: dsn(path, url.Values{"mode": {"ro"}, "_pragma": {"query_only(1)", "trusted_schema(0)"}})})
	pool.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, pool.Close()) }()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect to inquire: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	for id, most := range map[int]int{sqlite3.SQLITE_LIMIT_LENGTH: largest, sqlite3.SQLITE_LIMIT_ATTACHED: 0, sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50} {
		if _, err := sqlite.Limit(conn, id, most); err != nil {
			return fmt.Errorf("limit an inquiry: %w", err)
		}
	}
	return watched(conn, func(action sqlite.AuthorizerActionCode, a, b, _, _ string) sqlite.AuthorizerReturnCode {
		return q.authorize(action, a, b)
	}, func() error {
		rows, err := conn.QueryContext(ctx, q.Text)
		if err != nil {
			return err //nolint:wrapcheck // the caller names it
		}
		defer func() { _ = rows.Close() }()
		if err := read(rows); err != nil {
			return err
		}
		return rows.Err() //nolint:wrapcheck // the caller names it
	})
}

// authorize is asked by the engine while it prepares a statement.
func (q *Inquiry) authorize(action sqlite.AuthorizerActionCode, a, b string) sqlite.AuthorizerReturnCode {
	switch action {
	case sqlite.AuthSelect, sqlite.AuthRecursive:
		return sqlite.AuthorizerOK
	case sqlite.AuthRead:
		if !inquiry.IsSecret(a, b) {
			return sqlite.AuthorizerOK
		}
		if name := a + "." + b; !slices.Contains(q.Hidden, name) {
			q.Hidden = append(q.Hidden, name)
		}
		return sqlite.AuthorizerIgnore
	case sqlite.AuthFunction:
		if inquiry.Computes(b) || b == "like" || b == "glob" || b == "match" {
			return sqlite.AuthorizerOK
		}
	}
	return sqlite.AuthorizerDeny
}
