package orders

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/orders/ordersapi"
)

type tx = *db.Tx[tenant.Store]

var (
	stmtInsertCart     = db.Must[tenant.Store](files, "insert_cart")
	stmtCartByToken    = db.Must[tenant.Store](files, "find_cart_by_token")
	stmtCartOfCustomer = db.Must[tenant.Store](files, "find_cart_of_customer")
	stmtCartLines      = db.Must[tenant.Store](files, "cart_lines")
	stmtCountCart      = db.Must[tenant.Store](files, "count_cart")
	stmtAddToCart      = db.Must[tenant.Store](files, "add_to_cart")
	stmtSetInCart      = db.Must[tenant.Store](files, "set_in_cart")
	stmtRemoveFromCart = db.Must[tenant.Store](files, "remove_from_cart")
	stmtTouchCart      = db.Must[tenant.Store](files, "touch_cart")
	stmtSaveCheckout   = db.Must[tenant.Store](files, "save_checkout")
	stmtClaimCart      = db.Must[tenant.Store](files, "claim_cart")
	stmtClaimByToken   = db.Must[tenant.Store](files, "claim_by_token")
	stmtClaimedCart    = db.Must[tenant.Store](files, "claimed_cart")
	stmtAdoptCart      = db.Must[tenant.Store](files, "adopt_cart")
	stmtMergeCart      = db.Must[tenant.Store](files, "merge_cart")
	stmtDeleteCart     = db.Must[tenant.Store](files, "delete_cart")
	stmtStoresToSweep  = db.Must[tenant.System](files, "stores_to_sweep")
	stmtSweepCarts     = db.Must[tenant.Store](files, "sweep_carts")
	stmtSweepRequests  = db.Must[tenant.Store](files, "sweep_requests")
)

// insertCart makes an empty cart, or nothing when the customer has one already.
func insertCart(ctx context.Context, tx tx, c Cart, secret string) error {
	args := db.Args{"id": c.ID, "secret": secret, "customer": nil, "now": tx.Now()}
	if !c.Customer.IsZero() {
		args["customer"] = c.Customer
	}
	return db.Ahead(ctx, tx, stmtInsertCart, args)
}

// findCartByToken and findCartOf read a cart with its lines, which have no
// currency and no offers yet.
func findCartByToken(ctx context.Context, tx tx, t token) (Cart, error) {
	return findCart(ctx, tx, stmtCartByToken, db.Args{"id": t.cart, "secret": t.hash()})
}

func findCartOf(ctx context.Context, tx tx, h Holder) (Cart, error) {
	return findCart(ctx, tx, stmtCartOfCustomer, db.Args{"customer": h.Customer})
}

func findCart(ctx context.Context, tx tx, s *db.Stmt[tenant.Store], a db.Args) (Cart, error) {
	var c Cart
	var checkout string
	_, err := db.All(ctx, tx, s, a, func(r db.Row) (struct{}, error) {
		var i Item
		var variant *int64 // none in an empty cart
		err := r.Scan(&c.ID, &c.Customer, &checkout, db.Time(&c.ChangedAt), &variant, &i.Quantity, &i.Seen.Minor)
		if variant != nil {
			i.Variant = catalogapi.VariantID(*variant)
			c.Items = append(c.Items, i)
		}
		return struct{}{}, err
	})
	if err == nil && c.ID.IsZero() {
		err = db.ErrNoRow
	}
	if err != nil {
		return Cart{}, err
	}
	return c, db.JSON(&c.Checkout).Scan(checkout)
}

// cartItems reads the lines of a cart, without their offers and currency.
func cartItems(ctx context.Context, tx tx, cart CartID) ([]Item, error) {
	return db.All(ctx, tx, stmtCartLines, db.Args{"cart": cart}, func(r db.Row) (i Item, err error) {
		return i, r.Scan(&i.Variant, &i.Quantity, &i.Seen.Minor)
	})
}

