// Package mail keeps outgoing mail with the change that causes it and sends it
// after the commit, by SMTP or, where no server is configured, into files.
package mail

import (
	"context"
	"fmt"
	"net/mail"
	"strings"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
)

// Message is a mail to one person.
type Message struct {
	To      string // address
	Name    string // of the person, or empty
	From    string // display name, such as the store's; the address is the operator's
	ReplyTo string // address, or empty
	Subject string
	Text    string
	HTML    string // may be empty
	// Unsubscribe is the absolute address at which a post ends messages like this
	// one (RFC 8058), or empty.
	Unsubscribe string
	// Key makes sending safe to repeat: a store sends one message per key.
	Key string
}

// Outbox takes messages.
type Outbox interface {
	// Send stores the message in the transaction; it leaves after the commit.
	Send(ctx context.Context, tx *db.Tx[tenant.Store], m Message) error
}

var errAddress = fault.New(fault.Invalid, "form.bad_email")

func (m Message) check() error {
	if _, err := mail.ParseAddress(m.To); err != nil {
		return errAddress.Field("to", "form.bad_email")
	}
	if m.Key == "" || m.Subject == "" || m.Text == "" {
		return fmt.Errorf("mail: a message needs a key, a subject and a text")
	}
	if strings.ContainsAny(m.Subject+m.Name+m.From+m.ReplyTo+m.Unsubscribe, "\r\n") {
		return fmt.Errorf("mail: a header with a line break")
	}
	return nil
}
