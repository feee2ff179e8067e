package tenancy

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

var (
	errMayNotAct = fault.New(fault.Forbidden, "tenancy.may_not_act")
	errActing    = fault.New(fault.Forbidden, "tenancy.while_acting")
)

// actMinutes are for how long somebody may sit in another's place.
var actMinutes = []int{15, 30, 60, 240}

const (
	actLinkAge  = 2 * time.Minute // from the link to its session
	leastReason = 8               // characters
	maxReason   = 300
)

// Act asks to see the pages of a user as they see them.
type Act struct {
	User    auth.UserID
	Store   tenant.StoreID    // in which they work; zero are the pages that have no store
	At      tenant.PlatformID // of a merchant's pages
	Reason  string
	Minutes int
}

// Act makes a link that opens a session in a user's place, once, for as long as
// was asked for. Only super administrators do that, as themselves, and never to
// one of their own. The reason stands in the audit log, and everything that is
// done there, with both names.
func (m *Module) Act(ctx context.Context, by auth.User, a Act) (token string, err error) {
	u, err := m.User(ctx, a.User)
	if err != nil {
		return "", err
	}
	if !mayAct(by, u) {
		return "", errMayNotAct
	}
	a.Reason = strings.TrimSpace(a.Reason)
	check := errInvalid
	switch n := len([]rune(a.Reason)); {
	case n < leastReason:
		check = check.Field("reason", "tenancy.reason_short")
	case n > maxReason:
		check = check.Field("reason", "form.too_long", "max", maxReason)
	}
	if !slices.Contains(actMinutes, a.Minutes) {
		check = check.Field("minutes", "form.choose")
	}
	if err := check.OrNil(); err != nil {
		return "", err
	}
	s, err := m.actSession(ctx, u, a)
	if err != nil {
		return "", err
	}
	s.Acting = int64(by.ID)
	token = rand.Text()
	return token, m.Change(ctx, auth.UserActor(by), func(ctx context.Context, c *Change) error {
		s.Until = c.tx.Now().Add(time.Duration(a.Minutes) * time.Minute)
		if err := insertAct(ctx, c.tx, hashLink(token), a.Reason, s); err != nil {
			return err
		}
		return c.record(ctx, where{store: a.Store}, tenancyapi.Entry{
			Action: "tenancy.acting_started", Target: u.ID.String(), Title: u.Name,
			After: map[string]any{"reason": a.Reason, "until": s.Until.UTC().Format(time.RFC3339)},
		})
	})
}

// mayAct tells that somebody may sit in a user's place.
func mayAct(by auth.User, u UserRow) bool {
	return by.Role == auth.SuperAdmin && by.Behind.IsZero() && u.Role != auth.SuperAdmin && u.Active
}

// actSession is where a user's pages are.
func (m *Module) actSession(ctx context.Context, u UserRow, a Act) (auth.Session, error) {
	s := auth.Session{Subject: int64(u.ID)}
	switch {
	case u.Role == auth.PlatformAdmin:
		s.Audience = adminAudience
		return s, nil
	case u.Role == auth.MerchantOwner && a.Store.IsZero():
		s.Audience, s.Realm = merchantAudience, int64(a.At)
		return s, nil
	}
	places, err := m.workplaces(ctx, u.ID)
	if err == nil && !slices.Contains(places, a.Store) {
		return s, errInvalid.Field("store", "form.choose")
	}
	s.Audience, s.Realm = storeAudience, int64(a.Store)
	return s, err
}

// StartActing spends a link for the pages of an audience and gives the token of
// the session and how long it lasts.
func (m *Module) StartActing(ctx context.Context, at auth.Session, token string) (string, time.Duration, error) {
	s, err := db.Write(ctx, m.db, m.system, func(tx systemTx) (auth.Session, error) { return useAct(ctx, tx, hashLink(token), at, actLinkAge) })
	if errors.Is(err, db.ErrNoRow) {
		return "", 0, errLink
	}
	if err != nil {
		return "", 0, err
	}
	session, err := m.sessions.Start(ctx, s)
	if err != nil {
		return "", 0, fmt.Errorf("start a session: %w", err)
	}
	return session, s.Until.Sub(m.db.Clock().Now()), nil
}

// StopActing ends a session in somebody's place before its time.
func (m *Module) StopActing(ctx context.Context, who auth.User, token string) error {
	if err := m.SignOut(ctx, token); err != nil || who.Behind.IsZero() {
		return err
	}
	return m.Change(ctx, auth.UserActor(who), func(ctx context.Context, c *Change) error {
		return c.record(ctx, where{}, tenancyapi.Entry{Action: "tenancy.acting_ended", Target: who.ID.String(), Title: who.Name})
	})
}

// behind adds to a user who it is that sits in their place. It is false when that
// one may no longer: their account was closed, or is no super administrator's.
func (m *Module) behind(ctx context.Context, u *auth.User, s auth.Session) bool {
	if s.Acting == 0 {
		return true
	}
	a, err := m.User(ctx, auth.UserID(s.Acting))
	if err != nil || !a.Active || a.Role != auth.SuperAdmin {
		return false
	}
	u.Behind, u.BehindName, u.Until = a.ID, a.Name, s.Until
	return true
}
