package mail

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/mail"
	"os"
	"path/filepath"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"orion/kit/config"
)

const implicit = 465 // the port on which a connection begins with TLS

// nobodyYet is who writes where no sender is configured, which is only where
// there is no server either.
var nobodyYet = mail.Address{Name: "Orion", Address: "no-reply@localhost"}

// operator is the address that mail comes from. The settings were checked when
// they were read.
func operator(c config.SMTP) mail.Address {
	a, err := mail.ParseAddress(c.From)
	if err != nil {
		return nobodyYet
	}
	return *a
}

// compose makes the message as it travels. Its Message-ID follows from store
// and key, so that a receiver can tell a repetition.
func compose(m stored, from mail.Address) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	_, domain, _ := strings.Cut(from.Address, "@")
	sum := sha256.Sum256([]byte(m.store.String() + "\x00" + m.Key))
	msg.SetMessageIDWithValue(hex.EncodeToString(sum[:16]) + "@" + domain)
	msg.SetDateWithValue(m.created)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if err := msg.FromFormat(cmp.Or(m.From, from.Name), from.Address); err != nil {
		return nil, fmt.Errorf("set the sender: %w", err)
	}
	if err := msg.AddToFormat(m.Name, m.To); err != nil {
		return nil, fmt.Errorf("set the recipient: %w", err)
	}
	if m.ReplyTo != "" {
		if err := msg.ReplyTo(m.ReplyTo); err != nil {
			return nil, fmt.Errorf("set the address for replies: %w", err)
		}
	}
	if m.Unsubscribe != "" {
		msg.SetGenHeader("List-Unsubscribe", "<"+m.Unsubscribe+">")
		msg.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	msg.Subject(m.Subject)
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}

// smtpSender hands messages to a server.
type smtpSender struct {
	conf config.SMTP
	from mail.Address
}

func (s smtpSender) send(ctx context.Context, m stored) error {
	msg, err := compose(m, s.from)
	if err != nil {
		return err
	}
	client, err := gomail.NewClient(s.conf.Host, s.options()...)
	if err != nil {
		return fmt.Errorf("set up the mail server: %w", err)
	}
	return client.DialAndSendWithContext(ctx, msg)
}

// options encrypt where the server can. With a password they insist on it,
// unless the server is this machine.
func (s smtpSender) options() []gomail.Option {
	opts := []gomail.Option{gomail.WithPort(s.conf.Port), gomail.WithTimeout(deadline)}
	switch {
	case s.conf.Port == implicit:
		opts = append(opts, gomail.WithSSL())
	case s.conf.User != "" && !local(s.conf.Host):
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	default:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	}
	if s.conf.User != "" {
		opts = append(opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(s.conf.User), gomail.WithPassword(string(s.conf.Password)))
	}
	return opts
}

func local(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// fileSender writes messages where a developer can open them.
type fileSender struct {
	dir  string
	from mail.Address
}

func (s fileSender) send(_ context.Context, m stored) error {
	msg, err := compose(m, s.from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return fmt.Errorf("make the folder for mails: %w", err)
	}
	name := fmt.Sprintf("%s_%s_%d.eml", m.created.UTC().Format("20060102-150405"), plainName(m.Key), m.id)
	half := filepath.Join(s.dir, "."+name)
	if err := msg.WriteToFile(half); err != nil {
		return fmt.Errorf("write a mail: %w", err)
	}
	if err := os.Rename(half, filepath.Join(s.dir, name)); err != nil {
		return fmt.Errorf("write a mail: %w", err)
	}
	return nil
}

// plainName is a key as part of a file's name.
func plainName(key string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.' {
			return r
		}
		return '-'
	}, key)
	return name[:min(len(name), 60)]
}

// Try asks the mail server in, as a message would be, and leaves without one.
func Try(ctx context.Context, c config.SMTP) error {
	client, err := gomail.NewClient(c.Host, smtpSender{conf: c}.options()...)
	if err != nil {
		return fmt.Errorf("set up the mail server: %w", err)
	}
	if err := client.DialWithContext(ctx); err != nil {
		return err //nolint:wrapcheck // it says where it stopped
	}
	return client.Close() //nolint:wrapcheck // as above
}
