package auth

import (
	"context"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
)

var (
	staffSessions = db.MustList[tenant.System](Files, "staff_sessions")
	deleteOneOf   = db.Must[tenant.System](Files, "delete_session_of")
)

// From is where somebody signed in from. It is kept as long as the session.
type From struct {
	Addr  string // address of the network, as rate limits count it
	Agent string // what the browser calls itself
}

// maxAgent is how much of a browser's name is kept, in bytes.
const maxAgent = 300

func (f From) tidy() From {
	f.Agent = strings.ToValidUTF8(f.Agent[:min(len(f.Agent), maxAgent)], "")
	f.Agent = strings.ReplaceAll(f.Agent, "\x00", "")
	return f
}

// Sitting is a session as people see it who may end it.
type Sitting struct {
	Session
	Key     string // names it; it opens nothing
	Place   string // where it is open, in words; whoever lists them fills it
	Created time.Time
	Seen    time.Time // at most five minutes old
	Expires time.Time
}

// SittingFilter chooses sessions of users. Those of customers are never listed.
type SittingFilter struct {
	Subject int64 // 0 is everybody
	page.Request
}

// SessionKey is what names the session of a token among sittings.
func SessionKey(token string) string {
	if token == "" {
		return ""
	}
	return hashToken(token)
}

// Sittings lists the open sessions of users, the newest first.
func (s *Sessions) Sittings(ctx context.Context, f SittingFilter) (page.Page[Sitting], error) {
	by := []string{"s.created_at", "s.hash"}
	filter := db.Filter{Order: []string{"s.created_at DESC", "s.hash DESC"}, Limit: f.Fetch()}
	if f.Subject != 0 {
		filter.Where = append(filter.Where, db.Eq("s.subject", f.Subject))
	}
	if f.After != "" {
		var at int64
		var hash string
		if err := page.Decode(f.After, &at, &hash); err != nil {
			return page.Page[Sitting]{}, err
		}
		filter.Where = append(filter.Where, db.After(true, by, []any{at, hash}))
	}
	rows, err := db.Read(ctx, s.db, s.in, func(tx *db.Tx[tenant.System]) ([]Sitting, error) {
		filter.Args = db.Args{"now": tx.Now()}
		return db.List(ctx, tx, staffSessions, filter, scanSitting)
	})
	if err != nil {
		return page.Page[Sitting]{}, err
	}
	return page.Of(rows, f.Rows(), func(v Sitting) []any { return []any{v.Created.UnixMicro(), v.Key} }), nil
}

func scanSitting(r db.Row) (v Sitting, err error) {
	return v, r.Scan(&v.Key, &v.Audience, &v.Realm, &v.Subject, &v.Acting, db.Time(&v.Until), &v.From.Addr, &v.From.Agent,
		db.Time(&v.Created), db.Time(&v.Seen), db.Time(&v.Expires))
}

// EndOne ends a session by its key, if it is the subject's. Other nodes answer
// to its token for ten seconds at most.
func (s *Sessions) EndOne(ctx context.Context, subject int64, key string) error {
	defer s.memory.forget(key)
	n, err := db.Write(ctx, s.db, s.in, func(tx *db.Tx[tenant.System]) (int64, error) {
		return db.Exec(ctx, tx, deleteOneOf, db.Args{"hash": key, "subject": subject})
	})
	if err == nil && n == 0 {
		return db.ErrNoRow
	}
	return err
}

// Device is the browser and the system by their names, as far as they tell:
// "Firefox, Linux".
func (f From) Device() string {
	var out []string
	for _, kind := range [][][2]string{ // the more special name first: most claim to be others, too
		{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"}, {"curl", "curl"}},
		{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"}},
	} {
		for _, k := range kind {
			if strings.Contains(f.Agent, k[0]) {
				out = append(out, k[1])
				break
			}
		}
	}
	return strings.Join(out, ", ")
}
