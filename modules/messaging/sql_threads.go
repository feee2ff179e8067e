package messaging

import (
	"context"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/messaging/messagingapi"
)

var (
	stmtInsertThread   = db.Must[tenant.Store](files, "insert_thread")
	stmtHoldThread     = db.Must[tenant.Store](files, "hold_thread")
	stmtListThreads    = db.MustList[tenant.Store](files, "list_threads")
	stmtUpdateThread   = db.Must[tenant.Store](files, "update_thread")
	stmtDeleteThread   = db.Must[tenant.Store](files, "delete_thread")
	stmtCountUnread    = db.Must[tenant.Store](files, "count_unread")
	stmtInsertMessage  = db.Must[tenant.Store](files, "insert_message")
	stmtTicketUsed     = db.Must[tenant.Store](files, "ticket_used")
	stmtMessagesOf     = db.Must[tenant.Store](files, "messages_of")
	stmtDeleteMessages = db.Must[tenant.Store](files, "delete_messages")
)

func insertThread(ctx context.Context, tx tx, t Thread) error {
	_, err := db.Exec(ctx, tx, stmtInsertThread, db.Args{
		"id": t.ID, "customer": t.Customer, "name": t.Name, "email": t.Email, "email_key": emailKey(t.Email), "lang": t.Lang, "subject": t.Subject,
		"order_number": t.Order, "latest": t.Latest, "excerpt": t.Excerpt, "now": t.Created,
	})
	return err
}

func updateThread(ctx context.Context, tx tx, t Thread) error {
	_, err := db.Exec(ctx, tx, stmtUpdateThread, db.Args{
		"id": t.ID, "state": t.State, "unread": t.Unread, "latest": t.Latest, "excerpt": t.Excerpt, "messages": t.Messages, "changed_at": t.Changed,
	})
	return err
}

func deleteThread(ctx context.Context, tx tx, id messagingapi.ThreadID) error {
	if _, err := db.Exec(ctx, tx, stmtDeleteMessages, db.Args{"thread": id}); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, stmtDeleteThread, db.Args{"id": id})
	return err
}

// hold reads a conversation that nobody else changes before the transaction ends.
func hold(ctx context.Context, tx tx, id messagingapi.ThreadID) (Thread, error) {
	if _, err := db.Exec(ctx, tx, stmtHoldThread, db.Args{"id": id}); err != nil {
		return Thread{}, err
	}
	return find(ctx, tx, id)
}

func find(ctx context.Context, tx tx, id messagingapi.ThreadID) (Thread, error) {
	found, err := listThreads(ctx, tx, page.Request{Limit: 1}, []db.Cond{db.Eq("id", id)})
	if err != nil {
		return Thread{}, err
	}
	if len(found.Items) == 0 {
		return Thread{}, errUnknown
	}
	return found.Items[0], nil
}

func listThreads(ctx context.Context, tx tx, q page.Request, where []db.Cond) (page.Page[Thread], error) {
	if q.After != "" {
		var after MessageID
		if err := page.Decode(q.After, &after); err != nil {
			return page.Page[Thread]{}, err
		}
		where = append(where, db.Lt("latest", after))
	}
	rows, err := db.List(ctx, tx, stmtListThreads, db.Filter{Where: where, Order: []string{"latest DESC"}, Limit: q.Fetch()}, scanThread)
	return page.Of(rows, q.Limit, func(t Thread) []any { return []any{t.Latest} }), err
}

func scanThread(r db.Row) (t Thread, err error) {
	return t, r.Scan(&t.ID, &t.Customer, &t.Name, &t.Email, &t.Lang, &t.Subject, &t.Order, &t.State, &t.Unread, &t.Latest, &t.Excerpt, &t.Messages,
		db.Time(&t.Created), db.Time(&t.Changed))
}

func countUnread(ctx context.Context, tx tx) (int64, error) {
	return db.One(ctx, tx, stmtCountUnread, db.Args{"most": MostUnread}, scanCount)
}

func insertMessage(ctx context.Context, tx tx, thread messagingapi.ThreadID, form Ticket, m Message) error {
	_, err := db.Exec(ctx, tx, stmtInsertMessage, db.Args{
		"id": m.ID, "thread": thread, "from_store": m.Store, "author": m.Author, "body": m.Body, "ticket": int64(form), "now": m.At,
	})
	return err
}

func ticketUsed(ctx context.Context, tx tx, form Ticket) (bool, error) {
	n, err := db.One(ctx, tx, stmtTicketUsed, db.Args{"ticket": int64(form)}, scanCount)
	return n > 0, err
}

func messagesOf(ctx context.Context, tx tx, thread messagingapi.ThreadID) ([]Message, error) {
	return db.All(ctx, tx, stmtMessagesOf, db.Args{"thread": thread, "most": maxMessages}, func(r db.Row) (m Message, err error) {
		return m, r.Scan(&m.ID, &m.Store, &m.Author, &m.Body, db.Time(&m.At))
	})
}

func scanCount(r db.Row) (n int64, err error) { return n, r.Scan(&n) }
