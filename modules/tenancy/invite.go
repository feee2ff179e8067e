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
		return m.mail.Send(ctx, tx, mail.Message{
			To: l.Email, Name: l.Name, From: l.shop, Key: "tenancy.invitation." + hex.EncodeToString(sum[:8]),
			Subject: l.words.T("tenancy.mail_subject", "store", l.shop),
			Text:    l.words.T("tenancy.mail_text", "name", l.Name, "store", l.shop, "link", l.link),
		})
	})
	return err == nil, err
}
