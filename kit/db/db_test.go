package db_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/tenant"
)

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, store := t.Context(), e.Store()
		want := box{ID: 7, Name: "blocks", Stock: 3, Made: dbtest.Start, Tags: []string{"wood", "O'Neil"}}
		if err := insert(ctx, e, store, want); err != nil {
			t.Fatal(err)
		}
		for range 3 { // unprepared, prepared, prepared on another connection
			got, err := find(ctx, e, store, 7)
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Fatal(diff, err)
			}
		}
		if err := insert(ctx, e, store, box{ID: 8, Name: "never"}); err != nil {
			t.Fatal(err)
		}
		if got, err := find(ctx, e, store, 8); err != nil || !got.Made.IsZero() {
			t.Errorf("a zero time came back as %v, %v", got.Made, err)
		}
		if _, err := find(ctx, e, store, 9); !errors.Is(err, db.ErrNoRow) || fault.As(err).Kind != fault.NotFound {
			t.Errorf("an unknown id: %v", err)
		}
	})
}

func TestRollback(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, store, told := t.Context(), e.Store(), false
		stop := errors.New("stop")
		err := db.Do(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) error {
			tx.AfterCommit(func() { told = true })
			if _, err := db.Exec(ctx, tx, insertBox, db.Args{"id": 1, "name": "x", "stock": 0, "made_at": nil, "tags": "[]"}); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) || told {
			t.Errorf("err %v, told %v", err, told)
		}
		if _, err := find(ctx, e, store, 1); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("the row is there: %v", err)
		}
	})
}

// What runs after the commit finds the connection given back, so that it can
// ask the database even where there is no other.
func TestAfterCommitHoldsNoConnection(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, store, pool := t.Context(), e.Store(), e.DB.Pool()
		for pool.Stats().InUse < pool.Stats().MaxOpenConnections-1 {
			conn, err := pool.Conn(ctx)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
		}
		held := -1
		if err := db.Do(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) error {
			tx.AfterCommit(func() { held = pool.Stats().Idle })
			_, err := db.Exec(ctx, tx, insertBox, newBox(1, "a"))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if held != 1 {
			t.Errorf("%d connections are free, want 1", held)
		}
	})
}

func TestConstraintErrors(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, store := t.Context(), e.Store()
		if err := insert(ctx, e, store, box{ID: 1, Name: "a"}); err != nil {
			t.Fatal(err)
		}
		if err := insert(ctx, e, store, box{ID: 1, Name: "b"}); !db.IsUnique(err) {
			t.Errorf("same key: %v", err)
		}
		if err := insert(ctx, e, store, box{ID: 2, Name: "a"}); !db.IsUnique(err) {
			t.Errorf("same name: %v", err)
		}
		err := db.Do(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) error {
			_, err := db.Exec(ctx, tx, rawTake, db.Args{"id": 1, "n": 5})
			return err
		})
		if !db.IsCheck(err) {
			t.Errorf("below zero: %v", err)
		}
	})
}

func TestGuardedUpdateUnderLoad(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, store := t.Context(), e.Store()
		if err := insert(ctx, e, store, box{ID: 1, Name: "hot", Stock: 20}); err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		var sold int64
		var wg sync.WaitGroup
		for range 60 {
			wg.Go(func() {
				n, err := db.Write(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) (int64, error) {
					return db.Exec(ctx, tx, take, db.Args{"id": 1, "n": 1})
				})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				sold += n
			})
		}
		wg.Wait()
		if sold != 20 {
			t.Errorf("sold %d of 20", sold)
		}
	})
}

func TestSingle(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, mine, theirs := t.Context(), e.Store(), e.Store()
		if err := errors.Join(insert(ctx, e, mine, box{ID: 1, Name: "hot", Stock: 20}), insert(ctx, e, theirs, box{ID: 2, Name: "b", Stock: 5})); err != nil {
			t.Fatal(err)
		}
		single := func(s *db.Stmt[tenant.Store], id int64) (int64, error) {
			return db.Single(ctx, e.DB, mine, s, func(now time.Time) db.Args {
				if !now.Equal(dbtest.Start) {
					t.Errorf("now is %v", now)
				}
				return db.Args{"id": id, "n": 1}
			})
		}
		var sold atomic.Int64
		var wg sync.WaitGroup
		for range 60 {
			wg.Go(func() {
				n, err := single(take, 1)
				if err != nil {
					t.Error(err)
				}
				sold.Add(n)
			})
		}
		wg.Wait()
		if sold.Load() != 20 {
			t.Errorf("sold %d of 20", sold.Load())
		}
		if n, err := single(take, 2); n != 0 || err != nil {
			t.Errorf("took %d of another store's, %v", n, err)
		}
		if _, err := single(rawTake, 1); !db.IsCheck(err) {
			t.Errorf("against a CHECK: %v", err)
		}
		if _, err := db.Single(ctx, e.DB, tenant.Store{}, take, func(time.Time) db.Args { return db.Args{"id": 1, "n": 1} }); err == nil {
			t.Error("it ran without a scope")
		}
	})
}

func TestRelaxed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, mine, theirs := t.Context(), e.Store(), e.Store()
		soft := *e
		soft.DB = e.DB.Relaxed()
		if err := errors.Join(insert(ctx, &soft, mine, box{ID: 1, Name: "a"}), insert(ctx, &soft, theirs, box{ID: 2, Name: "b"})); err != nil {
			t.Fatal(err)
		}
		if _, err := find(ctx, e, mine, 1); err != nil {
			t.Errorf("what was written relaxed: %v", err)
		}
		if _, err := find(ctx, &soft, mine, 2); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("found another store's row: %v", err)
		}
		if e.DB.Dialect() == db.SQLite {
			return
		}
		const asked = "SELECT setting = 'off' AND source = 'client' FROM pg_settings WHERE name = 'synchronous_commit'"
		for d, want := range map[*db.DB]bool{e.DB: false, soft.DB: true} {
			var got bool
			if err := d.Pool().QueryRowContext(ctx, asked).Scan(&got); err != nil || got != want {
				t.Errorf("asked not to wait for the disk: %v, %v; want %v", got, err, want)
			}
		}
	})
}

func TestUpIsSafeToRepeatAndAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, migrate.Plan{}, func(t *testing.T, e *dbtest.Env) {
		p := plan
		p.DSN = e.DSN
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if err := p.Up(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		got, err := p.Status(t.Context())
		if diff := cmp.Diff([]migrate.Version{{Module: "toys", Current: 1, Known: 1}}, got); diff != "" || err != nil {
			t.Error(diff, err)
		}
	})
}
