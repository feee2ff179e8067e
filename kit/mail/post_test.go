package mail_test

import (
	"context"
	"errors"
	"log/slog"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"orion/kit/config"
	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/job"
	"orion/kit/mail"
	"orion/kit/tenant"
)

var plan = migrate.Plan{Steps: []migrate.Step{job.Migrate}, Lines: []migrate.Line{{Module: "mail", Files: mail.Files}}}

// bundle is a post office and what it needs.
type bundle struct {
	*dbtest.Env
	post *mail.Post
	in   tenant.Store
	data string
}

func setup(t *testing.T, e *dbtest.Env, smtp config.SMTP) *bundle {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	queue, err := job.NewQueue(e.DB, quiet)
	if err != nil {
		t.Fatal(err)
	}
	b := &bundle{Env: e, in: e.Store(), data: t.TempDir()}
	b.post = mail.New(mail.Needs{DB: e.DB, Jobs: queue, Config: config.Config{Data: b.data, SMTP: smtp}, Log: quiet})
	return b
}

func (b *bundle) send(t *testing.T, m mail.Message) {
	t.Helper()
	if err := db.Do(t.Context(), b.DB, b.in, func(tx *db.Tx[tenant.Store]) error { return b.post.Send(t.Context(), tx, m) }); err != nil {
		t.Fatal(err)
	}
}

func (b *bundle) settle(t *testing.T) {
	t.Helper()
	r, err := job.NewRunner(job.Options{
		DB: b.DB, Gate: b.Gate, Jobs: b.post.Jobs(), Log: slog.New(slog.DiscardHandler), Poll: 10 * time.Millisecond,
		Resolve: func(context.Context, tenant.StoreID) (tenant.Store, bool) { return b.in, true },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (b *bundle) receipts(t *testing.T) []mail.Receipt {
	t.Helper()
	all, err := b.post.Recent(t.Context(), b.in)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (b *bundle) written(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(b.data, "mail", "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func letter(key string) mail.Message {
	return mail.Letter{Shop: "Maison Clé", Lang: "fr", Title: "Réinitialiser", Intro: "Bonjour Léa"}.Fill(mail.Message{
		To: "lea@example.com", Name: "Léa Schmit", ReplyTo: "shop@example.com", Key: key,
	})
}

func TestFiles(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e, config.SMTP{})
		b.send(t, letter("orders.placed/1"))
		b.send(t, letter("orders.placed/1"))
		b.settle(t)
		names := b.written(t)
		if len(names) != 1 {
			t.Fatalf("one key made %d files", len(names))
		}
		raw, err := os.Open(names[0])
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = raw.Close() }()
		m, err := netmail.ReadMessage(raw)
		if err != nil {
			t.Fatal(err)
		}
		from, err := m.Header.AddressList("From")
		if err != nil || from[0].Name != "Maison Clé" || from[0].Address != "no-reply@localhost" {
			t.Errorf("from %v, %v", from, err)
		}
		if r := b.receipts(t); len(r) != 1 || r[0].Status != mail.Sent || r[0].Sent.IsZero() {
			t.Errorf("receipts %+v", r)
		}
	})
}

func TestNothingLeavesWithoutCommit(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e, config.SMTP{})
		changed := errors.New("changed my mind")
		err := db.Do(t.Context(), b.DB, b.in, func(tx *db.Tx[tenant.Store]) error {
			if err := b.post.Send(t.Context(), tx, letter("a")); err != nil {
				return err
			}
			return changed
		})
		if !errors.Is(err, changed) {
			t.Fatal(err)
		}
		b.settle(t)
		if names := b.written(t); len(names) != 0 {
			t.Errorf("left anyway: %v", names)
		}
	})
}

func TestSMTP(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		server := newServer(t, "250 fine")
		b := setup(t, e, config.SMTP{Host: "127.0.0.1", Port: server.port(), From: "Orion <post@orion.example>"})
		b.send(t, letter("orders.placed/2"))
		b.settle(t)
		got := server.messages()
		if len(got) != 1 {
			t.Fatalf("the server has %d messages", len(got))
		}
		for _, want := range []string{
			"From: =?utf-8?q?Maison_Cl=C3=A9?= <post@orion.example>", "Reply-To: <shop@example.com>",
			"Subject: =?UTF-8?q?R=C3=A9initialiser?=", "text/plain", "text/html", "@orion.example>",
		} {
			if !strings.Contains(got[0], want) {
				t.Errorf("no %q in\n%s", want, got[0])
			}
		}
	})
}

func TestServerRefuses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		server := newServer(t, "451 come back later")
		b := setup(t, e, config.SMTP{Host: "127.0.0.1", Port: server.port(), From: "post@orion.example"})
		b.send(t, letter("orders.placed/3"))
		b.settle(t)
		r := b.receipts(t)
		if len(r) != 1 || r[0].Status != mail.Queued || r[0].Attempts == 0 || r[0].Error == "" {
			t.Errorf("receipts %+v", r)
		}
	})
}

func TestOldBodiesAreEmptied(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e, config.SMTP{})
		b.send(t, letter("old"))
		b.settle(t)
		e.Clock.Advance(31 * 24 * time.Hour)
		b.settle(t)
		var text string
		row := e.DB.Pool().QueryRowContext(t.Context(), "SELECT body_text || recipient || recipient_name FROM mail_messages")
		if e.DB.Dialect() == db.Postgres {
			return // row-level security hides the table from a bare query
		}
		if err := row.Scan(&text); err != nil || text != "" {
			t.Errorf("the body is still %q, %v", text, err)
		}
	})
}

func TestBadMessages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e, config.SMTP{})
		try := func(m mail.Message) error {
			return db.Do(t.Context(), b.DB, b.in, func(tx *db.Tx[tenant.Store]) error { return b.post.Send(t.Context(), tx, m) })
		}
		bad := letter("k")
		bad.To = "nobody"
		if err := try(bad); fault.As(err).Kind != fault.Invalid {
			t.Errorf("a bad address gives %v", err)
		}
		bad = letter("k")
		bad.Subject += "\r\nBcc: all@example.com"
		if err := try(bad); err == nil {
			t.Error("a header could be added")
		}
	})
}
