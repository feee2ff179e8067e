package messaging

import (
	"context"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
)

var (
	stmtInsertSubscriber = db.Must[tenant.Store](files, "insert_subscriber")
	stmtHoldSubscriber   = db.Must[tenant.Store](files, "hold_subscriber")
	stmtHoldSubscriberID = db.Must[tenant.Store](files, "hold_subscriber_id")
	stmtListSubscribers  = db.MustList[tenant.Store](files, "list_subscribers")
	stmtUpdateSubscriber = db.Must[tenant.Store](files, "update_subscriber")
	stmtCountSubscribers = db.Must[tenant.Store](files, "count_subscribers")
	stmtDeleteEvidence   = db.Must[tenant.Store](files, "delete_evidence")
	stmtDeleteSubscriber = db.Must[tenant.Store](files, "delete_subscriber")
	stmtInsertEvidence   = db.Must[tenant.Store](files, "insert_evidence")
	stmtEvidenceOf       = db.Must[tenant.Store](files, "evidence_of")
	stmtForgotten        = db.Must[tenant.Store](files, "forgotten_subscribers")
	stmtStoresForgotten  = db.Must[tenant.System](files, "stores_with_forgotten_subscribers")
)

// insertSubscriber stores an address unless the store has it.
func insertSubscriber(ctx context.Context, tx tx, s Subscriber) (bool, error) {
	n, err := db.Exec(ctx, tx, stmtInsertSubscriber, db.Args{"id": s.ID, "email": s.Email, "email_key": emailKey(s.Email), "lang": s.Lang, "now": s.Changed})
	return n > 0, err
}

func updateSubscriber(ctx context.Context, tx tx, s Subscriber) error {
	_, err := db.Exec(ctx, tx, stmtUpdateSubscriber, db.Args{"id": s.ID, "state": s.Step, "lang": s.Lang, "mailed_at": s.Mailed, "changed_at": s.Changed})
	return err
}

func deleteSubscriber(ctx context.Context, tx tx, id SubscriberID) error {
	if _, err := db.Exec(ctx, tx, stmtDeleteEvidence, db.Args{"id": id}); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, stmtDeleteSubscriber, db.Args{"id": id})
	return err
}

// holdSubscriber reads who has an address, whom nobody else changes meanwhile.
func holdSubscriber(ctx context.Context, tx tx, email string) (Subscriber, error) {
	if _, err := db.Exec(ctx, tx, stmtHoldSubscriber, db.Args{"email_key": emailKey(email)}); err != nil {
		return Subscriber{}, err
	}
	return firstSubscriber(ctx, tx, db.Eq("email_key", emailKey(email)))
}

func holdSubscriberID(ctx context.Context, tx tx, id SubscriberID) (Subscriber, error) {
	if _, err := db.Exec(ctx, tx, stmtHoldSubscriberID, db.Args{"id": id}); err != nil {
		return Subscriber{}, err
	}
	return findSubscriber(ctx, tx, id)
}

func findSubscriber(ctx context.Context, tx tx, id SubscriberID) (Subscriber, error) {
	return firstSubscriber(ctx, tx, db.Eq("id", id))
}

func firstSubscriber(ctx context.Context, tx tx, where db.Cond) (Subscriber, error) {
	found, err := listSubscribers(ctx, tx, page.Request{Limit: 1}, []db.Cond{where})
	if err != nil {
		return Subscriber{}, err
	}
	if len(found.Items) == 0 {
		return Subscriber{}, errNoSubscriber
	}
	return found.Items[0], nil
}

func listSubscribers(ctx context.Context, tx tx, q page.Request, where []db.Cond) (page.Page[Subscriber], error) {
	if q.After != "" {
		var after SubscriberID
		if err := page.Decode(q.After, &after); err != nil {
			return page.Page[Subscriber]{}, err
		}
		where = append(where, db.Lt("id", after))
	}
	rows, err := db.List(ctx, tx, stmtListSubscribers, db.Filter{Where: where, Order: []string{"id DESC"}, Limit: q.Fetch()}, func(r db.Row) (s Subscriber, err error) {
		return s, r.Scan(&s.ID, &s.Email, &s.Lang, &s.Step, db.Time(&s.Mailed), db.Time(&s.Changed))
	})
	return page.Of(rows, q.Limit, func(s Subscriber) []any { return []any{s.ID} }), err
}

func countSubscribers(ctx context.Context, tx tx) (map[Step]int64, error) {
	out := map[Step]int64{}
	_, err := db.All(ctx, tx, stmtCountSubscribers, nil, func(r db.Row) (struct{}, error) {
		var s Step
		var n int64
		err := r.Scan(&s, &n)
		out[s] = n
		return struct{}{}, err
	})
	return out, err
}

func insertEvidence(ctx context.Context, tx tx, e Evidence) error {
	_, err := db.Exec(ctx, tx, stmtInsertEvidence, db.Args{
		"id": tx.NewID(), "subscriber": e.Subscriber, "act": e.Act, "wording": e.Wording, "lang": e.Lang, "source": e.Source, "now": tx.Now(),
	})
	return err
}

// evidenceOf is what some subscribers said, the oldest first.
func evidenceOf(ctx context.Context, tx tx, ids []SubscriberID) ([]Evidence, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	numbers := make([]int64, len(ids))
	for i, id := range ids {
		numbers[i] = int64(id)
	}
	return db.All(ctx, tx, stmtEvidenceOf, db.Args{"subscribers": numbers}, func(r db.Row) (e Evidence, err error) {
		return e, r.Scan(&e.Subscriber, &e.Act, &e.Wording, &e.Lang, &e.Source, db.Time(&e.At))
	})
}

func forgottenSubscribers(ctx context.Context, tx tx) ([]SubscriberID, error) {
	args := db.Args{"asked": tx.Now().Add(-confirmAge), "left": tx.Now().Add(-leftAge)}
	return db.All(ctx, tx, stmtForgotten, args, func(r db.Row) (id SubscriberID, err error) { return id, r.Scan(&id) })
}
