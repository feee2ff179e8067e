package db

import (
	"context"
	"fmt"

	"orion/kit/db/postgres"
	"orion/kit/tenant"
)

// Defer runs a writing statement at the end of the transaction, behind those
// that were deferred before it. All of them take one way to the server together,
// and what they lock is locked for that moment only. It is for what is written
// down beside the change itself: the transaction's other statements, those before
// the commit included, do not see it, and when the database refuses it, Write
// returns that error. A told gets how many rows it changed, before what runs after
// the commit; it must do no more than note that.
func Defer[S tenant.Scope](t *Tx[S], s *Stmt[S], a Args, told ...func(rows int64)) error {
	c, err := t.later(s, a)
	if err != nil {
		return err
	}
	if len(told) > 0 {
		c.Told = told[0]
	}
	t.last = append(t.last, c)
	return nil
}

// Ahead runs a writing statement before the transaction's next one, or before its
// end, with the same way to the server. It is for what the next statement stands
// on and whose outcome shows in it: how many rows it changed is not told, and when
// the database refuses it, the next statement or Write returns that error.
func Ahead[S tenant.Scope](ctx context.Context, t *Tx[S], s *Stmt[S], a Args) error {
	c, err := t.later(s, a)
	if err != nil {
		return err
	}
	count(ctx)
	if t.session != nil {
		t.session.Ahead(c)
		return nil
	}
	if _, err := t.exec(ctx, c); err != nil {
		return fmt.Errorf("%s: %w", s.name, mapError(err))
	}
	return nil
}

// later is a writing statement that does not run yet.
func (t *Tx[S]) later(s *Stmt[S], a Args) (postgres.Call, error) {
	if t.readOnly {
		return postgres.Call{}, fmt.Errorf("%s: %w", s.name, errReadOnly)
	}
	c := s.in(t.db.dialect)
	args, err := t.bind(s.name, c, a)
	return postgres.Call{Name: s.name, Text: c.text, Args: args}, err
}

// Unscoped is Defer for a statement of kit's job runner, whose tables belong to no
// tenant and which knows only PostgreSQL's text of it; kit/arch holds that.
func (t *Tx[S]) Unscoped(name, text string, args ...any) {
	t.last = append(t.last, postgres.Call{Name: name, Text: text, Args: args})
}

// commit runs what was deferred and makes the change durable.
func (t *Tx[S]) commit(ctx context.Context) error {
	for range t.last {
		count(ctx)
	}
	if t.session == nil {
		return t.commitLite(ctx)
	}
	if err := t.session.Commit(ctx, t.last); err != nil {
		return mapError(err)
	}
	return nil
}

func (t *Tx[S]) commitLite(ctx context.Context) error {
	for _, c := range t.last {
		n, err := t.exec(ctx, c)
		if err != nil {
			return fmt.Errorf("%s: %w", c.Name, mapError(err))
		}
		if c.Told != nil {
			c.Told(n)
		}
	}
	if err := t.tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", mapError(err))
	}
	return nil
}
