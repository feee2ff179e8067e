package tenancy

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
)

const (
	switchPurpose = "tenancy.switch."
	switchAge     = time.Minute // a browser follows the link at once

	placesKept = 20_000
	placesAge  = 30 * time.Second // how long another node may still offer what was taken away here
)

func newPlaces() *otter.Cache[auth.UserID, []tenant.StoreID] {
	return otter.Must(&otter.Options[auth.UserID, []tenant.StoreID]{
		MaximumSize: placesKept, ExpiryCalculator: otter.ExpiryWriting[auth.UserID, []tenant.StoreID](placesAge),
	})
}

// workplaces are the stores in which a user works: those that hired them, or
// all of a merchant that they own.
func (m *Module) workplaces(ctx context.Context, user auth.UserID) ([]tenant.StoreID, error) {
	return db.Read(ctx, m.db, m.system, func(tx systemTx) ([]tenant.StoreID, error) { return workplacesOf(ctx, tx, user) })
}

// SwitchToken leads somebody who is signed in to one store into another in
// which they work. It holds for a minute, and no longer than until they sign in
// anywhere.
func (m *Module) SwitchToken(ctx context.Context, user auth.UserID, to tenant.StoreID) (string, error) {
	ids, err := m.workplaces(ctx, user)
	if err != nil {
		return "", err
	}
	if !slices.Contains(ids, to) {
		return "", errUnknown
	}
	u, err := m.User(ctx, user)
	if err != nil {
		return "", err
	}
	return u.ID.String() + "." + m.sign.Sign(u.switchPurpose(), int64(to), int64(u.ID), switchAge), nil
}

// switchPurpose names the last time that somebody signed in, so that a link
// that was used, or made before, opens nothing.
func (u UserRow) switchPurpose() string {
	return switchPurpose + strconv.FormatInt(u.SignedIn.UnixMicro(), 36)
}

// Arrive starts the session of somebody who comes with the link of another
// store, and gives its token.
func (m *Module) Arrive(ctx context.Context, in tenant.Store, token string, from auth.From) (string, error) {
	name, signed, _ := strings.Cut(token, ".")
	id, err := parseUser(name)
	if err != nil {
		return "", errLink
	}
	u, err := m.User(ctx, id)
	if err != nil {
		return "", errLink
	}
	if subject, err := m.sign.Open(u.switchPurpose(), int64(in.ID()), signed); err != nil || auth.UserID(subject) != u.ID {
		return "", errLink
	}
	if _, _, ok := m.mayWork(ctx, in, u.ID); !ok {
		return "", errLink
	}
	return m.begin(ctx, u, auth.Session{Audience: storeAudience, Realm: int64(in.ID()), From: from})
}
