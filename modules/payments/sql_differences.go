package payments

import (
	"context"
	"errors"

	"orion/kit/db"
	"orion/kit/money"
	"orion/kit/tenant"
)

var (
	insertDifferenceStmt  = db.Must[tenant.Store](files, "insert_difference")
	findDifferenceStmt    = db.Must[tenant.Store](files, "find_difference")
	listDifferencesStmt   = db.MustList[tenant.Store](files, "list_differences")
	openDifferencesStmt   = db.Must[tenant.Store](files, "open_differences")
	ownDifferenceStmt     = db.Must[tenant.Store](files, "own_difference")
	closeDifferenceStmt   = db.Must[tenant.Store](files, "close_difference")
	settleDifferencesStmt = db.Must[tenant.Store](files, "settle_differences")
)

// insertDifference stores what differs. An amount of another currency than ours is
// nothing that was asked for, and stands as none.
func insertDifference(ctx context.Context, tx tx, d Difference) error {
	if d.Theirs.Currency != d.Ours.Currency {
		d.Theirs.Minor = 0
	}
	_, err := db.Exec(ctx, tx, insertDifferenceStmt, db.Args{
		"id": db.NewID[differenceKind](tx), "kind": d.Kind, "gateway": d.Gateway, "external": d.External, "charge": d.Charge, "payment_id": d.Payment,
		"ours": d.Ours.Minor, "theirs": d.Theirs.Minor, "currency": d.Ours.Currency, "now": tx.Now(),
	})
	return err
}

func findDifference(ctx context.Context, tx tx, number DifferenceID) (Difference, error) {
	d, err := db.One(ctx, tx, findDifferenceStmt, db.Args{"id": number}, scanDifference)
	if errors.Is(err, db.ErrNoRow) {
		err = errNoDifference
	}
	return d, err
}

func listDifferences(ctx context.Context, tx tx, where []db.Cond, limit int) ([]Difference, error) {
	return db.List(ctx, tx, listDifferencesStmt, db.Filter{Where: where, Order: []string{"d.id DESC"}, Limit: limit}, scanDifference)
}

func scanDifference(r db.Row) (d Difference, err error) {
	var status string
	var currency money.Currency
	err = r.Scan(&d.ID, &d.Kind, &d.Gateway, &d.External, &d.Charge, &d.Payment, &d.Ours.Minor, &d.Theirs.Minor, &currency, &status, &d.Owner, &d.Note,
		&d.ClosedBy, db.Time(&d.FoundAt), db.Time(&d.SeenAt), db.Time(&d.ClosedAt), &d.Reference)
	d.Ours.Currency, d.Theirs.Currency, d.Open = currency, currency, status == "open"
	return d, err
}

func countDifferences(ctx context.Context, tx tx) (int, error) {
	return db.One(ctx, tx, openDifferencesStmt, nil, func(r db.Row) (n int, err error) { return n, r.Scan(&n) })
}

func ownDifference(ctx context.Context, tx tx, number DifferenceID, owner string) error {
	n, err := db.Exec(ctx, tx, ownDifferenceStmt, db.Args{"id": number, "owner": owner})
	return onlyOpen(n, err)
}

func closeDifference(ctx context.Context, tx tx, number DifferenceID, note, by string) error {
	n, err := db.Exec(ctx, tx, closeDifferenceStmt, db.Args{"id": number, "note": note, "actor": by, "now": tx.Now()})
	return onlyOpen(n, err)
}

// onlyOpen tells who changes what somebody else closed meanwhile.
func onlyOpen(n int64, err error) error {
	if err == nil && n == 0 {
		return errClosed
	}
	return err
}

// settleDifferences closes what agrees by now.
func settleDifferences(ctx context.Context, tx tx, gateway string, externals []string) error {
	if len(externals) == 0 {
		return nil
	}
	_, err := db.Exec(ctx, tx, settleDifferencesStmt, db.Args{"gateway": gateway, "externals": db.JSON(externals), "now": tx.Now()})
	return err
}
