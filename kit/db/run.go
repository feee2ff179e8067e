package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"orion/kit/tenant"
)

// Args are a statement's parameters by name. time.Time becomes microseconds
// since 1970 in UTC, the zero time NULL; JSON marks values stored as JSON.
// The scope's own parameters are bound by the transaction and refused here.
type Args map[string]any

// Row is what a scan function reads its columns from.
type Row interface {
	Scan(dest ...any) error
}

// Exec runs a statement and tells how many rows it changed.
func Exec[S tenant.Scope](ctx context.Context, t *Tx[S], s *Stmt[S], a Args) (int64, error) {
	if t.readOnly {
		return 0, fmt.Errorf("%s: %w", s.name, errReadOnly)
	}
	c := s.in(t.db.dialect)
	args, err := t.bind(s.name, c, a)
	if err != nil {
		return 0, err
	}
	count(ctx)
	var res sql.Result
	if t.tx != nil {
		res, err = t.tx.ExecContext(ctx, c.text, args...)
	} else {
		res, err = t.conn.ExecContext(ctx, c.text, args...)
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", s.name, mapError(err))
	}
	n, err := res.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", s.name, err)
	}
	return n, nil
}

// One reads the first row of a statement's answer, or returns ErrNoRow.
func One[T any, S tenant.Scope](ctx context.Context, t *Tx[S], s *Stmt[S], a Args, scan func(Row) (T, error)) (T, error) {
	var zero T
	rows, err := t.query(ctx, s, a)
	if err != nil {
		return zero, err
	}
	defer func() { _ = rows.Close() }()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return zero, fmt.Errorf("%s: %w", s.name, mapError(err))
		}
		return zero, ErrNoRow
	}
	out, err := scan(rows)
	if err != nil {
		return zero, fmt.Errorf("%s: %w", s.name, err)
	}
	// An error can still come with the end, as from INSERT … RETURNING.
	for rows.Next() { //nolint:revive // only the first row is asked for
	}
	if err := rows.Err(); err != nil {
		return zero, fmt.Errorf("%s: %w", s.name, mapError(err))
	}
	return out, nil
}

// All reads every row of a statement's answer.
func All[T any, S tenant.Scope](ctx context.Context, t *Tx[S], s *Stmt[S], a Args, scan func(Row) (T, error)) ([]T, error) {
	rows, err := t.query(ctx, s, a)
	if err != nil {
		return nil, err
	}
	return collect(rows, s.name, scan)
}

func collect[T any](rows *sql.Rows, name string, scan func(Row) (T, error)) ([]T, error) {
	defer func() { _ = rows.Close() }()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, mapError(err))
	}
	return out, nil
}

func (t *Tx[S]) query(ctx context.Context, s *Stmt[S], a Args) (*sql.Rows, error) {
	if t.readOnly && !s.readOnly {
		return nil, fmt.Errorf("%s: %w", s.name, errReadOnly)
	}
	c := s.in(t.db.dialect)
	args, err := t.bind(s.name, c, a)
	if err != nil {
		return nil, err
	}
	return t.queryText(ctx, s.name, c.text, args)
}

func (t *Tx[S]) queryText(ctx context.Context, name, text string, args []any) (*sql.Rows, error) {
	count(ctx)
	var rows *sql.Rows
	var err error
	switch {
	case t.tx != nil:
		rows, err = t.tx.QueryContext(ctx, text, args...)
	case t.conn != nil:
		rows, err = t.conn.QueryContext(ctx, text, args...)
	default:
		rows, err = t.db.read.QueryContext(ctx, text, args...)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, mapError(err))
	}
	return rows, nil
}

