package db

import (
	"context"
	"errors"
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

// Unscoped is Defer for a statement of kit's job runner, whose tables belong to no
// tenant and which knows only PostgreSQL's text of it; kit/arch holds that.
func (t *Tx[S]) Unscoped(name, text string, args ...any) {
	t.last = append(t.last, deferred{name, postgres.Call{Text: text, Args: args}})
}

// commit runs what was deferred and makes the change durable.
func (t *Tx[S]) commit(ctx context.Context) error {
	for range t.last {
		count(ctx)
	}
	if t.session == nil {
		return t.commitLite(ctx)
	}
	calls := make([]postgres.Call, len(t.last))
	for i, d := range t.last {
		calls[i] = d.Call
	}
	switch failed, err := t.session.Commit(ctx, calls); {
	case err == nil:
		return nil
	case errors.Is(err, postgres.ErrCommit) || len(calls) == 0:
		return mapError(err)
	default:
		return fmt.Errorf("%s: %w", t.last[failed].name, mapError(err))
	}
}

func (t *Tx[S]) commitLite(ctx context.Context) error {
	for _, d := range t.last {
		if _, err := t.tx.ExecContext(ctx, d.Text, d.Args...); err != nil {
			return fmt.Errorf("%s: %w", d.name, mapError(err))
		}
	}
	if err := t.tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", mapError(err))
	}
	return nil
}
