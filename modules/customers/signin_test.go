package customers_test

import (
	"errors"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/modules/customers"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.account(t, "lea@example.com")
		token, err := b.signIn(t, " LEA@example.com", password)
		if err != nil {
			t.Fatal(err)
		}
		if b.signed(t, token) != id {
			t.Error("the session is somebody else's")
		}
		_, wrong := b.signIn(t, "lea@example.com", "not the password")
		_, unknown := b.signIn(t, "nobody@example.com", password)
		if wrong == nil || unknown == nil || wrong.Error() != unknown.Error() {
			t.Errorf("answers differ: %v, %v", wrong, unknown)
		}
		if _, ok := b.m.Identify(t.Context(), b.Store(), token); ok {
			t.Error("the session opens another store")
		}
		if err := b.m.SignOut(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		if !b.signed(t, token).IsZero() {
			t.Error("the session outlived signing out")
		}
	})
}

func TestIdentifyAsksTheDatabaseOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.account(t, "lea@example.com")
		token, err := b.signIn(t, "lea@example.com", password)
		if err != nil {
			t.Fatal(err)
		}
		b.signed(t, token)
		ctx, counter := db.WithCounter(t.Context())
		if _, ok := b.m.Identify(ctx, b.in, token); !ok || counter.N() != 0 {
			t.Errorf("known %t after %d statements", ok, counter.N())
		}
	})
}

func TestReset(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.account(t, "lea@example.com")
		old, err := b.signIn(t, "lea@example.com", password)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.m.Forgot(t.Context(), b.in, "LEA@example.com", head); err != nil {
			t.Fatal(err)
		}
		link := b.link(t, "/account/reset/")
		if c, err := b.m.ResetFor(t.Context(), b.in, link); err != nil || c.ID != id {
			t.Fatalf("the link is for %s, %v", c.ID, err)
		}
		token, err := b.m.Reset(t.Context(), b.in, link, "another password", head)
		if err != nil {
			t.Fatal(err)
		}
		if b.signed(t, token) != id || !b.signed(t, old).IsZero() {
			t.Error("not signed in, or the old session lives")
		}
		if b.last(t).Subject != "Votre mot de passe a été modifié" {
			t.Errorf("mail %q", b.last(t).Subject)
		}
		if _, err := b.m.Reset(t.Context(), b.in, link, "a third password", head); !errors.Is(err, auth.ErrLink) {
			t.Errorf("the link worked twice: %v", err)
		}
		if _, err := b.signIn(t, "lea@example.com", password); err == nil {
			t.Error("the old password still works")
		}
	})
}

func TestResetLinksEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.account(t, "lea@example.com")
		if err := b.m.Forgot(t.Context(), b.in, "lea@example.com", head); err != nil {
			t.Fatal(err)
		}
		link := b.link(t, "/account/reset/")
		for _, bad := range []string{"", "x", link + "x", "cus_0000000000001" + link[17:]} {
			if _, err := b.m.ResetFor(t.Context(), b.in, bad); fault.As(err).Kind != fault.NotFound {
				t.Errorf("%q gives %v", bad, err)
			}
		}
		if _, err := b.m.ResetFor(t.Context(), b.Store(), link); !errors.Is(err, auth.ErrLink) {
			t.Errorf("it opens another store: %v", err)
		}
		e.Clock.Advance(61 * time.Minute)
		if _, err := b.m.ResetFor(t.Context(), b.in, link); !errors.Is(err, auth.ErrLinkExpired) {
			t.Errorf("after an hour: %v", err)
		}
	})
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.account(t, "lea@example.com")
		old, err := b.signIn(t, "lea@example.com", password)
		if err != nil {
			t.Fatal(err)
		}
		wrong := customers.PasswordChange{Old: "guess", New: "another password"}
		if _, err := b.m.ChangePassword(t.Context(), b.in, id, wrong, head); len(fault.As(err).Fields) != 1 || fault.As(err).Fields[0].Name != "old" {
			t.Errorf("a wrong password gives %v", err)
		}
		token, err := b.m.ChangePassword(t.Context(), b.in, id, customers.PasswordChange{Old: password, New: "another password"}, head)
		if err != nil {
			t.Fatal(err)
		}
		if b.signed(t, token) != id || !b.signed(t, old).IsZero() {
			t.Error("sessions were not replaced")
		}
	})
}

func TestBlock(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.account(t, "lea@example.com")
		token, err := b.signIn(t, "lea@example.com", password)
		if err != nil {
			t.Fatal(err)
		}
		b.signed(t, token)
		if err := b.m.Block(t.Context(), b.in, staff, id); err != nil {
			t.Fatal(err)
		}
		if !b.signed(t, token).IsZero() {
			t.Error("the session outlived the block")
		}
		if _, err := b.signIn(t, "lea@example.com", password); err == nil {
			t.Error("a blocked customer signed in")
		}
		if err := b.m.Unblock(t.Context(), b.in, staff, id); err != nil {
			t.Fatal(err)
		}
		if _, err := b.signIn(t, "lea@example.com", password); err != nil {
			t.Errorf("after the block: %v", err)
		}
		if len(b.log.entries) != 2 || b.log.entries[0].Target != id.String() {
			t.Errorf("audit %+v", b.log.entries)
		}
		if err := b.m.Block(t.Context(), b.Store(), staff, id); fault.As(err).Kind != fault.NotFound {
			t.Errorf("another store's customer: %v", err)
		}
	})
}
