package messaging

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/messaging/messagingapi"
	"orion/modules/tenancy/tenancyapi"
)

// Answer is what staff write to a shopper.
type Answer struct {
	Ticket Ticket
	Body   string
	Close  bool // there is nothing more to say
	By     auth.Actor
}

// Answer sends the shopper a mail, after the commit. A form that is sent twice
// sends one.
func (m *Module) Answer(ctx context.Context, in tenant.Store, id messagingapi.ThreadID, a Answer, h Letterhead) error {
	a.Body = text(a.Body)
	if err := needs(errInvalid, "body", a.Body, maxBody).OrNil(); err != nil {
		return err
	}
	err := db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		t, msg, err := m.append(ctx, tx, id, a.Ticket, Message{Store: true, Author: a.By.Name, Body: a.Body})
		if err != nil || msg.ID.IsZero() {
			return err
		}
		if a.Close {
			t.State = Closed
			if err := updateThread(ctx, tx, t); err != nil {
				return err
			}
		}
		if err := m.record(ctx, tx, t, tenancyapi.Entry{Actor: a.By, After: answerNote{a.Body}}); err != nil {
			return err
		}
		return m.tellShopper(ctx, tx, h, t, msg)
	})
	if db.IsUnique(err) {
		return nil
	}
	return err
}

type answerNote struct {
	Answer string `json:"answer"`
}

type stateNote struct {
	State State `json:"state"`
}

// Move closes a conversation or opens it again.
func (m *Module) Move(ctx context.Context, in tenant.Store, id messagingapi.ThreadID, to State, by auth.Actor) error {
	if to != Open && to != Closed {
		return errUnknown
	}
	return m.change(ctx, in, id, func(tx tx, t *Thread) error {
		before := t.State
		if before == to {
			return nil
		}
		t.State = to
		t.Unread = t.Unread && to == Open
		return m.record(ctx, tx, *t, tenancyapi.Entry{Actor: by, Before: stateNote{before}, After: stateNote{to}})
	})
}

// Mark notes that somebody read a conversation, or that it is to be read again.
func (m *Module) Mark(ctx context.Context, in tenant.Store, id messagingapi.ThreadID, unread bool) error {
	return m.change(ctx, in, id, func(_ tx, t *Thread) error {
		t.Unread = unread
		return nil
	})
}

func (m *Module) change(ctx context.Context, in tenant.Store, id messagingapi.ThreadID, fn func(tx tx, t *Thread) error) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		t, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := fn(tx, &t); err != nil {
			return err
		}
		m.recount(tx)
		return updateThread(ctx, tx, t)
	})
}

// Erase removes a conversation with all that was written. Nothing of it can be
// read again; the log says that it was there, and not with whom.
func (m *Module) Erase(ctx context.Context, in tenant.Store, id messagingapi.ThreadID, by auth.Actor) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		t, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := deleteThread(ctx, tx, id); err != nil {
			return err
		}
		m.recount(tx)
		t.Subject = ""
		return m.record(ctx, tx, t, tenancyapi.Entry{Actor: by, Before: stateNote{t.State}})
	})
}

func (m *Module) record(ctx context.Context, tx tx, t Thread, e tenancyapi.Entry) error {
	e.Action, e.Target, e.Title = MayAnswer.Code, t.ID.String(), t.Subject
	return m.need.Audit.Record(ctx, tx, e)
}
