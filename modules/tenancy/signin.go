package tenancy

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// linkAge is how long a link to choose a password works.
const linkAge = 7 * 24 * time.Hour

// The audiences of sessions; sessions of one open nothing of another.
const (
	adminAudience    = "admin"
	merchantAudience = "merchant"
	storeAudience    = "store"
)

// Credentials are what somebody signs in with.
type Credentials struct {
	Email    string
	Password string
	From     auth.From
}

// SignInAdmin starts a session of the operator's pages and gives its token.
func (m *Module) SignInAdmin(ctx context.Context, c Credentials) (string, error) {
	return m.signIn(ctx, c, auth.Session{Audience: adminAudience}, func(u UserRow) bool {
		return u.Role == auth.SuperAdmin || u.Role == auth.PlatformAdmin
	})
}

// SignInMerchant starts a session of a merchant's owner and gives its token.
func (m *Module) SignInMerchant(ctx context.Context, p tenant.Platform, c Credentials) (string, error) {
	return m.signIn(ctx, c, auth.Session{Audience: merchantAudience, Realm: int64(p.ID())}, func(u UserRow) bool {
		_, err := m.ownedMerchant(ctx, u.ID)
		return err == nil && u.Role == auth.MerchantOwner
	})
}

// SignInStaff starts a session of a store's staff and gives its token.
func (m *Module) SignInStaff(ctx context.Context, in tenant.Store, c Credentials) (string, error) {
	return m.signIn(ctx, c, auth.Session{Audience: storeAudience, Realm: int64(in.ID())}, func(u UserRow) bool {
		_, _, ok := m.mayWork(ctx, in, u.ID)
		return ok
	})
}

// signIn says the same, after the same time, to a wrong password, an unknown
// e-mail address and somebody who belongs elsewhere.
func (m *Module) signIn(ctx context.Context, c Credentials, s auth.Session, may func(UserRow) bool) (string, error) {
	u, err := db.Read(ctx, m.db, m.system, func(tx systemTx) (UserRow, error) { return userByEmail(ctx, tx, tidyEmail(c.Email)) })
	if err != nil && !errors.Is(err, db.ErrNoRow) {
		return "", err
	}
	if !auth.Verify(ctx, c.Password, u.password) || !u.Active || !may(u) {
		return "", errSignIn
	}
	s.From = c.From
	return m.begin(ctx, u, s)
}

// begin starts a session of somebody who showed who they are.
func (m *Module) begin(ctx context.Context, u UserRow, s auth.Session) (string, error) {
	s.Subject = int64(u.ID)
	token, err := m.sessions.Start(ctx, s)
	if err != nil {
		return "", fmt.Errorf("start a session: %w", err)
	}
	return token, db.Do(ctx, m.db, m.system, func(tx systemTx) error {
		if err := markSignedIn(ctx, tx, u.ID); err != nil {
			return err
		}
		at := where{}
		if s.Audience == storeAudience {
			at.store = tenant.StoreID(s.Realm)
		}
		tx.AfterCommit(m.noted)
		return insertAuditFor(ctx, tx, at, tenancyapi.Entry{
			Actor: auth.UserActor(u.user()), Action: "tenancy.signed_in", Target: u.ID.String(), Title: u.Name,
		})
	})
}

// SignOut ends the session of a token.
func (m *Module) SignOut(ctx context.Context, token string) error {
	if token == "" {
		return nil
	}
	return m.sessions.End(ctx, token)
}

func (m *Module) signOutEverywhere(ctx context.Context, id auth.UserID) error {
	return m.sessions.EndAll(ctx, int64(id))
}

// mayWork tells who works in a store and what they may do there: members of its
// staff what their role says, the merchant's owner everything.
func (m *Module) mayWork(ctx context.Context, in tenant.Store, id auth.UserID) (auth.User, auth.Grants, bool) {
	s, err := db.Read(ctx, m.db, in, func(tx storeTx) (standing, error) { return whoMay(ctx, tx, id) })
	switch {
	case err != nil || !s.Active:
		return auth.User{}, auth.Grants{}, false
	case s.Role == auth.MerchantOwner && s.owner:
		return s.user(), auth.Everything(), true
	case s.Role == auth.StoreMember && s.member:
		return s.user(), m.grantsOf(s.preset, s.permissions), true
	}
	return auth.User{}, auth.Grants{}, false
}

// ownedMerchant is the merchant that a user owns; of several, the oldest.
func (m *Module) ownedMerchant(ctx context.Context, id auth.UserID) (merchantFact, error) {
	return db.Read(ctx, m.db, m.system, func(tx systemTx) (merchantFact, error) {
		all, err := merchantsOfOwner(ctx, tx, id)
		if err != nil {
			return merchantFact{}, err
		}
		if len(all) == 0 {
			return merchantFact{}, errUnknown
		}
		return all[0], nil
	})
}

// Link makes a token with which a user chooses a password, once. Links that
// were made before stop working.
func (c *Change) Link(ctx context.Context, id auth.UserID) (string, error) {
	u, err := oneUser(ctx, c.tx, id)
	if err != nil {
		return "", err
	}
	token, err := c.link(ctx, id)
	if err != nil {
		return "", err
	}
	return token, c.record(ctx, where{}, tenancyapi.Entry{Action: "tenancy.link_made", Target: id.String(), Title: u.Name})
}

func (c *Change) link(ctx context.Context, id auth.UserID) (string, error) {
	if err := revokeInvites(ctx, c.tx, id); err != nil {
		return "", err
	}
	b := make([]byte, 24)
	_, _ = rand.Read(b) // never fails
	token := base64.RawURLEncoding.EncodeToString(b)
	return token, insertInvite(ctx, c.tx, id, hashLink(token), c.tx.Now().Add(linkAge))
}

func hashLink(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Invited is who a link's token is for.
func (m *Module) Invited(ctx context.Context, token string) (UserRow, error) {
	u, err := db.Read(ctx, m.db, m.system, func(tx systemTx) (UserRow, error) { return invitedUser(ctx, tx, hashLink(token)) })
	if errors.Is(err, db.ErrNoRow) {
		return u, errLink
	}
	return u, err
}

// Accept spends a link: its user has the password from now on, and is signed
// out wherever the one before was used.
func (m *Module) Accept(ctx context.Context, token, password string) error {
	u, err := m.Invited(ctx, token)
	if err != nil {
		return err
	}
	hash, err := HashPassword(ctx, password)
	if err != nil {
		return err
	}
	err = m.Change(ctx, auth.UserActor(u.user()), func(ctx context.Context, c *Change) error {
		ok, err := useInvite(ctx, c.tx, hashLink(token))
		if err != nil {
			return err
		}
		if !ok {
			return errLink
		}
		if err := c.setPassword(ctx, u, hash); err != nil {
			return err
		}
		return acceptStaff(ctx, c.tx, u.ID)
	})
	if err != nil {
		return err
	}
	return m.signOutEverywhere(ctx, u.ID)
}
