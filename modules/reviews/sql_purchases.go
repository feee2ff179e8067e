package reviews

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

var (
	stmtInsertPurchase  = db.Must[tenant.Store](files, "insert_purchase")
	stmtPayPurchases    = db.Must[tenant.Store](files, "pay_purchases")
	stmtMarkBought      = db.Must[tenant.Store](files, "mark_bought")
	stmtDeletePurchases = db.Must[tenant.Store](files, "delete_purchases")
	stmtForgetBuyer     = db.Must[tenant.Store](files, "forget_buyer")
	stmtHasBought       = db.Must[tenant.Store](files, "has_bought")
)

// purchase is what somebody ordered, which counts once it is paid.
type purchase struct {
	order    int64
	customer auth.CustomerID
	products []catalogapi.ProductID
}

func noteOrder(tx tx, p purchase) error {
	for _, id := range p.products {
		args := db.Args{"order": p.order, "product": id, "customer": p.customer}
		if err := db.Defer(tx, stmtInsertPurchase, args); err != nil {
			return err
		}
	}
	return nil
}

// notePaid makes an order count, for what was written before as well.
func notePaid(tx tx, order int64) error {
	if err := db.Defer(tx, stmtPayPurchases, db.Args{"order": order}); err != nil {
		return err
	}
	return db.Defer(tx, stmtMarkBought, db.Args{"order": order})
}

func forgetOrder(ctx context.Context, tx tx, order int64) error {
	_, err := db.Exec(ctx, tx, stmtDeletePurchases, db.Args{"order": order})
	return err
}

func forgetBuyer(ctx context.Context, tx tx, who auth.CustomerID) error {
	_, err := db.Exec(ctx, tx, stmtForgetBuyer, db.Args{"customer": who})
	return err
}

func hasBought(ctx context.Context, tx tx, who auth.CustomerID, p catalogapi.ProductID) (bool, error) {
	n, err := db.One(ctx, tx, stmtHasBought, db.Args{"customer": who, "product": p}, scanCount)
	return n > 0, err
}
