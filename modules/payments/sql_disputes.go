package payments

import (
	"context"
	"errors"
	"time"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

var (
	insertDisputeStmt   = db.Must[tenant.Store](files, "insert_dispute")
	findDisputeStmt     = db.Must[tenant.Store](files, "find_dispute")
	disputeNamedStmt    = db.Must[tenant.Store](files, "dispute_named")
	disputesOfStmt      = db.Must[tenant.Store](files, "disputes_of")
	updateDisputeStmt   = db.Must[tenant.Store](files, "update_dispute")
	openDisputesStmt    = db.MustList[tenant.Store](files, "list_open_disputes")
	closedDisputesStmt  = db.MustList[tenant.Store](files, "list_closed_disputes")
	waitingDisputesStmt = db.Must[tenant.Store](files, "waiting_disputes")
	dueDisputesStmt     = db.Must[tenant.Store](files, "due_disputes")
	askDisputesSoonStmt = db.Must[tenant.Store](files, "ask_disputes_soon")
	forgetEvidenceStmt  = db.Must[tenant.Store](files, "forget_evidence")
)

// never is when something is due that has no time, so that it is listed last.
var never = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

func orNever(at time.Time) time.Time {
	if at.IsZero() {
		return never
	}
	return at
}

// dueTime reads what orNever wrote.
func dueTime(at time.Time) time.Time {
	if at.Equal(never) {
		return time.Time{}
	}
	return at
}

func insertDispute(ctx context.Context, tx tx, d dispute) error {
	_, err := db.Exec(ctx, tx, insertDisputeStmt, db.Args{
		"id": d.ID, "payment_id": d.Payment, "attempt_id": d.Attempt, "gateway": d.Gateway, "external": d.External, "amount": d.Amount.Minor,
		"currency": d.Amount.Currency, "reason": d.Reason, "status": d.Status, "held": d.Held, "lost": d.Lost, "due_at": orNever(d.DueAt),
		"opened_at": d.OpenedAt, "closed_at": d.ClosedAt, "reminded": d.Reminded, "checks": d.Checks, "check_at": d.CheckAt, "now": tx.Now(),
	})
	return err
}

func findDispute(ctx context.Context, tx tx, number DisputeID) (dispute, error) {
	d, err := db.One(ctx, tx, findDisputeStmt, db.Args{"id": number}, scanDispute)
	if errors.Is(err, db.ErrNoRow) {
		err = errNoDispute
	}
	return d, err
}

// disputeNamed finds a dispute by the gateway's name of it; false is none.
func disputeNamed(ctx context.Context, tx tx, gateway, external string) (dispute, bool, error) {
	d, err := db.One(ctx, tx, disputeNamedStmt, db.Args{"gateway": gateway, "external": external}, scanDispute)
	if errors.Is(err, db.ErrNoRow) {
		return d, false, nil
	}
	return d, err == nil, err
}

func disputesOf(ctx context.Context, tx tx, id paymentsapi.PaymentID) ([]dispute, error) {
	return db.All(ctx, tx, disputesOfStmt, db.Args{"payment_id": id}, scanDispute)
}

func updateDispute(ctx context.Context, tx tx, d dispute) error {
	n, err := db.Exec(ctx, tx, updateDisputeStmt, db.Args{
		"id": d.ID, "reason": d.Reason, "status": d.Status, "held": d.Held, "lost": d.Lost, "due_at": orNever(d.DueAt), "closed_at": d.ClosedAt,
		"answer": d.Answer, "sending": d.Sending, "sent_at": d.SentAt, "key": d.Key, "evidence": db.JSON(d.Evidence), "edition": d.Edition, "problem": d.Problem,
		"actor": d.Actor, "answered_at": d.AnsweredAt, "reminded": d.Reminded, "checks": d.Checks, "check_at": d.CheckAt, "version": d.Version, "now": tx.Now(),
	})
	if err == nil && n != 1 {
		return errGuard
	}
	return err
}

func scanDispute(r db.Row) (d dispute, err error) {
	err = r.Scan(&d.ID, &d.Payment, &d.Attempt, &d.Gateway, &d.External, &d.Amount.Minor, &d.Amount.Currency, &d.Reason, &d.Status, &d.Held, &d.Lost,
		db.Time(&d.DueAt), db.Time(&d.OpenedAt), db.Time(&d.ClosedAt), &d.Answer, &d.Sending, db.Time(&d.SentAt), &d.Key, db.JSON(&d.Evidence),
		&d.Edition, &d.Problem, &d.Actor, db.Time(&d.AnsweredAt), &d.Reminded, &d.Checks, db.Time(&d.CheckAt), &d.Version)
	d.DueAt = dueTime(d.DueAt)
	return d, err
}

// openDisputes are those that are not decided, the soonest due first.
func openDisputes(ctx context.Context, tx tx, p page.Request) (page.Page[Disputed], error) {
	var where []db.Cond
	if p.After != "" {
		var due time.Time
		var after DisputeID
		if err := page.Decode(p.After, &due, &after); err != nil {
			return page.Page[Disputed]{}, err
		}
		where = append(where, db.After(false, []string{"d.due_at", "d.id"}, []any{due, after}))
	}
	rows, err := db.List(ctx, tx, openDisputesStmt, db.Filter{Where: where, Order: []string{"d.due_at", "d.id"}, Limit: p.Fetch()}, scanDisputed)
	return page.Of(rows, p.Limit, func(d Disputed) []any { return []any{orNever(d.DueAt), d.ID} }), err
}

// closedDisputes are those that are decided, the newest first.
func closedDisputes(ctx context.Context, tx tx, p page.Request) (page.Page[Disputed], error) {
	var where []db.Cond
	if p.After != "" {
		var after DisputeID
		if err := page.Decode(p.After, &after); err != nil {
			return page.Page[Disputed]{}, err
		}
		where = append(where, db.After(true, []string{"d.id"}, []any{after}))
	}
	rows, err := db.List(ctx, tx, closedDisputesStmt, db.Filter{Where: where, Order: []string{"d.id DESC"}, Limit: p.Fetch()}, scanDisputed)
	return page.Of(rows, p.Limit, func(d Disputed) []any { return []any{d.ID} }), err
}

func scanDisputed(r db.Row) (d Disputed, err error) {
	var sent time.Time
	var sending bool
	err = r.Scan(&d.ID, &d.Payment, &d.Gateway, &d.External, &d.Amount.Minor, &d.Amount.Currency, &d.Reason, &d.Status,
		db.Time(&d.DueAt), db.Time(&d.OpenedAt), db.Time(&d.ClosedAt), &sending, db.Time(&sent), &d.Reference)
	d.DueAt, d.Answered = dueTime(d.DueAt), sending || !sent.IsZero()
	return d, err
}

func countWaiting(ctx context.Context, tx tx) (int, error) {
	return db.One(ctx, tx, waitingDisputesStmt, db.Args{"now": tx.Now(), "never": never}, func(r db.Row) (n int, err error) { return n, r.Scan(&n) })
}

func dueDisputes(ctx context.Context, tx tx) ([]DisputeID, error) {
	return db.All(ctx, tx, dueDisputesStmt, db.Args{"now": tx.Now()}, func(r db.Row) (id DisputeID, err error) { return id, r.Scan(&id) })
}

// askDisputesSoon has the gateway asked about disputes that a payment had no room for.
func askDisputesSoon(ctx context.Context, tx tx, id paymentsapi.PaymentID) error {
	_, err := db.Exec(ctx, tx, askDisputesSoonStmt, db.Args{"payment_id": id, "now": tx.Now()})
	return err
}

func forgetEvidence(ctx context.Context, tx tx, payments []int64) error {
	_, err := db.Exec(ctx, tx, forgetEvidenceStmt, db.Args{"payments": payments})
	return err
}
