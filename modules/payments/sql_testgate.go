package payments

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	insertTestChargeStmt = db.Must[tenant.Store](files, "insert_test_charge")
	findTestChargeStmt   = db.Must[tenant.Store](files, "find_test_charge")
	updateTestChargeStmt = db.Must[tenant.Store](files, "update_test_charge")
	insertTestRefundStmt = db.Must[tenant.Store](files, "insert_test_refund")
	addTestRefundStmt    = db.Must[tenant.Store](files, "add_test_refund")
)

func insertTestCharge(ctx context.Context, tx tx, c testCharge) error {
	_, err := db.Exec(ctx, tx, insertTestChargeStmt, db.Args{
		"id": c.ID, "key": c.Key, "amount": c.Amount.Minor, "currency": c.Amount.Currency, "now": tx.Now(),
	})
	return err
}

func findTestCharge(ctx context.Context, tx tx, key string) (testCharge, error) {
	return db.One(ctx, tx, findTestChargeStmt, db.Args{"key": key}, func(r db.Row) (c testCharge, err error) {
		return c, r.Scan(&c.ID, &c.Key, &c.Amount.Minor, &c.Amount.Currency, &c.Status, &c.Refunded, db.Time(&c.SilentUntil), db.Time(&c.SucceedsAt))
	})
}

func updateTestCharge(ctx context.Context, tx tx, c testCharge, was testStatus) error {
	_, err := db.Exec(ctx, tx, updateTestChargeStmt, db.Args{
		"key": c.Key, "status": c.Status, "silent_until": c.SilentUntil, "succeeds_at": c.SucceedsAt, "was": was,
	})
	return err
}

// insertTestRefund tells false when the key was used before.
func insertTestRefund(ctx context.Context, tx tx, charge int64, r RefundRequest) (bool, error) {
	n, err := db.Exec(ctx, tx, insertTestRefundStmt, db.Args{"key": r.Key, "charge_id": charge, "amount": r.Amount.Minor})
	return n == 1, err
}

// addTestRefund tells false when more would go back than came.
func addTestRefund(ctx context.Context, tx tx, charge, minor int64) (bool, error) {
	n, err := db.Exec(ctx, tx, addTestRefundStmt, db.Args{"id": charge, "amount": minor})
	return n == 1, err
}
