package customers_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/i18n"
	"orion/kit/mail"
	"orion/kit/modtest"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/modules/customers"
	"orion/modules/customers/customersapi"
	"orion/modules/tenancy/tenancyapi"
)

type tx = *db.Tx[tenant.Store]

var (
	plan  = modtest.Plan(migrate.Line{Module: customersapi.Code, Files: customers.Files})
	staff = auth.Actor{Kind: "user", Name: "Ada"}
)

const password = "a good long password"

// bundle is one store with its customers.
type bundle struct {
	*dbtest.Env
	m     *customers.Module
	in    tenant.Store
	kit   module.Kit
	mails *modtest.Mails
	log   *auditLog
}

func setup(t *testing.T, e *dbtest.Env) *bundle {
	t.Helper()
	kit := modtest.Kit(t, e)
	words, err := i18n.Load(customers.Files)
	if err != nil {
		t.Fatal(err)
	}
	kit.Bundle = words
	b := &bundle{Env: e, in: e.Store(), kit: kit, mails: kit.Mail.(*modtest.Mails), log: &auditLog{}}
	b.m = customers.New(customers.Needs{Kit: kit, Audit: b.log, Forget: b.log})
	return b
}

var head = customers.Letterhead{Shop: "Maison Clé", Lang: i18n.Fr, Origin: "https://cle.example", ReplyTo: "shop@cle.example"}

func (b *bundle) register(t *testing.T, email string) {
	t.Helper()
	if err := b.m.Register(t.Context(), b.in, customers.Registration{Email: email, Name: "Léa Schmit", Consent: true}, head); err != nil {
		t.Fatal(err)
	}
}

// account makes a customer with an account and the usual password.
func (b *bundle) account(t *testing.T, email string) auth.CustomerID {
	t.Helper()
	id, err := b.m.Add(t.Context(), b.in, customers.Account{Email: email, Name: "Léa Schmit", Lang: i18n.Fr, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (b *bundle) guest(t *testing.T, g customersapi.Guest) auth.CustomerID {
	t.Helper()
	id, err := db.Write(t.Context(), b.DB, b.in, func(tx tx) (auth.CustomerID, error) { return b.m.Ensure(t.Context(), tx, g) })
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (b *bundle) customer(t *testing.T, id auth.CustomerID) customers.Customer {
	t.Helper()
	c, err := b.m.Customer(t.Context(), b.in, id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (b *bundle) signIn(t *testing.T, email, password string) (string, error) {
	t.Helper()
	return b.m.SignIn(t.Context(), b.in, customers.Credentials{Email: email, Password: password})
}

// signed tells who a token is.
func (b *bundle) signed(t *testing.T, token string) auth.CustomerID {
	t.Helper()
	c, _ := b.m.Identify(t.Context(), b.in, token)
	return c.ID
}

// last is the newest mail.
func (b *bundle) last(t *testing.T) mail.Message {
	t.Helper()
	if len(b.mails.Sent) == 0 {
		t.Fatal("no mail was sent")
	}
	return b.mails.Sent[len(b.mails.Sent)-1]
}

// link is the token of the link below path in the newest mail.
func (b *bundle) link(t *testing.T, path string) string {
	t.Helper()
	_, rest, ok := strings.Cut(b.last(t).Text, head.Origin+path)
	if !ok {
		t.Fatalf("no link to %s in\n%s", path, b.last(t).Text)
	}
	token, _, _ := strings.Cut(rest, "\n")
	return token
}

// auditLog remembers what staff did.
type auditLog struct {
	mu      sync.Mutex
	entries []tenancyapi.Entry
	forgot  []string
}

func (a *auditLog) Forget(_ context.Context, _ tx, e tenancyapi.Entry) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.forgot = append(a.forgot, e.Target)
	return nil
}

func (a *auditLog) Record(_ context.Context, _ tx, e tenancyapi.Entry) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.entries = append(a.entries, e)
	return nil
}
