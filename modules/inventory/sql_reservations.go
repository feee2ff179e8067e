package inventory

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/inventory/inventoryapi"
)

var (
	insertReservationStmt  = db.Must[tenant.Store](files, "insert_reservation")
	keepReservationStmt    = db.Must[tenant.Store](files, "keep_reservation")
	releaseReservationStmt = db.Must[tenant.Store](files, "release_reservation")
	expireReservationsStmt = db.Must[tenant.Store](files, "expire_reservations")
	openReservationStmt    = db.Must[tenant.Store](files, "open_reservation")
	reservationsOfStmt     = db.Must[tenant.Store](files, "reservations_of")
	updateReservationStmt  = db.Must[tenant.Store](files, "update_reservation")
)

// dueStores names the stores in which the time of a hold is over.
var dueStores = db.Must[tenant.System](files, "stores_with_due_holds")

func insertReservation(ctx context.Context, tx tx, c inventoryapi.Cause, parts []portion, until time.Time) error {
	_, err := db.Exec(ctx, tx, insertReservationStmt, db.Args{
		"id": tx.NewID(), "cause_kind": c.Kind, "cause_id": c.ID, "cause_name": c.Name,
		"lines": db.JSON(parts), "expires_at": until, "now": tx.Now(),
	})
	return err
}

func keepReservation(ctx context.Context, tx tx, c inventoryapi.Cause) (bool, error) {
	n, err := db.Exec(ctx, tx, keepReservationStmt, causeArgs(c))
	return n == 1, err
}

func releaseReservation(ctx context.Context, tx tx, c inventoryapi.Cause) (reservation, error) {
	args := causeArgs(c)
	args["now"] = tx.Now()
	return db.One(ctx, tx, releaseReservationStmt, args, scanReservation)
}

// expireReservations closes the holds whose time is over. Rows that another
// transaction is busy with are left to it.
func expireReservations(ctx context.Context, tx tx) ([]reservation, error) {
	return db.All(ctx, tx, expireReservationsStmt, db.Args{"now": tx.Now()}, scanReservation)
}

func openReservation(ctx context.Context, tx tx, c inventoryapi.Cause) (reservation, error) {
	return db.One(ctx, tx, openReservationStmt, causeArgs(c), scanReservation)
}

func reservationsOf(ctx context.Context, tx tx, c inventoryapi.Cause) ([]reservation, error) {
	return db.All(ctx, tx, reservationsOfStmt, causeArgs(c), scanReservation)
}

func updateReservation(ctx context.Context, tx tx, r reservation) error {
	_, err := db.Exec(ctx, tx, updateReservationStmt, db.Args{"id": r.ID, "lines": db.JSON(r.Parts), "status": r.Status, "now": tx.Now()})
	return err
}

func causeArgs(c inventoryapi.Cause) db.Args {
	return db.Args{"cause_kind": c.Kind, "cause_id": c.ID}
}

func scanReservation(r db.Row) (v reservation, err error) {
	return v, r.Scan(&v.ID, &v.Cause.Kind, &v.Cause.ID, &v.Cause.Name, &v.Status, db.JSON(&v.Parts))
}
