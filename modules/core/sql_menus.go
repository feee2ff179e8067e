package core

import (
	"context"
	"errors"

	"orion/kit/db"
	"orion/kit/module"
	"orion/kit/tenant"
)

var (
	allMenusStmt = db.Must[tenant.System](Files, "all_menus")
	menuStmt     = db.Must[tenant.System](Files, "menu")
	putMenuStmt  = db.Must[tenant.System](Files, "put_menu")
)

// menuRow is how a menu is arranged, and how it was before.
type menuRow struct {
	of          MenuOf
	value, past module.Arrangement
}

func scanMenu(r db.Row) (m menuRow, err error) {
	err = r.Scan(&m.of.Platform, &m.of.User, &m.of.Audience, db.JSON(&m.value), db.JSON(&m.past))
	return m, err
}

func allMenus(ctx context.Context, tx *db.Tx[tenant.System]) (map[MenuOf]module.Arrangement, error) {
	rows, err := db.All(ctx, tx, allMenusStmt, nil, scanMenu)
	out := make(map[MenuOf]module.Arrangement, len(rows))
	for _, r := range rows {
		if !r.value.IsZero() {
			out[r.of] = r.value
		}
	}
	return out, err
}

// oneMenu is how a menu is arranged; one that nobody arranged is the modules' own.
func oneMenu(ctx context.Context, tx *db.Tx[tenant.System], of MenuOf) (menuRow, error) {
	r, err := db.One(ctx, tx, menuStmt, db.Args{"platform": of.Platform, "user": of.User, "audience": of.Audience}, scanMenu)
	if errors.Is(err, db.ErrNoRow) {
		return menuRow{of: of}, nil
	}
	return r, err
}

func putMenu(ctx context.Context, tx *db.Tx[tenant.System], m menuRow) error {
	_, err := db.Exec(ctx, tx, putMenuStmt, db.Args{
		"platform": m.of.Platform, "user": m.of.User, "audience": m.of.Audience, "value": db.JSON(m.value), "previous": db.JSON(m.past), "now": tx.Now(),
	})
	return err
}