func (t *Tx[S]) bind(name string, c *compiled, a Args) ([]any, error) {
	out := make([]any, len(c.params))
	used := 0
	for i, p := range c.params {
		switch p {
		case "store_id":
			out[i] = t.binding.Store
		case "merchant_id":
			out[i] = t.binding.Merchant
		case "platform_id":
			out[i] = t.binding.Platform
		default:
			v, ok := a[p]
			if !ok {
				return nil, fmt.Errorf("%s: parameter %s is missing", name, p)
			}
			used++
			if c.lists[i] {
				list, err := listValue(v, t.db.dialect)
				if err != nil {
					return nil, fmt.Errorf("%s: parameter %s: %w", name, p, err)
				}
				out[i] = list
				continue
			}
			var err error
			if out[i], err = value(v); err != nil {
				return nil, fmt.Errorf("%s: parameter %s: %w", name, p, err)
			}
			if text, ok := out[i].(string); ok && (strings.IndexByte(text, 0) >= 0 || !utf8.ValidString(text)) {
				return nil, fmt.Errorf("%s: %s: %w", name, p, ErrText)
			}
			continue
		}
		if _, ok := a[p]; ok && t.binding.Column != "" {
			return nil, fmt.Errorf("%s: parameter %s is the transaction's to bind", name, p)
		}
		if t.binding.System { // the system names the tenant itself
			v, ok := a[p]
			if !ok {
				return nil, fmt.Errorf("%s: parameter %s is missing", name, p)
			}
			used++
			var err error
			if out[i], err = value(v); err != nil {
				return nil, fmt.Errorf("%s: parameter %s: %w", name, p, err)
			}
		}
	}
	if used != len(a) {
		return nil, fmt.Errorf("%s: takes %s, was given %d others", name, strings.Join(c.params, ", "), len(a)-used)
	}
	return out, nil
}

// listValue is a list of numbers as the dialect reads it: a JSON array for
// SQLite, the text of an array for PostgreSQL.
func listValue(v any, d Dialect) (string, error) {
	b, err := json.Marshal(v)
	if err != nil || d == SQLite {
		return string(b), err
	}
	inner := strings.TrimSuffix(strings.TrimPrefix(string(b), "["), "]")
	if inner == "null" {
		inner = ""
	}
	return "{" + inner + "}", nil
}

// value is what a driver gets for v. A Valuer is asked here: pgx searches long
// for what to do with one.
func value(v any) (any, error) {
	if x, ok := v.(driver.Valuer); ok {
		return x.Value() //nolint:wrapcheck // the caller does
	}
	return plain(v), nil
}

// plain turns times into microseconds and typed integers and strings into
// what drivers know.
func plain(v any) any {
	switch x := v.(type) {
	case nil, int64, string, bool, []byte, int, driver.Valuer:
		return v
	case time.Time:
		if x.IsZero() {
			return nil
		}
		return x.UnixMicro()
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return r.Int()
	case reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return int64(r.Uint())
	case reflect.String:
		return r.String()
	case reflect.Bool:
		return r.Bool()
	}
	return v
}

// Time scans microseconds into t; NULL gives the zero time.
func Time(t *time.Time) sql.Scanner { return timeScanner{t} }

type timeScanner struct{ t *time.Time }

// Scan implements sql.Scanner.
func (s timeScanner) Scan(v any) error {
	switch x := v.(type) {
	case nil:
		*s.t = time.Time{}
	case int64:
		*s.t = time.UnixMicro(x).UTC()
	default:
		return fmt.Errorf("scan time: got %T", v)
	}
	return nil
}

// JSONValue is a value that is stored as JSON text.
type JSONValue struct{ v any }

// JSON stores v as JSON; give a pointer to scan into it.
func JSON(v any) JSONValue { return JSONValue{v} }

// Value implements driver.Valuer.
func (j JSONValue) Value() (driver.Value, error) {
	b, err := json.Marshal(j.v)
	if err != nil {
		return nil, fmt.Errorf("store as JSON: %w", err)
	}
	return string(b), nil
}

// Scan implements sql.Scanner; NULL leaves the target alone.
func (j JSONValue) Scan(v any) error {
	var b []byte
	switch x := v.(type) {
	case nil:
		return nil
	case string:
		b = []byte(x)
	case []byte:
		b = x
	default:
		return fmt.Errorf("read JSON: got %T", v)
	}
	if err := json.Unmarshal(b, j.v); err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	return nil
}
