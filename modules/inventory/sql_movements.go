package inventory

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	insertMovementsStmt = db.Must[tenant.Store](files, "insert_movements")
	formUsedStmt        = db.Must[tenant.Store](files, "form_used")
	listMovementsStmt   = db.MustList[tenant.Store](files, "list_movements")
	listLevelsStmt      = db.MustList[tenant.Store](files, "list_levels")
)

type movementRow struct {
	ID            int64        `json:"id"`
	Variant       int64        `json:"variant"`
	Location      int64        `json:"location"`
	Kind          MovementKind `json:"kind"`
	OnHand        int64        `json:"on_hand"`
	Reserved      int64        `json:"reserved"`
	OnHandAfter   int64        `json:"on_hand_after"`
	ReservedAfter int64        `json:"reserved_after"`
	Reason        string       `json:"reason"`
	CauseKind     string       `json:"cause_kind"`
	CauseID       int64        `json:"cause_id"`
	CauseName     string       `json:"cause_name"`
	Actor         string       `json:"actor"`
}

func insertMovements(tx tx, moves []Movement) error {
	if len(moves) == 0 {
		return nil
	}
	rows := make([]movementRow, len(moves))
	for i, v := range moves {
		rows[i] = movementRow{
			ID: tx.NewID(), Variant: int64(v.Variant), Location: int64(v.Location), Kind: v.Kind,
			OnHand: v.OnHand, Reserved: v.Reserved, OnHandAfter: v.OnHandAfter, ReservedAfter: v.ReservedAfter,
			Reason: v.Reason, CauseKind: v.Cause.Kind, CauseID: v.Cause.ID, CauseName: v.Cause.Name, Actor: v.Actor,
		}
	}
	return db.Defer(tx, insertMovementsStmt, db.Args{"movements": db.JSON(rows), "at": tx.Now()})
}

func formUsed(ctx context.Context, tx tx, at Spot, key FormKey) (bool, error) {
	n, err := db.One(ctx, tx, formUsedStmt, db.Args{"variant": at.Variant, "location": at.Location, "key": int64(key)}, func(r db.Row) (n int64, err error) { return n, r.Scan(&n) })
	return n > 0, err
}

func listMovements(ctx context.Context, tx tx, where []db.Cond, limit int) ([]Movement, error) {
	f := db.Filter{Where: where, Order: []string{"m.id DESC"}, Limit: limit}
	return db.List(ctx, tx, listMovementsStmt, f, func(r db.Row) (v Movement, err error) {
		return v, r.Scan(&v.ID, &v.Variant, &v.Location, &v.LocationName, &v.Kind, &v.OnHand, &v.Reserved, &v.OnHandAfter,
			&v.ReservedAfter, &v.Reason, &v.Cause.Kind, &v.Cause.ID, &v.Cause.Name, &v.Actor, db.Time(&v.At))
	})
}

func listLevels(ctx context.Context, tx tx, where []db.Cond, limit int) ([]Level, error) {
	f := db.Filter{Where: where, Order: []string{"l.variant_id DESC", "l.location_id DESC"}, Limit: limit}
	return db.List(ctx, tx, listLevelsStmt, f, func(r db.Row) (l Level, err error) {
		return l, r.Scan(&l.Variant, &l.Location, &l.Name, &l.Bin, &l.OnHand, &l.Reserved, &l.Backlog, &l.LowAt)
	})
}
