package guard_test

import (
	"context"
	"errors"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/guard"
	"orion/kit/tenant"
)

// closing is about to happen to a box.
type closing struct{ Box int64 }

var errFull = fault.New(fault.Rule, "games.box_in_use")

var files = fstest.MapFS{
	"migrations/toys_001_create_closed.sql": {Data: []byte(`-- +goose Up
CREATE TABLE toys_closed (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  PRIMARY KEY (store_id, id)
);
`)},
	"sql/toys.sql": {Data: []byte(`
-- name: close_box
INSERT INTO toys_closed (store_id, id)
VALUES (:store_id, :id)

-- name: count_closed
SELECT COUNT(*)
FROM toys_closed
WHERE store_id = :store_id
`)},
}

var (
	plan        = migrate.Plan{Lines: []migrate.Line{{Module: "toys", Files: files}}}
	closeBox    = db.Must[tenant.Store](files, "close_box")
	countClosed = db.Must[tenant.Store](files, "count_closed")
)

func TestCheck(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		store, lenient := e.Store(), e.Store()
		g := guard.Define[closing](func(p tenant.PlatformID, module string) bool {
			return module != "games" || p != lenient.Platform()
		})
		var asked []string
		note := func(name string, err error) func(context.Context, *db.Tx[tenant.Store], closing) error {
			return func(_ context.Context, _ *db.Tx[tenant.Store], c closing) error {
				asked = append(asked, name)
				if c.Box == 1 {
					return err
				}
				return nil
			}
		}
		g.Add("billing", 30, note("billing", nil))
		g.Add("games", 20, note("games", errFull))
		g.Add("orders", 10, note("orders", nil))

		shut := func(in tenant.Store, box int64) error {
			return db.Do(t.Context(), e.DB, in, func(tx *db.Tx[tenant.Store]) error {
				if _, err := db.Exec(t.Context(), tx, closeBox, db.Args{"id": box}); err != nil {
					return err
				}
				return g.Check(t.Context(), tx, closing{box})
			})
		}
		if err := shut(store, 1); !errors.Is(err, errFull) {
			t.Errorf("refused with %v", err)
		}
		if err := errors.Join(shut(store, 2), shut(lenient, 1)); err != nil {
			t.Error(err)
		}
		want := []string{"orders", "games", "orders", "games", "billing", "orders", "billing"}
		if diff := cmp.Diff(want, asked); diff != "" {
			t.Error(diff)
		}
		n, err := db.Read(t.Context(), e.DB, store, func(tx *db.Tx[tenant.Store]) (int, error) {
			return db.One(t.Context(), tx, countClosed, nil, func(r db.Row) (n int, err error) { return n, r.Scan(&n) })
		})
		if n != 1 || err != nil {
			t.Errorf("%d boxes are closed, %v; a veto undoes the change", n, err)
		}
	})
}
