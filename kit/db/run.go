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

	"orion/kit/db/postgres"
	"orion/kit/tenant"
)

// Args are a statement's parameters by name. time.Time becomes microseconds
// since 1970 in UTC, the zero time NULL; JSON marks values stored as JSON.
// The scope's own parameters are bound by the transaction and refused here.
type Args map[string]any

// Row is what a scan function reads its columns from.
type Row = postgres.Row

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
	began := stopwatch()
	n, err := t.exec(ctx, postgres.Call{Text: c.text, Args: args})
	s.meter.ran(ctx, began, err)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", s.name, mapError(err))
	}
	return n, nil
}

func (t *Tx[S]) exec(ctx context.Context, c postgres.Call) (int64, error) {
	if t.session != nil {
		return t.session.Exec(ctx, c) //nolint:wrapcheck // the caller names the statement
	}
	res, err := t.tx.ExecContext(ctx, c.Text, c.Args...)
	if err != nil {
		return 0, err //nolint:wrapcheck // the same
	}
	return res.RowsAffected() //nolint:wrapcheck // the same
}

// One reads the first row of a statement's answer, or returns ErrNoRow.
func One[T any, S tenant.Scope](ctx context.Context, t *Tx[S], s *Stmt[S], a Args, scan func(Row) (T, error)) (T, error) {
	var out T
	found := false
	err := query(ctx, t, s, a, func(r Row) (err error) {
		if !found { // an error can still come with the end, so the rest is walked through
			out, err = scan(r)
			found = true
		}
		return err
	})
	var zero T
	switch {
	case err != nil:
		return zero, err
	case !found:
		return zero, ErrNoRow
	}
	return out, nil
}

// All reads every row of a statement's answer.
func All[T any, S tenant.Scope](ctx context.Context, t *Tx[S], s *Stmt[S], a Args, scan func(Row) (T, error)) ([]T, error) {
	var out []T
	err := query(ctx, t, s, a, collect(&out, scan))
	if err != nil {
		return nil, err
	}
	return out, nil
}

// collect adds every row to out.
func collect[T any](out *[]T, scan func(Row) (T, error)) func(Row) error {
	return func(r Row) error {
		v, err := scan(r)
		if err == nil {
			*out = append(*out, v)
		}
		return err
	}
}

func query[S tenant.Scope](ctx context.Context, t *Tx[S], s *Stmt[S], a Args, each func(Row) error) error {
	if t.readOnly && !s.readOnly {
		return fmt.Errorf("%s: %w", s.name, errReadOnly)
	}
	c := s.in(t.db.dialect)
	args, err := t.bind(s.name, c, a)
	if err != nil {
		return err
	}
	return t.queryText(ctx, s.meter, postgres.Call{Text: c.text, Args: args}, each)
}

// queryText runs a statement and calls each for every row of its answer.
func (t *Tx[S]) queryText(ctx context.Context, m *meter, c postgres.Call, each func(Row) error) (err error) {
	count(ctx)
	began := stopwatch()
	defer func() { m.ran(ctx, began, err) }()
	name := m.name
	if t.session != nil {
		if err := t.session.Query(ctx, c, each); err != nil {
			return fmt.Errorf("%s: %w", name, mapError(err))
		}
		return nil
	}
	ask := t.db.read.QueryContext
	if t.tx != nil {
		ask = t.tx.QueryContext
	}
	rows, err := ask(ctx, c.Text, c.Args...)
	if err != nil {
		return fmt.Errorf("%s: %w", name, mapError(err))
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := each(rows); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, mapError(err))
	}
	return nil
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
