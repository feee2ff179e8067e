package db_test

import (
	"errors"
	"strings"
	"testing"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/tenant"
)

func newBox(id int64, name string) db.Args {
	return db.Args{"id": id, "name": name, "stock": 5, "made_at": nil, "tags": "[]"}
}

// What is deferred runs in its order once the rest is done, and is part of the
// same change.
func TestDefer(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, store := t.Context(), e.Store()
		for round := range int64(2) { // unprepared, and prepared
			id := 1 + round
			err := db.Do(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) error {
				if err := errors.Join(db.Defer(tx, insertBox, newBox(id, "a"+string(rune('0'+id)))), db.Defer(tx, take, db.Args{"id": id, "n": 2})); err != nil {
					return err
				}
				if _, err := db.One(ctx, tx, findBox, db.Args{"id": id}, scanBox); !errors.Is(err, db.ErrNoRow) {
					t.Errorf("the transaction sees what waits for its end: %v", err)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if b, err := find(ctx, e, store, id); err != nil || b.Stock != 3 {
				t.Errorf("stock %d, %v: the second did not follow the first", b.Stock, err)
			}
		}
	})
}

// A deferred statement that fails is named and undoes everything, as does an
// error of the function; nothing behind it runs.
func TestDeferFails(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, store, told := t.Context(), e.Store(), false
		if err := insert(ctx, e, store, box{ID: 1, Name: "there", Stock: 5}); err != nil {
			t.Fatal(err)
		}
		err := db.Do(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) error {
			tx.AfterCommit(func() { told = true })
			if _, err := db.Exec(ctx, tx, take, db.Args{"id": 1, "n": 1}); err != nil {
				return err
			}
			return errors.Join(db.Defer(tx, insertBox, newBox(2, "new")), db.Defer(tx, insertBox, newBox(1, "twice")), db.Defer(tx, insertBox, newBox(3, "behind")))
		})
		if !db.IsUnique(err) || !strings.Contains(err.Error(), "insert_box") || told {
			t.Errorf("err %v, told %v", err, told)
		}
		if err := db.Do(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) error { return db.Defer(tx, rawTake, db.Args{"id": 1, "n": 6}) }); !db.IsCheck(err) {
			t.Errorf("one alone: %v", err)
		}
		stop := errors.New("stop")
		if err := db.Do(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) error {
			return errors.Join(db.Defer(tx, insertBox, newBox(4, "never")), stop)
		}); !errors.Is(err, stop) {
			t.Error(err)
		}
		for id, want := range map[int64]error{2: db.ErrNoRow, 3: db.ErrNoRow, 4: db.ErrNoRow} {
			if _, err := find(ctx, e, store, id); !errors.Is(err, want) {
				t.Errorf("box %d: %v", id, err)
			}
		}
		if b, err := find(ctx, e, store, 1); err != nil || b.Stock != 5 {
			t.Errorf("stock %d, %v", b.Stock, err)
		}
	})
}

func TestDeferChecksAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, store := t.Context(), e.Store()
		if err := db.Do(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) error {
			if db.Defer(tx, take, db.Args{"id": 1}) == nil || db.Defer(tx, insertBox, newBox(1, "a\x00b")) == nil {
				t.Error("bad arguments wait for the end")
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
		if _, err := db.Read(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) (int, error) {
			return 0, db.Defer(tx, take, db.Args{"id": 1, "n": 1})
		}); err == nil {
			t.Error("a read takes a change")
		}
	})
}

// What runs ahead is seen by the next statement, and told rows are those of the
// statement that was deferred.
func TestAheadAndTold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, store := t.Context(), e.Store()
		for round := range int64(2) { // unprepared, and prepared
			id, told := 1+round, int64(-1)
			err := db.Do(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) error {
				if err := db.Ahead(ctx, tx, insertBox, newBox(id, "a"+string(rune('0'+id)))); err != nil {
					return err
				}
				b, err := db.One(ctx, tx, findBox, db.Args{"id": id}, scanBox)
				if err != nil || b.Stock != 5 {
					t.Errorf("the next statement sees %+v, %v", b, err)
				}
				return db.Defer(tx, take, db.Args{"id": id, "n": 2}, func(n int64) { told = n })
			})
			if b, found := find(ctx, e, store, id); err != nil || found != nil || b.Stock != 3 || told != 1 {
				t.Errorf("%v, %v: stock %d, told %d", err, found, b.Stock, told)
			}
		}
		if err := db.Do(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) error {
			return db.Ahead(ctx, tx, insertBox, newBox(7, "alone"))
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := find(ctx, e, store, 7); err != nil {
			t.Errorf("nothing came behind it, and it was not done: %v", err)
		}
	})
}

// What runs ahead and fails is named and undoes everything.
func TestAheadFails(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, store := t.Context(), e.Store()
		if err := insert(ctx, e, store, box{ID: 1, Name: "there", Stock: 5}); err != nil {
			t.Fatal(err)
		}
		for _, behind := range []bool{true, false} {
			err := db.Do(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) error {
				if _, err := db.Exec(ctx, tx, insertBox, newBox(2, "new")); err != nil {
					return err
				}
				err := db.Ahead(ctx, tx, insertBox, newBox(1, "twice"))
				if behind && err == nil {
					_, err = db.Exec(ctx, tx, insertBox, newBox(3, "behind"))
				}
				return err
			})
			if !db.IsUnique(err) || !strings.Contains(err.Error(), "insert_box") {
				t.Errorf("behind %t: %v", behind, err)
			}
			for id := range int64(2) {
				if _, err := find(ctx, e, store, id+2); !errors.Is(err, db.ErrNoRow) {
					t.Errorf("box %d: %v", id+2, err)
				}
			}
		}
	})
}
