package payments

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

var (
	chargesOfStmt         = db.Must[tenant.Store](files, "charges_of")
	paidForStmt           = db.Must[tenant.Store](files, "paid_for")
	refundsKnownStmt      = db.Must[tenant.Store](files, "refunds_known")
	takenChargesStmt      = db.Must[tenant.Store](files, "taken_charges")
	givenRefundsStmt      = db.Must[tenant.Store](files, "given_refunds")
	insertComparisonStmt  = db.Must[tenant.Store](files, "insert_comparison")
	updateComparisonStmt  = db.Must[tenant.Store](files, "update_comparison")
	findComparisonStmt    = db.Must[tenant.Store](files, "find_comparison")
	comparisonsStmt       = db.Must[tenant.Store](files, "latest_comparisons")
	forgetComparisonsStmt = db.Must[tenant.Store](files, "forget_comparisons")
)

// storesToCompare names the stores whose books are compared next.
var storesToCompare = db.Must[tenant.System](files, "stores_to_compare")

// line is an attempt or a refund as it stands in our books.
type line struct {
	ID       int64
	Payment  paymentsapi.PaymentID
	Status   string
	Key      string
	External string
	At       time.Time
	Amount   money.Amount
}

func scanLine(r db.Row) (l line, err error) {
	return l, r.Scan(&l.ID, &l.Payment, &l.Status, &l.Key, &l.External, db.Time(&l.At), &l.Amount.Minor, &l.Amount.Currency)
}

// named are lines by the gateway's names or our keys.
type named struct{ externals, keys []string }

func chargesOf(ctx context.Context, tx tx, gateway string, n named) ([]line, error) {
	if len(n.externals) == 0 {
		return nil, nil
	}
	return db.All(ctx, tx, chargesOfStmt, db.Args{"gateway": gateway, "externals": db.JSON(n.externals), "keys": db.JSON(n.keys)}, scanLine)
}

// paidFor is what was paid by a request.
type paidFor struct {
	payment   paymentsapi.PaymentID
	reference string
}

// paidForBy is what was paid by requests, by the gateway's names of them.
func paidForBy(ctx context.Context, tx tx, gateway string, externals []string) (map[string]paidFor, error) {
	out := map[string]paidFor{}
	_, err := db.All(ctx, tx, paidForStmt, db.Args{"gateway": gateway, "externals": db.JSON(externals)}, func(r db.Row) (string, error) {
		var charge string
		var of paidFor
		err := r.Scan(&charge, &of.payment, &of.reference)
		out[charge] = of
		return charge, err
	})
	return out, err
}

func refundsKnown(ctx context.Context, tx tx, n named) ([]line, error) {
	if len(n.externals) == 0 {
		return nil, nil
	}
	return db.All(ctx, tx, refundsKnownStmt, db.Args{"externals": db.JSON(n.externals), "keys": db.JSON(n.keys)}, scanLine)
}

// booked is a part of what a gateway did in a span, as we have it.
type booked struct {
	gateway string
	span    Span
	after   int64
}

func (b booked) args() db.Args {
	return db.Args{"gateway": b.gateway, "from": b.span.From, "to": b.span.To, "after": b.after}
}

func takenCharges(ctx context.Context, tx tx, b booked) ([]line, error) {
	return db.All(ctx, tx, takenChargesStmt, b.args(), scanLine)
}

func givenRefunds(ctx context.Context, tx tx, b booked) ([]line, error) {
	return db.All(ctx, tx, givenRefundsStmt, b.args(), scanLine)
}

func insertComparison(ctx context.Context, tx tx, c Comparison) error {
	_, err := db.Exec(ctx, tx, insertComparisonStmt, db.Args{
		"id": c.ID, "gateway": c.Gateway, "from": c.Span.From, "to": c.Span.To, "actor": c.Actor, "now": tx.Now(),
	})
	return err
}

func updateComparison(ctx context.Context, tx tx, c Comparison) error {
	_, err := db.Exec(ctx, tx, updateComparisonStmt, db.Args{
		"id": c.ID, "status": c.Status, "matched": c.Matched, "mended": c.Mended, "other": c.Other, "different": c.Different, "unknown": c.Unknown,
		"ended_at": c.EndedAt,
	})
	return err
}

func findComparison(ctx context.Context, tx tx, number ComparisonID) (Comparison, error) {
	return db.One(ctx, tx, findComparisonStmt, db.Args{"id": number}, scanComparison)
}

func latestComparisons(ctx context.Context, tx tx) ([]Comparison, error) {
	return db.All(ctx, tx, comparisonsStmt, nil, scanComparison)
}

func forgetComparisons(ctx context.Context, tx tx, before time.Time) error {
	_, err := db.Exec(ctx, tx, forgetComparisonsStmt, db.Args{"before": before})
	return err
}

func scanComparison(r db.Row) (c Comparison, err error) {
	return c, r.Scan(&c.ID, &c.Gateway, db.Time(&c.Span.From), db.Time(&c.Span.To), &c.Status, &c.Matched, &c.Mended, &c.Other, &c.Different, &c.Unknown,
		&c.Actor, db.Time(&c.BegunAt), db.Time(&c.EndedAt))
}
