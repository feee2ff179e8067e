package core

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
)

var (
	viewsStmt      = db.Must[tenant.Store](Files, "views")
	putViewStmt    = db.Must[tenant.Store](Files, "put_view")
	deleteViewStmt = db.Must[tenant.Store](Files, "delete_view")
)

func readViews(ctx context.Context, tx *db.Tx[tenant.Store], who auth.UserID, list string) ([]page.View, error) {
	return db.All(ctx, tx, viewsStmt, db.Args{"user_id": who, "list": list}, func(r db.Row) (v page.View, err error) {
		var id ViewID
		err = r.Scan(&id, &v.Name, &v.Query)
		v.ID = id.String()
		return v, err
	})
}

// putView tells whether there was room for it.
func putView(ctx context.Context, tx *db.Tx[tenant.Store], who auth.UserID, v SavedView) (bool, error) {
	n, err := db.Exec(ctx, tx, putViewStmt, db.Args{"id": tx.NewID(), "user_id": who, "list": v.List, "name": v.Name, "query": v.Query})
	return n == 1, err
}

func deleteView(ctx context.Context, tx *db.Tx[tenant.Store], who auth.UserID, id ViewID) (SavedView, error) {
	return db.One(ctx, tx, deleteViewStmt, db.Args{"id": id, "user_id": who}, func(r db.Row) (v SavedView, err error) {
		return v, r.Scan(&v.List, &v.Name, &v.Query)
	})
}
