package cms

import (
	"context"
	"errors"
	"time"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/tenant"
)

// textsTx is a transaction of a store.
type textsTx = *db.Tx[tenant.Store]

var (
	sqlTextsOfThings     = db.MustList[tenant.Store](files, "texts_of_things")
	sqlPutTexts          = db.Must[tenant.Store](files, "put_texts")
	sqlForgetTexts       = db.Must[tenant.Store](files, "forget_texts")
	sqlBeginScan         = db.Must[tenant.Store](files, "begin_scan")
	sqlCountScan         = db.Must[tenant.Store](files, "count_scan")
	sqlEndScan           = db.Must[tenant.Store](files, "end_scan")
	sqlTextScan          = db.Must[tenant.Store](files, "text_scan")
	sqlTextProgress      = db.Must[tenant.Store](files, "text_progress")
	sqlListTexts         = db.MustList[tenant.Store](files, "list_texts")
	sqlInsertTextImport  = db.Must[tenant.Store](files, "insert_text_import")
	sqlFindTextImport    = db.Must[tenant.Store](files, "find_text_import")
	sqlRecentTextImports = db.Must[tenant.Store](files, "recent_text_imports")
	sqlUpdateTextImport  = db.Must[tenant.Store](files, "update_text_import")
	sqlTakeTextImport    = db.Must[tenant.Store](files, "take_text_import")
	sqlPagesAfter        = db.Must[tenant.Store](files, "pages_after")
)

func standingsOf(ctx context.Context, tx textsTx, area string, things []string) (map[standingKey]standing, error) {
	out := map[standingKey]standing{}
	if len(things) == 0 {
		return out, nil
	}
	most := len(things) * len(i18n.Langs)
	all, err := db.List(ctx, tx, sqlTextsOfThings, db.Filter{Where: []db.Cond{db.Eq("area", area), db.In("thing", things...)}, Order: []string{"thing"}, Limit: most}, func(r db.Row) (s standing, err error) {
		s.Area = area
		return s, r.Scan(&s.Thing, &s.Lang, &s.Title, &s.Total, &s.Missing, &s.Changed, db.JSON(&s.Known))
	})
	for _, s := range all {
		out[standingKey{s.Thing, s.Lang}] = s
	}
	return out, err
}

func putStandings(ctx context.Context, tx textsTx, all []standing) error {
	if len(all) == 0 {
		return nil
	}
	_, err := db.Exec(ctx, tx, sqlPutTexts, db.Args{"rows": db.JSON(all), "now": tx.Now()})
	return err
}

// countScan notes how far a look through all texts is.
func countScan(ctx context.Context, tx textsTx, things int64) error {
	_, err := db.Exec(ctx, tx, sqlCountScan, db.Args{"things": things})
	return err
}

func textScan(ctx context.Context, tx textsTx) (TextScan, error) {
	return noScan(db.One(ctx, tx, sqlTextScan, nil, func(r db.Row) (s TextScan, err error) {
		return s, r.Scan(db.Time(&s.Asked), db.Time(&s.Ended), &s.Things)
	}))
}

func beginScan(ctx context.Context, tx textsTx) error {
	_, err := db.Exec(ctx, tx, sqlBeginScan, db.Args{"now": tx.Now()})
	return err
}

// endScan forgets what was not there any more.
func endScan(ctx context.Context, tx textsTx, areas []string, since time.Time) error {
	for _, a := range areas {
		if _, err := db.Exec(ctx, tx, sqlForgetTexts, db.Args{"area": a, "since": since}); err != nil {
			return err
		}
	}
	_, err := db.Exec(ctx, tx, sqlEndScan, db.Args{"since": since, "now": tx.Now()})
	return err
}

func textProgress(ctx context.Context, tx textsTx) ([]TextProgress, error) {
	return db.All(ctx, tx, sqlTextProgress, nil, func(r db.Row) (p TextProgress, err error) {
		return p, r.Scan(&p.Lang, &p.Area, &p.Things, &p.Total, &p.Missing, &p.Changed)
	})
}

// conditions are those of the list behind a row; the zero row is before all.
func (q TextQuery) conditions(behind TextRow) []db.Cond {
	where := []db.Cond{db.Eq("lang", q.Lang), db.In("area", q.Areas...), db.Gt("total", 0)}
	switch q.State {
	case TextsOpen:
		where = append(where, db.Any(db.Gt("missing", 0), db.Gt("changed", 0)))
	case TextsMissing:
		where = append(where, db.Gt("missing", 0))
	case TextsChanged:
		where = append(where, db.Gt("changed", 0))
	case TextsAll:
	}
	if behind.Thing != "" {
		where = append(where, db.After(false, []string{"area", "thing"}, []any{behind.Area, behind.Thing}))
	}
	return where
}

func listTexts(ctx context.Context, tx textsTx, q TextQuery) (page.Page[TextRow], error) {
	var behind TextRow
	if q.After != "" {
		if err := page.Decode(q.After, &behind.Area, &behind.Thing); err != nil {
			return page.Page[TextRow]{}, err
		}
	}
	rows, err := textsBehind(ctx, tx, q, behind, q.Fetch())
	return page.Of(rows, q.Rows(), func(r TextRow) []any { return []any{r.Area, r.Thing} }), err
}

func textsBehind(ctx context.Context, tx textsTx, q TextQuery, behind TextRow, limit int) ([]TextRow, error) {
	return db.List(ctx, tx, sqlListTexts, db.Filter{Where: q.conditions(behind), Order: []string{"area", "thing"}, Limit: limit}, func(r db.Row) (t TextRow, err error) {
		return t, r.Scan(&t.Area, &t.Thing, &t.Title, &t.Total, &t.Missing, &t.Changed)
	})
}

func pagesAfter(ctx context.Context, tx textsTx, of *db.Stmt[tenant.Store], span db.Args) ([]Page, error) {
	return db.All(ctx, tx, of, span, scanPage)
}

func insertTextImport(ctx context.Context, tx textsTx, i TextImport) error {
	_, err := db.Exec(ctx, tx, sqlInsertTextImport, db.Args{"id": i.ID, "file": i.File, "blob": i.Blob, "lang": i.Lang, "actor": i.Actor, "now": tx.Now()})
	return err
}

func findTextImport(ctx context.Context, tx textsTx, id TextImportID) (TextImport, error) {
	i, err := db.One(ctx, tx, sqlFindTextImport, db.Args{"id": id}, scanTextImport)
	if errors.Is(err, db.ErrNoRow) {
		err = errNoTextImport
	}
	return i, err
}

func recentTextImports(ctx context.Context, tx textsTx) ([]TextImport, error) {
	return db.All(ctx, tx, sqlRecentTextImports, nil, scanTextImport)
}

func updateTextImport(ctx context.Context, tx textsTx, i TextImport) error {
	_, err := db.Exec(ctx, tx, sqlUpdateTextImport, db.Args{
		"id": i.ID, "status": i.Status, "total": i.Total, "position": i.Position, "report": db.JSON(i.TextReport), "ended_at": i.Ended,
	})
	return err
}

// takeTextImport begins to write what a file says, once.
func takeTextImport(ctx context.Context, tx textsTx, id TextImportID) (bool, error) {
	n, err := db.Exec(ctx, tx, sqlTakeTextImport, db.Args{"id": id})
	return n > 0, err
}

func scanTextImport(r db.Row) (i TextImport, err error) {
	return i, r.Scan(&i.ID, &i.File, &i.Blob, &i.Lang, &i.Status, &i.Total, &i.Position, db.JSON(&i.TextReport), &i.Actor, db.Time(&i.Asked), db.Time(&i.Ended))
}
