package payments

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

var (
	insertEntriesStmt = db.Must[tenant.Store](files, "insert_entries")
	entriesOfStmt     = db.Must[tenant.Store](files, "entries_of")
	unbalancedStmt    = db.Must[tenant.Store](files, "unbalanced")
)

type entryRow struct {
	ID      int64       `json:"id"`
	Posting int64       `json:"posting"`
	Kind    PostingKind `json:"kind"`
	Account Account     `json:"account"`
	Amount  int64       `json:"amount"`
}

// insertEntries writes postings at the end of the transaction.
func insertEntries(tx tx, p payment, b booking) error {
	rows := make([]entryRow, 0, 2*len(b.posts))
	for _, one := range b.posts {
		number := tx.NewID()
		rows = append(rows,
			entryRow{tx.NewID(), number, one.Kind, one.From, -one.Minor},
			entryRow{tx.NewID(), number, one.Kind, one.To, one.Minor})
	}
	return db.Defer(tx, insertEntriesStmt, db.Args{
		"payment_id": p.ID, "currency": p.Amount.Currency, "note": b.note, "actor": b.by, "at": tx.Now(), "entries": db.JSON(rows),
	})
}

func entriesOf(ctx context.Context, tx tx, id paymentsapi.PaymentID) ([]Entry, error) {
	return db.All(ctx, tx, entriesOfStmt, db.Args{"payment_id": id}, func(r db.Row) (e Entry, err error) {
		var number int64
		return e, r.Scan(&number, &e.Posting, &e.Kind, &e.Account, &e.Amount.Minor, &e.Amount.Currency, &e.Note, &e.Actor, db.Time(&e.At))
	})
}

func unbalanced(ctx context.Context, tx tx) ([]paymentsapi.PaymentID, error) {
	return db.All(ctx, tx, unbalancedStmt, nil, func(r db.Row) (id paymentsapi.PaymentID, err error) { return id, r.Scan(&id) })
}
