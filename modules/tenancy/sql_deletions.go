package tenancy

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	insertDeletionStmt = db.Must[tenant.System](Files, "insert_deletion")
	takePlatformStmt   = db.Must[tenant.System](Files, "take_platform")
	takeMerchantStmt   = db.Must[tenant.System](Files, "take_merchant")
	takeStoreStmt      = db.Must[tenant.System](Files, "take_store")
	takeUserStmt       = db.Must[tenant.System](Files, "take_user")
	takeStoresOfStmt   = db.Must[tenant.System](Files, "take_stores_of_merchant")
	takePlacesStmt     = db.Must[tenant.System](Files, "take_places_on_platform")
	takeLoneStoresStmt = db.Must[tenant.System](Files, "take_stores_nowhere_else")
	takeLoneMerchants  = db.Must[tenant.System](Files, "take_merchants_nowhere_else")
	takenMerchantsStmt = db.Must[tenant.System](Files, "taken_merchants")
	takenStoresStmt    = db.Must[tenant.System](Files, "taken_stores")
	takenDomainsStmt   = db.Must[tenant.System](Files, "taken_domains")
	takenCountsStmt    = db.Must[tenant.System](Files, "taken_counts")
	deletionStmt       = db.Must[tenant.System](Files, "deletion")
	deletionsStmt      = db.Must[tenant.System](Files, "deletions")
	markRestoredStmt   = db.Must[tenant.System](Files, "mark_restored")
	stillGoneStmt      = db.Must[tenant.System](Files, "still_gone")
	giveBackStmts      = []*db.Stmt[tenant.System]{
		db.Must[tenant.System](Files, "give_platforms"), db.Must[tenant.System](Files, "give_merchants"), db.Must[tenant.System](Files, "give_stores"),
		db.Must[tenant.System](Files, "give_places"), db.Must[tenant.System](Files, "give_users"),
	}
)

// cascades are what a deletion takes, by what is deleted: the thing itself last,
// and whether the statement names it.
var cascades = map[string][]struct {
	stmt  *db.Stmt[tenant.System]
	names bool
}{
	DeletedPlatform: {{takePlacesStmt, true}, {takeLoneStoresStmt, false}, {takeLoneMerchants, true}, {takePlatformStmt, true}},
	DeletedMerchant: {{takeStoresOfStmt, true}, {takeMerchantStmt, true}},
	DeletedStore:    {{takeStoreStmt, true}},
	DeletedUser:     {{takeUserStmt, true}},
}

// take marks everything that goes with a deletion. It tells false when somebody
// deleted the thing already.
func take(ctx context.Context, tx systemTx, d Deletion) (bool, error) {
	var n int64
	for _, step := range cascades[d.Kind] {
		args := db.Args{"deletion": d.ID}
		if step.names {
			args["target"] = d.target
		}
		var err error
		if n, err = db.Exec(ctx, tx, step.stmt, args); err != nil {
			return false, err
		}
	}
	return n == 1, nil
}

func insertDeletion(ctx context.Context, tx systemTx, d Deletion) error {
	_, err := db.Exec(ctx, tx, insertDeletionStmt, db.Args{
		"id": d.ID, "kind": d.Kind, "target": d.target, "name": d.Name, "reason": d.Reason, "by": d.By, "now": tx.Now(),
	})
	return err
}

// lossOf is what a deletion took.
func lossOf(ctx context.Context, tx systemTx, d DeletionID) (Loss, error) {
	l, err := db.One(ctx, tx, takenCountsStmt, db.Args{"deletion": d}, func(r db.Row) (l Loss, err error) {
		return l, r.Scan(&l.Merchants.N, &l.Stores.N, &l.Places, &l.Staff, &l.Jobs, &l.Owned)
	})
	if err != nil {
		return l, err
	}
	for _, s := range []struct {
		stmt *db.Stmt[tenant.System]
		into *[]string
	}{{takenMerchantsStmt, &l.Merchants.Names}, {takenStoresStmt, &l.Stores.Names}, {takenDomainsStmt, &l.Domains}} {
		if *s.into, err = db.All(ctx, tx, s.stmt, db.Args{"deletion": d, "limit": lossNames}, scanText); err != nil {
			return l, err
		}
	}
	return l, nil
}

func scanText(r db.Row) (s string, err error) { return s, r.Scan(&s) }

func scanDeletion(r db.Row) (d Deletion, err error) {
	return d, r.Scan(&d.ID, &d.Kind, &d.target, &d.Name, &d.Reason, &d.By, db.Time(&d.At))
}

func oneDeletion(ctx context.Context, tx systemTx, r Reach, id DeletionID) (Deletion, error) {
	return db.One(ctx, tx, deletionStmt, r.args(db.Args{"id": id}), scanDeletion)
}

func listDeletions(ctx context.Context, tx systemTx, r Reach, before int64) ([]Deletion, error) {
	return db.All(ctx, tx, deletionsStmt, r.args(db.Args{"before": before, "limit": deletionsShown + 1}), scanDeletion)
}

// stillGone names what something that comes back would stand on, and that is
// deleted itself; nothing when all is there.
func stillGone(ctx context.Context, tx systemTx, d Deletion) (string, error) {
	return db.One(ctx, tx, stillGoneStmt, db.Args{"kind": d.Kind, "target": d.target, "deletion": d.ID}, scanText)
}

// giveBack brings back what a deletion took; false when somebody did already.
func giveBack(ctx context.Context, tx systemTx, d DeletionID) (bool, error) {
	n, err := db.Exec(ctx, tx, markRestoredStmt, db.Args{"id": d, "now": tx.Now()})
	for _, s := range giveBackStmts {
		if err == nil {
			_, err = db.Exec(ctx, tx, s, db.Args{"deletion": d})
		}
	}
	return n == 1, err
}
