package db_test

import (
	"errors"
	"testing"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/tenant"
)

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
