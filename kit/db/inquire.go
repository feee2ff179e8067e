package db

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"orion/kit/db/inquiry"
	"orion/kit/db/postgres"
	"orion/kit/db/sqlite"
	"orion/kit/fault"
	"orion/kit/tenant"
)

// Inquiry is a statement that somebody of the operator asks by hand.
type Inquiry struct {
	Text string
	Rows int           // at most
	Time time.Duration // at most
}

// Answer is what a database says to an inquiry.
type Answer struct {
	Columns []string
	Rows    [][]Value
	More    bool     // there are further rows, or values that were cut
	Hidden  []string // columns that were asked for and are secret; they read as nothing
	Took    time.Duration
}

// Value is one value of an answer.
type Value struct {
	Text string
	Null bool
}

const (
	maxValue  = 2000    // bytes of a value that are shown
	maxAnswer = 2 << 20 // bytes of an answer
)

// ErrInquiry is the answer to an inquiry that the database does not understand or
// does not allow, with its reason.
var ErrInquiry = fault.New(fault.Invalid, "inquiry.failed")

// ErrSlow is the answer to an inquiry that took too long.
var ErrSlow = fault.New(fault.Invalid, "inquiry.too_slow")

// Inquire asks the database what somebody wrote by hand: one statement, which
// reads. Nothing of it can change anything, and what is secret is not shown.
func (d *DB) Inquire(ctx context.Context, in tenant.System, q Inquiry) (Answer, error) {
	if !tenant.Bind(in).Valid {
		return Answer{}, errNoScope
	}
	text, err := inquiry.Read(q.Text)
	if err != nil {
		return Answer{}, err
	}
	q.Text = text
	ctx, cancel := context.WithTimeout(ctx, q.Time+time.Second)
	defer cancel()
	began := stopwatch()
	a := answer{most: q.Rows}
	if d.dialect == Postgres {
		err = postgres.Inquire(ctx, d.dsn, postgres.Inquiry{Text: q.Text, Time: q.Time}, a.readPostgres)
	} else {
		below := &sqlite.Inquiry{Text: q.Text}
		short, stop := context.WithTimeout(ctx, q.Time)
		defer stop()
		err = sqlite.Inquire(short, d.path, below, a.readSQLite)
		a.Hidden = below.Hidden
	}
	a.Took = time.Since(began)
	if err != nil {
		return Answer{}, inquiryError(ctx, err)
	}
	return a.Answer, nil
}

// inquiryError says in words of ours what can be said, and else what the database said.
func inquiryError(ctx context.Context, err error) error {
	switch {
	case errors.Is(err, context.DeadlineExceeded), sqlite.Code(err) == sqlite.Interrupt, postgres.State(err) == postgres.Canceled, ctx.Err() != nil:
		return ErrSlow.Because(err)
	case postgres.State(err) == postgres.Forbidden:
		return inquiry.ErrSecret.With("why", postgres.Message(err)).Because(err)
	case postgres.State(err) != "":
		return ErrInquiry.With("why", postgres.Message(err)).Because(err)
	case sqlite.Code(err)&0xff == sqlite.Denied:
		return inquiry.ErrVerb.Because(err)
	case sqlite.Code(err) != 0:
		return ErrInquiry.With("why", strings.TrimPrefix(err.Error(), "SQL logic error: ")).Because(err)
	}
	return err
}

// answer fills an Answer up to its limits.
type answer struct {
	Answer
	most, size int
}

// room tells whether another row has a place, and remembers when one has none.
func (a *answer) room() bool {
	if len(a.Rows) < a.most && a.size < maxAnswer {
		return true
	}
	a.More = true
	return false
}

func (a *answer) add(row []Value) {
	for i, v := range row {
		if len(v.Text) > maxValue {
			cut := maxValue
			for cut > 0 && !utf8.RuneStart(v.Text[cut]) {
				cut--
			}
			row[i].Text, a.More = v.Text[:cut]+"…", true
		}
		a.size += len(row[i].Text)
	}
	a.Rows = append(a.Rows, row)
}

func (a *answer) readSQLite(rows *sql.Rows) (err error) {
	if a.Columns, err = rows.Columns(); err != nil {
		return err //nolint:wrapcheck // the caller names it
	}
	for rows.Next() && a.room() {
		raw, into := make([]any, len(a.Columns)), make([]any, len(a.Columns))
		for i := range raw {
			into[i] = &raw[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err //nolint:wrapcheck // the same
		}
		row := make([]Value, len(raw))
		for i, v := range raw {
			row[i] = valueOf(v)
		}
		a.add(row)
	}
	return nil
}

func (a *answer) readPostgres(columns []string, next func() ([][]byte, bool)) error {
	a.Columns = columns
	for raw, ok := next(); ok && a.room(); raw, ok = next() {
		row := make([]Value, len(raw))
		for i, v := range raw {
			row[i] = Value{Text: printable(v), Null: v == nil}
		}
		a.add(row)
	}
	return nil
}

func valueOf(v any) Value {
	switch x := v.(type) {
	case nil:
		return Value{Null: true}
	case int64:
		return Value{Text: strconv.FormatInt(x, 10)}
	case float64:
		return Value{Text: strconv.FormatFloat(x, 'g', -1, 64)}
	case bool:
		return Value{Text: strconv.FormatBool(x)}
	case time.Time:
		return Value{Text: x.UTC().Format(time.RFC3339Nano)}
	case string:
		return Value{Text: printable([]byte(x))}
	case []byte:
		return Value{Text: printable(x)}
	}
	return Value{Text: "?"}
}

// printable is text as it is, and other bytes as their digits.
func printable(b []byte) string {
	if utf8.Valid(b) && !strings.Contains(string(b), "\x00") {
		return string(b)
	}
	return `\x` + hex.EncodeToString(b)
}
