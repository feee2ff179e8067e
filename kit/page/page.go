// Package page cuts long lists by key instead of by offset: a page ends with an
// opaque cursor that holds the sort key of its last row. Pages stay right while
// rows come and go, and the last one costs as much as the first.
package page

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"orion/kit/fault"
)

// How many rows a page has.
const (
	DefaultLimit = 20
	MaxLimit     = 100
)

// ErrBadCursor says that a cursor was not made here, or for another list.
var ErrBadCursor = fault.New(fault.Invalid, "page.bad_cursor")

// Request asks for the rows after a cursor. The zero value is the first page.
type Request struct {
	After string // cursor of the page before; "" for the first page
	Limit int    // 0 is DefaultLimit; more than MaxLimit is MaxLimit
}

// Rows is the limit in force.
func (r Request) Rows() int {
	switch {
	case r.Limit <= 0:
		return DefaultLimit
	case r.Limit > MaxLimit:
		return MaxLimit
	default:
		return r.Limit
	}
}

// Fetch is how many rows to read: one more than the page has, so that Of knows
// whether another page follows.
func (r Request) Fetch() int { return r.Rows() + 1 }

// Page is a part of a list.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"` // cursor of the next page, "" on the last
}

// Of makes a page of at most limit rows (0 is DefaultLimit) out of up to one
// more; key gives the sort key of a row, in the order of the columns.
func Of[T any](rows []T, limit int, key func(T) []any) Page[T] {
	limit = Request{Limit: limit}.Rows()
	if len(rows) <= limit {
		return Page[T]{Items: rows}
	}
	return Page[T]{Items: rows[:limit:limit], Next: Encode(key(rows[limit-1])...)}
}

// Map turns the items of a page into something else and keeps its cursor.
func Map[T, U any](p Page[T], fn func(T) U) Page[U] {
	items := make([]U, len(p.Items))
	for i, item := range p.Items {
		items[i] = fn(item)
	}
	return Page[U]{Items: items, Next: p.Next}
}

// Encode makes a cursor of the parts of a sort key. Parts are values that JSON
// can hold; anything else is a mistake of the caller and panics.
func Encode(parts ...any) string {
	text, err := json.Marshal(parts)
	if err != nil {
		panic(fmt.Errorf("encode cursor: %w", err))
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// Decode reads a cursor into pointers of the types that were encoded. Cursors
// come from outside: whatever does not fit is ErrBadCursor.
func Decode(cursor string, into ...any) error {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return ErrBadCursor.Because(err)
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(text, &parts); err != nil {
		return ErrBadCursor.Because(err)
	}
	if len(parts) != len(into) {
		return ErrBadCursor
	}
	for i, part := range parts {
		if bytes.Equal(part, []byte("null")) {
			return ErrBadCursor
		}
		if err := json.Unmarshal(part, into[i]); err != nil {
			return ErrBadCursor.Because(err)
		}
	}
	return nil
}
