package db_test

import (
	"context"
	"errors"
	"testing"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/tenant"
)

var errStop = errors.New("stop")

// breaks are the ways in which a transaction of a store ends badly. Each makes
// box 9 first, or would.
var breaks = map[string]func(ctx context.Context, cancel func(), tx *db.Tx[tenant.Store]) error{
	"its first statement fails": func(ctx context.Context, _ func(), tx *db.Tx[tenant.Store]) error {
		_, err := db.Exec(ctx, tx, insertBox, newBox(1, "twice"))
		return err
	},
	"a later statement fails": func(ctx context.Context, _ func(), tx *db.Tx[tenant.Store]) error {
		_, err := db.Exec(ctx, tx, insertBox, newBox(9, "new"))
		_, twice := db.Exec(ctx, tx, insertBox, newBox(1, "twice"))
		return errors.Join(err, twice)
	},
	"a failure is passed over": func(ctx context.Context, _ func(), tx *db.Tx[tenant.Store]) error {
		_, err := db.Exec(ctx, tx, insertBox, newBox(9, "new"))
		if _, twice := db.Exec(ctx, tx, insertBox, newBox(1, "twice")); twice == nil || tx.Dialect() == db.SQLite {
			return errStop // there a statement that fails leaves the others standing
		}
		return err
	},
	"what it deferred fails": func(_ context.Context, _ func(), tx *db.Tx[tenant.Store]) error {
		return errors.Join(db.Defer(tx, insertBox, newBox(9, "new")), db.Defer(tx, insertBox, newBox(1, "twice")))
	},
	"its function fails": func(ctx context.Context, _ func(), tx *db.Tx[tenant.Store]) error {
		_, err := db.Exec(ctx, tx, insertBox, newBox(9, "new"))
		return errors.Join(err, errStop)
	},
	"it is cancelled between statements": func(ctx context.Context, cancel func(), tx *db.Tx[tenant.Store]) error {
		_, err := db.Exec(ctx, tx, insertBox, newBox(9, "new"))
		cancel()
		return err
	},
	"it is cancelled before the first": func(ctx context.Context, cancel func(), tx *db.Tx[tenant.Store]) error {
		cancel()
		_, err := db.Exec(ctx, tx, insertBox, newBox(9, "new"))
		return err
	},
	"it panics": func(ctx context.Context, _ func(), tx *db.Tx[tenant.Store]) error {
		if _, err := db.Exec(ctx, tx, insertBox, newBox(9, "new")); err != nil {
			return err
		}
		panic(errStop)
	},
	"it panics over a row": func(ctx context.Context, _ func(), tx *db.Tx[tenant.Store]) error {
		_, err := db.Exec(ctx, tx, insertBox, newBox(9, "new"))
		_, scan := db.One(ctx, tx, findBox, db.Args{"id": 1}, func(db.Row) (int, error) { panic(errStop) })
		return errors.Join(err, scan)
	},
	"it cannot read a row": func(ctx context.Context, _ func(), tx *db.Tx[tenant.Store]) error {
		_, err := db.One(ctx, tx, findBox, db.Args{"id": 1}, func(r db.Row) (n int, err error) { return n, r.Scan(&n) })
		return err
	},
}

// A transaction that ends badly leaves nothing behind: no row, no connection
// that is still inside of it, and none that sees the rows of its store for
// another, whichever of the two comes next. There is one connection for all.
func TestSessionEndsBadly(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, mine, theirs := t.Context(), e.Store(), e.Store()
		d, err := db.Open(ctx, db.Options{DSN: e.DSN, Clock: e.Clock, MaxConns: 3})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = d.Close() }()
		one := *e
		one.DB = d
		if err := errors.Join(insert(ctx, &one, mine, box{ID: 1, Name: "mine"}), insert(ctx, &one, theirs, box{ID: 2, Name: "theirs"})); err != nil {
			t.Fatal(err)
		}
		names := map[tenant.Store]string{mine: "mine", theirs: "theirs"}
		for name, end := range breaks {
			for _, after := range [][]tenant.Store{{mine, theirs}, {theirs, mine}} {
				for _, before := range []tenant.Store{mine, theirs} {
					look(t, &one, before, names[before], name)
					if !badly(ctx, d, mine, end) {
						t.Errorf("%s: it ended well", name)
					}
					for _, in := range after {
						look(t, &one, in, names[in], name)
					}
				}
			}
		}
	})
}

// badly runs a transaction that is to fail.
func badly(ctx context.Context, d *db.DB, in tenant.Store, end func(context.Context, func(), *db.Tx[tenant.Store]) error) (failed bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer func() {
		if recover() != nil {
			failed = true
		}
	}()
	return db.Do(ctx, d, in, func(tx *db.Tx[tenant.Store]) error { return end(ctx, cancel, tx) }) != nil
}

// look sees the one box that a store has, by whatever connection there is.
func look(t *testing.T, e *dbtest.Env, in tenant.Store, want, after string) {
	t.Helper()
	got, err := db.Read(t.Context(), e.DB, in, func(tx *db.Tx[tenant.Store]) ([]box, error) {
		return db.All(t.Context(), tx, all, nil, scanBox)
	})
	if err != nil || len(got) != 1 || got[0].Name != want {
		t.Fatalf("after %q a store sees %+v, %v", after, got, err)
	}
	if e.DB.Dialect() == db.SQLite {
		return
	}
	n, err := db.Read(t.Context(), e.DB, in, func(tx *db.Tx[tenant.Store]) (int64, error) {
		return db.One(t.Context(), tx, cheat, nil, scanInt)
	})
	if n != 1 || err != nil {
		t.Fatalf("after %q the database lets a store see %d rows, %v", after, n, err)
	}
}
