package orders

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	stmtOrdersOf     = db.Must[tenant.Store](files, "orders_of")
	stmtForgetBuyer  = db.Must[tenant.Store](files, "forget_buyer")
	stmtForgetNotes  = db.Must[tenant.Store](files, "forget_notes")
	stmtForgetCarts  = db.Must[tenant.Store](files, "forget_carts")
	stmtForgetWishes = db.Must[tenant.Store](files, "forget_wishes")
)

// ordersOf are all orders of somebody, with what says who it is.
func ordersOf(ctx context.Context, tx tx, who auth.CustomerID) ([]Order, error) {
	return db.All(ctx, tx, stmtOrdersOf, db.Args{"customer": who}, func(r db.Row) (o Order, err error) {
		return o, r.Scan(&o.ID, &o.Status, db.JSON(&o.Contact), db.JSON(&o.Delivery), db.JSON(&o.Billing), &o.Payment.ID)
	})
}

// saveBuyer stores who bought, where it went and where the invoice went.
func saveBuyer(ctx context.Context, tx tx, o Order) error {
	_, err := db.Exec(ctx, tx, stmtForgetBuyer, db.Args{
		"id": o.ID, "name": o.Contact.Name, "contact": db.JSON(o.Contact), "delivery": db.JSON(o.Delivery), "billing": db.JSON(o.Billing),
	})
	return err
}

// forgetRest removes carts, wishes, and what staff wrote into the orders.
func forgetRest(ctx context.Context, tx tx, who auth.CustomerID) error {
	for _, s := range []*db.Stmt[tenant.Store]{stmtForgetNotes, stmtForgetCarts, stmtForgetWishes} {
		if _, err := db.Exec(ctx, tx, s, db.Args{"customer": who}); err != nil {
			return err
		}
	}
	return nil
}
