package tenancy

import (
	"context"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/page"
	"orion/kit/tenant"
)

var (
	usersByIDStmt         = db.Must[tenant.System](Files, "users_by_id")
	insertUserStmt        = db.Must[tenant.System](Files, "insert_user")
	updateUserStmt        = db.Must[tenant.System](Files, "update_user")
	userStmt              = db.Must[tenant.System](Files, "user")
	userByEmailStmt       = db.Must[tenant.System](Files, "user_by_email")
	listUsersStmt         = db.MustList[tenant.System](Files, "list_users")
	setPasswordStmt       = db.Must[tenant.System](Files, "set_password")
	signedInStmt          = db.Must[tenant.System](Files, "signed_in")
	superAdminsStmt       = db.Must[tenant.System](Files, "super_admins")
	userCountStmt         = db.Must[tenant.System](Files, "user_count")
	assignPlatformStmt    = db.Must[tenant.System](Files, "assign_platform")
	unassignPlatformsStmt = db.Must[tenant.System](Files, "unassign_platforms")
	platformsOfAdminStmt  = db.Must[tenant.System](Files, "platforms_of_admin")
	insertInviteStmt      = db.Must[tenant.System](Files, "insert_invite")
	inviteStmt            = db.Must[tenant.System](Files, "invite")
	useInviteStmt         = db.Must[tenant.System](Files, "use_invite")
	revokeInvitesStmt     = db.Must[tenant.System](Files, "revoke_invites")
)

func insertUser(ctx context.Context, tx systemTx, u UserRow) error {
	_, err := db.Exec(ctx, tx, insertUserStmt, db.Args{
		"id": u.ID, "email": u.Email, "name": u.Name, "role": u.Role, "lang": u.Lang, "password": u.password,
		"active": u.Active, "now": tx.Now(),
	})
	if db.IsUnique(err) {
		return errInvalid.Field("email", "form.taken")
	}
	return err
}

func updateUser(ctx context.Context, tx systemTx, id auth.UserID, e UserEdit) error {
	_, err := db.Exec(ctx, tx, updateUserStmt, db.Args{"id": id, "name": e.Name, "lang": e.Lang, "active": e.Active, "now": tx.Now()})
	return err
}

func oneUser(ctx context.Context, tx systemTx, id auth.UserID) (UserRow, error) {
	return db.One(ctx, tx, userStmt, db.Args{"id": id}, scanUser)
}

func usersByID(ctx context.Context, tx systemTx, ids []int64) (map[auth.UserID]UserRow, error) {
	users, err := db.All(ctx, tx, usersByIDStmt, db.Args{"ids": ids}, scanUser)
	out := make(map[auth.UserID]UserRow, len(users))
	for _, u := range users {
		out[u.ID] = u
	}
	return out, err
}

func userByEmail(ctx context.Context, tx systemTx, email string) (UserRow, error) {
	return db.One(ctx, tx, userByEmailStmt, db.Args{"email": email}, scanUser)
}

func listUsers(ctx context.Context, tx systemTx, f UserFilter) ([]UserRow, error) {
	filter := db.Filter{Order: []string{"u.name", "u.id"}, Limit: f.Fetch()}
	if f.Query != "" {
		filter.Where = append(filter.Where, db.Any(db.Contains("u.name", f.Query), db.Contains("u.email", f.Query)))
	}
	if f.Role != "" {
		filter.Where = append(filter.Where, db.Eq("u.role", f.Role))
	}
	if f.After != "" {
		var name string
		var id int64
		if err := page.Decode(f.After, &name, &id); err != nil {
			return nil, err
		}
		filter.Where = append(filter.Where, db.After(false, []string{"u.name", "u.id"}, []any{name, id}))
	}
	return db.List(ctx, tx, listUsersStmt, filter, scanUser)
}

func scanUser(r db.Row) (u UserRow, err error) {
	err = r.Scan(&u.ID, &u.Email, &u.Name, &u.Role, &u.Lang, &u.password, &u.Active, db.Time(&u.Created), db.Time(&u.SignedIn))
	return u, err
}

func setPassword(ctx context.Context, tx systemTx, id auth.UserID, hash PasswordHash) error {
	_, err := db.Exec(ctx, tx, setPasswordStmt, db.Args{"id": id, "password": hash, "now": tx.Now()})
	return err
}

func markSignedIn(ctx context.Context, tx systemTx, id auth.UserID) error {
	_, err := db.Exec(ctx, tx, signedInStmt, db.Args{"id": id, "now": tx.Now()})
	return err
}

func scanCount(r db.Row) (n int64, err error) {
	err = r.Scan(&n)
	return n, err
}

func otherSuperAdmins(ctx context.Context, tx systemTx, but auth.UserID) (int64, error) {
	return db.One(ctx, tx, superAdminsStmt, db.Args{"but": but}, scanCount)
}

func hasUsers(ctx context.Context, tx systemTx) (bool, error) {
	n, err := db.One(ctx, tx, userCountStmt, nil, scanCount)
	return n > 0, err
}

func assignPlatform(ctx context.Context, tx systemTx, u auth.UserID, p tenant.PlatformID, by auth.UserID) error {
	_, err := db.Exec(ctx, tx, assignPlatformStmt, db.Args{"platform_id": p, "user": u, "by": by, "now": tx.Now()})
	return err
}

func unassignPlatforms(ctx context.Context, tx systemTx, u auth.UserID) error {
	_, err := db.Exec(ctx, tx, unassignPlatformsStmt, db.Args{"user": u})
	return err
}

func platformsOfAdmin(ctx context.Context, tx systemTx, u auth.UserID) ([]tenant.PlatformID, error) {
	return db.All(ctx, tx, platformsOfAdminStmt, db.Args{"user": u}, func(r db.Row) (p tenant.PlatformID, err error) {
		err = r.Scan(&p)
		return p, err
	})
}

func insertInvite(ctx context.Context, tx systemTx, u auth.UserID, hash string, until time.Time) error {
	_, err := db.Exec(ctx, tx, insertInviteStmt, db.Args{"hash": hash, "user": u, "expires_at": until})
	return err
}

func invitedUser(ctx context.Context, tx systemTx, hash string) (UserRow, error) {
	return db.One(ctx, tx, inviteStmt, db.Args{"hash": hash, "now": tx.Now()}, scanUser)
}

// useInvite spends a link; false when somebody was faster.
func useInvite(ctx context.Context, tx systemTx, hash string) (bool, error) {
	n, err := db.Exec(ctx, tx, useInviteStmt, db.Args{"hash": hash, "now": tx.Now()})
	return n == 1, err
}

func revokeInvites(ctx context.Context, tx systemTx, u auth.UserID) error {
	_, err := db.Exec(ctx, tx, revokeInvitesStmt, db.Args{"user": u, "now": tx.Now()})
	return err
}
