package cms

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
)

var (
	sqlInsertRedirect     = db.Must[tenant.Store](files, "insert_redirect")
	sqlDeleteRedirect     = db.Must[tenant.Store](files, "delete_redirect")
	sqlDeleteRedirectFrom = db.Must[tenant.Store](files, "delete_redirect_from")
	sqlTurnRedirects      = db.Must[tenant.Store](files, "turn_redirects")
	sqlAllRedirects       = db.Must[tenant.Store](files, "all_redirects")
	sqlListRedirects      = db.MustList[tenant.Store](files, "list_redirects")
	sqlHitRedirect        = db.Must[tenant.Store](files, "hit_redirect")
)

func insertRedirect(ctx context.Context, tx textsTx, r Redirect) error {
	_, err := db.Exec(ctx, tx, sqlInsertRedirect, db.Args{"id": r.ID, "path": r.Path, "prefix": r.Prefix, "target": r.Target, "code": r.Code, "author": r.By, "now": tx.Now()})
	return err
}

func deleteRedirect(ctx context.Context, tx textsTx, id RedirectID) error {
	_, err := db.Exec(ctx, tx, sqlDeleteRedirect, db.Args{"id": id})
	return err
}

func deleteRedirectFrom(ctx context.Context, tx textsTx, path string) error {
	_, err := db.Exec(ctx, tx, sqlDeleteRedirectFrom, db.Args{"path": path})
	return err
}

func turnRedirects(ctx context.Context, tx textsTx, from, to string) error {
	_, err := db.Exec(ctx, tx, sqlTurnRedirects, db.Args{"from": from, "to": to})
	return err
}

func allRedirects(ctx context.Context, tx textsTx) ([]Redirect, error) {
	return db.All(ctx, tx, sqlAllRedirects, nil, scanRedirect)
}

func findRedirect(ctx context.Context, tx textsTx, id RedirectID) (Redirect, error) {
	rows, err := db.List(ctx, tx, sqlListRedirects, db.Filter{Where: []db.Cond{db.Eq("id", id)}, Order: []string{"id"}, Limit: 1}, scanRedirect)
	if err != nil {
		return Redirect{}, err
	}
	if len(rows) == 0 {
		return Redirect{}, errNoRedirect
	}
	return rows[0], nil
}

func listRedirects(ctx context.Context, tx textsTx, q page.Request, search string) (page.Page[Redirect], error) {
	var where []db.Cond
	if search != "" {
		where = append(where, db.Any(db.Contains("path", search), db.Contains("target", search)))
	}
	if q.After != "" {
		var before RedirectID
		if err := page.Decode(q.After, &before); err != nil {
			return page.Page[Redirect]{}, err
		}
		where = append(where, db.Lt("id", before))
	}
	rows, err := db.List(ctx, tx, sqlListRedirects, db.Filter{Where: where, Order: []string{"id DESC"}, Limit: q.Fetch()}, scanRedirect)
	return page.Of(rows, q.Rows(), func(r Redirect) []any { return []any{r.ID} }), err
}

func hitRedirect(ctx context.Context, tx textsTx, id RedirectID, n int64, at time.Time) error {
	_, err := db.Exec(ctx, tx, sqlHitRedirect, db.Args{"id": id, "hits": n, "hit_at": at})
	return err
}

func scanRedirect(r db.Row) (d Redirect, err error) {
	return d, r.Scan(&d.ID, &d.Path, &d.Prefix, &d.Target, &d.Code, &d.Hits, db.Time(&d.Hit), &d.By, db.Time(&d.Made))
}
