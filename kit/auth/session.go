package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	insertSession  = db.Must[tenant.System](Files, "insert_session")
	findSession    = db.Must[tenant.System](Files, "find_session")
	touchSession   = db.Must[tenant.System](Files, "touch_session")
	deleteSession  = db.Must[tenant.System](Files, "delete_session")
	deleteOf       = db.Must[tenant.System](Files, "delete_sessions_of")
	deleteSessions = db.Must[tenant.System](Files, "delete_expired_sessions")
)

// touchEvery is how often a session in use is written, at most.
const touchEvery = 5 * time.Minute

// Session is a sign-in.
type Session struct {
	Audience string
	Realm    int64 // the store of customers and staff, the platform of others; 0 for the operator's
	Subject  int64 // user or customer

	Acting int64     // the user who sits there in the subject's place; 0 is the subject
	Until  time.Time // the end, whatever is done until then; zero is when nobody uses it any more
	From   From      // kept for people to look at; Find does not tell it
}

// end is when a session is over that would last until then.
func (v Session) end(at time.Time) time.Time {
	if !v.Until.IsZero() && v.Until.Before(at) {
		return v.Until
	}
	return at
}

type storedSession struct {
	Session
	seen, expires time.Time
}

// Sessions keeps sign-ins. Only the hash of a token is stored, so a copy of the
// database opens nothing.
type Sessions struct {
	db     *db.DB
	in     tenant.System
	age    time.Duration
	memory *memory[storedSession]
}

// NewSessions keeps sessions for age after they were last used.
func NewSessions(d *db.DB, in tenant.System, age time.Duration) *Sessions {
	return &Sessions{db: d, in: in, age: age, memory: newMemory[storedSession]()}
}

// Age is how long a session lasts without being used.
func (s *Sessions) Age() time.Duration { return s.age }

// Start begins a session and gives its token, which is known to nobody else.
// A new token at every sign-in leaves nothing to fix on somebody beforehand.
func (s *Sessions) Start(ctx context.Context, v Session) (string, error) {
	token, from := secret(), v.From.tidy()
	err := db.Do(ctx, s.db, s.in, func(tx *db.Tx[tenant.System]) error {
		_, err := db.Exec(ctx, tx, insertSession, db.Args{
			"hash": hashToken(token), "audience": v.Audience, "realm": v.Realm, "subject": v.Subject,
			"now": tx.Now(), "expires_at": v.end(tx.Now().Add(s.age)),
			"addr": from.Addr, "agent": from.Agent, "acting": v.Acting, "until": v.Until,
		})
		return err
	})
	return token, err
}

// Find gives the session of a token, if it is for this audience and realm.
func (s *Sessions) Find(ctx context.Context, audience string, realm int64, token string) (Session, bool) {
	if token == "" {
		return Session{}, false
	}
	hash := hashToken(token)
	now := s.db.Clock().Now()
	found, era, ok := s.memory.recall(hash)
	if !ok {
		var err error
		if found, err = s.load(ctx, hash); err != nil {
			return Session{}, false
		}
		s.memory.keep(era, hash, found)
	}
	if found.Audience != audience || found.Realm != realm || !now.Before(found.expires) {
		return Session{}, false
	}
	if now.Sub(found.seen) >= touchEvery && !s.touch(ctx, era, hash, found) {
		return Session{}, false
	}
	return found.Session, true
}

func (s *Sessions) load(ctx context.Context, hash string) (storedSession, error) {
	return db.Read(ctx, s.db, s.in, func(tx *db.Tx[tenant.System]) (storedSession, error) {
		return db.One(ctx, tx, findSession, db.Args{"hash": hash}, func(r db.Row) (v storedSession, err error) {
			return v, r.Scan(&v.Audience, &v.Realm, &v.Subject, &v.Acting, db.Time(&v.Until), db.Time(&v.seen), db.Time(&v.expires))
		})
	})
}

// touch keeps a used session alive and tells whether it still is: another node
// may have ended it. Failing to write is harmless.
func (s *Sessions) touch(ctx context.Context, era int64, hash string, v storedSession) bool {
	n, err := db.Write(ctx, s.db, s.in, func(tx *db.Tx[tenant.System]) (int64, error) {
		v.seen, v.expires = tx.Now(), v.end(tx.Now().Add(s.age))
		return db.Exec(ctx, tx, touchSession, db.Args{"hash": hash, "now": v.seen, "expires_at": v.expires})
	})
	switch {
	case err != nil:
		return true
	case n == 0:
		s.memory.forget(hash)
		return false
	}
	s.memory.keep(era, hash, v)
	return true
}

// End ends the session of a token.
func (s *Sessions) End(ctx context.Context, token string) error {
	hash := hashToken(token)
	defer s.memory.forget(hash)
	return db.Do(ctx, s.db, s.in, func(tx *db.Tx[tenant.System]) error {
		_, err := db.Exec(ctx, tx, deleteSession, db.Args{"hash": hash})
		return err
	})
}

// EndAll ends every session of a user or customer, as after a changed password.
func (s *Sessions) EndAll(ctx context.Context, subject int64) error {
	defer s.memory.forget()
	return db.Do(ctx, s.db, s.in, func(tx *db.Tx[tenant.System]) error {
		_, err := db.Exec(ctx, tx, deleteOf, db.Args{"subject": subject})
		return err
	})
}

// Sweep removes sessions whose time is over.
func (s *Sessions) Sweep(ctx context.Context) error {
	return db.Do(ctx, s.db, s.in, func(tx *db.Tx[tenant.System]) error {
		_, err := db.Exec(ctx, tx, deleteSessions, db.Args{"now": tx.Now()})
		return err
	})
}

func secret() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
