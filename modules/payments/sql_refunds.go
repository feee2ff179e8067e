package payments

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

var (
	insertRefundStmt = db.Must[tenant.Store](files, "insert_refund")
	findRefundStmt   = db.Must[tenant.Store](files, "find_refund")
	refundsAllStmt   = db.Must[tenant.Store](files, "refunds_of_all")
	refundsOfStmt    = db.Must[tenant.Store](files, "refunds_of")
	updateRefundStmt = db.Must[tenant.Store](files, "update_refund")
	dueRefundsStmt   = db.Must[tenant.Store](files, "due_refunds")
)

func insertRefund(ctx context.Context, tx tx, r refund) error {
	_, err := db.Exec(ctx, tx, insertRefundStmt, db.Args{
		"id": r.ID, "payment_id": r.Payment, "attempt_id": r.Attempt, "amount": r.Minor, "status": r.Status, "key": r.Key,
		"external": r.External, "reason": r.Reason, "problem": r.Problem, "actor": r.Actor, "check_at": r.CheckAt, "now": tx.Now(),
	})
	return err
}

func findRefund(ctx context.Context, tx tx, id RefundID) (refund, error) {
	return db.One(ctx, tx, findRefundStmt, db.Args{"id": id}, scanRefund)
}

// refundsOfAll are those of some payments, in any order.
func refundsOfAll(ctx context.Context, tx tx, ids []int64) ([]refund, error) {
	return db.All(ctx, tx, refundsAllStmt, db.Args{"ids": ids}, scanRefund)
}

func refundsOf(ctx context.Context, tx tx, id paymentsapi.PaymentID) ([]refund, error) {
	return db.All(ctx, tx, refundsOfStmt, db.Args{"payment_id": id}, scanRefund)
}

// updateRefund stores a refund that was in another state until now.
func updateRefund(ctx context.Context, tx tx, r refund, was RefundStatus) error {
	n, err := db.Exec(ctx, tx, updateRefundStmt, db.Args{
		"id": r.ID, "status": r.Status, "external": r.External, "problem": r.Problem, "checks": r.Checks, "check_at": r.CheckAt, "now": tx.Now(), "was": was,
	})
	if err == nil && n != 1 {
		return errGuard
	}
	return err
}

func dueRefunds(ctx context.Context, tx tx) ([]RefundID, error) {
	return db.All(ctx, tx, dueRefundsStmt, db.Args{"now": tx.Now()}, func(r db.Row) (id RefundID, err error) { return id, r.Scan(&id) })
}

func scanRefund(r db.Row) (v refund, err error) {
	return v, r.Scan(&v.ID, &v.Payment, &v.Attempt, &v.Minor, &v.Status, &v.Key, &v.External, &v.Reason, &v.Problem, &v.Actor,
		&v.Checks, db.Time(&v.CheckAt), db.Time(&v.CreatedAt))
}
