package messaging

import (
	"context"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
)

// Wish is somebody's wish for the newsletter.
type Wish struct {
	Email   string
	Lang    i18n.Lang
	Source  string // "footer" or "page"
	Wording string // that stood beside the button
}

// Subscribe sends the address a link to confirm. The answer is the same whoever
// has subscribed already, so nobody learns whose address is known.
func (m *Module) Subscribe(ctx context.Context, in tenant.Store, w Wish, h Letterhead) error {
	w.Email = line(w.Email)
	if err := needs(errInvalid, "email", w.Email, maxEmail).OrNil(); err != nil {
		return err
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		s := Subscriber{ID: db.NewID[subscriberKind](tx), Email: w.Email, Lang: w.Lang, Step: Asked, Mailed: tx.Now(), Changed: tx.Now()}
		fresh, err := insertSubscriber(ctx, tx, s)
		if err != nil {
			return err
		}
		if !fresh {
			if s, err = holdSubscriber(ctx, tx, w.Email); err != nil {
				return err
			}
			if s.Step == Active || s.Step == Asked && tx.Now().Sub(s.Mailed) < again {
				return nil
			}
			s.Step, s.Lang, s.Mailed, s.Changed = Asked, w.Lang, tx.Now(), tx.Now()
			if err := updateSubscriber(ctx, tx, s); err != nil {
				return err
			}
		}
		if err := insertEvidence(ctx, tx, Evidence{Subscriber: s.ID, Act: "asked", Wording: w.Wording, Lang: w.Lang, Source: w.Source}); err != nil {
			return err
		}
		return m.askToConfirm(ctx, tx, h, s)
	})
}

// Invited is the subscriber whom a link to confirm was sent.
func (m *Module) Invited(ctx context.Context, in tenant.Store, token string) (Subscriber, error) {
	return m.linkedSubscriber(ctx, in, subscribePurpose, token)
}

// Leaving is the subscriber whom a link to unsubscribe was sent.
func (m *Module) Leaving(ctx context.Context, in tenant.Store, token string) (Subscriber, error) {
	return m.linkedSubscriber(ctx, in, leavePurpose, token)
}

func (m *Module) linkedSubscriber(ctx context.Context, in tenant.Store, purpose, token string) (Subscriber, error) {
	n, err := m.need.Kit.Sign.Open(purpose, int64(in.ID()), token)
	if err != nil {
		return Subscriber{}, err
	}
	return db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (Subscriber, error) { return findSubscriber(ctx, tx, SubscriberID(n)) })
}

// Confirm makes the subscription of who followed the link. To confirm twice is
// to confirm once; who left meanwhile has to ask anew.
func (m *Module) Confirm(ctx context.Context, in tenant.Store, token, wording string, h Letterhead) error {
	return m.step(ctx, in, subscribePurpose, token, func(tx tx, s Subscriber) error {
		switch s.Step {
		case Active:
			return nil
		case Left:
			return errStale
		}
		s.Step, s.Changed = Active, tx.Now()
		if err := updateSubscriber(ctx, tx, s); err != nil {
			return err
		}
		if err := insertEvidence(ctx, tx, Evidence{Subscriber: s.ID, Act: "confirmed", Wording: wording, Lang: s.Lang, Source: "link"}); err != nil {
			return err
		}
		return m.welcome(ctx, tx, h, s)
	})
}

// Unsubscribe ends a subscription at once; whatever its state was, it has ended
// afterwards.
func (m *Module) Unsubscribe(ctx context.Context, in tenant.Store, token, source string) error {
	return m.step(ctx, in, leavePurpose, token, func(tx tx, s Subscriber) error {
		if s.Step == Left {
			return nil
		}
		s.Step, s.Changed = Left, tx.Now()
		if err := updateSubscriber(ctx, tx, s); err != nil {
			return err
		}
		return insertEvidence(ctx, tx, Evidence{Subscriber: s.ID, Act: "left", Lang: s.Lang, Source: source})
	})
}

func (m *Module) step(ctx context.Context, in tenant.Store, purpose, token string, fn func(tx tx, s Subscriber) error) error {
	n, err := m.need.Kit.Sign.Open(purpose, int64(in.ID()), token)
	if err != nil {
		return err
	}
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		s, err := holdSubscriberID(ctx, tx, SubscriberID(n))
		if err != nil {
			return err
		}
		return fn(tx, s)
	})
}

// JoinLink is the signed part of the address at which a wish is confirmed.
func (m *Module) JoinLink(in tenant.Store, id SubscriberID) string {
	return m.need.Kit.Sign.Sign(subscribePurpose, int64(in.ID()), int64(id), confirmAge)
}

// LeaveLink is the signed part of the address at which a subscriber leaves.
func (m *Module) LeaveLink(in tenant.Store, id SubscriberID) string {
	return m.need.Kit.Sign.Sign(leavePurpose, int64(in.ID()), int64(id), 0)
}

// Wording is what somebody agrees to: it stands beside the button, and in what
// proves the consent.
func (m *Module) Wording(l i18n.Lang, shop string) string {
	return m.need.Kit.Bundle.In(l).T("messaging.newsletter_wording", "shop", shop)
}

// Newsletter tells whether a store offers its newsletter.
func (m *Module) Newsletter(in tenant.Store) bool { return m.settings.Of(in).Newsletter }
