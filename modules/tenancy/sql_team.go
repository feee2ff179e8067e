package tenancy

import (
	"context"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	insertRoleStmt     = db.Must[tenant.Store](Files, "insert_role")
	insertRoleForStmt  = db.Must[tenant.System](Files, "insert_role_for")
	updateRoleStmt     = db.Must[tenant.Store](Files, "update_role")
	deleteRoleStmt     = db.Must[tenant.Store](Files, "delete_role")
	rolesStmt          = db.Must[tenant.Store](Files, "roles")
	roleStmt           = db.Must[tenant.Store](Files, "role")
	roleByPresetStmt   = db.Must[tenant.System](Files, "role_by_preset")
	staffCountStmt     = db.Must[tenant.System](Files, "staff_count")
	ownStaffCountStmt  = db.Must[tenant.Store](Files, "own_staff_count")
	worksInStmt        = db.Must[tenant.System](Files, "works_in")
	insertStaffStmt    = db.Must[tenant.System](Files, "insert_staff_for")
	updateStaffStmt    = db.Must[tenant.Store](Files, "update_staff")
	acceptStaffStmt    = db.Must[tenant.System](Files, "accept_staff")
	staffStmt          = db.Must[tenant.Store](Files, "staff")
	staffMemberStmt    = db.Must[tenant.Store](Files, "staff_member")
	whoMayStmt         = db.Must[tenant.Store](Files, "who_may")
	workplacesStmt     = db.Must[tenant.System](Files, "workplaces")
	teamOfMerchantStmt = db.Must[tenant.System](Files, "team_of_merchant")
	teamOfStoreStmt    = db.Must[tenant.System](Files, "team_of_store")
)

