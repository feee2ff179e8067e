package db

import (
	"context"
	"fmt"

	"orion/kit/db/postgres"
	"orion/kit/tenant"
)

// deferred is a statement that waits for the end of its transaction.
type deferred struct {
	name string
	postgres.Call
}

// Defer runs a writing statement at the end of the transaction, behind those
// that were deferred before it. All of them take one way to the server together,
// and what they lock is locked for that moment only. It is for what is written
// down beside the change itself: the transaction's other statements, those before
// the commit included, do not see it, how many rows it changed is not told, and
// when the database refuses it, Write returns that error.
func Defer[S tenant.Scope](t *Tx[S], s *Stmt[S], a Args) error {
	if t.readOnly {
		return fmt.Errorf("%s: %w", s.name, errReadOnly)
	}
	c := s.in(t.db.dialect)
	args, err := t.bind(s.name, c, a)
	if err != nil {
		return err
	}
	t.last = append(t.last, deferred{s.name, postgres.Call{Text: c.text, Args: args}})
	return nil
}

// flush runs what was deferred.
func (t *Tx[S]) flush(ctx context.Context) error {
	if len(t.last) == 0 {
		return nil
	}
	for range t.last {
		count(ctx)
	}
	if t.conn == nil {
		for _, d := range t.last {
			if _, err := t.tx.ExecContext(ctx, d.Text, d.Args...); err != nil {
				return fmt.Errorf("%s: %w", d.name, mapError(err))
			}
		}
		return nil
	}
	calls := make([]postgres.Call, len(t.last))
	for i, d := range t.last {
		calls[i] = d.Call
	}
	if i, err := postgres.Batch(ctx, t.conn, calls); err != nil {
		return fmt.Errorf("%s: %w", t.last[i].name, mapError(err))
	}
	return nil
}
