package mail

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	insertMessageStmt = db.Must[tenant.Store](files, "insert_message")
	findMessageStmt   = db.Must[tenant.Store](files, "find_message")
	markSentStmt      = db.Must[tenant.Store](files, "mark_sent")
	markTriedStmt     = db.Must[tenant.Store](files, "mark_tried")
	listMessagesStmt  = db.Must[tenant.Store](files, "list_messages")
	emptyBodiesStmt   = db.Must[tenant.Store](files, "empty_bodies")
	markJobStmt       = db.Must[tenant.Store](files, "mark_job")
	lostMessagesStmt  = db.Must[tenant.Store](files, "lost_messages")
	lostStmt          = db.Must[tenant.System](files, "stores_with_lost_messages")
	oldBodiesStmt     = db.Must[tenant.System](files, "stores_with_old_bodies")
)

type tx = *db.Tx[tenant.Store]

// Status is how far a message is.
type Status string

// The states of a message.
const (
	Queued Status = "queued" // waits, or will be tried again
	Sent   Status = "sent"
	Failed Status = "failed" // given up
)

// Receipt is what is known about a message.
type Receipt struct {
	ID       int64
	Key      string
	To       string
	Subject  string
	Status   Status
	Attempts int64
	Error    string // of the last attempt, empty when it worked
	Created  time.Time
	Sent     time.Time // zero until then
}

// stored is a message as the table has it.
type stored struct {
	Message
	id      int64
	store   tenant.StoreID
	status  Status
	created time.Time
}

// insertMessage stores a message for a job, and tells false when the store has
// one with that key.
func insertMessage(ctx context.Context, tx tx, m stored) (bool, error) {
	n, err := db.Exec(ctx, tx, insertMessageStmt, m.args(m.created))
	return n > 0, err
}

// deferMessage stores a message without a job at the end of the transaction.
// told gets 0 when the store has one with that key.
func deferMessage(tx tx, m stored, told func(int64)) error {
	return db.Defer(tx, insertMessageStmt, m.args(time.Time{}), told)
}

func (m stored) args(jobAt time.Time) db.Args {
	return db.Args{
		"id": m.id, "message_key": m.Key, "recipient": m.To, "recipient_name": m.Name, "sender_name": m.From,
		"reply_to": m.ReplyTo, "subject": m.Subject, "body_text": m.Text, "body_html": m.HTML, "unsubscribe": m.Unsubscribe,
		"now": m.created, "job_at": jobAt,
	}
}

func findMessage(ctx context.Context, tx tx, id int64) (stored, error) {
	return db.One(ctx, tx, findMessageStmt, db.Args{"id": id}, func(r db.Row) (m stored, err error) {
		return m, r.Scan(&m.Key, &m.To, &m.Name, &m.From, &m.ReplyTo, &m.Subject, &m.Text, &m.HTML, &m.Unsubscribe, &m.status, db.Time(&m.created))
	})
}

func markSent(ctx context.Context, d *db.DB, in tenant.Store, id int64) error {
	_, err := db.Single(ctx, d, in, markSentStmt, func(now time.Time) db.Args { return db.Args{"id": id, "now": now} })
	return err
}

func markTried(ctx context.Context, tx tx, id int64, s Status, why string) error {
	_, err := db.Exec(ctx, tx, markTriedStmt, db.Args{"id": id, "status": string(s), "error": why, "now": tx.Now()})
	return err
}

// markJob notes that a message gets a job, and tells 0 when it has one or needs
// none any more.
func markJob(ctx context.Context, tx tx, id int64) (int64, error) {
	return db.Exec(ctx, tx, markJobStmt, db.Args{"id": id, "now": tx.Now()})
}

// lostMessages are some that were to leave at once before a time and did not.
func lostMessages(ctx context.Context, tx tx, before time.Time) ([]int64, error) {
	return db.All(ctx, tx, lostMessagesStmt, db.Args{"before": before}, func(r db.Row) (id int64, err error) { return id, r.Scan(&id) })
}

func listMessages(ctx context.Context, tx tx) ([]Receipt, error) {
	return db.All(ctx, tx, listMessagesStmt, nil, func(r db.Row) (m Receipt, err error) {
		return m, r.Scan(&m.ID, &m.Key, &m.To, &m.Subject, &m.Status, &m.Attempts, &m.Error, db.Time(&m.Created), db.Time(&m.Sent))
	})
}

func emptyBodies(ctx context.Context, tx tx, before time.Time) error {
	_, err := db.Exec(ctx, tx, emptyBodiesStmt, db.Args{"before": before})
	return err
}
