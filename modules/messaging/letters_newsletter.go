package messaging

import (
	"context"
	"fmt"
	"strings"

	"orion/kit/mail"
)

// askToConfirm leads to the page on which a subscription is made.
func (m *Module) askToConfirm(ctx context.Context, tx tx, h Letterhead, s Subscriber) error {
	w := m.need.Kit.Bundle.In(known(s.Lang))
	body := mail.Letter{
		Shop: h.Shop, Lang: w.Lang(), Title: w.T("messaging.mail_confirm_title", "shop", h.Shop), Intro: w.T("messaging.mail_confirm_text", "shop", h.Shop),
		Button: mail.Button{Label: w.T("messaging.confirm"), URL: strings.TrimSuffix(h.Origin, "/") + "/newsletter/join/" + m.JoinLink(tx.Scope(), s.ID)},
		Note:   w.T("messaging.mail_confirm_note"), Footer: h.Footer,
	}
	return m.need.Kit.Mail.Send(ctx, tx, body.Fill(mail.Message{
		To: s.Email, ReplyTo: h.Email, Key: fmt.Sprintf("messaging.confirm/%s/%d", s.ID, s.Mailed.Unix()),
	}))
}

// welcome is the first mail of a newsletter. Like all of them it says how to
// leave: at its foot for people, in its head for programs.
func (m *Module) welcome(ctx context.Context, tx tx, h Letterhead, s Subscriber) error {
	w := m.need.Kit.Bundle.In(known(s.Lang))
	leave := leaveAddress(h, m.LeaveLink(tx.Scope(), s.ID))
	body := mail.Letter{
		Shop: h.Shop, Lang: w.Lang(), Title: w.T("messaging.mail_welcome_title", "shop", h.Shop), Intro: w.T("messaging.mail_welcome_text", "shop", h.Shop),
		Button: mail.Button{Label: w.T("messaging.to_the_shop"), URL: strings.TrimSuffix(h.Origin, "/") + "/"},
		Note:   w.T("messaging.mail_leave", "address", leave), Footer: h.Footer,
	}
	return m.need.Kit.Mail.Send(ctx, tx, body.Fill(mail.Message{
		To: s.Email, ReplyTo: h.Email, Unsubscribe: leave, Key: fmt.Sprintf("messaging.welcome/%s/%d", s.ID, s.Changed.Unix()),
	}))
}
