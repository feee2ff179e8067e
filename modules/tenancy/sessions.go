package tenancy

import (
	"context"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// SittingRow is an open session with who sits there.
type SittingRow struct {
	auth.Sitting
	User   UserRow
	Behind UserRow // who sits there in the user's place; zero is nobody else
}

// maxSittings is how many of a user's own sessions the profile shows.
const maxSittings = 50

// Sessions are the open sessions of users, or of one, the newest first.
func (m *Module) Sessions(ctx context.Context, f auth.SittingFilter) (page.Page[SittingRow], error) {
	found, err := m.sessions.Sittings(ctx, f)
	if err != nil {
		return page.Page[SittingRow]{}, err
	}
	ids := make([]int64, 0, 2*len(found.Items))
	for _, s := range found.Items {
		ids = append(ids, s.Subject, s.Acting)
	}
	users, err := db.Read(ctx, m.db, m.system, func(tx systemTx) (map[auth.UserID]UserRow, error) { return usersByID(ctx, tx, ids) })
	if err != nil {
		return page.Page[SittingRow]{}, err
	}
	out := page.Page[SittingRow]{Next: found.Next}
	for _, s := range found.Items {
		s.Place = m.placeOf(s.Session)
		out.Items = append(out.Items, SittingRow{Sitting: s, User: users[auth.UserID(s.Subject)], Behind: users[auth.UserID(s.Acting)]})
	}
	return out, nil
}

// placeOf names the store or platform of a session.
func (m *Module) placeOf(s auth.Session) string {
	switch s.Audience {
	case storeAudience:
		if shop := m.FirstShop(tenant.StoreID(s.Realm)); shop != nil {
			return shop.Name
		}
	case merchantAudience:
		if p := m.directory.Load().byID[tenant.PlatformID(s.Realm)]; p != nil {
			return p.Name
		}
	}
	return ""
}

// EndSession ends one session of a user, or all when the key is empty. On other
// nodes it may go on for ten seconds.
func (m *Module) EndSession(ctx context.Context, by auth.Actor, id auth.UserID, key string) error {
	u, err := m.User(ctx, id)
	if err != nil {
		return err
	}
	action := "tenancy.sessions_ended"
	if key != "" {
		action = "tenancy.session_ended"
		err = m.sessions.EndOne(ctx, int64(id), key)
	} else {
		err = m.signOutEverywhere(ctx, id)
	}
	if err != nil {
		return err
	}
	return m.Change(ctx, by, func(ctx context.Context, c *Change) error {
		return c.record(ctx, where{}, tenancyapi.Entry{Action: action, Target: id.String(), Title: u.Name})
	})
}

// Sittings are where a user is signed in themselves.
func (m *Module) Sittings(ctx context.Context, who auth.User) ([]auth.Sitting, error) {
	f := auth.SittingFilter{Subject: int64(who.ID)}
	f.Limit = maxSittings
	found, err := m.sessions.Sittings(ctx, f)
	for i := range found.Items {
		found.Items[i].Place = m.placeOf(found.Items[i].Session)
	}
	return found.Items, err
}

// EndSitting ends one of a user's own sessions.
func (m *Module) EndSitting(ctx context.Context, who auth.User, key string) error {
	if !who.Behind.IsZero() {
		return errActing
	}
	if key == "" {
		return errUnknown
	}
	return m.EndSession(ctx, auth.UserActor(who), who.ID, key)
}
