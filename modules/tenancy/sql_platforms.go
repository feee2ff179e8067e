package tenancy

import (
	"context"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	insertPlatformStmt = db.Must[tenant.System](Files, "insert_platform")
	updatePlatformStmt = db.Must[tenant.System](Files, "update_platform")
	platformsStmt      = db.Must[tenant.System](Files, "platforms")
	platformStmt       = db.Must[tenant.System](Files, "platform")
	nameTakenStmt      = db.Must[tenant.System](Files, "name_taken")
	setModuleStmt      = db.Must[tenant.System](Files, "set_module")
	platformsOfStmt    = db.Must[tenant.System](Files, "platforms_of_module")
	modulesStmt        = db.Must[tenant.System](Files, "modules_of_platform")
)

func insertPlatform(ctx context.Context, tx systemTx, p PlatformRow) error {
	_, err := db.Exec(ctx, tx, insertPlatformStmt, db.Args{
		"id": p.ID, "code": p.Code, "name": p.Name, "tagline": db.JSON(p.Tagline), "lang": p.Lang,
		"picture": p.Picture, "active": p.Active, "now": tx.Now(),
	})
	return err
}

func updatePlatform(ctx context.Context, tx systemTx, id tenant.PlatformID, e PlatformEdit) error {
	_, err := db.Exec(ctx, tx, updatePlatformStmt, db.Args{
		"id": id, "name": e.Name, "tagline": db.JSON(e.Tagline), "lang": e.Lang, "picture": e.Picture, "active": e.Active, "now": tx.Now(),
	})
	return err
}

func allPlatforms(ctx context.Context, tx systemTx) ([]PlatformRow, error) {
	return db.All(ctx, tx, platformsStmt, nil, scanPlatformRow)
}

func onePlatform(ctx context.Context, tx systemTx, id tenant.PlatformID) (PlatformRow, error) {
	return db.One(ctx, tx, platformStmt, db.Args{"id": id}, scanPlatformRow)
}

func scanPlatformRow(r db.Row) (p PlatformRow, err error) {
	err = r.Scan(&p.ID, &p.Code, &p.Name, db.JSON(&p.Tagline), &p.Lang, &p.Picture, &p.Active, db.Time(&p.Created), &p.Stores)
	return p, err
}

func nameTaken(ctx context.Context, tx systemTx, name string) (bool, error) {
	return db.One(ctx, tx, nameTakenStmt, db.Args{"name": name}, func(r db.Row) (bool, error) {
		var n int64
		err := r.Scan(&n)
		return n > 0, err
	})
}

func setModule(ctx context.Context, tx systemTx, f moduleFact, by auth.UserID) error {
	_, err := db.Exec(ctx, tx, setModuleStmt, db.Args{
		"platform_id": f.platform, "module": f.module, "enabled": f.enabled, "now": tx.Now(), "by": by,
	})
	return err
}

// ModuleRow says who switched a module of a platform, and when.
type ModuleRow struct {
	Module  string
	Enabled bool
	Changed time.Time
	By      string // name, empty for the program itself
}

func modulesOf(ctx context.Context, tx systemTx, p tenant.PlatformID) ([]ModuleRow, error) {
	return db.All(ctx, tx, modulesStmt, db.Args{"platform_id": p}, func(r db.Row) (m ModuleRow, err error) {
		err = r.Scan(&m.Module, &m.Enabled, db.Time(&m.Changed), &m.By)
		return m, err
	})
}

// platformsOf says who switched a module, by platform.
func platformsOf(ctx context.Context, tx systemTx, code string) (map[tenant.PlatformID]ModuleRow, error) {
	out := map[tenant.PlatformID]ModuleRow{}
	_, err := db.All(ctx, tx, platformsOfStmt, db.Args{"module": code}, func(r db.Row) (struct{}, error) {
		m, p := ModuleRow{Module: code}, tenant.PlatformID(0)
		err := r.Scan(&p, &m.Enabled, db.Time(&m.Changed), &m.By)
		out[p] = m
		return struct{}{}, err
	})
	return out, err
}
