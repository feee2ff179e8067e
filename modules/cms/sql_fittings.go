package cms

import (
	"context"
	"errors"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	sqlFindFitting          = db.Must[tenant.Store](files, "find_fitting")
	sqlAllFittings          = db.Must[tenant.Store](files, "all_fittings")
	sqlInsertFitting        = db.Must[tenant.Store](files, "insert_fitting")
	sqlUpdateFitting        = db.Must[tenant.Store](files, "update_fitting")
	sqlInsertFittingVersion = db.Must[tenant.Store](files, "insert_fitting_version")
	sqlFindFittingVersion   = db.Must[tenant.Store](files, "find_fitting_version")
	sqlListFittingVersions  = db.Must[tenant.Store](files, "list_fitting_versions")
	sqlLiveFittings         = db.Must[tenant.Store](files, "live_fittings")
	sqlEarlierFittings      = db.Must[tenant.Store](files, "earlier_fittings")
)

// findFitting reads a fitting, one without a revision where there is none.
func findFitting(ctx context.Context, tx mediaTx, kind FittingKind) (Fitting, error) {
	f, err := db.One(ctx, tx, sqlFindFitting, db.Args{"kind": kind}, scanFitting)
	if errors.Is(err, db.ErrNoRow) {
		return Fitting{Kind: kind}, nil
	}
	return f, err
}

// allFittings are those that a store has.
func allFittings(ctx context.Context, tx mediaTx) ([]Fitting, error) {
	return db.All(ctx, tx, sqlAllFittings, nil, scanFitting)
}

func scanFitting(r db.Row) (f Fitting, err error) {
	return f, r.Scan(&f.Kind, &f.Text, &f.Revision, db.Time(&f.Edited), &f.Editor, &f.Versions, &f.Live, &f.Shown)
}

// keepFitting stores a fitting; fresh is the first one of its kind.
func keepFitting(ctx context.Context, tx mediaTx, f Fitting, fresh bool) error {
	args := db.Args{"kind": f.Kind, "body": f.Text, "revision": f.Revision, "edited_at": f.Edited, "editor": f.Editor}
	stmt := sqlInsertFitting
	if !fresh {
		stmt = sqlUpdateFitting
		args["versions"], args["live"], args["live_revision"] = f.Versions, f.Live, f.Shown
	}
	_, err := db.Exec(ctx, tx, stmt, args)
	return err
}

func insertFittingVersion(ctx context.Context, tx mediaTx, kind FittingKind, v DesignVersion) error {
	_, err := db.Exec(ctx, tx, sqlInsertFittingVersion, db.Args{"kind": kind, "number": v.Number, "body": v.Text, "author": v.Author, "now": v.At})
	return err
}

func findFittingVersion(ctx context.Context, tx mediaTx, kind FittingKind, n int64) (DesignVersion, error) {
	v, err := db.One(ctx, tx, sqlFindFittingVersion, db.Args{"kind": kind, "number": n}, scanDesignVersion)
	return v, known(err)
}

// fittingVersions are versions of a fitting, the latest first, without what they are.
func fittingVersions(ctx context.Context, tx mediaTx, kind FittingKind, of span) ([]DesignVersion, error) {
	return db.All(ctx, tx, sqlListFittingVersions, db.Args{"kind": kind, "before": of.before, "limit": of.limit}, scanDesignVersion)
}

// liveFitting is what shoppers see of a kind.
type liveFitting struct {
	kind   FittingKind
	number int64
	text   string
}

func liveFittings(ctx context.Context, tx mediaTx) ([]liveFitting, error) {
	return db.All(ctx, tx, sqlLiveFittings, nil, func(r db.Row) (f liveFitting, err error) { return f, r.Scan(&f.kind, &f.number, &f.text) })
}

func earlierFittings(ctx context.Context, tx mediaTx, f liveFitting) ([]DesignVersion, error) {
	return db.All(ctx, tx, sqlEarlierFittings, db.Args{"kind": f.kind, "before": f.number}, scanDesignVersion)
}
