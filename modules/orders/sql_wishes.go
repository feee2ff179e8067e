package orders

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
)

var (
	stmtInsertWishlist     = db.Must[tenant.Store](files, "insert_wishlist")
	stmtWishlistByToken    = db.Must[tenant.Store](files, "find_wishlist_by_token")
	stmtWishlistOfCustomer = db.Must[tenant.Store](files, "find_wishlist_of_customer")
	stmtWishes             = db.Must[tenant.Store](files, "wishes")
	stmtFindWish           = db.Must[tenant.Store](files, "find_wish")
	stmtAddWish            = db.Must[tenant.Store](files, "add_wish")
	stmtDeleteWish         = db.Must[tenant.Store](files, "delete_wish")
	stmtTouchWishlist      = db.Must[tenant.Store](files, "touch_wishlist")
	stmtAdoptWishlist      = db.Must[tenant.Store](files, "adopt_wishlist")
	stmtMergeWishlist      = db.Must[tenant.Store](files, "merge_wishlist")
	stmtDeleteWishlist     = db.Must[tenant.Store](files, "delete_wishlist")
	stmtSweepWishlists     = db.Must[tenant.Store](files, "sweep_wishlists")
)

// insertWishlist makes an empty list, or nothing when the customer has one already.
func insertWishlist(ctx context.Context, tx tx, l wishlist, secret string) error {
	args := db.Args{"id": l.id, "secret": secret, "customer": nil, "now": tx.Now()}
	if !l.customer.IsZero() {
		args["customer"] = l.customer
	}
	_, err := db.Exec(ctx, tx, stmtInsertWishlist, args)
	return err
}

func findWishlistByToken(ctx context.Context, tx tx, t wishToken) (wishlist, error) {
	return db.One(ctx, tx, stmtWishlistByToken, db.Args{"id": t.list, "secret": hashOf(t.secret)}, scanWishlist)
}

func findWishlistOf(ctx context.Context, tx tx, h Holder) (wishlist, error) {
	return db.One(ctx, tx, stmtWishlistOfCustomer, db.Args{"customer": h.Customer}, scanWishlist)
}

func scanWishlist(r db.Row) (l wishlist, err error) { return l, r.Scan(&l.id, &l.customer) }

// wishesOf are the products of a list, the latest first, not yet described.
func wishesOf(ctx context.Context, tx tx, l wishlist) ([]Wish, error) {
	return db.All(ctx, tx, stmtWishes, db.Args{"list": l.id}, scanWish)
}

func findWish(ctx context.Context, tx tx, l wishlist, p catalogapi.ProductID) (Wish, error) {
	return db.One(ctx, tx, stmtFindWish, db.Args{"list": l.id, "product": p}, scanWish)
}

func scanWish(r db.Row) (w Wish, err error) {
	return w, r.Scan(&w.Product, &w.Chosen, db.Time(&w.AddedAt))
}

// addWish puts a product on the list, and tells whether there was room for it.
func addWish(ctx context.Context, tx tx, l wishlist, w Wish) (bool, error) {
	n, err := db.Exec(ctx, tx, stmtAddWish, db.Args{
		"list": l.id, "product": w.Product, "variant": w.Chosen, "now": tx.Now(), "most": maxWishes,
	})
	if err != nil || n == 0 {
		return false, err
	}
	_, err = db.Exec(ctx, tx, stmtTouchWishlist, db.Args{"id": l.id, "now": tx.Now()})
	return true, err
}

func deleteWish(ctx context.Context, tx tx, l wishlist, p catalogapi.ProductID) error {
	_, err := db.Exec(ctx, tx, stmtDeleteWish, db.Args{"list": l.id, "product": p})
	return err
}

// adoptWishlist gives the list of a guest to a customer.
func adoptWishlist(ctx context.Context, tx tx, l wishlist, h Holder) error {
	_, err := db.Exec(ctx, tx, stmtAdoptWishlist, db.Args{"id": l.id, "customer": h.Customer, "now": tx.Now()})
	return err
}

// mergeWishlist puts what a list has on another, as long as there is room, and
// deletes the first.
func mergeWishlist(ctx context.Context, tx tx, from, into wishlist) error {
	there, err := wishesOf(ctx, tx, into)
	if err != nil {
		return err
	}
	room := max(maxWishes-len(there), 0)
	if _, err := db.Exec(ctx, tx, stmtMergeWishlist, db.Args{"list": from.id, "into": into.id, "room": room}); err != nil {
		return err
	}
	_, err = db.Exec(ctx, tx, stmtDeleteWishlist, db.Args{"id": from.id})
	return err
}

func sweepWishlists(ctx context.Context, tx tx, before time.Time) error {
	_, err := db.Exec(ctx, tx, stmtSweepWishlists, db.Args{"before": before})
	return err
}
