package messaging

import (
	"context"
	"errors"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/mail"
	"orion/kit/page"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/modules/customers/customersapi"
	"orion/modules/messaging/messagingapi"
)

// fills are what messages add to the pages of other modules.
func (m *Module) fills() []slot.Filling {
	return []slot.Filling{
		customersapi.Timeline.Fill(messagingapi.Code, 30, m.happenings),
		m.section(),
		customersapi.Export.Fill(messagingapi.Code, 30, m.export),
		mail.Samples.Fill(messagingapi.Code, 40, m.samples),
		customersapi.Erase.Fill(messagingapi.Code, 30, func(context.Context, tenant.Store) (customersapi.Eraser, error) { return m.erase, nil }),
	}
}

// happenings tells staff what was written with a customer, if they may read it.
func (m *Module) happenings(ctx context.Context, v customersapi.Viewed) ([]customersapi.Happening, error) {
	if !v.Grants.Has(MayView) {
		return nil, nil
	}
	return db.Read(ctx, m.need.Kit.DB, v.In, func(tx tx) ([]customersapi.Happening, error) {
		who, err := m.need.Customers.Profile(ctx, tx, v.Customer)
		if err != nil {
			return nil, err
		}
		found, err := listThreads(ctx, tx, page.Request{Limit: 12}, theirs(v.Customer, who.Email))
		out := make([]customersapi.Happening, 0, len(found.Items))
		for _, t := range found.Items {
			out = append(out, customersapi.Happening{At: t.Created, Key: "messaging.story_wrote", Of: t.Subject, Path: "/messages/" + t.ID.String()})
		}
		return out, err
	})
}

// exportedData is all that is kept of somebody.
type exportedData struct {
	Conversations []exportedTalk      `json:"conversations"`
	Newsletter    *exportedSubscriber `json:"newsletter,omitempty"`
}

type exportedSubscriber struct {
	Email string         `json:"email"`
	State Step           `json:"state"`
	Steps []exportedStep `json:"steps"`
}

type exportedStep struct {
	Act     string    `json:"act"`
	Wording string    `json:"wording,omitempty"`
	From    string    `json:"from"`
	At      time.Time `json:"at"`
}

type exportedTalk struct {
	Subject  string            `json:"subject"`
	Order    string            `json:"order,omitempty"`
	State    State             `json:"state"`
	Name     string            `json:"name"`
	Email    string            `json:"email"`
	Messages []exportedMessage `json:"messages"`
}

type exportedMessage struct {
	From string    `json:"from"`
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// export is everything that was written with a customer, signed in or not, and
// what they said about the newsletter: the address of an account was proved to
// be theirs.
func (m *Module) export(ctx context.Context, v customersapi.Viewed) (customersapi.Part, error) {
	data, err := db.Read(ctx, m.need.Kit.DB, v.In, func(tx tx) (out exportedData, err error) {
		who, err := m.need.Customers.Profile(ctx, tx, v.Customer)
		if err != nil {
			return out, err
		}
		if out.Conversations, err = exportedTalks(ctx, tx, theirs(v.Customer, who.Email)); err != nil {
			return out, err
		}
		out.Newsletter, err = exportedWish(ctx, tx, who.Email)
		return out, err
	})
	return customersapi.Part{Name: "messages", Data: data}, err
}

// theirs are the conversations of somebody: signed in, or with their address.
func theirs(who auth.CustomerID, email string) []db.Cond {
	return []db.Cond{db.Any(db.Eq("email_key", emailKey(email)), db.Eq("customer_id", who))}
}

// erase removes all that was written with a customer, and what they said about
// the newsletter.
func (m *Module) erase(ctx context.Context, tx tx, who customersapi.Erased) error {
	m.recount(tx)
	for {
		found, err := listThreads(ctx, tx, page.Request{Limit: page.MaxLimit}, theirs(who.Customer, who.Email))
		if err != nil {
			return err
		}
		for _, t := range found.Items {
			if err := deleteThread(ctx, tx, t.ID); err != nil {
				return err
			}
		}
		if found.Next == "" {
			break
		}
	}
	s, err := firstSubscriber(ctx, tx, db.Eq("email_key", emailKey(who.Email)))
	if errors.Is(err, errNoSubscriber) {
		return nil
	}
	if err != nil {
		return err
	}
	return deleteSubscriber(ctx, tx, s.ID)
}

func exportedTalks(ctx context.Context, tx tx, theirs []db.Cond) ([]exportedTalk, error) {
	out := []exportedTalk{}
	req := page.Request{Limit: page.MaxLimit}
	for {
		found, err := listThreads(ctx, tx, req, theirs)
		if err != nil {
			return nil, err
		}
		for _, t := range found.Items {
			part, err := exported(ctx, tx, t)
			if err != nil {
				return nil, err
			}
			out = append(out, part)
		}
		if req.After = found.Next; req.After == "" {
			return out, nil
		}
	}
}

func exportedWish(ctx context.Context, tx tx, email string) (*exportedSubscriber, error) {
	s, err := firstSubscriber(ctx, tx, db.Eq("email_key", emailKey(email)))
	if errors.Is(err, errNoSubscriber) {
		return nil, nil //nolint:nilnil // nobody asked for the newsletter, and the field is left out
	}
	if err != nil {
		return nil, err
	}
	said, err := evidenceOf(ctx, tx, []SubscriberID{s.ID})
	out := &exportedSubscriber{Email: s.Email, State: s.Step}
	for _, e := range said {
		out.Steps = append(out.Steps, exportedStep{Act: e.Act, Wording: e.Wording, From: e.Source, At: e.At})
	}
	return out, err
}

func exported(ctx context.Context, tx tx, t Thread) (exportedTalk, error) {
	out := exportedTalk{Subject: t.Subject, Order: t.Order, State: t.State, Name: t.Name, Email: t.Email}
	all, err := messagesOf(ctx, tx, t.ID)
	for _, msg := range all {
		out.Messages = append(out.Messages, exportedMessage{From: msg.Author, Text: msg.Body, At: msg.At})
	}
	return out, err
}
