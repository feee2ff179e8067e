package cms

import (
	"context"
	"errors"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	sqlFindDesign          = db.Must[tenant.Store](files, "find_design")
	sqlInsertDesign        = db.Must[tenant.Store](files, "insert_design")
	sqlUpdateDesign        = db.Must[tenant.Store](files, "update_design")
	sqlInsertDesignVersion = db.Must[tenant.Store](files, "insert_design_version")
	sqlFindDesignVersion   = db.Must[tenant.Store](files, "find_design_version")
	sqlListDesignVersions  = db.Must[tenant.Store](files, "list_design_versions")
	sqlLiveDesign          = db.Must[tenant.Store](files, "live_design")
	sqlEarlierDesigns      = db.Must[tenant.Store](files, "earlier_designs")
	sqlDesignsWithFile     = db.Must[tenant.Store](files, "designs_with_file")
)

// findDesign reads a store's design, one without a revision where there is none.
func findDesign(ctx context.Context, tx mediaTx) (Styling, error) {
	s, err := db.One(ctx, tx, sqlFindDesign, nil, func(r db.Row) (s Styling, err error) {
		return s, r.Scan(&s.Text, &s.Revision, db.Time(&s.Edited), &s.Editor, &s.Versions, &s.Live, &s.Shown)
	})
	if errors.Is(err, db.ErrNoRow) {
		return Styling{}, nil
	}
	return s, err
}

// keepDesign stores a design; fresh is the first one of its store.
func keepDesign(ctx context.Context, tx mediaTx, s Styling, fresh bool) error {
	args := db.Args{"design": s.Text, "revision": s.Revision, "edited_at": s.Edited, "editor": s.Editor}
	stmt := sqlInsertDesign
	if !fresh {
		stmt = sqlUpdateDesign
		args["versions"], args["live"], args["live_revision"] = s.Versions, s.Live, s.Shown
	}
	_, err := db.Exec(ctx, tx, stmt, args)
	return err
}

func insertDesignVersion(ctx context.Context, tx mediaTx, v DesignVersion) error {
	_, err := db.Exec(ctx, tx, sqlInsertDesignVersion, db.Args{"number": v.Number, "design": v.Text, "author": v.Author, "now": v.At})
	return err
}

func findDesignVersion(ctx context.Context, tx mediaTx, n int64) (DesignVersion, error) {
	v, err := db.One(ctx, tx, sqlFindDesignVersion, db.Args{"number": n}, scanDesignVersion)
	return v, known(err)
}

// designVersions are versions of a design, the latest first, without what they are.
func designVersions(ctx context.Context, tx mediaTx, of span) ([]DesignVersion, error) {
	return db.All(ctx, tx, sqlListDesignVersions, db.Args{"before": of.before, "limit": of.limit}, scanDesignVersion)
}

// liveDesign is the version that shoppers see, one without a number where they see a preset.
func liveDesign(ctx context.Context, tx mediaTx) (DesignVersion, error) {
	v, err := db.One(ctx, tx, sqlLiveDesign, nil, scanDesignVersion)
	if errors.Is(err, db.ErrNoRow) {
		return DesignVersion{}, nil
	}
	return v, err
}

func earlierDesigns(ctx context.Context, tx mediaTx, before int64) ([]DesignVersion, error) {
	return db.All(ctx, tx, sqlEarlierDesigns, db.Args{"before": before}, scanDesignVersion)
}

func designHas(ctx context.Context, tx mediaTx, file string) (bool, error) {
	n, err := db.One(ctx, tx, sqlDesignsWithFile, db.Args{"like": `%"` + file + `"%`}, func(r db.Row) (n int64, err error) { return n, r.Scan(&n) })
	return n > 0, err
}

func scanDesignVersion(r db.Row) (v DesignVersion, err error) {
	return v, r.Scan(&v.Number, &v.Text, &v.Author, db.Time(&v.At))
}
