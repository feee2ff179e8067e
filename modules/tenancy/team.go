package tenancy

import (
	"context"
	"errors"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// Member is somebody on a store's staff.
type Member struct {
	User     auth.UserID
	Name     string
	Email    string
	Lang     i18n.Lang
	Active   bool
	Role     Role
	Invited  time.Time
	Accepted time.Time // zero until the invitation is accepted
	SignedIn time.Time // zero is never
}

// Invitation asks somebody onto a store's staff.
type Invitation struct {
	Email string
	Name  string
	Lang  i18n.Lang
	Role  RoleID
}

// Staff are the members of a store's staff, by name, at most 500.
func (m *Module) Staff(ctx context.Context, in tenant.Store) ([]Member, error) {
	return db.Read(ctx, m.db, in, func(tx storeTx) ([]Member, error) { return allStaff(ctx, tx) })
}

// Member is one member of a store's staff.
func (m *Module) Member(ctx context.Context, in tenant.Store, user auth.UserID) (Member, error) {
	return db.Read(ctx, m.db, in, func(tx storeTx) (Member, error) { return oneMember(ctx, tx, user) })
}

// Invite puts somebody on a store's staff. Who is new gets a link's token with
// which to choose a password; it is empty for people who have one. The role must
// not allow more than the one who invites may do.
func (m *Module) Invite(ctx context.Context, in tenant.Store, by By, inv Invitation) (token string, err error) {
	inv.Email, inv.Name = tidyEmail(inv.Email), strings.TrimSpace(inv.Name)
	role, err := m.Role(ctx, in, inv.Role)
	if errors.Is(err, db.ErrNoRow) {
		return "", errInvalid.Field("role", "form.choose")
	}
	if err != nil {
		return "", err
	}
	if !by.Grants.Covers(m.grantsOf(role.Preset, role.Permissions)) {
		return "", errBeyond
	}
	err = m.Change(ctx, by.Actor, func(ctx context.Context, c *Change) error {
		user, fresh, err := c.memberUser(ctx, inv)
		if err != nil {
			return err
		}
		if err := c.addStaff(ctx, where{store: in.ID(), merchant: in.Merchant(), platform: in.Platform()}, user, role); err != nil {
			return err
		}
		if token = ""; fresh {
			token, err = c.link(ctx, user)
		}
		return err
	})
	return token, err
}

// memberUser finds the account of somebody who is invited, or makes one.
func (c *Change) memberUser(ctx context.Context, inv Invitation) (user auth.UserID, fresh bool, err error) {
	u, err := userByEmail(ctx, c.tx, inv.Email)
	if err == nil {
		if u.Role != auth.StoreMember {
			return 0, false, errNotStoreStaff
		}
		return u.ID, u.password == "", nil
	}
	if !errors.Is(err, db.ErrNoRow) {
		return 0, false, err
	}
	user, err = c.CreateUser(ctx, NewUser{Email: inv.Email, Name: inv.Name, Lang: inv.Lang, Role: auth.StoreMember})
	return user, true, err
}

// Hire puts a user on a store's staff with one of the preset roles, without
// asking them.
func (c *Change) Hire(ctx context.Context, store tenant.StoreID, user auth.UserID, preset string) error {
	s, err := oneStore(ctx, c.tx, Everywhere, store)
	if err != nil {
		return err
	}
	u, err := oneUser(ctx, c.tx, user)
	if err != nil {
		return err
	}
	if u.Role != auth.StoreMember {
		return errNotStoreStaff
	}
	id, err := roleByPreset(ctx, c.tx, store, preset)
	if err != nil {
		return err
	}
	return c.addStaff(ctx, where{store: store, merchant: s.Merchant}, user, Role{ID: id, Name: preset})
}

// addStaff writes a membership and who made it.
func (c *Change) addStaff(ctx context.Context, at where, user auth.UserID, role Role) error {
	u, err := oneUser(ctx, c.tx, user)
	if err != nil {
		return err
	}
	works, err := worksIn(ctx, c.tx, at.store, user)
	if err != nil {
		return err
	}
	if !works {
		if err := c.roomForMember(ctx, at); err != nil {
			return err
		}
	}
	if err := insertStaff(ctx, c.tx, at.store, u, role.ID); err != nil {
		return err
	}
	return c.record(ctx, at, tenancyapi.Entry{
		Action: "tenancy.staff_invited", Target: user.String(), Title: u.Name, After: map[string]string{"email": u.Email, "role": role.Name},
	})
}

// MemberEdit is what may change about a member of staff.
type MemberEdit struct {
	Role   RoleID `json:"role"`
	Active bool   `json:"active"`
}

// EditMember gives a member another role or takes them off the staff. Nobody
// changes their own membership, nor that of somebody who may do more, nor gives
// a role that allows more than they may do themselves.
func (m *Module) EditMember(ctx context.Context, in tenant.Store, by By, user auth.UserID, e MemberEdit) error {
	if userOf(by.Actor) == user {
		return errOwnAccount
	}
	return db.Do(ctx, m.db, in, func(tx storeTx) error {
		before, err := oneMember(ctx, tx, user)
		if err != nil {
			return err
		}
		role, err := oneRole(ctx, tx, e.Role)
		if err != nil {
			return errInvalid.Field("role", "form.choose")
		}
		for _, r := range []Role{before.Role, role} {
			if !by.Grants.Covers(m.grantsOf(r.Preset, r.Permissions)) {
				return errBeyond
			}
		}
		if e.Active && !before.Active {
			if err := m.roomToReturn(ctx, tx); err != nil {
				return err
			}
		}
		if err := updateStaff(ctx, tx, user, e); err != nil {
			return err
		}
		tx.AfterCommit(func() { m.places.Invalidate(user) })
		return m.Record(ctx, tx, tenancyapi.Entry{
			Actor: by.Actor, Action: "tenancy.staff_edited", Target: user.String(), Title: before.Name,
			Before: MemberEdit{Role: before.Role.ID, Active: before.Active}, After: e,
		})
	})
}

// Colleague is a member of staff in one of a merchant's stores.
type Colleague struct {
	User   auth.UserID
	Name   string
	Email  string
	Store  string
	Role   string
	Preset string // of the role, when it is a preset
	Active bool
}

// TeamOf are the staff of all of a merchant's stores, by name, at most 500.
func (m *Module) TeamOf(ctx context.Context, in tenant.Merchant) ([]Colleague, error) {
	return db.Read(ctx, m.db, m.system, func(tx systemTx) ([]Colleague, error) { return teamOfMerchant(ctx, tx, in.ID()) })
}
