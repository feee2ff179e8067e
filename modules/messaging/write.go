package messaging

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/messaging/messagingapi"
)

const threadPurpose = "messaging.thread"

// Contact begins a conversation and tells the store's people. A form that is
// sent twice begins one.
func (m *Module) Contact(ctx context.Context, in tenant.Store, n Note, h Letterhead) (messagingapi.ThreadID, error) {
	n = n.tidy()
	if err := n.check(); err != nil {
		return 0, err
	}
	notify := m.settings.Of(in).Notify
	id, err := db.Write(ctx, m.need.Kit.DB, in, func(tx tx) (messagingapi.ThreadID, error) {
		used, err := ticketUsed(ctx, tx, n.Ticket)
		if err != nil || used {
			return 0, err
		}
		msg := Message{ID: MessageID(tx.NewID()), Author: n.Name, Body: n.Body, At: tx.Now()}
		t := Thread{
			ID: messagingapi.ThreadID(tx.NewID()), Customer: n.Customer, Name: n.Name, Email: n.Email, Lang: n.Lang, Subject: n.Subject, Order: n.Order,
			Created: tx.Now(),
		}
		t.add(msg)
		if err := insertThread(ctx, tx, t); err != nil {
			return 0, err
		}
		if err := insertMessage(ctx, tx, t.ID, n.Ticket, msg); err != nil {
			return 0, err
		}
		m.recount(tx)
		if !notify {
			return t.ID, nil
		}
		return t.ID, m.tellStaff(ctx, tx, h, t, msg)
	})
	if db.IsUnique(err) { // the same form came twice at once
		return 0, nil
	}
	return id, err
}

// Link is the signed part of the address at which a shopper reads and goes on
// with a conversation.
func (m *Module) Link(in tenant.Store, id messagingapi.ThreadID) string {
	return m.need.Kit.Sign.Sign(threadPurpose, int64(in.ID()), int64(id), 0)
}

// Linked is the conversation that a link leads to.
func (m *Module) Linked(ctx context.Context, in tenant.Store, token string) (Talk, error) {
	n, err := m.need.Kit.Sign.Open(threadPurpose, int64(in.ID()), token)
	if err != nil {
		return Talk{}, err
	}
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Talk, error) { return talk(ctx, tx, messagingapi.ThreadID(n)) })
}

// Reply is what a shopper adds to a conversation.
type Reply struct {
	Ticket Ticket
	Token  string // of the link
	Body   string
}

// GoOn adds to a conversation, which is open again by that.
func (m *Module) GoOn(ctx context.Context, in tenant.Store, r Reply, h Letterhead) error {
	n, err := m.need.Kit.Sign.Open(threadPurpose, int64(in.ID()), r.Token)
	if err != nil {
		return err
	}
	r.Body = text(r.Body)
	if err := needs(errInvalid, "body", r.Body, maxBody).OrNil(); err != nil {
		return err
	}
	notify := m.settings.Of(in).Notify
	err = db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		t, msg, err := m.append(ctx, tx, messagingapi.ThreadID(n), r.Ticket, Message{Body: r.Body})
		if err != nil || msg.ID.IsZero() || !notify {
			return err
		}
		return m.tellStaff(ctx, tx, h, t, msg)
	})
	if db.IsUnique(err) {
		return nil
	}
	return err
}

// append adds a message to a conversation. The message that it gives has no
// identifier when the form was sent before.
func (m *Module) append(ctx context.Context, tx tx, id messagingapi.ThreadID, form Ticket, msg Message) (Thread, Message, error) {
	t, err := hold(ctx, tx, id)
	if err != nil {
		return t, Message{}, err
	}
	used, err := ticketUsed(ctx, tx, form)
	if err != nil || used {
		return t, Message{}, err
	}
	if t.Messages >= maxMessages {
		return t, Message{}, errFull
	}
	msg.ID, msg.At = MessageID(tx.NewID()), tx.Now()
	if !msg.Store {
		msg.Author = t.Name
	}
	t.add(msg)
	if err := insertMessage(ctx, tx, t.ID, form, msg); err != nil {
		return t, Message{}, err
	}
	m.recount(tx)
	return t, msg, updateThread(ctx, tx, t)
}

// recount forgets how many messages nobody read.
func (m *Module) recount(tx tx) {
	store := tx.Scope().ID()
	tx.AfterCommit(func() { m.unread.Invalidate(store) })
}
