package payments

import (
	"context"
	"errors"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

var (
	insertPaymentStmt = db.Must[tenant.Store](files, "insert_payment")
	findPaymentStmt   = db.Must[tenant.Store](files, "find_payment")
	paymentsStmt      = db.Must[tenant.Store](files, "payments_by_ids")
	lockPaymentStmt   = db.Must[tenant.Store](files, "lock_payment")
	updatePaymentStmt = db.Must[tenant.Store](files, "update_payment")
	forgetPayersStmt  = db.Must[tenant.Store](files, "forget_payers")
	listPaymentsStmt  = db.MustList[tenant.Store](files, "list_payments")
)

func insertPayment(tx tx, p payment) error {
	return db.Defer(tx, insertPaymentStmt, db.Args{
		"id": p.ID, "kind": p.Kind, "for_id": p.For, "reference": p.Reference, "method": p.Method, "status": p.Status,
		"amount": p.Amount.Minor, "currency": p.Amount.Currency, "email": p.Email, "lang": p.Lang, "return_path": p.Return,
		"customer_id": p.Customer, "now": tx.Now(),
	})
}

func findPayment(ctx context.Context, tx tx, id paymentsapi.PaymentID) (payment, error) {
	return onePayment(ctx, tx, findPaymentStmt, id)
}

// paymentsBy are some payments, in any order.
func paymentsBy(ctx context.Context, tx tx, ids []int64) ([]payment, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return db.All(ctx, tx, paymentsStmt, db.Args{"ids": ids}, scanPayment)
}

// lockPayment reads a payment and keeps everybody else from changing it until
// the transaction ends.
func lockPayment(ctx context.Context, tx tx, id paymentsapi.PaymentID) (payment, error) {
	return onePayment(ctx, tx, lockPaymentStmt, id)
}

func onePayment(ctx context.Context, tx tx, s *db.Stmt[tenant.Store], id paymentsapi.PaymentID) (payment, error) {
	p, err := db.One(ctx, tx, s, db.Args{"id": id}, scanPayment)
	if errors.Is(err, db.ErrNoRow) {
		return p, errNoPayment
	}
	return p, err
}

func updatePayment(ctx context.Context, tx tx, p payment) (int64, error) {
	return db.Exec(ctx, tx, updatePaymentStmt, db.Args{
		"id": p.ID, "status": p.Status, "authorised": p.Authorised, "captured": p.Captured, "refunded": p.Refunded,
		"aside": p.Aside, "disputed": p.Disputed, "lost": p.Lost, "attempt_id": p.Attempt, "tries": p.Tries, "cancelled": p.Cancelled, "version": p.Version, "now": tx.Now(),
	})
}

func forgetPayers(ctx context.Context, tx tx, ids []int64) error {
	_, err := db.Exec(ctx, tx, forgetPayersStmt, db.Args{"payments": ids})
	return err
}

func listPayments(ctx context.Context, tx tx, where []db.Cond, limit int) ([]payment, error) {
	f := db.Filter{Where: where, Order: []string{"p.id DESC"}, Limit: limit}
	return db.List(ctx, tx, listPaymentsStmt, f, scanPayment)
}

func scanPayment(r db.Row) (p payment, err error) {
	return p, r.Scan(&p.ID, &p.Kind, &p.For, &p.Reference, &p.Method, &p.Status, &p.Amount.Minor, &p.Amount.Currency,
		&p.Authorised, &p.Captured, &p.Refunded, &p.Aside, &p.Disputed, &p.Lost, &p.Email, &p.Lang, &p.Return, &p.Attempt, &p.Tries, &p.Cancelled,
		&p.Customer, &p.Version, db.Time(&p.OpenedAt), db.Time(&p.ChangedAt))
}
