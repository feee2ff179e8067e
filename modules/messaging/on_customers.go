package messaging

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/slot"
	"orion/modules/customers/customersapi"
	"orion/modules/messaging/messagingapi"
)

// fills are what messages add to the pages of other modules.
func (m *Module) fills() []slot.Filling {
	return []slot.Filling{customersapi.Export.Fill(messagingapi.Code, 30, m.export)}
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

// export is everything that was written with a customer, signed in or not: the
// address of an account was proved to be theirs.
func (m *Module) export(ctx context.Context, v customersapi.Viewed) (customersapi.Part, error) {
	talks, err := db.Read(ctx, m.need.Kit.DB, v.In, func(tx tx) ([]exportedTalk, error) {
		who, err := m.need.Customers.Profile(ctx, tx, v.Customer)
		if err != nil {
			return nil, err
		}
		theirs := []db.Cond{db.Any(db.Eq("email_key", emailKey(who.Email)), db.Eq("customer_id", v.Customer))}
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
	})
	return customersapi.Part{Name: "messages", Data: talks}, err
}

func exported(ctx context.Context, tx tx, t Thread) (exportedTalk, error) {
	out := exportedTalk{Subject: t.Subject, Order: t.Order, State: t.State, Name: t.Name, Email: t.Email}
	all, err := messagesOf(ctx, tx, t.ID)
	for _, msg := range all {
		out.Messages = append(out.Messages, exportedMessage{From: msg.Author, Text: msg.Body, At: msg.At})
	}
	return out, err
}
