package messaging

import (
	"context"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/messaging/messagingapi"
)

// Query is what staff want to see of a store's conversations, the latest first.
type Query struct {
	page.Request
	State State  // "" is all
	Text  string // in name, address, subject, or how the latest message begins
}

func (q Query) where() []db.Cond {
	var out []db.Cond
	if q.State != "" {
		out = append(out, db.Eq("state", q.State))
	}
	if q.Text != "" {
		out = append(out, db.Any(db.Contains("name", q.Text), db.Contains("email", q.Text), db.Contains("subject", q.Text), db.Contains("excerpt", q.Text)))
	}
	return out
}

// Threads lists conversations: one statement.
func (m *Module) Threads(ctx context.Context, in tenant.Store, q Query) (page.Page[Thread], error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (page.Page[Thread], error) { return listThreads(ctx, tx, q.Request, q.where()) })
}

// Talk is a conversation with all that was written.
type Talk struct {
	Thread
	All []Message // the oldest first
}

// Talk reads a conversation: two statements.
func (m *Module) Talk(ctx context.Context, in tenant.Store, id messagingapi.ThreadID) (Talk, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Talk, error) { return talk(ctx, tx, id) })
}

func talk(ctx context.Context, tx tx, id messagingapi.ThreadID) (Talk, error) {
	t, err := find(ctx, tx, id)
	if err != nil {
		return Talk{}, err
	}
	all, err := messagesOf(ctx, tx, id)
	return Talk{Thread: t, All: all}, err
}

// MostUnread is where counting stops.
const MostUnread = 100

// Unread is how many conversations of a store have something that nobody read,
// at most MostUnread, mostly from memory.
func (m *Module) Unread(ctx context.Context, in tenant.Store) (int64, error) {
	if n, ok := m.unread.GetIfPresent(in.ID()); ok {
		return n, nil
	}
	n, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (int64, error) { return countUnread(ctx, tx) })
	if err == nil {
		m.unread.Set(in.ID(), n)
	}
	return n, err
}
