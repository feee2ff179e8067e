package payments

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

var (
	insertAttemptStmt = db.Must[tenant.Store](files, "insert_attempt")
	findAttemptStmt   = db.Must[tenant.Store](files, "find_attempt")
	attemptsStmt      = db.Must[tenant.Store](files, "attempts_by_ids")
	attemptOfStmt     = db.Must[tenant.Store](files, "attempt_of_key")
	attemptsOfStmt    = db.Must[tenant.Store](files, "attempts_of")
	updateAttemptStmt = db.Must[tenant.Store](files, "update_attempt")
	dueAttemptsStmt   = db.Must[tenant.Store](files, "due_attempts")
)

// dueStores names the stores in which a gateway has to be asked.
var dueStores = db.Must[tenant.System](files, "stores_with_due_payments")

func insertAttempt(ctx context.Context, tx tx, a attempt) error {
	_, err := db.Exec(ctx, tx, insertAttemptStmt, db.Args{
		"id": a.ID, "payment_id": a.Payment, "number": a.Number, "gateway": a.Gateway, "status": a.Status, "key": a.Key,
		"external": a.External, "redirect": a.Redirect, "reason": a.Reason, "check_at": a.CheckAt, "now": tx.Now(),
	})
	return err
}

func findAttempt(ctx context.Context, tx tx, id AttemptID) (attempt, error) {
	return db.One(ctx, tx, findAttemptStmt, db.Args{"id": id}, scanAttempt)
}

// attemptsBy are some attempts, in any order.
func attemptsBy(ctx context.Context, tx tx, ids []int64) ([]attempt, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return db.All(ctx, tx, attemptsStmt, db.Args{"ids": ids}, scanAttempt)
}

// attemptOf is the attempt that a key names.
func attemptOf(ctx context.Context, tx tx, key string) (attempt, error) {
	return db.One(ctx, tx, attemptOfStmt, db.Args{"key": key}, scanAttempt)
}

// attemptsOf are a payment's attempts, the latest first.
func attemptsOf(ctx context.Context, tx tx, id paymentsapi.PaymentID) ([]attempt, error) {
	return db.All(ctx, tx, attemptsOfStmt, db.Args{"payment_id": id}, scanAttempt)
}

func updateAttempt(ctx context.Context, tx tx, a attempt) error {
	_, err := db.Exec(ctx, tx, updateAttemptStmt, a.row(tx.Now()))
	return err
}

// noteAttempt is updateAttempt at the end of the transaction.
func noteAttempt(tx tx, a attempt) error { return db.Defer(tx, updateAttemptStmt, a.row(tx.Now())) }

func (a attempt) row(now time.Time) db.Args {
	return db.Args{
		"id": a.ID, "status": a.Status, "external": a.External, "redirect": a.Redirect, "reason": a.Reason,
		"take": a.Take, "checks": a.Checks, "check_at": a.CheckAt,
		"save_at": a.SaveAt, "method_id": a.Method, "uses": a.Uses, "now": now,
	}
}

func dueAttempts(ctx context.Context, tx tx) ([]AttemptID, error) {
	return db.All(ctx, tx, dueAttemptsStmt, db.Args{"now": tx.Now()}, func(r db.Row) (id AttemptID, err error) { return id, r.Scan(&id) })
}

func scanAttempt(r db.Row) (a attempt, err error) {
	return a, r.Scan(&a.ID, &a.Payment, &a.Number, &a.Gateway, &a.Status, &a.Key, &a.External, &a.Redirect, &a.Reason,
		&a.Take, &a.Checks, db.Time(&a.CheckAt), db.Time(&a.SaveAt), &a.Method, &a.Uses, db.Time(&a.CreatedAt), db.Time(&a.ChangedAt))
}
