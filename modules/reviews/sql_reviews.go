package reviews

import (
	"context"
	"errors"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/reviews/reviewsapi"
)

var (
	stmtInsertReview = db.Must[tenant.Store](files, "insert_review")
	stmtUpdateReview = db.Must[tenant.Store](files, "update_review")
	stmtHoldReview   = db.Must[tenant.Store](files, "hold_review")
	stmtHoldOwn      = db.Must[tenant.Store](files, "hold_own_review")
	stmtDeleteReview = db.Must[tenant.Store](files, "delete_review")
	stmtListReviews  = db.MustList[tenant.Store](files, "list_reviews")
	stmtSpread       = db.Must[tenant.Store](files, "spread")
	stmtCountWaiting = db.Must[tenant.Store](files, "count_waiting")
)

// insertReview stores a review unless the customer has one of the product.
func insertReview(ctx context.Context, tx tx, r Review) (bool, error) {
	n, err := db.Exec(ctx, tx, stmtInsertReview, db.Args{
		"id": r.ID, "product": r.Product, "customer": r.Customer, "state": r.State, "stars": r.Stars, "bought": r.Bought,
		"author": r.Author, "lang": r.Lang, "title": r.Title, "body": r.Body, "now": r.At,
	})
	return n > 0, err
}

func updateReview(ctx context.Context, tx tx, r Review) error {
	var replied any
	if !r.RepliedAt.IsZero() {
		replied = r.RepliedAt
	}
	_, err := db.Exec(ctx, tx, stmtUpdateReview, db.Args{
		"id": r.ID, "state": r.State, "stars": r.Stars, "bought": r.Bought, "author": r.Author, "lang": r.Lang, "title": r.Title,
		"body": r.Body, "reply": r.Reply, "replied_at": replied, "changed_at": r.Changed,
	})
	return err
}

func deleteReview(ctx context.Context, tx tx, id reviewsapi.ReviewID) error {
	_, err := db.Exec(ctx, tx, stmtDeleteReview, db.Args{"id": id})
	return err
}

// hold reads a review that nobody else changes before the transaction ends.
func hold(ctx context.Context, tx tx, id reviewsapi.ReviewID) (Review, error) {
	if _, err := db.Exec(ctx, tx, stmtHoldReview, db.Args{"id": id}); err != nil {
		return Review{}, err
	}
	return first(ctx, tx, db.Eq("r.id", id))
}

// holdOwn is hold for a customer's review of a product.
func holdOwn(ctx context.Context, tx tx, who auth.CustomerID, p catalogapi.ProductID) (Review, error) {
	if _, err := db.Exec(ctx, tx, stmtHoldOwn, db.Args{"customer": who, "product": p}); err != nil {
		return Review{}, err
	}
	return first(ctx, tx, db.Eq("r.customer_id", who), db.Eq("r.product_id", p))
}

func first(ctx context.Context, tx tx, where ...db.Cond) (Review, error) {
	rows, err := db.List(ctx, tx, stmtListReviews, db.Filter{Where: where, Order: []string{"r.id"}, Limit: 1}, scanReview)
	if err != nil {
		return Review{}, err
	}
	if len(rows) == 0 {
		return Review{}, errUnknown
	}
	return rows[0], nil
}

// own is what a customer wrote of a product; it has no identifier when that is
// nothing.
func own(ctx context.Context, tx tx, who auth.CustomerID, p catalogapi.ProductID) (Review, error) {
	r, err := first(ctx, tx, db.Eq("r.customer_id", who), db.Eq("r.product_id", p))
	if errors.Is(err, errUnknown) {
		return Review{}, nil
	}
	return r, err
}

func listReviews(ctx context.Context, tx tx, q page.Request, where []db.Cond) (page.Page[Review], error) {
	if q.After != "" {
		var after reviewsapi.ReviewID
		if err := page.Decode(q.After, &after); err != nil {
			return page.Page[Review]{}, err
		}
		where = append(where, db.Lt("r.id", after))
	}
	rows, err := db.List(ctx, tx, stmtListReviews, db.Filter{Where: where, Order: []string{"r.id DESC"}, Limit: q.Fetch()}, scanReview)
	return page.Of(rows, q.Limit, func(r Review) []any { return []any{r.ID} }), err
}

func scanReview(r db.Row) (Review, error) {
	var v Review
	err := r.Scan(&v.ID, &v.Product, &v.Customer, &v.State, &v.Stars, &v.Bought, &v.Author, &v.Lang, &v.Title, &v.Body, &v.Reply,
		db.Time(&v.RepliedAt), db.Time(&v.At), db.Time(&v.Changed))
	return v, err
}

func spread(ctx context.Context, tx tx, p catalogapi.ProductID) (out [5]int64, err error) {
	_, err = db.All(ctx, tx, stmtSpread, db.Args{"product": p}, func(r db.Row) (struct{}, error) {
		var stars, n int64
		err := r.Scan(&stars, &n)
		if err == nil && stars >= 1 && stars <= 5 {
			out[stars-1] = n
		}
		return struct{}{}, err
	})
	return out, err
}

func countWaiting(ctx context.Context, tx tx) (int64, error) {
	return db.One(ctx, tx, stmtCountWaiting, db.Args{"most": MostWaiting}, scanCount)
}

func scanCount(r db.Row) (n int64, err error) { return n, r.Scan(&n) }
