package messaging

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"orion/kit/mail"
	"orion/kit/tenant"
)

// askToConfirm leads to the page on which a subscription is made.
func (m *Module) askToConfirm(ctx context.Context, tx tx, h Letterhead, s Subscriber) error {
	return m.need.Kit.Mail.Send(ctx, tx, m.confirmLetter(tx.Scope(), h, s))
}

func (m *Module) confirmLetter(in tenant.Store, h Letterhead, s Subscriber) mail.Message {
	w := m.need.Kit.Bundle.In(known(s.Lang))
	body := mail.Letter{
		Shop: h.Shop, Lang: w.Lang(), Title: w.T("messaging.mail_confirm_title", "shop", h.Shop), Intro: w.T("messaging.mail_confirm_text", "shop", h.Shop),
		Button: mail.Button{Label: w.T("messaging.confirm"), URL: strings.TrimSuffix(h.Origin, "/") + "/newsletter/join/" + m.JoinLink(in, s.ID)},
		Note:   w.T("messaging.mail_confirm_note"), Footer: h.Footer,
	}
	return body.Fill(mail.Message{To: s.Email, ReplyTo: h.Email, Key: fmt.Sprintf("messaging.confirm/%s/%d", s.ID, s.Mailed.Unix())})
}

// welcome is the first mail of a newsletter. Like all of them it says how to
// leave: at its foot for people, in its head for programs.
func (m *Module) welcome(ctx context.Context, tx tx, h Letterhead, s Subscriber) error {
	return m.need.Kit.Mail.Send(ctx, tx, m.welcomeLetter(tx.Scope(), h, s))
}

func (m *Module) welcomeLetter(in tenant.Store, h Letterhead, s Subscriber) mail.Message {
	w := m.need.Kit.Bundle.In(known(s.Lang))
	leave := leaveAddress(h, m.LeaveLink(in, s.ID))
	body := mail.Letter{
		Shop: h.Shop, Lang: w.Lang(), Title: w.T("messaging.mail_welcome_title", "shop", h.Shop), Intro: w.T("messaging.mail_welcome_text", "shop", h.Shop),
		Button: mail.Button{Label: w.T("messaging.to_the_shop"), URL: strings.TrimSuffix(h.Origin, "/") + "/"},
		Note:   w.T("messaging.mail_leave", "address", leave), Footer: h.Footer,
	}
	return body.Fill(mail.Message{
		To: s.Email, ReplyTo: h.Email, Unsubscribe: leave, Key: fmt.Sprintf("messaging.welcome/%s/%d", s.ID, s.Changed.Unix()),
	})
}

// samples are the module's mails of somebody who does not exist.
func (m *Module) samples(_ context.Context, s mail.Sampling) ([]mail.Message, error) {
	var nowhere tenant.Store // so that their links open nothing
	h := Letterhead{Shop: s.Shop, Email: s.Email, Origin: s.Origin, Staff: s.Origin + "/store", Lang: s.Lang, Footer: s.Footer}
	t := Thread{Name: "Léa Schmit", Email: "lea@example.com", Lang: s.Lang, Subject: "Stoneware mug", Order: "1048"}
	who := Subscriber{Email: "lea@example.com", Lang: s.Lang}
	out := map[string]mail.Message{
		"messaging.note":    m.staffLetter(h, t, Message{Body: "Does it go into the dishwasher?"}),
		"messaging.answer":  m.shopperLetter(nowhere, h, t, Message{Body: "It does, at any temperature.\n\nWith kind regards\nMarc"}),
		"messaging.confirm": m.confirmLetter(nowhere, h, who), "messaging.welcome": m.welcomeLetter(nowhere, h, who),
	}
	var all []mail.Message
	for _, kind := range slices.Sorted(maps.Keys(out)) {
		msg := out[kind]
		msg.Key = kind
		all = append(all, msg)
	}
	return all, nil
}