// insertPresets gives a new store its preset roles.
func insertPresets(ctx context.Context, tx systemTx, store tenant.StoreID) error {
	for _, preset := range Presets {
		_, err := db.Exec(ctx, tx, insertRoleForStmt, db.Args{
			"store_id": store, "id": tx.NewID(), "name": preset, "preset": preset, "permissions": db.JSON([]string{}), "now": tx.Now(),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func insertRole(ctx context.Context, tx storeTx, id RoleID, e RoleEdit) error {
	_, err := db.Exec(ctx, tx, insertRoleStmt, db.Args{
		"id": id, "name": e.Name, "preset": "", "permissions": db.JSON(e.Permissions), "now": tx.Now(),
	})
	return roleTaken(err)
}

func updateRole(ctx context.Context, tx storeTx, id RoleID, e RoleEdit) (bool, error) {
	n, err := db.Exec(ctx, tx, updateRoleStmt, db.Args{"id": id, "name": e.Name, "permissions": db.JSON(e.Permissions)})
	return n == 1, roleTaken(err)
}

func roleTaken(err error) error {
	if db.IsUnique(err) {
		return errInvalid.Field("name", "form.taken")
	}
	return err
}

func deleteRole(ctx context.Context, tx storeTx, id RoleID) (bool, error) {
	n, err := db.Exec(ctx, tx, deleteRoleStmt, db.Args{"id": id})
	return n == 1, err
}

func allRoles(ctx context.Context, tx storeTx) ([]Role, error) {
	return db.All(ctx, tx, rolesStmt, nil, scanRole)
}

func oneRole(ctx context.Context, tx storeTx, id RoleID) (Role, error) {
	return db.One(ctx, tx, roleStmt, db.Args{"id": id}, scanRole)
}

func scanRole(r db.Row) (v Role, err error) {
	err = r.Scan(&v.ID, &v.Name, &v.Preset, db.JSON(&v.Permissions), &v.Members)
	return v, err
}

func roleByPreset(ctx context.Context, tx systemTx, store tenant.StoreID, preset string) (RoleID, error) {
	return db.One(ctx, tx, roleByPresetStmt, db.Args{"store_id": store, "preset": preset}, func(r db.Row) (id RoleID, err error) {
		err = r.Scan(&id)
		return id, err
	})
}

// insertStaff writes a membership, accepted at once by people who can sign in.
func insertStaff(ctx context.Context, tx systemTx, store tenant.StoreID, u UserRow, role RoleID) error {
	var accepted time.Time
	if u.password != "" {
		accepted = tx.Now()
	}
	_, err := db.Exec(ctx, tx, insertStaffStmt, db.Args{
		"store_id": store, "user": u.ID, "role": role, "active": true, "now": tx.Now(), "accepted_at": accepted,
	})
	return err
}

// staffCount is how many people are on a store's staff now.
func staffCount(ctx context.Context, tx systemTx, store tenant.StoreID) (int64, error) {
	return db.One(ctx, tx, staffCountStmt, db.Args{"store_id": store}, scanCount)
}

// ownStaffCount is staffCount of the transaction's own store.
func ownStaffCount(ctx context.Context, tx storeTx) (int64, error) {
	return db.One(ctx, tx, ownStaffCountStmt, nil, scanCount)
}

// worksIn tells whether somebody is on a store's staff now.
func worksIn(ctx context.Context, tx systemTx, store tenant.StoreID, user auth.UserID) (bool, error) {
	n, err := db.One(ctx, tx, worksInStmt, db.Args{"store_id": store, "user": user}, scanCount)
	return n > 0, err
}

func updateStaff(ctx context.Context, tx storeTx, user auth.UserID, e MemberEdit) error {
	_, err := db.Exec(ctx, tx, updateStaffStmt, db.Args{"user": user, "role": e.Role, "active": e.Active})
	return err
}

func acceptStaff(ctx context.Context, tx systemTx, user auth.UserID) error {
	_, err := db.Exec(ctx, tx, acceptStaffStmt, db.Args{"user": user, "now": tx.Now()})
	return err
}

func allStaff(ctx context.Context, tx storeTx) ([]Member, error) {
	return db.All(ctx, tx, staffStmt, nil, scanMemberRow)
}

func oneMember(ctx context.Context, tx storeTx, user auth.UserID) (Member, error) {
	return db.One(ctx, tx, staffMemberStmt, db.Args{"user": user}, scanMemberRow)
}

func scanMemberRow(r db.Row) (m Member, err error) {
	err = r.Scan(&m.User, &m.Name, &m.Email, &m.Lang, &m.Active, &m.Role.ID, &m.Role.Name, &m.Role.Preset,
		db.JSON(&m.Role.Permissions), db.Time(&m.Invited), db.Time(&m.Accepted), db.Time(&m.SignedIn))
	return m, err
}

// standing is how a user stands to a store.
type standing struct {
	UserRow
	member      bool // on the staff, and not taken off
	preset      string
	permissions []string
	owner       bool // of the store's merchant
}

func whoMay(ctx context.Context, tx storeTx, user auth.UserID) (standing, error) {
	return db.One(ctx, tx, whoMayStmt, db.Args{"user": user}, func(r db.Row) (s standing, err error) {
		err = r.Scan(&s.ID, &s.Email, &s.Name, &s.Role, &s.Lang, &s.Active, &s.member, &s.preset, db.JSON(&s.permissions), &s.owner)
		return s, err
	})
}

func workplacesOf(ctx context.Context, tx systemTx, user auth.UserID) ([]tenant.StoreID, error) {
	return db.All(ctx, tx, workplacesStmt, db.Args{"user": user}, func(r db.Row) (id tenant.StoreID, err error) { return id, r.Scan(&id) })
}

func teamOfMerchant(ctx context.Context, tx systemTx, id tenant.MerchantID) ([]Colleague, error) {
	return db.All(ctx, tx, teamOfMerchantStmt, db.Args{"merchant_id": id}, scanColleague)
}

func teamOfStore(ctx context.Context, tx systemTx, id tenant.StoreID) ([]Colleague, error) {
	return db.All(ctx, tx, teamOfStoreStmt, db.Args{"store_id": id}, scanColleague)
}

func scanColleague(r db.Row) (c Colleague, err error) {
	err = r.Scan(&c.User, &c.Name, &c.Email, &c.Store, &c.Role, &c.Preset, &c.Active)
	return c, err
}
