package db_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/tenant"
)

var files = fstest.MapFS{
	"migrations/toys_001_create_toys.sql": {Data: []byte(`-- +goose Up
CREATE TABLE toys_boxes (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  stock BIGINT NOT NULL DEFAULT 0 CHECK (stock >= 0),
  made_at BIGINT,
  tags JSON NOT NULL DEFAULT '[]',
  PRIMARY KEY (store_id, id),
  UNIQUE (store_id, name)
);
`)},
	"sql/toys.sql": {Data: []byte(`
-- name: insert_box
INSERT INTO toys_boxes (store_id, id, name, stock, made_at, tags)
VALUES (:store_id, :id, :name, :stock, :made_at, :tags);

-- name: find_box
SELECT id, name, stock, made_at, tags
FROM toys_boxes
WHERE store_id = :store_id AND id = :id;

-- name: boxes_by_id
SELECT id, name, stock, made_at, tags
FROM toys_boxes
WHERE store_id = :store_id AND id IN (:ids...)
ORDER BY id;

-- name: take
UPDATE toys_boxes SET stock = stock - :n
WHERE store_id = :store_id AND id = :id AND stock >= :n;

-- name: unguarded_take
UPDATE toys_boxes SET stock = stock - :n
WHERE store_id = :store_id AND id = :id;

-- name: everybody
-- scope: system
SELECT COUNT(*) FROM toys_boxes;

-- name: leak
SELECT COUNT(*) FROM toys_boxes;

-- name: cheat
SELECT COUNT(*) FROM toys_boxes WHERE store_id = :store_id OR 1 = 1;

-- name: list_boxes
-- columns: name, stock, id
SELECT id, name, stock, made_at, tags
FROM toys_boxes
WHERE store_id = :store_id
-- where
-- order
`)},
}

var plan = migrate.Plan{Lines: []migrate.Line{{Module: "toys", Files: files}}}

var (
	insertBox = db.Must[tenant.Store](files, "insert_box")
	findBox   = db.Must[tenant.Store](files, "find_box")
	boxesByID = db.Must[tenant.Store](files, "boxes_by_id")
	take      = db.Must[tenant.Store](files, "take")
	rawTake   = db.Must[tenant.Store](files, "unguarded_take")
	cheat     = db.Must[tenant.Store](files, "cheat")
	everybody = db.Must[tenant.System](files, "everybody")
	listBoxes = db.MustList[tenant.Store](files, "list_boxes")
)

type box struct {
	ID, Stock int64
	Name      string
	Made      time.Time
	Tags      []string
}

func scanBox(r db.Row) (b box, err error) {
	return b, r.Scan(&b.ID, &b.Name, &b.Stock, db.Time(&b.Made), db.JSON(&b.Tags))
}

func scanInt(r db.Row) (n int64, err error) { return n, r.Scan(&n) }

func insert(ctx context.Context, e *dbtest.Env, in tenant.Store, b box) error {
	return db.Do(ctx, e.DB, in, func(tx *db.Tx[tenant.Store]) error {
		_, err := db.Exec(ctx, tx, insertBox, db.Args{"id": b.ID, "name": b.Name, "stock": b.Stock, "made_at": b.Made, "tags": db.JSON(b.Tags)})
		return err
	})
}

func find(ctx context.Context, e *dbtest.Env, in tenant.Store, id int64) (box, error) {
	return db.Read(ctx, e.DB, in, func(tx *db.Tx[tenant.Store]) (box, error) {
		return db.One(ctx, tx, findBox, db.Args{"id": id}, scanBox)
	})
}

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

func TestTenantsDoNotMeet(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, mine, theirs := t.Context(), e.Store(), e.Store()
		if err := insert(ctx, e, theirs, box{ID: 7, Name: "theirs"}); err != nil {
			t.Fatal(err)
		}
		if _, err := find(ctx, e, mine, 7); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("found another store's row: %v", err)
		}
		if err := insert(ctx, e, mine, box{ID: 7, Name: "mine"}); err != nil {
			t.Errorf("the same id in two stores: %v", err)
		}
		n, err := db.Read(ctx, e.DB, e.Gate.System(), func(tx *db.Tx[tenant.System]) (int64, error) {
			return db.One(ctx, tx, everybody, nil, scanInt)
		})
		if n != 2 || err != nil {
			t.Errorf("the system sees %d rows, %v", n, err)
		}
	})
}

