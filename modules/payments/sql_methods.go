package payments

import (
	"context"
	"errors"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	insertPayerStmt    = db.Must[tenant.Store](files, "insert_payer")
	findPayerStmt      = db.Must[tenant.Store](files, "find_payer")
	namePayerStmt      = db.Must[tenant.Store](files, "name_payer")
	forgetPayerStmt    = db.Must[tenant.Store](files, "forget_payer")
	insertMethodStmt   = db.Must[tenant.Store](files, "insert_method")
	findMethodStmt     = db.Must[tenant.Store](files, "find_method")
	updateMethodStmt   = db.Must[tenant.Store](files, "update_method")
	methodsOfStmt      = db.Must[tenant.Store](files, "methods_of")
	begunMethodsStmt   = db.Must[tenant.Store](files, "begun_methods")
	replaceMethodsStmt = db.Must[tenant.Store](files, "replace_methods")
	forgetMethodsStmt  = db.Must[tenant.Store](files, "forget_methods")
	dueMethodsStmt     = db.Must[tenant.Store](files, "due_methods")
)

// ensurePayer finds for whom methods are saved, or writes down that they will be.
func ensurePayer(ctx context.Context, tx tx, p payer) (payer, error) {
	p.ID = db.NewID[payerKind](tx)
	p.Key = keyPrefix + p.ID.String()
	args := db.Args{"customer_id": p.Customer, "gateway": p.Gateway, "vault": p.Vault}
	find := func() error {
		found, err := db.One(ctx, tx, findPayerStmt, args, func(r db.Row) (f payer, err error) {
			return f, r.Scan(&f.ID, &f.Key, &f.External, db.Time(&f.CreatedAt))
		})
		if err == nil {
			p.ID, p.Key, p.External, p.CreatedAt = found.ID, found.Key, found.External, found.CreatedAt
		}
		return err
	}
	err := find()
	if !errors.Is(err, db.ErrNoRow) {
		return p, err
	}
	if _, err := db.Exec(ctx, tx, insertPayerStmt, db.Args{
		"id": p.ID, "customer_id": p.Customer, "gateway": p.Gateway, "vault": p.Vault, "key": p.Key, "now": tx.Now(),
	}); err != nil {
		return p, err
	}
	return p, find() // somebody else may have been quicker
}

func namePayer(ctx context.Context, tx tx, p payer) error {
	_, err := db.Exec(ctx, tx, namePayerStmt, db.Args{"id": p.ID, "external": p.External})
	return err
}

// insertMethod tells false when the gateway's method was known before.
func insertMethod(ctx context.Context, tx tx, v saved) (bool, error) {
	n, err := db.Exec(ctx, tx, insertMethodStmt, db.Args{
		"id": v.ID, "customer_id": v.Customer, "gateway": v.Gateway, "vault": v.Vault, "key": v.Key, "external": v.External,
		"brand": v.Brand, "account": v.Account, "last4": v.Last4, "exp_month": v.ExpMonth, "exp_year": v.ExpYear, "fingerprint": v.Fingerprint,
		"status": v.Status, "agreed_at": v.AgreedAt, "check_at": v.CheckAt, "now": tx.Now(),
	})
	return n == 1, err
}

func findMethod(ctx context.Context, tx tx, id MethodID) (saved, error) {
	v, err := db.One(ctx, tx, findMethodStmt, db.Args{"id": id}, scanMethod)
	if errors.Is(err, db.ErrNoRow) {
		return v, errNoCard
	}
	return v, err
}

// updateMethod tells false when the method was in another state already.
func updateMethod(ctx context.Context, tx tx, v saved, was savedStatus) (bool, error) {
	n, err := db.Exec(ctx, tx, updateMethodStmt, db.Args{
		"id": v.ID, "customer_id": v.Customer, "setup": v.Setup, "external": v.External, "brand": v.Brand, "account": v.Account, "last4": v.Last4,
		"exp_month": v.ExpMonth, "exp_year": v.ExpYear, "fingerprint": v.Fingerprint, "status": v.Status,
		"checks": v.Checks, "check_at": v.CheckAt, "now": tx.Now(), "was": was,
	})
	return n == 1, err
}

// methodsOf are what a customer has saved in any account, the newest first.
func methodsOf(ctx context.Context, tx tx, who auth.CustomerID) ([]saved, error) {
	return db.All(ctx, tx, methodsOfStmt, db.Args{"customer_id": who}, scanMethod)
}

// begunMethods are what a customer began to save.
func begunMethods(ctx context.Context, tx tx, who auth.CustomerID) ([]MethodID, error) {
	return db.All(ctx, tx, begunMethodsStmt, db.Args{"customer_id": who}, scanMethodID)
}

// replaceMethods removes the same card under the names that it had before.
func replaceMethods(ctx context.Context, tx tx, v saved) error {
	_, err := db.Exec(ctx, tx, replaceMethodsStmt, db.Args{
		"id": v.ID, "customer_id": v.Customer, "gateway": v.Gateway, "vault": v.Vault, "fingerprint": v.Fingerprint, "now": tx.Now(),
	})
	return err
}

func forgetMethods(ctx context.Context, tx tx, who auth.CustomerID) error {
	if _, err := db.Exec(ctx, tx, forgetMethodsStmt, db.Args{"customer_id": who, "now": tx.Now()}); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, forgetPayerStmt, db.Args{"customer_id": who})
	return err
}

func dueMethods(ctx context.Context, tx tx) ([]MethodID, error) {
	return db.All(ctx, tx, dueMethodsStmt, db.Args{"now": tx.Now()}, scanMethodID)
}

func scanMethodID(r db.Row) (id MethodID, err error) { return id, r.Scan(&id) }

func scanMethod(r db.Row) (v saved, err error) {
	return v, r.Scan(&v.ID, &v.Customer, &v.Gateway, &v.Vault, &v.Key, &v.Setup, &v.External, &v.Brand, &v.Account, &v.Last4, &v.ExpMonth, &v.ExpYear,
		&v.Fingerprint, &v.Status, db.Time(&v.AgreedAt), &v.Checks, db.Time(&v.CheckAt), db.Time(&v.CreatedAt))
}
