package customers_test

import (
	"errors"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/modules/customers"
	"orion/modules/customers/customersapi"
)

func TestRegister(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.register(t, "Lea@Example.com")
		if m := b.last(t); m.To != "Lea@Example.com" || m.Subject != "Ouvrez votre compte chez Maison Clé" || m.ReplyTo != head.ReplyTo {
			t.Errorf("mail %+v", m)
		}
		link := b.link(t, "/account/confirm/")
		if email, err := b.m.Invited(t.Context(), b.in, link); err != nil || email != "Lea@Example.com" {
			t.Fatalf("the link is for %q, %v", email, err)
		}
		if _, err := b.m.Confirm(t.Context(), b.in, link, "short"); fault.As(err).Kind != fault.Invalid {
			t.Errorf("a short password gives %v", err)
		}
		token, err := b.m.Confirm(t.Context(), b.in, link, password)
		if err != nil {
			t.Fatal(err)
		}
		c := b.customer(t, b.signed(t, token))
		if c.Status != customers.Active || !c.Consent || c.ConsentAt.IsZero() || c.Lang != i18n.Fr || c.Number != 1001 || c.Registered.IsZero() {
			t.Errorf("made %+v", c)
		}
		if _, err := b.m.Confirm(t.Context(), b.in, link, password); fault.As(err).Kind != fault.NotFound {
			t.Errorf("the link worked twice: %v", err)
		}
		if _, err := b.signIn(t, "lea@example.com", password); err != nil {
			t.Errorf("sign in: %v", err)
		}
	})
}

func TestRegisterTellsNobodyWhoBuysHere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.account(t, "known@example.com")
		b.register(t, "known@example.com")
		if m := b.last(t); m.Subject != "Vous avez déjà un compte chez Maison Clé" {
			t.Errorf("mail %q", m.Subject)
		}
		blocked := b.account(t, "blocked@example.com")
		if err := b.m.Block(t.Context(), b.in, staff, blocked); err != nil {
			t.Fatal(err)
		}
		sent := len(b.mails.Sent)
		b.register(t, "blocked@example.com")
		if err := b.m.Forgot(t.Context(), b.in, "nobody@example.com", head); err != nil {
			t.Error(err)
		}
		if len(b.mails.Sent) != sent {
			t.Errorf("mail to somebody who should get none: %q", b.last(t).Subject)
		}
	})
}

func TestRegisterAgainSoonSendsOneMail(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.register(t, "lea@example.com")
		first := b.link(t, "/account/confirm/")
		b.register(t, "LEA@example.com")
		if len(b.mails.Sent) != 1 {
			t.Fatalf("%d mails", len(b.mails.Sent))
		}
		e.Clock.Advance(3 * time.Minute)
		b.register(t, "lea@example.com")
		if _, err := b.m.Invited(t.Context(), b.in, first); fault.As(err).Kind != fault.NotFound {
			t.Errorf("an older link still works: %v", err)
		}
		second := b.link(t, "/account/confirm/")
		e.Clock.Advance(25 * time.Hour)
		if _, err := b.m.Confirm(t.Context(), b.in, second, password); !errors.Is(err, auth.ErrLinkExpired) {
			t.Errorf("a link of yesterday gives %v", err)
		}
	})
}

func TestGuestBecomesCustomer(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		guest := b.guest(t, customersapi.Guest{Email: "lea@example.com", Name: "L. Schmit", Phone: "+352 691 000 000", Lang: i18n.De})
		if err := db.Do(t.Context(), b.DB, b.in, func(tx tx) error { return b.m.Bought(t.Context(), tx, guest, 2400) }); err != nil {
			t.Fatal(err)
		}
		if _, err := b.signIn(t, "lea@example.com", ""); err == nil {
			t.Error("a guest signed in")
		}
		if err := b.m.Forgot(t.Context(), b.in, "lea@example.com", head); err != nil {
			t.Fatal(err)
		}
		token, err := b.m.Confirm(t.Context(), b.in, b.link(t, "/account/confirm/"), password)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.signed(t, token); got != guest {
			t.Errorf("the account is %s, the guest was %s", got, guest)
		}
		if c := b.customer(t, guest); c.Status != customers.Active || c.Spent != 2400 || c.Orders != 1 || c.Phone == "" {
			t.Errorf("became %+v", c)
		}
	})
}

func TestRegistrationIsChecked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		for name, r := range map[string]customers.Registration{
			"no address":    {Name: "Léa"},
			"no domain":     {Name: "Léa", Email: "lea@localhost"},
			"with a name":   {Name: "Léa", Email: "Léa <lea@example.com>"},
			"nobody's name": {Email: "lea@example.com"},
		} {
			if err := b.m.Register(t.Context(), b.in, r, head); fault.As(err).Kind != fault.Invalid || len(fault.As(err).Fields) != 1 {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
