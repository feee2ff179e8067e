package messaging

import (
	"context"
	"sync"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/i18n"
	"orion/kit/mail"
	"orion/kit/modtest"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/modules/customers/customersapi"
	"orion/modules/customers/customerstest"
	"orion/modules/messaging/messagingapi"
	"orion/modules/tenancy/tenancyapi"
)

var plan = modtest.Plan(migrate.Line{Module: messagingapi.Code, Files: Files})

var lena = auth.Actor{Kind: "user", ID: "usr_1", Name: "Lena"}

var paper = Letterhead{Shop: "Maison", Email: "hello@maison.example", Origin: "https://maison.example", Staff: "https://maison.example/store", Lang: "en"}

// world is a shop that people write to.
type world struct {
	*Module
	*dbtest.Env
	in    tenant.Store
	mails *modtest.Mails
	log   *auditLog
	conf  *settings
	lea   auth.CustomerID
}

func setup(t *testing.T, e *dbtest.Env) *world {
	t.Helper()
	kit := modtest.Kit(t, e)
	w := &world{Env: e, in: e.Store(), log: &auditLog{}, conf: &settings{}, mails: kit.Mail.(*modtest.Mails)}
	kit.Settings = w.conf
	var err error
	if kit.Bundle, err = i18n.Load(ui.Files, Files); err != nil {
		t.Fatal(err)
	}
	people := &customerstest.Customers{}
	w.lea = people.Add(customersapi.Profile{ID: 11, Email: "Lea@example.lu", Name: "Léa Schmit"})
	w.Module = New(Needs{Kit: kit, Customers: people, Audit: w.log})
	return w
}

// each runs fn on both databases.
func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) { fn(t, setup(t, e)) })
}

// ticket is that of a form that was filled in as slowly as people do.
func (w *world) ticket(t *testing.T) Ticket {
	t.Helper()
	signed := w.NewTicket(w.in)
	w.Clock.Advance(quickest)
	n, err := w.Admit(w.in, signed)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func (w *world) note(t *testing.T, subject string) Note {
	t.Helper()
	return Note{Ticket: w.ticket(t), Name: "Léa", Email: "lea@example.lu", Lang: "fr", Subject: subject, Body: "Are you open\r\non Saturday?"}
}

func (w *world) writes(t *testing.T, subject string) messagingapi.ThreadID {
	t.Helper()
	id, err := w.Contact(t.Context(), w.in, w.note(t, subject), paper)
	if err != nil || id.IsZero() {
		t.Fatal(id, err)
	}
	return id
}

func (w *world) sees(t *testing.T, id messagingapi.ThreadID, state State, unread bool, messages int64) Talk {
	t.Helper()
	talk, err := w.Talk(t.Context(), w.in, id)
	if err != nil {
		t.Fatal(err)
	}
	if talk.State != state || talk.Unread != unread || talk.Messages != messages || len(talk.All) != int(messages) {
		t.Errorf("the conversation is %s, unread %v, with %d messages (%d), want %s, %v, %d", talk.State, talk.Unread, talk.Messages, len(talk.All), state, unread, messages)
	}
	return talk
}

// sent takes the mails that left.
func (w *world) sent() []mail.Message {
	out := w.mails.Sent
	w.mails.Sent = nil
	return out
}

// later lets time go by.
func (w *world) later(d time.Duration) { w.Clock.Advance(d) }

// settings are those that a test chose.
type settings struct{ raw string }

// Raw implements module.Source.
func (s *settings) Raw(string, tenant.Store) string { return s.raw }

// auditLog is a fake of the audit log.
type auditLog struct {
	mu      sync.Mutex
	entries []tenancyapi.Entry
}

func (a *auditLog) Record(_ context.Context, tx tx, e tenancyapi.Entry) error {
	tx.AfterCommit(func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.entries = append(a.entries, e)
	})
	return nil
}
