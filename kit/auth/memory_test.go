package auth

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/fault"
)

var plan = migrate.Plan{Lines: []migrate.Line{{Module: "auth", Files: Files}}}

// A value that was on its way from the database while it was ended must not
// come back.
func TestWhatWasReadBeforeAnEndIsNotRemembered(t *testing.T) {
	t.Parallel()
	m := newMemory[int]()
	_, era, ok := m.recall("a")
	if ok {
		t.Fatal("an empty memory remembers")
	}
	m.forget("b")
	m.keep(era, "a", 1)
	if _, _, ok := m.recall("a"); ok {
		t.Error("remembered what was read before something ended")
	}
	_, era, _ = m.recall("a")
	m.keep(era, "a", 2)
	m.keep(era, "b", 3)
	if v, _, ok := m.recall("a"); !ok || v != 2 {
		t.Errorf("recalled %d, %v", v, ok)
	}
	m.forget("a")
	if _, _, ok := m.recall("a"); ok {
		t.Error("remembered what was forgotten")
	}
	if _, _, ok := m.recall("b"); !ok {
		t.Error("forgot another")
	}
	m.forget()
	if _, _, ok := m.recall("b"); ok {
		t.Error("remembered after everything was forgotten")
	}
}

func TestASignedInPageNeedsNoStatement(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		s := NewSessions(e.DB, e.Gate.System(), time.Hour)
		token, err := s.Start(t.Context(), Session{Audience: "store", Realm: 7, Subject: 42})
		if err != nil {
			t.Fatal(err)
		}
		find := func() (statements int, ok bool) {
			ctx, n := db.WithCounter(t.Context())
			_, ok = s.Find(ctx, "store", 7, token)
			return n.N(), ok
		}
		var got []int
		for _, later := range []time.Duration{0, time.Minute, 5 * time.Minute, time.Minute} {
			e.Clock.Advance(later)
			n, ok := find()
			if !ok {
				t.Fatal("not signed in")
			}
			got = append(got, n)
		}
		if diff := cmp.Diff([]int{1, 0, 1, 0}, got); diff != "" {
			t.Errorf("statements to look up, remember, keep alive, remember: %s", diff)
		}
		if err := s.End(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		if _, ok := find(); ok {
			t.Error("ended and still open")
		}
	})
}

func TestASessionEndedElsewhereIsNotKeptAlive(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		here, there := NewSessions(e.DB, e.Gate.System(), time.Hour), NewSessions(e.DB, e.Gate.System(), time.Hour)
		token, err := here.Start(t.Context(), Session{Audience: "admin", Subject: 42})
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := here.Find(t.Context(), "admin", 0, token); !ok {
			t.Fatal("not signed in")
		}
		if err := there.End(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		e.Clock.Advance(touchEvery)
		for range 2 {
			if _, ok := here.Find(t.Context(), "admin", 0, token); ok {
				t.Error("ended elsewhere and still open")
			}
		}
	})
}

func TestTokensExpireAndAreListed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		tokens := NewTokens(e.DB, e.Gate.System())
		made, text, err := tokens.Create(t.Context(), Token{
			Name: "till", Audience: "store", Realm: 7, Scopes: []string{"*"}, Creator: "usr_1", Expires: dbtest.Start.Add(time.Hour),
		})
		if err != nil {
			t.Fatal(err)
		}
		list, err := tokens.List(t.Context(), "store", 7)
		if diff := cmp.Diff([]Token{made}, list); diff != "" || err != nil {
			t.Error(diff, err)
		}
		if got, ok := tokens.Find(t.Context(), text); !ok || !got.Grants().IsAll() || got.Creator != "usr_1" {
			t.Errorf("found %+v, %v", got, ok)
		}
		e.Clock.Advance(time.Hour)
		if _, ok := tokens.Find(t.Context(), text); ok {
			t.Error("open after its time")
		}
	})
}

// An unknown user costs as much work as a known one.
func TestNobodysHashIsARealOne(t *testing.T) {
	t.Parallel()
	p, salt, key, err := argon2id.DecodeHash(nobody)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(params, p); diff != "" || len(salt) != 16 || len(key) != 32 {
		t.Errorf("%s, salt of %d and key of %d bytes", diff, len(salt), len(key))
	}
	if Verify(t.Context(), "", "") || Verify(t.Context(), "anything", "") || Verify(t.Context(), "", nobody) {
		t.Error("nobody signed in")
	}
}

// Not parallel: it takes all places that passwords are worked on.
func TestPasswordsWaitTheirTurn(t *testing.T) {
	for range cap(running) {
		running <- struct{}{}
	}
	defer func() {
		for range cap(running) {
			<-running
		}
	}()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Hash(ctx, "correct horse"); !errors.Is(err, errBusy) || fault.As(err).Kind != fault.RateLimit {
		t.Errorf("err = %v", err)
	}
	if Verify(ctx, "correct horse", nobody) {
		t.Error("verified without a turn")
	}
}

func TestAShortKeySignsNothing(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a signer with an empty key was made")
		}
	}()
	NewSigner(nil, nil)
}
