package payments

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	insertEventStmt = db.Must[tenant.Store](files, "insert_event")
	findEventStmt   = db.Must[tenant.Store](files, "find_event")
	waitingStmt     = db.Must[tenant.Store](files, "waiting_events")
	endEventStmt    = db.Must[tenant.Store](files, "end_event")
	reopenEventStmt = db.Must[tenant.Store](files, "reopen_event")
	listEventsStmt  = db.MustList[tenant.Store](files, "list_events")
)

// insertEvent tells false when the event was told before.
func insertEvent(ctx context.Context, tx tx, e told) (bool, error) {
	n, err := db.Exec(ctx, tx, insertEventStmt, db.Args{
		"id": e.ID, "gateway": e.Gateway, "event": e.Event, "kind": e.Kind, "charge": e.Charge, "dispute": e.Dispute, "status": e.Status, "now": tx.Now(),
	})
	return n == 1, err
}

func findEvent(ctx context.Context, tx tx, number EventID) (told, error) {
	return db.One(ctx, tx, findEventStmt, db.Args{"id": number}, scanEvent)
}

func scanEvent(r db.Row) (e told, err error) {
	return e, r.Scan(&e.ID, &e.Gateway, &e.Event, &e.Kind, &e.Charge, &e.Dispute, &e.Status, db.Time(&e.ReceivedAt))
}

// waitingEvents are those of a gateway that wait beside one, the oldest first.
func waitingEvents(ctx context.Context, tx tx, beside told, limit int) ([]told, error) {
	return db.All(ctx, tx, waitingStmt, db.Args{"gateway": beside.Gateway, "but": beside.ID, "limit": limit}, scanEvent)
}

// endEvent has an event be over at the end of the transaction.
func endEvent(tx tx, number EventID, s eventStatus) error {
	return db.Defer(tx, endEventStmt, db.Args{"id": number, "status": s, "now": tx.Now()})
}

func reopenEvent(ctx context.Context, tx tx, number EventID) error {
	_, err := db.Exec(ctx, tx, reopenEventStmt, db.Args{"id": number})
	return err
}

func listEvents(ctx context.Context, tx tx, where []db.Cond, limit int) ([]Told, error) {
	f := db.Filter{Where: where, Order: []string{"e.id DESC"}, Limit: limit}
	return db.List(ctx, tx, listEventsStmt, f, func(r db.Row) (e Told, err error) {
		return e, r.Scan(&e.ID, &e.Gateway, &e.Event, &e.Kind, &e.Charge, &e.Status, db.Time(&e.ReceivedAt), db.Time(&e.EndedAt), &e.Payment, &e.Reference)
	})
}
