package customers

import (
	"context"
	"fmt"
	"strings"
	"time"

	"orion/kit/i18n"
	"orion/kit/mail"
)

// Letterhead is what the store's mails to customers carry.
type Letterhead struct {
	Shop    string    // the store's name
	Lang    i18n.Lang // of the reader
	Origin  string    // absolute address of the storefront, without a slash at its end
	ReplyTo string    // the store's address, or empty
	Footer  string    // lines, such as the postal address
}

// to is the letterhead for a customer, whose own language it has.
func (h Letterhead) to(c Customer) Letterhead {
	if c.Lang.Valid() {
		h.Lang = c.Lang
	}
	return h
}

// once is the time in which a repeated wish sends no second mail.
const once = 2 * time.Minute

// confirmation leads to the page on which an account is made.
func (m *Module) confirmation(ctx context.Context, tx tx, h Letterhead, r registration) error {
	token := m.need.Kit.Sign.Sign(confirmPurpose, int64(tx.Scope().ID()), int64(r.ID), confirmAge)
	return m.write(ctx, tx, h, letter{
		to: r.Email, name: r.Name, key: fmt.Sprintf("customers.confirm/%s", r.ID),
		words: "customers.mail_confirm", path: "/account/confirm/" + token,
	})
}

// alreadyThere tells somebody who asks for an account that they have one.
func (m *Module) alreadyThere(ctx context.Context, tx tx, h Letterhead, c Customer) error {
	return m.write(ctx, tx, h.to(c), letter{
		to: c.Email, name: c.Name, key: fmt.Sprintf("customers.known/%s/%d", c.ID, window(tx.Now())),
		words: "customers.mail_known", path: "/account/login",
	})
}

// resetLetter leads to the page on which a new password is chosen.
func (m *Module) resetLetter(ctx context.Context, tx tx, h Letterhead, c Customer) error {
	return m.write(ctx, tx, h.to(c), letter{
		to: c.Email, name: c.Name, key: fmt.Sprintf("customers.reset/%s/%d/%d", c.ID, c.version, window(tx.Now())),
		words: "customers.mail_reset", path: "/account/reset/" + m.resetToken(tx.Scope(), c),
	})
}

// changedLetter tells that the password is another now.
func (m *Module) changedLetter(ctx context.Context, tx tx, h Letterhead, c Customer) error {
	return m.write(ctx, tx, h.to(c), letter{
		to: c.Email, name: c.Name, key: fmt.Sprintf("customers.changed/%s/%d", c.ID, c.version),
		words: "customers.mail_changed", path: "/account/forgot",
	})
}

// farewell tells that nothing is known of them any more. It goes to an address
// that the store forgets with it.
func (m *Module) farewell(ctx context.Context, tx tx, h Letterhead, c Customer) error {
	return m.write(ctx, tx, h.to(c), letter{
		to: c.Email, name: c.Name, key: fmt.Sprintf("customers.erased/%s", c.ID),
		words: "customers.mail_erased", path: "/",
	})
}

func window(now time.Time) int64 { return now.Unix() / int64(once/time.Second) }

// letter is one of the module's mails; its words are title, text, button and
// note below one key.
type letter struct {
	to, name, key string
	words         string
	path          string // where the button leads, inside the storefront
}

func (m *Module) write(ctx context.Context, tx tx, h Letterhead, l letter) error {
	return m.need.Kit.Mail.Send(ctx, tx, m.message(h, l))
}

func (m *Module) message(h Letterhead, l letter) mail.Message {
	w := m.need.Kit.Bundle.In(known(h.Lang))
	hello := w.T("customers.mail_hello")
	if l.name != "" {
		hello = w.T("customers.mail_hello_name", "name", l.name)
	}
	body := mail.Letter{
		Shop: h.Shop, Lang: w.Lang(), Title: w.T(l.words+"_title", "shop", h.Shop),
		Intro:  hello + "\n\n" + w.T(l.words+"_text", "shop", h.Shop),
		Button: mail.Button{Label: w.T(l.words + "_button"), URL: strings.TrimSuffix(h.Origin, "/") + l.path},
		Note:   w.T(l.words + "_note"), Footer: h.Footer,
	}
	return body.Fill(mail.Message{To: l.to, Name: l.name, ReplyTo: h.ReplyTo, Key: l.key})
}

// samples are the module's mails to somebody who does not exist.
func (m *Module) samples(_ context.Context, s mail.Sampling) ([]mail.Message, error) {
	h := Letterhead{Shop: s.Shop, Lang: s.Lang, Origin: s.Origin, ReplyTo: s.Email, Footer: s.Footer}
	var out []mail.Message
	for _, of := range [][2]string{
		{"confirm", "/account/confirm/sample"}, {"known", "/account/login"}, {"reset", "/account/reset/sample"}, {"changed", "/account/forgot"}, {"erased", "/"},
	} {
		out = append(out, m.message(h, letter{
			to: "lea@example.com", name: "Léa Schmit", key: "customers." + of[0], words: "customers.mail_" + of[0], path: of[1],
		}))
	}
	return out, nil
}