func countCart(ctx context.Context, tx tx, cart CartID) (int64, error) {
	return db.One(ctx, tx, stmtCountCart, db.Args{"cart": cart}, scanCount)
}

func scanCount(r db.Row) (n int64, err error) { return n, r.Scan(&n) }

// addToCart merges a quantity into the line of the variant, as long as no more
// than most come together. It tells whether it did.
func addToCart(ctx context.Context, tx tx, cart CartID, i Item, most int64) (bool, error) {
	n, err := db.Exec(ctx, tx, stmtAddToCart, db.Args{
		"cart": cart, "variant": i.Variant, "quantity": i.Quantity, "seen": i.Seen.Minor,
		"now": tx.Now(), "most": most, "max_items": maxItems,
	})
	return n > 0, err
}

func setInCart(ctx context.Context, tx tx, cart CartID, i Item) (bool, error) {
	n, err := db.Exec(ctx, tx, stmtSetInCart, db.Args{"cart": cart, "variant": i.Variant, "quantity": i.Quantity, "seen": i.Seen.Minor})
	return n > 0, err
}

func removeFromCart(ctx context.Context, tx tx, cart CartID, variant catalogapi.VariantID) error {
	_, err := db.Exec(ctx, tx, stmtRemoveFromCart, db.Args{"cart": cart, "variant": variant})
	return err
}

func touchCart(ctx context.Context, tx tx, cart CartID) error {
	_, err := db.Exec(ctx, tx, stmtTouchCart, db.Args{"id": cart, "now": tx.Now()})
	return err
}

// saveCheckout keeps the checkout of a cart as it was read, and tells false when
// somebody changed the cart since.
func saveCheckout(ctx context.Context, d *db.DB, in tenant.Store, c Cart) (bool, error) {
	n, err := db.Single(ctx, d, in, stmtSaveCheckout, func(now time.Time) db.Args {
		// Later than what was seen, so that nobody takes it for that.
		if !now.After(c.ChangedAt) {
			now = c.ChangedAt.Add(time.Microsecond)
		}
		return db.Args{"id": c.ID, "checkout": db.JSON(c.Checkout), "now": now, "seen": c.ChangedAt}
	})
	return n > 0, err
}

// claimCart closes a cart for an order. Of two that try, one is told false.
func claimCart(ctx context.Context, tx tx, cart CartID, order ordersapi.OrderID) (bool, error) {
	n, err := db.Exec(ctx, tx, stmtClaimCart, db.Args{"id": cart, "order": order})
	return n > 0, err
}

// claimByToken is claimCart of the cart that a token opens, which it reads: one
// that is not there, or was ordered, gives ErrNoRow.
func claimByToken(ctx context.Context, tx tx, t token, order ordersapi.OrderID) (Cart, error) {
	if err := db.Ahead(ctx, tx, stmtClaimByToken, db.Args{"id": t.cart, "secret": t.hash(), "order": order}); err != nil {
		return Cart{}, err
	}
	return findCart(ctx, tx, stmtClaimedCart, db.Args{"id": t.cart, "order": order})
}

// adoptCart gives an anonymous cart to a customer.
func adoptCart(ctx context.Context, tx tx, cart CartID, h Holder) error {
	_, err := db.Exec(ctx, tx, stmtAdoptCart, db.Args{"id": cart, "customer": h.Customer, "now": tx.Now()})
	return err
}

// mergeCart pours the lines of a cart into another and deletes the first.
func mergeCart(ctx context.Context, tx tx, from, into CartID) error {
	if _, err := db.Exec(ctx, tx, stmtMergeCart, db.Args{"cart": from, "into": into, "most": maxQuantity}); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, stmtDeleteCart, db.Args{"id": from})
	return err
}

// sweep deletes what was last touched before these times.
func sweep(ctx context.Context, tx tx, carts, keys time.Time) error {
	if _, err := db.Exec(ctx, tx, stmtSweepCarts, db.Args{"before": carts}); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, stmtSweepRequests, db.Args{"before": keys})
	return err
}
