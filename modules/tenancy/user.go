package tenancy

import (
	"context"
	"net/mail"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// PasswordHash is a password as it is kept. Empty opens nothing.
type PasswordHash string

// NewUser is what creating a user needs.
type NewUser struct {
	Email     string
	Name      string
	Role      auth.Role
	Lang      i18n.Lang
	Password  PasswordHash        // empty until the user chooses one by a link
	Platforms []tenant.PlatformID // of platform administrators
}

// UserRow is a user as the operator sees it.
type UserRow struct {
	ID       auth.UserID
	Email    string
	Name     string
	Role     auth.Role
	Lang     i18n.Lang
	Active   bool
	Created  time.Time
	SignedIn time.Time // zero is never
	password string
}

// UserEdit is what may change about a user.
type UserEdit struct {
	Name   string    `json:"name"`
	Lang   i18n.Lang `json:"lang"`
	Active bool      `json:"active"`
}

func (u UserRow) user() auth.User {
	return auth.User{ID: u.ID, Name: u.Name, Email: u.Email, Role: u.Role, Lang: u.Lang}
}

// HashPassword checks a password and makes what is kept of it. It is slow on
// purpose and must stay outside transactions.
func HashPassword(ctx context.Context, password string) (PasswordHash, error) {
	hash, err := auth.Hash(ctx, password)
	return PasswordHash(hash), err
}

func tidyEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && strings.Contains(s[strings.LastIndex(s, "@")+1:], ".")
}

// CreateUser adds a user.
func (c *Change) CreateUser(ctx context.Context, n NewUser) (auth.UserID, error) {
	n.Email, n.Name = tidyEmail(n.Email), strings.TrimSpace(n.Name)
	check := errInvalid
	if n.Name == "" {
		check = check.Field("name", "form.required")
	}
	if !isEmail(n.Email) {
		check = check.Field("email", "form.bad_email")
	} else if _, err := userByEmail(ctx, c.tx, n.Email); err == nil {
		check = check.Field("email", "form.taken")
	}
	if !n.Role.Valid() {
		check = check.Field("role", "form.choose")
	}
	if n.Role == auth.PlatformAdmin && len(n.Platforms) == 0 {
		check = check.Field("platforms", "form.choose")
	}
	if err := check.OrNil(); err != nil {
		return 0, err
	}
	u := UserRow{ID: auth.UserID(c.tx.NewID()), Email: n.Email, Name: n.Name, Role: n.Role, Lang: n.Lang, Active: true, password: string(n.Password)}
	if err := insertUser(ctx, c.tx, u); err != nil {
		return 0, err
	}
	if err := c.assign(ctx, u, n.Platforms); err != nil {
		return 0, err
	}
	return u.ID, c.record(ctx, where{}, tenancyapi.Entry{
		Action: "tenancy.user_created", Target: u.ID.String(), Title: u.Name, After: map[string]any{"email": u.Email, "role": u.Role},
	})
}

// assign gives a platform administrator exactly these platforms.
func (c *Change) assign(ctx context.Context, u UserRow, platforms []tenant.PlatformID) error {
	if u.Role != auth.PlatformAdmin {
		return nil
	}
	if err := unassignPlatforms(ctx, c.tx, u.ID); err != nil {
		return err
	}
	for _, p := range platforms {
		if err := assignPlatform(ctx, c.tx, u.ID, p, c.byUser()); err != nil {
			return err
		}
	}
	return nil
}

// EditUser changes a user. Nobody switches off their own account, nor the last
// super administrator's. Sessions of who is switched off open nothing.
func (c *Change) EditUser(ctx context.Context, id auth.UserID, e UserEdit, platforms []tenant.PlatformID) error {
	u, err := oneUser(ctx, c.tx, id)
	if err != nil {
		return err
	}
	if e.Name = strings.TrimSpace(e.Name); e.Name == "" {
		return errInvalid.Field("name", "form.required")
	}
	if !e.Active && u.Active {
		if err := c.mayDeactivate(ctx, u); err != nil {
			return err
		}
	}
	if u.Role == auth.PlatformAdmin && len(platforms) == 0 {
		return errInvalid.Field("platforms", "form.choose")
	}
	if err := updateUser(ctx, c.tx, id, e); err != nil {
		return err
	}
	if err := c.assign(ctx, u, platforms); err != nil {
		return err
	}
	return c.record(ctx, where{}, tenancyapi.Entry{
		Action: "tenancy.user_edited", Target: id.String(), Title: e.Name,
		Before: UserEdit{Name: u.Name, Lang: u.Lang, Active: u.Active}, After: e,
	})
}

