package db_test

import (
	"context"
	"testing/fstest"
	"time"

	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
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
	"sql/tell.sqlite.sql": {Data: []byte(`-- name: tell
-- scope: system
SELECT 1;
`)},
	"sql/tell.postgres.sql": {Data: []byte(`-- name: tell
-- scope: system
SELECT pg_notify('toys', '');
`)},
	"sql/toys.sql": {Data: []byte(`
-- name: insert_box
INSERT INTO toys_boxes (store_id, id, name, stock, made_at, tags)
VALUES (:store_id, :id, :name, :stock, :made_at, :tags);

-- name: find_box
SELECT id, name, stock, made_at, tags
FROM toys_boxes
WHERE store_id = :store_id AND id = :id;

-- name: all_boxes
SELECT id, name, stock, made_at, tags
FROM toys_boxes
WHERE store_id = :store_id
ORDER BY id;

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
	all       = db.Must[tenant.Store](files, "all_boxes")
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
