package payments

import (
	"context"
	"errors"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	insertAccountStmt  = db.Must[tenant.Store](files, "insert_account")
	accountUnderStmt   = db.Must[tenant.Store](files, "account_under")
	findAccountStmt    = db.Must[tenant.Store](files, "find_account")
	allAccountsStmt    = db.Must[tenant.Store](files, "all_accounts")
	updateAccountStmt  = db.Must[tenant.Store](files, "update_account")
	dueAccountsStmt    = db.Must[tenant.Store](files, "due_accounts")
	storeOfAccountStmt = db.Must[tenant.System](files, "store_of_account")
)

// insertAccount leaves one alone that is there already.
func insertAccount(ctx context.Context, tx tx, a opened) error {
	_, err := db.Exec(ctx, tx, insertAccountStmt, db.Args{
		"id": a.ID, "gateway": a.Gateway, "umbrella": a.Umbrella, "key": a.Key, "status": a.Status, "payouts": a.Payouts, "check_at": a.CheckAt, "now": tx.Now(),
	})
	return err
}

// accountUnder is the store's account under one of the platform's; ErrNoRow is none.
func accountUnder(ctx context.Context, tx tx, gateway, umbrella string) (opened, error) {
	return db.One(ctx, tx, accountUnderStmt, db.Args{"gateway": gateway, "umbrella": umbrella}, scanAccount)
}

func findAccount(ctx context.Context, tx tx, number AccountID) (opened, error) {
	return db.One(ctx, tx, findAccountStmt, db.Args{"id": number}, scanAccount)
}

func allAccounts(ctx context.Context, tx tx) ([]opened, error) {
	return db.All(ctx, tx, allAccountsStmt, nil, scanAccount)
}

// updateAccount refuses to give an account another name at the gateway.
func updateAccount(ctx context.Context, tx tx, a opened) error {
	n, err := db.Exec(ctx, tx, updateAccountStmt, db.Args{
		"id": a.ID, "external": a.External, "status": a.Status, "payouts": a.Payouts, "wanted": a.Wanted, "wanted_by": a.WantedBy, "stopped": a.Stopped,
		"checks": a.Checks, "check_at": a.CheckAt, "now": tx.Now(),
	})
	if err == nil && n == 0 {
		err = errGuard
	}
	return err
}

func dueAccounts(ctx context.Context, tx tx) ([]AccountID, error) {
	return db.All(ctx, tx, dueAccountsStmt, db.Args{"now": tx.Now()}, func(r db.Row) (n AccountID, err error) { return n, r.Scan(&n) })
}

// storeOfAccount is whose account a gateway means; zero is nobody's.
func storeOfAccount(ctx context.Context, tx *db.Tx[tenant.System], gateway, external string) (tenant.StoreID, error) {
	n, err := db.One(ctx, tx, storeOfAccountStmt, db.Args{"gateway": gateway, "external": external}, func(r db.Row) (n tenant.StoreID, err error) { return n, r.Scan(&n) })
	if errors.Is(err, db.ErrNoRow) {
		return n, nil
	}
	return n, err
}

func scanAccount(r db.Row) (a opened, err error) {
	return a, r.Scan(&a.ID, &a.Gateway, &a.Umbrella, &a.Key, &a.External, &a.Status, &a.Payouts, &a.Wanted, db.Time(&a.WantedBy), &a.Stopped,
		&a.Checks, db.Time(&a.CheckAt), db.Time(&a.CreatedAt))
}
