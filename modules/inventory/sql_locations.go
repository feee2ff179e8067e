package inventory

import (
	"context"
	"errors"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	locationsStmt       = db.Must[tenant.Store](files, "locations")
	defaultLocationStmt = db.Must[tenant.Store](files, "default_location")
	findLocationStmt    = db.Must[tenant.Store](files, "find_location")
	insertHomeStmt      = db.Must[tenant.Store](files, "insert_home")
	insertLocationStmt  = db.Must[tenant.Store](files, "insert_location")
	updateLocationStmt  = db.Must[tenant.Store](files, "update_location")
	openLocationStmt    = db.Must[tenant.Store](files, "open_location")
	closeLocationStmt   = db.Must[tenant.Store](files, "close_location")
)

func scanLocation(r db.Row) (l Location, err error) {
	return l, r.Scan(&l.ID, &l.Code, &l.Name, &l.Priority, &l.Active)
}

func locations(ctx context.Context, tx tx) ([]Location, error) {
	return db.All(ctx, tx, locationsStmt, nil, scanLocation)
}

func defaultLocation(ctx context.Context, tx tx) (Location, error) {
	return db.One(ctx, tx, defaultLocationStmt, nil, scanLocation)
}

func findLocation(ctx context.Context, tx tx, id LocationID) (Location, error) {
	l, err := db.One(ctx, tx, findLocationStmt, db.Args{"id": id}, scanLocation)
	if errors.Is(err, db.ErrNoRow) {
		return l, errNoLocation
	}
	return l, err
}

func insertLocation(ctx context.Context, tx tx, l Location) error {
	_, err := db.Exec(ctx, tx, insertLocationStmt, db.Args{
		"id": l.ID, "code": l.Code, "name": l.Name, "priority": l.Priority, "now": tx.Now(),
	})
	return err
}

// insertHome makes a store's first location and tells whether it did.
func insertHome(ctx context.Context, tx tx, l Location) (bool, error) {
	n, err := db.Exec(ctx, tx, insertHomeStmt, db.Args{
		"id": l.ID, "code": l.Code, "name": l.Name, "priority": l.Priority, "now": tx.Now(),
	})
	return n > 0, err
}

func updateLocation(ctx context.Context, tx tx, l Location) error {
	_, err := db.Exec(ctx, tx, updateLocationStmt, db.Args{"id": l.ID, "name": l.Name, "priority": l.Priority})
	return err
}

func openLocation(ctx context.Context, tx tx, id LocationID) error {
	_, err := db.Exec(ctx, tx, openLocationStmt, db.Args{"id": id})
	return err
}

func closeLocation(ctx context.Context, tx tx, id LocationID) (int64, error) {
	return db.Exec(ctx, tx, closeLocationStmt, db.Args{"id": id})
}
