package tenancy

import (
	"context"
	"slices"
	"strings"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// The preset roles that every store has. They follow a rule instead of a list,
// so that they fit modules that come later; to differ, make another role.
const (
	PresetOwner     = "owner"
	PresetManager   = "manager"
	PresetStaff     = "staff"
	PresetSupport   = "support"
	PresetMarketing = "marketing"
	PresetViewer    = "viewer"
)

// Presets are the preset roles, the mightiest first.
var Presets = []string{PresetOwner, PresetManager, PresetStaff, PresetSupport, PresetMarketing, PresetViewer}

// Role is what members of a store's staff may do.
type Role struct {
	ID          RoleID
	Name        string
	Preset      string   // empty for roles of the store's own
	Permissions []string // of roles of the store's own
	Members     int64
}

// RoleEdit is what may change about a role.
type RoleEdit struct {
	Name        string   `json:"name"`
	Permissions []string `json:"permissions"`
}

// By is who does something, and what they may do: nobody grants more.
type By struct {
	Actor  auth.Actor
	Grants auth.Grants
}

// Grants are what the role allows among the permissions that there are.
func (m *Module) grantsOf(preset string, permissions []string) auth.Grants {
	switch preset {
	case "":
		return auth.Granted(permissions...)
	case PresetOwner:
		return auth.Everything()
	}
	return m.granted()[preset]
}

// presetGrants are what the presets allow, the owner's apart. The permissions are
// those of the program and never change, and each request of staff asks.
func (m *Module) presetGrants() map[string]auth.Grants {
	out := map[string]auth.Grants{}
	known := m.storePermissions()
	for _, preset := range Presets {
		var codes []string
		for _, p := range known {
			if presetAllows(preset, p.Code) {
				codes = append(codes, p.Code)
			}
		}
		out[preset] = auth.Granted(codes...)
	}
	return out
}

// presetAllows is the rule of a preset. A permission's code is module.verb or
// module.verb_thing.
func presetAllows(preset, code string) bool {
	module, verb, _ := strings.Cut(code, ".")
	view := verb == "view" || strings.HasPrefix(verb, "view_")
	own := module == "tenancy" || module == "core"
	switch preset {
	case PresetManager:
		return !own || view || code == PermEditStore.Code || module == "core"
	case PresetStaff:
		return module == "orders" && verb != "refund" || module == "catalog" || module == "inventory" ||
			view && (module == "customers" || module == "core")
	case PresetSupport:
		return module == "orders" || module == "customers" || module == "messaging" ||
			view && (module == "catalog" || module == "inventory" || module == "core" || module == "payments")
	case PresetMarketing:
		return module == "catalog" || module == "cms" || module == "loyalty" || module == "messaging" ||
			view && (module == "analytics" || module == "customers" || module == "orders" || module == "core")
	case PresetViewer:
		return view
	}
	return false
}

// Roles are a store's roles, presets first.
func (m *Module) Roles(ctx context.Context, in tenant.Store) ([]Role, error) {
	return db.Read(ctx, m.db, in, func(tx storeTx) ([]Role, error) { return allRoles(ctx, tx) })
}

// Role is one role of a store.
func (m *Module) Role(ctx context.Context, in tenant.Store, id RoleID) (Role, error) {
	return db.Read(ctx, m.db, in, func(tx storeTx) (Role, error) { return oneRole(ctx, tx, id) })
}

func (m *Module) checkRole(e RoleEdit, by By) (RoleEdit, error) {
	e.Name = strings.TrimSpace(e.Name)
	check := errInvalid
	switch {
	case e.Name == "":
		check = check.Field("name", "form.required")
	case len([]rune(e.Name)) > maxName:
		check = check.Field("name", "form.too_long", "max", maxName)
	}
	known := m.storePermissions()
	for _, code := range e.Permissions {
		if !slices.ContainsFunc(known, func(p auth.Permission) bool { return p.Code == code && p.Reach == auth.InStores }) {
			check = check.Field("permissions", "form.choose")
			break
		}
	}
	if err := check.OrNil(); err != nil {
		return e, err
	}
	slices.Sort(e.Permissions)
	e.Permissions = slices.Compact(e.Permissions)
	if e.Permissions == nil {
		e.Permissions = []string{}
	}
	if !by.Grants.Covers(auth.Granted(e.Permissions...)) {
		return e, errBeyond
	}
	return e, nil
}

// CreateRole adds a role of the store's own.
func (m *Module) CreateRole(ctx context.Context, in tenant.Store, by By, e RoleEdit) (RoleID, error) {
	e, err := m.checkRole(e, by)
	if err != nil {
		return 0, err
	}
	return db.Write(ctx, m.db, in, func(tx storeTx) (RoleID, error) {
		id := db.NewID[roleKind](tx)
		if err := insertRole(ctx, tx, id, e); err != nil {
			return 0, err
		}
		return id, m.Record(ctx, tx, tenancyapi.Entry{
			Actor: by.Actor, Action: "tenancy.role_created", Target: id.String(), Title: e.Name, After: e,
		})
	})
}

// EditRole changes a role of the store's own; presets stay as they are.
func (m *Module) EditRole(ctx context.Context, in tenant.Store, by By, id RoleID, e RoleEdit) error {
	e, err := m.checkRole(e, by)
	if err != nil {
		return err
	}
	return db.Do(ctx, m.db, in, func(tx storeTx) error {
		before, err := oneRole(ctx, tx, id)
		if err != nil {
			return err
		}
		if !by.Grants.Covers(auth.Granted(before.Permissions...)) {
			return errBeyond
		}
		changed, err := updateRole(ctx, tx, id, e)
		if err != nil {
			return err
		}
		if !changed {
			return errUnknown
		}
		return m.Record(ctx, tx, tenancyapi.Entry{
			Actor: by.Actor, Action: "tenancy.role_edited", Target: id.String(), Title: e.Name,
			Before: RoleEdit{Name: before.Name, Permissions: before.Permissions}, After: e,
		})
	})
}

// DeleteRole removes a role of the store's own that nobody has.
func (m *Module) DeleteRole(ctx context.Context, in tenant.Store, by By, id RoleID) error {
	return db.Do(ctx, m.db, in, func(tx storeTx) error {
		before, err := oneRole(ctx, tx, id)
		if err != nil {
			return err
		}
		if !by.Grants.Covers(auth.Granted(before.Permissions...)) {
			return errBeyond
		}
		changed, err := deleteRole(ctx, tx, id)
		switch {
		case db.IsForeignKey(err):
			return errRoleInUse
		case err != nil:
			return err
		case !changed:
			return errUnknown
		}
		return m.Record(ctx, tx, tenancyapi.Entry{
			Actor: by.Actor, Action: "tenancy.role_deleted", Target: id.String(), Title: before.Name,
			Before: RoleEdit{Name: before.Name, Permissions: before.Permissions},
		})
	})
}
