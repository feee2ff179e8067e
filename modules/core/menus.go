package core

import (
	"context"
	"slices"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

var errMandatory = fault.New(fault.Invalid, "core.menu_invalid")

// The audiences whose menus are arranged.
var menuAudiences = []string{"store", "merchant", "admin"}

// MenuOf says whose menu is meant: of everybody in an audience on a platform, or
// the operator's menu of one user.
type MenuOf struct {
	Platform tenant.PlatformID
	User     auth.UserID
	Audience string
}

// Menu is how a menu is arranged, from memory.
func (m *Module) Menu(of MenuOf) module.Arrangement { return m.chosen.Load().menus[of] }

// MenuItems are the entries of an audience's menu, in the order of the modules,
// whether a platform has them or not.
func (m *Module) MenuItems(audience string) []module.MenuItem {
	var out []module.MenuItem
	for _, d := range m.all() {
		for _, i := range d.Menu {
			if string(i.Audience) == audience && !i.Act {
				i.Module = d.Code
				out = append(out, i)
			}
		}
	}
	module.SortMenu(out)
	return out
}

// ArrangeMenu arranges a menu. Mandatory entries cannot be hidden. This node goes
// by it at once, the others within a second.
func (m *Module) ArrangeMenu(ctx context.Context, of MenuOf, by auth.Actor, a module.Arrangement) error {
	items := m.MenuItems(of.Audience)
	bad := errMandatory
	for _, i := range items {
		if i.Mandatory && slices.Contains(a.Hidden, i.Path) {
			bad = bad.Field(ShowField(i.Path), "core.menu_mandatory")
		}
	}
	if err := bad.OrNil(); err != nil {
		return err
	}
	return m.changeMenu(ctx, of, by, func(menuRow) module.Arrangement { return a.Fit(items) })
}

// UndoMenu puts a menu back as it was before the last change. Done twice, it is as
// it was.
func (m *Module) UndoMenu(ctx context.Context, of MenuOf, by auth.Actor) error {
	return m.changeMenu(ctx, of, by, func(r menuRow) module.Arrangement { return r.past })
}

// menuBefore is how a menu was before the last change.
func (m *Module) menuBefore(ctx context.Context, of MenuOf) (module.Arrangement, error) {
	r, err := db.Read(ctx, m.db, m.system, func(tx *db.Tx[tenant.System]) (menuRow, error) { return oneMenu(ctx, tx, of) })
	return r.past, err
}

// ShowField is the field of a form that says whether an entry is shown.
func ShowField(path string) string { return "show." + path }

func (m *Module) changeMenu(ctx context.Context, of MenuOf, by auth.Actor, next func(menuRow) module.Arrangement) error {
	if !slices.Contains(menuAudiences, of.Audience) || of.Platform.IsZero() == of.User.IsZero() {
		return errUnknown
	}
	err := db.Do(ctx, m.db, m.system, func(tx *db.Tx[tenant.System]) error {
		if err := holdChanges(ctx, tx, holdAllStmt); err != nil {
			return err
		}
		r, err := oneMenu(ctx, tx, of)
		if err != nil {
			return err
		}
		a := next(r)
		if a.Same(r.value) {
			return nil
		}
		r.value, r.past = a, r.value
		if err := putMenu(ctx, tx, r); err != nil {
			return err
		}
		if err := touchAll(ctx, tx); err != nil {
			return err
		}
		if m.ledger == nil {
			return nil
		}
		return m.ledger.RecordAt(ctx, tx, tenancyapi.At{Platform: of.Platform}, tenancyapi.Entry{
			Actor: by, Action: "core.menu_arranged", Target: "menu:" + of.Audience, Before: r.past, After: r.value,
		})
	})
	if err == nil {
		m.refreshed(ctx)
	}
	return err
}
