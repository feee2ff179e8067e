package monitoring

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	putSnapshotStmt     = db.Must[tenant.System](Files, "put_snapshot")
	snapshotsStmt       = db.Must[tenant.System](Files, "snapshots")
	latestSnapshotStmt  = db.Must[tenant.System](Files, "latest_snapshot")
	forgetSnapshotsStmt = db.Must[tenant.System](Files, "forget_snapshots")
	databaseBytesStmt   = db.Must[tenant.System](Files, "database_bytes")
)

type systemTx = *db.Tx[tenant.System]

func putSnapshot(ctx context.Context, tx systemTx, r Reading) error {
	_, err := db.Exec(ctx, tx, putSnapshotStmt, db.Args{"day": dayOf(tx.Now()), "measure": string(r.Measure), "value": r.Value, "at": tx.Now()})
	return err
}

func forgetSnapshots(ctx context.Context, tx systemTx, before time.Time) error {
	_, err := db.Exec(ctx, tx, forgetSnapshotsStmt, db.Args{"before": dayOf(before)})
	return err
}

func snapshots(ctx context.Context, tx systemTx, since time.Time) ([]Snapshot, error) {
	return db.All(ctx, tx, snapshotsStmt, db.Args{"since": dayOf(since)}, scanSnapshot)
}

func latestSnapshot(ctx context.Context, tx systemTx) ([]Snapshot, error) {
	return db.All(ctx, tx, latestSnapshotStmt, nil, scanSnapshot)
}

func scanSnapshot(r db.Row) (s Snapshot, err error) {
	return s, r.Scan(&s.Day, &s.Measure, &s.Value, db.Time(&s.At))
}

// databaseBytes is how large the database is.
func databaseBytes(ctx context.Context, tx systemTx) (int64, error) {
	return db.One(ctx, tx, databaseBytesStmt, nil, func(r db.Row) (n int64, err error) { return n, r.Scan(&n) })
}
