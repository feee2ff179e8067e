package messaging

import (
	"context"
	"strings"

	"orion/kit/i18n"
	"orion/kit/mail"
	"orion/kit/tenant"
)

// Letterhead is what the store's mails carry.
type Letterhead struct {
	Shop   string    // the store's name
	Email  string    // of the store: answers go there, and so does what shoppers write
	Origin string    // absolute address of the storefront, without a slash at its end
	Staff  string    // the same of the staff's pages
	Lang   i18n.Lang // that the staff read
	Footer string    // lines, such as the postal address
}

// tellStaff sends what a shopper wrote to the store's own address, if it has one.
func (m *Module) tellStaff(ctx context.Context, tx tx, h Letterhead, t Thread, msg Message) error {
	if h.Email == "" {
		return nil
	}
	return m.need.Kit.Mail.Send(ctx, tx, m.staffLetter(h, t, msg))
}

func (m *Module) staffLetter(h Letterhead, t Thread, msg Message) mail.Message {
	w := m.need.Kit.Bundle.In(known(h.Lang))
	lines := []mail.Line{{Label: w.T("messaging.from"), Value: t.Name + " <" + t.Email + ">"}}
	if t.Order != "" {
		lines = append(lines, mail.Line{Label: w.T("messaging.order"), Value: t.Order})
	}
	body := mail.Letter{
		Shop: h.Shop, Lang: w.Lang(), Title: t.Subject, Intro: msg.Body, Lines: lines,
		Button: mail.Button{Label: w.T("messaging.mail_open"), URL: h.Staff + "/messages/" + t.ID.String()},
		Note:   w.T("messaging.mail_staff_note"),
	}
	return body.Fill(mail.Message{
		To: h.Email, Name: h.Shop, ReplyTo: t.Email, Subject: w.T("messaging.mail_staff_subject", "name", t.Name, "subject", t.Subject),
		Key: "messaging.note/" + msg.ID.String(),
	})
}

// tellShopper sends an answer in the shopper's language, with the way back to
// the conversation.
func (m *Module) tellShopper(ctx context.Context, tx tx, h Letterhead, t Thread, msg Message) error {
	return m.need.Kit.Mail.Send(ctx, tx, m.shopperLetter(tx.Scope(), h, t, msg))
}

func (m *Module) shopperLetter(in tenant.Store, h Letterhead, t Thread, msg Message) mail.Message {
	w := m.need.Kit.Bundle.In(known(t.Lang))
	body := mail.Letter{
		Shop: h.Shop, Lang: w.Lang(), Title: t.Subject, Intro: msg.Body,
		Button: mail.Button{
			Label: w.T("messaging.mail_go_on"), URL: strings.TrimSuffix(h.Origin, "/") + "/contact/" + m.Link(in, t.ID),
		},
		Note: w.T("messaging.mail_note", "shop", h.Shop), Footer: h.Footer,
	}
	return body.Fill(mail.Message{
		To: t.Email, Name: t.Name, ReplyTo: h.Email, Subject: w.T("messaging.mail_subject", "subject", t.Subject),
		Key: "messaging.answer/" + msg.ID.String(),
	})
}

func known(l i18n.Lang) i18n.Lang {
	if l.Valid() {
		return l
	}
	return i18n.Fr
}