// A statement that slips through every check in Go still meets PostgreSQL's
// row-level security.
func TestRowLevelSecurity(t *testing.T) {
	t.Parallel()
	e := dbtest.NewPostgres(t, plan)
	ctx, mine, theirs := t.Context(), e.Store(), e.Store()
	if err := errors.Join(insert(ctx, e, mine, box{ID: 1, Name: "a"}), insert(ctx, e, theirs, box{ID: 2, Name: "b"})); err != nil {
		t.Fatal(err)
	}
	n, err := db.Read(ctx, e.DB, mine, func(tx *db.Tx[tenant.Store]) (int64, error) {
		return db.One(ctx, tx, cheat, nil, scanInt)
	})
	if n != 1 || err != nil {
		t.Errorf("the cheat sees %d rows, %v; want its own 1", n, err)
	}
	var count int
	conn, err := e.DB.Pool().Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.ExecContext(ctx, "RESET orion.store_id; RESET orion.system"); err != nil {
		t.Fatal(err)
	}
	if err := conn.QueryRowContext(ctx, "SELECT COUNT(*) FROM toys_boxes").Scan(&count); err != nil || count != 0 {
		t.Errorf("a connection that entered no scope sees %d rows, %v", count, err)
	}
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	cases := map[string]func(){
		"does not use :store_id": func() { db.Must[tenant.Store](files, "leak") },
		"-- scope: system":       func() { db.Must[tenant.System](files, "leak") },
		"loaded as a tenant's":   func() { db.Must[tenant.Store](files, "everybody") },
		"no block":               func() { db.Must[tenant.Store](files, "nothing") },
		":merchant_id":           func() { db.Must[tenant.Merchant](files, "find_box") },
		"-- where":               func() { db.MustList[tenant.Store](files, "find_box") },
	}
	for want, load := range cases {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, want) {
					t.Errorf("panic %q, want one about %q", got, want)
				}
			}()
			load()
		})
	}
}

func TestArgsAreChecked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, store := t.Context(), e.Store()
		for _, a := range []db.Args{nil, {"id": 1, "more": 2}, {"id": 1, "store_id": 9}} {
			err := db.Do(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) error {
				_, err := db.One(ctx, tx, findBox, a, scanBox)
				return err
			})
			if err == nil || errors.Is(err, db.ErrNoRow) {
				t.Errorf("args %v were taken: %v", a, err)
			}
		}
	})
}

func TestScopesAreChecked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		if err := insert(t.Context(), e, tenant.Store{}, box{ID: 1}); err == nil {
			t.Error("a scope that nobody minted opened a transaction")
		}
		_, err := db.Read(t.Context(), e.DB, e.Store(), func(tx *db.Tx[tenant.Store]) (int64, error) {
			return db.Exec(t.Context(), tx, take, db.Args{"id": 1, "n": 1})
		})
		if err == nil {
			t.Error("a read wrote")
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

func TestLists(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, store, other := t.Context(), e.Store(), e.Store()
		for i, name := range []string{"Ball", "Bat", "100%_fun", "Kite"} {
			if err := errors.Join(
				insert(ctx, e, store, box{ID: int64(i + 1), Name: name, Stock: int64(i)}),
				insert(ctx, e, other, box{ID: int64(i + 1), Name: name, Stock: int64(i)})); err != nil {
				t.Fatal(err)
			}
		}
		names := func(f db.Filter) string {
			t.Helper()
			rows, err := db.Read(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) ([]box, error) {
				return db.List(ctx, tx, listBoxes, f, scanBox)
			})
			if err != nil {
				t.Error(err)
			}
			var out []string
			for _, b := range rows {
				out = append(out, b.Name)
			}
			return strings.Join(out, " ")
		}
		order := []string{"id"}
		for _, c := range []struct {
			want  string
			where []db.Cond
		}{
			{"Ball Bat 100%_fun Kite", nil},
			{"Ball Bat", []db.Cond{db.Contains("name", "BA")}},
			{"100%_fun", []db.Cond{db.Contains("name", "%_")}},
			{"100%_fun Kite", []db.Cond{db.Ge("stock", 2)}},
			{"Bat 100%_fun", []db.Cond{db.Gt("stock", 0), db.Lt("stock", 3)}},
			{"Ball Kite", []db.Cond{db.In("id", 1, 4, 99)}},
			{"", []db.Cond{db.In[int]("id")}},
			{"Ball Kite", []db.Cond{db.Any(db.Eq("name", "Ball"), db.Eq("stock", 3))}},
			{"100%_fun Kite", []db.Cond{db.After(false, []string{"stock", "id"}, []any{1, 2})}},
		} {
			if got := names(db.Filter{Where: c.where, Order: order}); got != c.want {
				t.Errorf("%v: got %q, want %q", c.where, got, c.want)
			}
		}
		if got := names(db.Filter{Order: []string{"stock DESC", "id DESC"}, Limit: 2}); got != "Kite 100%_fun" {
			t.Errorf("sorted: %q", got)
		}
		_, err := db.Read(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) ([]box, error) {
			return db.List(ctx, tx, listBoxes, db.Filter{Order: []string{"id; DROP TABLE toys_boxes"}}, scanBox)
		})
		if err == nil {
			t.Error("an unknown column was taken")
		}
		got, err := db.Read(ctx, e.DB, store, func(tx *db.Tx[tenant.Store]) ([]box, error) {
			return db.All(ctx, tx, boxesByID, db.Args{"ids": []int64{2, 4}}, scanBox)
		})
		if err != nil || len(got) != 2 || got[0].Name != "Bat" || got[1].Name != "Kite" {
			t.Errorf("by ids: %v, %v", got, err)
		}
	})
}

func TestCounter(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, counter := db.WithCounter(t.Context())
		_, _ = find(ctx, e, e.Store(), 1)
		_, _ = find(ctx, e, e.Store(), 1)
		if counter.N() != 2 {
			t.Errorf("counted %d statements, want 2", counter.N())
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
