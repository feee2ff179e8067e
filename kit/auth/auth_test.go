package auth_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/clock"
	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/fault"
)

var plan = migrate.Plan{Lines: []migrate.Line{{Module: "auth", Files: auth.Files}}}

func TestPasswords(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	hash, err := auth.Hash(ctx, "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(hash, "correct") || !auth.Verify(ctx, "correct horse", hash) || auth.Verify(ctx, "wrong horse", hash) {
		t.Error("the password does not open its hash, or another does")
	}
	if auth.Verify(ctx, "", "") || auth.Verify(ctx, "anything", "") || auth.Verify(ctx, "x", "damaged") {
		t.Error("something opens an account without a password")
	}
	if _, err := auth.Hash(ctx, "short"); fault.As(err).Fields[0].Code != "auth.password_too_short" {
		t.Errorf("short: %v", err)
	}
	if _, err := auth.Hash(ctx, strings.Repeat("x", 300)); err == nil {
		t.Error("300 characters are accepted")
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	_ = auth.Verify(cancelled, "correct horse", hash) // must not hang
}

func TestGrants(t *testing.T) {
	t.Parallel()
	view, ship := auth.Permit("orders.view"), auth.Permit("orders.ship")
	some, more, all := auth.Granted("orders.view"), auth.Granted("orders.view", "orders.ship"), auth.Everything()
	if !some.Has(view) || some.Has(ship) || !all.Has(ship) || (auth.Grants{}).Has(view) {
		t.Error("grants do not hold what they say")
	}
	if !more.Covers(some) || some.Covers(more) || !all.Covers(more) || more.Covers(all) || !some.Covers(auth.Grants{}) {
		t.Error("somebody may grant beyond their own")
	}
	if diff := cmp.Diff([]string{"orders.ship", "orders.view"}, more.Codes()); diff != "" {
		t.Error(diff)
	}
}

func TestSigner(t *testing.T) {
	t.Parallel()
	c := clock.NewManual(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	s := auth.NewSigner([]byte("one key of at least thirty-two b"), c)
	token := s.Sign("order", 7, 42, time.Hour)
	if got, err := s.Open("order", 7, token); got != 42 || err != nil {
		t.Errorf("open: %d, %v", got, err)
	}
	for name, open := range map[string]func() (int64, error){
		"another purpose": func() (int64, error) { return s.Open("reset", 7, token) },
		"another store":   func() (int64, error) { return s.Open("order", 8, token) },
		"another key": func() (int64, error) {
			return auth.NewSigner([]byte("another key of thirty-two bytes!"), c).Open("order", 7, token)
		},
		"cut":     func() (int64, error) { return s.Open("order", 7, token[:10]) },
		"changed": func() (int64, error) { return s.Open("order", 7, "A"+token[1:]+"x") },
		"empty":   func() (int64, error) { return s.Open("order", 7, "") },
	} {
		if _, err := open(); !errors.Is(err, auth.ErrLink) {
			t.Errorf("%s: %v", name, err)
		}
	}
	c.Advance(2 * time.Hour)
	if _, err := s.Open("order", 7, token); !errors.Is(err, auth.ErrLinkExpired) {
		t.Errorf("expired: %v", err)
	}
	if got, err := s.Open("order", 7, s.Sign("order", 7, 9, 0)); got != 9 || err != nil {
		t.Errorf("without an end: %d, %v", got, err)
	}
}

func TestSessions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx := t.Context()
		s := auth.NewSessions(e.DB, e.Gate.System(), time.Hour)
		want := auth.Session{Audience: "store", Realm: 7, Subject: 42}
		token, err := s.Start(ctx, want)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := s.Find(ctx, "store", 7, token); !ok || got != want {
			t.Errorf("found %v, %v", got, ok)
		}
		for _, other := range []struct {
			audience string
			realm    int64
			token    string
		}{{"admin", 7, token}, {"store", 8, token}, {"store", 7, token + "x"}, {"store", 7, ""}} {
			if _, ok := s.Find(ctx, other.audience, other.realm, other.token); ok {
				t.Errorf("%v opens a session", other)
			}
		}
		var stored string
		_ = e.DB.Pool().QueryRowContext(ctx, "SELECT hash FROM auth_sessions").Scan(&stored)
		if stored == "" || strings.Contains(stored, token) {
			t.Errorf("stored %q", stored)
		}
		fresh := auth.NewSessions(e.DB, e.Gate.System(), time.Hour) // another node
		e.Clock.Advance(50 * time.Minute)
		if _, ok := fresh.Find(ctx, "store", 7, token); !ok {
			t.Error("gone before its time")
		}
		e.Clock.Advance(50 * time.Minute)
		if _, ok := fresh.Find(ctx, "store", 7, token); !ok {
			t.Error("a used session ended")
		}
		if err := fresh.EndAll(ctx, 42); err != nil {
			t.Fatal(err)
		}
		if _, ok := fresh.Find(ctx, "store", 7, token); ok {
			t.Error("ended and still open")
		}
	})
}

func TestSessionsEndUnused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		s := auth.NewSessions(e.DB, e.Gate.System(), time.Hour)
		token, err := s.Start(t.Context(), auth.Session{Audience: "store", Realm: 7, Subject: 42})
		if err != nil {
			t.Fatal(err)
		}
		e.Clock.Advance(61 * time.Minute)
		if _, ok := s.Find(t.Context(), "store", 7, token); ok {
			t.Error("open after its time")
		}
		if err := s.Sweep(t.Context()); err != nil {
			t.Error(err)
		}
		var n int
		if err := e.DB.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM auth_sessions").Scan(&n); err != nil || n != 0 {
			t.Errorf("%d sessions are left, %v", n, err)
		}
	})
}

func TestTokens(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx := t.Context()
		tokens := auth.NewTokens(e.DB, e.Gate.System())
		made, text, err := tokens.Create(ctx, auth.Token{Name: "till", Audience: "store", Realm: 7, Scopes: []string{"orders.view"}})
		if err != nil {
			t.Fatal(err)
		}
		got, ok := tokens.Find(ctx, text)
		if !ok || got.ID != made.ID || !got.Grants().HasCode("orders.view") || got.Grants().HasCode("orders.ship") {
			t.Errorf("found %+v, %v", got, ok)
		}
		if _, ok := tokens.Find(ctx, "orion_wrong"); ok {
			t.Error("a wrong token opens something")
		}
		if err := tokens.Revoke(ctx, "store", 8, made.ID); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("another store revoked it: %v", err)
		}
		if list, err := tokens.List(ctx, "store", 8); len(list) != 0 || err != nil {
			t.Errorf("another store sees %v, %v", list, err)
		}
		if err := tokens.Revoke(ctx, "store", 7, made.ID); err != nil {
			t.Fatal(err)
		}
		if _, ok := tokens.Find(ctx, text); ok {
			t.Error("revoked and still open")
		}
		if _, _, err := tokens.Create(ctx, auth.Token{Name: "none", Audience: "store"}); fault.As(err) == nil {
			t.Error("a token without scopes was made")
		}
	})
}
