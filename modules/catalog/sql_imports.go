package catalog

import (
	"context"
	"fmt"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	sqlInsertImport  = db.Must[tenant.Store](files, "insert_import")
	sqlUpdateImport  = db.Must[tenant.Store](files, "update_import")
	sqlCancelImport  = db.Must[tenant.Store](files, "cancel_import")
	sqlFindImport    = db.Must[tenant.Store](files, "find_import")
	sqlRecentImports = db.Must[tenant.Store](files, "recent_imports")
)

func insertImport(ctx context.Context, tx tx, j Transfer) error {
	_, err := db.Exec(ctx, tx, sqlInsertImport, db.Args{
		"id": j.ID, "file": j.File, "blob": j.Blob, "format": j.Format, "dry_run": j.DryRun, "size": j.Size, "actor": j.Actor, "now": tx.Now(),
	})
	if err != nil {
		return fmt.Errorf("insert import: %w", err)
	}
	return nil
}

func updateImport(ctx context.Context, tx tx, j Transfer) error {
	_, err := db.Exec(ctx, tx, sqlUpdateImport, db.Args{
		"id": j.ID, "status": j.Status, "started_at": j.StartedAt, "position": j.Position, "lines": j.Lines, "created": j.Created, "updated": j.Updated,
		"unchanged": j.Unchanged, "failed": j.Failed, "problems": db.JSON(j.Problems), "pictures": db.JSON(j.Pictures), "ended_at": j.EndedAt,
	})
	if err != nil {
		return fmt.Errorf("update import: %w", err)
	}
	return nil
}

func cancelImport(ctx context.Context, tx tx, id ImportID) (bool, error) {
	n, err := db.Exec(ctx, tx, sqlCancelImport, db.Args{"id": id, "now": tx.Now()})
	if err != nil {
		return false, fmt.Errorf("cancel import: %w", err)
	}
	return n > 0, nil
}

func findImport(ctx context.Context, tx tx, id ImportID) (Transfer, error) {
	j, err := db.One(ctx, tx, sqlFindImport, db.Args{"id": id}, scanTransfer)
	if isNoRow(err) {
		return j, ErrNoImport
	}
	return j, err
}

func recentImports(ctx context.Context, tx tx) ([]Transfer, error) {
	return db.All(ctx, tx, sqlRecentImports, nil, scanTransfer)
}

func scanTransfer(r db.Row) (Transfer, error) {
	var j Transfer
	err := r.Scan(&j.ID, &j.File, &j.Blob, &j.Format, &j.DryRun, &j.Status, &j.Size, &j.Position, &j.Lines, &j.Created, &j.Updated,
		&j.Unchanged, &j.Failed, db.JSON(&j.Problems), db.JSON(&j.Pictures), &j.Actor, db.Time(&j.AskedAt), db.Time(&j.StartedAt), db.Time(&j.EndedAt))
	return j, err
}
