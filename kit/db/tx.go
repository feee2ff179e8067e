package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"time"

	"orion/kit/db/postgres"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/tenant"
)

var (
	errNoScope  = errors.New("db: the scope was not minted by the gate")
	errReadOnly = errors.New("db: a writing statement in a read")
	// ErrBusy is the answer when the database could not take a change in time.
	ErrBusy = fault.New(fault.Conflict, "db.busy")
)

const (
	maxTries       = 6
	defaultTimeout = 15 * time.Second
)

// Tx is a transaction, or a read, in the scope of one tenant. It is not safe
// for concurrent use and must not outlive the function that it was given to.
type Tx[S tenant.Scope] struct {
	db       *DB
	scope    S
	binding  tenant.Binding
	now      time.Time
	tx       *sql.Tx           // SQLite only, nil in a read
	session  *postgres.Session // PostgreSQL only
	last     []postgres.Call
	after    []func()
	readOnly bool
}

// Now is the time of the transaction: one for all its statements.
func (t *Tx[S]) Now() time.Time { return t.now }

// Scope is whose transaction this is.
func (t *Tx[S]) Scope() S { return t.scope }

// Dialect tells which database this is.
func (t *Tx[S]) Dialect() Dialect { return t.db.dialect }

// NewID is a new identifier.
func (t *Tx[S]) NewID() int64 { return t.db.ids.Next() }

// AfterCommit runs fn once the change is durable, and never when it is rolled
// back. fn must be quick and cannot fail the transaction.
func (t *Tx[S]) AfterCommit(fn func()) { t.after = append(t.after, fn) }

// SQL is the transaction below on SQLite, for kit's job runner only; kit/arch
// holds that. It is nil in a read, and on PostgreSQL.
func (t *Tx[S]) SQL() *sql.Tx { return t.tx }

// Writes tells whether this is a transaction, and no read.
func (t *Tx[S]) Writes() bool { return !t.readOnly }

// NewID is a new identifier of kind K.
func NewID[K id.Kind, S tenant.Scope](t *Tx[S]) id.ID[K] { return id.ID[K](t.NewID()) }

// Write runs fn in a transaction of scope in and commits it when fn returns no
// error. A transaction that the database aborted for another's sake is run
// again, so fn must have no effects outside it.
func Write[T any, S tenant.Scope](ctx context.Context, d *DB, in S, fn func(*Tx[S]) (T, error)) (_ T, err error) {
	var zero T
	binding := tenant.Bind(in)
	if !binding.Valid {
		return zero, errNoScope
	}
	ctx, cancel := context.WithTimeout(ctx, defaultTimeout)
	defer cancel()
	began := stopwatch()
	defer func() { d.ended(ctx, "write", began, err) }()
	for try := range maxTries {
		if try > 0 {
			if err := pause(ctx, try); err != nil {
				return zero, err
			}
		}
		var out T
		out, err = once(ctx, d, &Tx[S]{db: d, scope: in, binding: binding}, fn)
		if err == nil {
			return out, nil
		}
		if !retryable(err) {
			return zero, err
		}
	}
	return zero, ErrBusy.Because(err)
}

// Single runs one writing statement that is a transaction by itself, and tells
// how many rows it changed. On PostgreSQL that spares the two ways to the server
// that begin and end a transaction. args gets the time of the transaction.
func Single[S tenant.Scope](ctx context.Context, d *DB, in S, s *Stmt[S], args func(now time.Time) Args) (int64, error) {
	if d.dialect == SQLite { // writers take turns, which begins with the transaction
		return Write(ctx, d, in, func(tx *Tx[S]) (int64, error) { return Exec(ctx, tx, s, args(tx.Now())) })
	}
	t := &Tx[S]{db: d, scope: in, binding: tenant.Bind(in), now: d.clock.Now()}
	if !t.binding.Valid {
		return 0, errNoScope
	}
	ctx, cancel := context.WithTimeout(ctx, defaultTimeout)
	defer cancel()
	t.session = postgres.NewSession(d.write, t.binding, false)
	defer t.session.Close()
	return Exec(ctx, t, s, args(t.now))
}

// Do is Write for functions without a result.
func Do[S tenant.Scope](ctx context.Context, d *DB, in S, fn func(*Tx[S]) error) error {
	_, err := Write(ctx, d, in, func(tx *Tx[S]) (struct{}, error) { return struct{}{}, fn(tx) })
	return err
}

func once[T any, S tenant.Scope](ctx context.Context, d *DB, t *Tx[S], fn func(*Tx[S]) (T, error)) (out T, err error) {
	if err := t.begin(ctx); err != nil {
		return out, err
	}
	defer t.release() // also after a panic of fn
	t.now = d.clock.Now()
	if out, err = fn(t); err != nil {
		return out, err
	}
	if err := t.commit(ctx); err != nil {
		return out, err
	}
	t.release() // what runs now may need a connection of its own
	for _, f := range t.after {
		f()
	}
	return out, nil
}

func (t *Tx[S]) begin(ctx context.Context) (err error) {
	if t.db.dialect == Postgres {
		t.session = postgres.NewSession(t.db.write, t.binding, true)
		return nil
	}
	if t.tx, err = t.db.write.BeginTx(ctx, nil); err != nil {
		return fmt.Errorf("begin: %w", mapError(err))
	}
	return nil
}

// release gives the connection back to the others, and undoes a transaction
// that did not commit.
func (t *Tx[S]) release() {
	if t.session != nil {
		t.session.Close()
	} else {
		_ = t.tx.Rollback() // after a commit it does nothing
	}
}

// Read runs fn over a connection that refuses to write. Every statement sees
// what was committed when it began.
func Read[T any, S tenant.Scope](ctx context.Context, d *DB, in S, fn func(*Tx[S]) (T, error)) (_ T, err error) {
	var zero T
	t := &Tx[S]{db: d, scope: in, binding: tenant.Bind(in), readOnly: true}
	if !t.binding.Valid {
		return zero, errNoScope
	}
	if d.dialect == Postgres {
		t.session = postgres.NewSession(d.read, t.binding, false)
		defer t.session.Close()
	}
	began := stopwatch()
	defer func() { d.ended(ctx, "read", began, err) }()
	t.now = d.clock.Now()
	return fn(t)
}

// Alone lets one transaction at a time go on that asks with the same name, until
// it ends: for rules over rows that are still to be written, which no row holds.
// On SQLite writers take turns anyway.
func Alone[S tenant.Scope](ctx context.Context, t *Tx[S], name string) error {
	if t.readOnly {
		return fmt.Errorf("alone: %w", errReadOnly)
	}
	if t.session == nil {
		return nil
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // never fails
	count(ctx)
	if _, err := t.session.Exec(ctx, postgres.Call{Text: "SELECT pg_advisory_xact_lock($1)", Args: []any{int64(h.Sum64())}}); err != nil { //nolint:gosec // any number will do
		return fmt.Errorf("alone: %w", mapError(err))
	}
	return nil
}

func pause(ctx context.Context, try int) error {
	wait := time.Duration(1<<try) * time.Millisecond
	wait += rand.N(wait)
	select {
	case <-ctx.Done():
		return fmt.Errorf("wait to try again: %w", ctx.Err())
	case <-time.After(wait):
		return nil
	}
}
