package devtools

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
)

type tx = *db.Tx[tenant.System]

var (
	queriesStmt     = db.Must[tenant.System](Files, "queries")
	putQueryStmt    = db.Must[tenant.System](Files, "put_query")
	deleteQueryStmt = db.Must[tenant.System](Files, "delete_query")
)

func readQueries(ctx context.Context, tx tx) ([]Query, error) {
	return db.All(ctx, tx, queriesStmt, nil, func(r db.Row) (q Query, err error) {
		return q, r.Scan(&q.ID, &q.Name, &q.Text, &q.Author, db.Time(&q.SavedAt))
	})
}

// putQuery tells whether there was room for it.
func putQuery(ctx context.Context, tx tx, q Query) (bool, error) {
	n, err := db.Exec(ctx, tx, putQueryStmt, db.Args{"id": tx.NewID(), "name": q.Name, "text": q.Text, "author": q.Author, "now": tx.Now()})
	return n == 1, err
}

func deleteQuery(ctx context.Context, tx tx, id QueryID) (Query, error) {
	return db.One(ctx, tx, deleteQueryStmt, db.Args{"id": id}, func(r db.Row) (Query, error) {
		q := Query{ID: id}
		return q, r.Scan(&q.Name, &q.Text)
	})
}
