package messaging

import (
	"context"
	"encoding/csv"
	"io"
	"time"

	"orion/kit/auth"
	"orion/kit/cell"
	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// SubscriberQuery is what staff want to see, the newest first.
type SubscriberQuery struct {
	page.Request
	Step Step   // "" is all
	Text string // in the address
}

func (q SubscriberQuery) where() []db.Cond {
	var out []db.Cond
	if q.Step != "" {
		out = append(out, db.Eq("state", q.Step))
	}
	if q.Text != "" {
		out = append(out, db.Contains("email_key", emailKey(q.Text)))
	}
	return out
}

// Subscribers lists who wants the newsletter: one statement.
func (m *Module) Subscribers(ctx context.Context, in tenant.Store, q SubscriberQuery) (page.Page[Subscriber], error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (page.Page[Subscriber], error) {
		return listSubscribers(ctx, tx, q.Request, q.where())
	})
}

// Counts are how many subscribers are how far.
func (m *Module) Counts(ctx context.Context, in tenant.Store) (map[Step]int64, error) {
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (map[Step]int64, error) { return countSubscribers(ctx, tx) })
}

// Subscriber is one with all that proves what they said.
func (m *Module) Subscriber(ctx context.Context, in tenant.Store, id SubscriberID) (s Subscriber, said []Evidence, err error) {
	s, err = db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Subscriber, error) {
		s, err := findSubscriber(ctx, tx, id)
		if err != nil {
			return s, err
		}
		said, err = evidenceOf(ctx, tx, []SubscriberID{id})
		return s, err
	})
	return s, said, err
}

// EraseSubscriber removes an address and what was kept about it.
func (m *Module) EraseSubscriber(ctx context.Context, in tenant.Store, id SubscriberID, by auth.Actor) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		if _, err := holdSubscriberID(ctx, tx, id); err != nil {
			return err
		}
		if err := deleteSubscriber(ctx, tx, id); err != nil {
			return err
		}
		return m.need.Audit.Record(ctx, tx, tenancyapi.Entry{Actor: by, Action: MayNewsletter.Code, Target: id.String()})
	})
}

// WriteSubscribers writes who is active as CSV, with what proves that they
// agreed and the address at which each of them leaves.
func (m *Module) WriteSubscribers(ctx context.Context, in tenant.Store, origin string, w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"email", "language", "asked_at", "asked_from", "wording", "confirmed_at", "unsubscribe"}) // errors stay for the end
	req := page.Request{Limit: page.MaxLimit}
	for {
		var said []Evidence
		found, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (page.Page[Subscriber], error) {
			found, err := listSubscribers(ctx, tx, req, SubscriberQuery{Step: Active}.where())
			if err != nil {
				return found, err
			}
			var ids []SubscriberID
			for _, s := range found.Items {
				ids = append(ids, s.ID)
			}
			said, err = evidenceOf(ctx, tx, ids)
			return found, err
		})
		if err != nil {
			return err
		}
		for _, s := range found.Items {
			asked, confirmed := proof(said, s.ID)
			_ = out.Write([]string{
				cell.Escape(s.Email), string(s.Lang), stamp(asked.At), asked.Source, cell.Escape(asked.Wording), stamp(confirmed.At), origin + "/newsletter/leave/" + m.LeaveLink(in, s.ID),
			})
		}
		if req.After = found.Next; req.After == "" {
			out.Flush()
			return out.Error()
		}
	}
}

// proof is the last wish of a subscriber and the last confirmation.
func proof(said []Evidence, id SubscriberID) (asked, confirmed Evidence) {
	for _, e := range said {
		switch {
		case e.Subscriber != id:
		case e.Act == "asked":
			asked = e
		case e.Act == "confirmed":
			confirmed = e
		}
	}
	return asked, confirmed
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// forget removes addresses that nobody confirmed, and those that left long ago.
func (m *Module) forget(ctx context.Context, in tenant.Store) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		ids, err := forgottenSubscribers(ctx, tx)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := deleteSubscriber(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}
