package tenancy

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/mail"
	"orion/kit/tenant"
)

// letter is the mail that carries an invitation.
type letter struct {
	Invitation
	shop  string
	link  string
	words i18n.Words
}

// mailInvitation sends an invitation; false when this program cannot send mail.
func (m *Module) mailInvitation(ctx context.Context, in tenant.Store, l letter) (sent bool, err error) {
	if m.mail == nil {
		return false, nil
	}
	sum := sha256.Sum256([]byte(l.link))
	err = db.Do(ctx, m.db, in, func(tx storeTx) error {
		return m.mail.Send(ctx, tx, l.message("tenancy.invitation."+hex.EncodeToString(sum[:8])))
	})
	return err == nil, err
}

func (l letter) message(key string) mail.Message {
	return mail.Message{
		To: l.Email, Name: l.Name, From: l.shop, Key: key,
		Subject: l.words.T("tenancy.mail_subject", "store", l.shop),
		Text:    l.words.T("tenancy.mail_text", "name", l.Name, "store", l.shop, "link", l.link),
	}
}

// samples are the module's mails to somebody who does not exist.
func (m *Module) samples(_ context.Context, s mail.Sampling) ([]mail.Message, error) {
	l := letter{Invitation: Invitation{Email: "marc@example.com", Name: "Marc Weber"}, shop: s.Shop, link: s.Origin + "/store/join/sample", words: m.bundle.In(s.Lang)}
	return []mail.Message{l.message("tenancy.invitation")}, nil
}