func (c *Change) mayDeactivate(ctx context.Context, u UserRow) error {
	if u.ID == c.byUser() {
		return errOwnAccount
	}
	if u.Role != auth.SuperAdmin {
		return nil
	}
	others, err := otherSuperAdmins(ctx, c.tx, u.ID)
	if err == nil && others == 0 {
		return errLastAdmin
	}
	return err
}

// SetPassword gives a user another password and signs them out everywhere.
func (m *Module) SetPassword(ctx context.Context, by auth.Actor, id auth.UserID, password string) error {
	hash, err := HashPassword(ctx, password)
	if err != nil {
		return err
	}
	err = m.Change(ctx, by, func(ctx context.Context, c *Change) error {
		u, err := oneUser(ctx, c.tx, id)
		if err != nil {
			return err
		}
		return c.setPassword(ctx, u, hash)
	})
	if err != nil {
		return err
	}
	return m.signOutEverywhere(ctx, id)
}

func (c *Change) setPassword(ctx context.Context, u UserRow, hash PasswordHash) error {
	if err := setPassword(ctx, c.tx, u.ID, hash); err != nil {
		return err
	}
	if err := revokeInvites(ctx, c.tx, u.ID); err != nil {
		return err
	}
	return c.record(ctx, where{}, tenancyapi.Entry{Action: "tenancy.password_set", Target: u.ID.String(), Title: u.Name})
}

// ChangePassword is what users do themselves: it wants the password before.
func (m *Module) ChangePassword(ctx context.Context, who auth.User, old, password string) error {
	if !who.Behind.IsZero() {
		return errActing
	}
	u, err := m.User(ctx, who.ID)
	if err != nil {
		return err
	}
	if !auth.Verify(ctx, old, u.password) {
		return errInvalid.Field("old_password", "tenancy.wrong_password")
	}
	return m.SetPassword(ctx, auth.UserActor(who), who.ID, password)
}

// EditSelf changes a user's own name and language.
func (m *Module) EditSelf(ctx context.Context, who auth.User, name string, lang i18n.Lang) error {
	if !who.Behind.IsZero() {
		return errActing
	}
	return m.Change(ctx, auth.UserActor(who), func(ctx context.Context, c *Change) error {
		platforms, err := platformsOfAdmin(ctx, c.tx, who.ID)
		if err != nil {
			return err
		}
		return c.EditUser(ctx, who.ID, UserEdit{Name: name, Lang: lang, Active: true}, platforms)
	})
}

// UserFilter chooses users.
type UserFilter struct {
	Query string    // part of the name or e-mail
	Role  auth.Role // empty is any
	page.Request
}

// Users lists the users, by name.
func (m *Module) Users(ctx context.Context, f UserFilter) (page.Page[UserRow], error) {
	rows, err := db.Read(ctx, m.db, m.system, func(tx systemTx) ([]UserRow, error) { return listUsers(ctx, tx, f) })
	if err != nil {
		return page.Page[UserRow]{}, err
	}
	return page.Of(rows, f.Rows(), func(u UserRow) []any { return []any{u.Name, int64(u.ID)} }), nil
}

// User is one user.
func (m *Module) User(ctx context.Context, id auth.UserID) (UserRow, error) {
	return db.Read(ctx, m.db, m.system, func(tx systemTx) (UserRow, error) { return oneUser(ctx, tx, id) })
}

// PlatformsOf are the platforms of a platform administrator.
func (m *Module) PlatformsOf(ctx context.Context, id auth.UserID) ([]tenant.PlatformID, error) {
	return db.Read(ctx, m.db, m.system, func(tx systemTx) ([]tenant.PlatformID, error) { return platformsOfAdmin(ctx, tx, id) })
}

// HasUsers tells that somebody can sign in.
func (m *Module) HasUsers(ctx context.Context) (bool, error) {
	return db.Read(ctx, m.db, m.system, func(tx systemTx) (bool, error) { return hasUsers(ctx, tx) })
}

// KnowsUser tells that there is a user with this e-mail address.
func (m *Module) KnowsUser(ctx context.Context, email string) bool {
	known, err := db.Read(ctx, m.db, m.system, func(tx systemTx) (bool, error) {
		_, err := userByEmail(ctx, tx, tidyEmail(email))
		return err == nil, nil
	})
	return known && err == nil
}
