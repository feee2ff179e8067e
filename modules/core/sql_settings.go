package core

import (
	"context"
	"encoding/json"

	"orion/kit/db"
	"orion/kit/module"
	"orion/kit/tenant"
)

var (
	versionStmt     = db.Must[tenant.System](Files, "settings_version")
	touchAllStmt    = db.Must[tenant.System](Files, "touch_all_settings")
	holdStmt        = db.Must[tenant.Store](Files, "hold_settings")
	holdAllStmt     = db.Must[tenant.System](Files, "hold_all_settings")
	allStoreStmt    = db.Must[tenant.System](Files, "all_store_settings")
	holdStoreStmt   = db.Must[tenant.Store](Files, "hold_store_settings")
	storeStmt       = db.Must[tenant.Store](Files, "store_settings")
	setStoreStmt    = db.Must[tenant.Store](Files, "set_store_settings")
	touchStmt       = db.Must[tenant.Store](Files, "touch_settings")
	rewriteStmt     = db.Must[tenant.System](Files, "rewrite_store")
	allPlatformStmt = db.Must[tenant.System](Files, "all_platform_settings")
	allMerchantStmt = db.Must[tenant.System](Files, "all_merchant_settings")
	platformStmt    = db.Must[tenant.System](Files, "platform_settings")
	merchantStmt    = db.Must[tenant.System](Files, "merchant_settings")
	setPlatformStmt = db.Must[tenant.System](Files, "set_platform_settings")
	setMerchantStmt = db.Must[tenant.System](Files, "set_merchant_settings")
)

func readVersion(ctx context.Context, tx *db.Tx[tenant.System]) (int64, error) {
	return db.One(ctx, tx, versionStmt, nil, func(r db.Row) (v int64, err error) {
		err = r.Scan(&v)
		return v, err
	})
}

// row is one line of settings as it is kept; id is its owner's.
type row struct {
	level  module.Level
	id     int64
	module string
	value  json.RawMessage
}

func readRows(ctx context.Context, tx *db.Tx[tenant.System]) ([]row, error) {
	var out []row
	for level, stmt := range map[module.Level]*db.Stmt[tenant.System]{
		module.AtStore: allStoreStmt, module.AtMerchant: allMerchantStmt, module.AtPlatform: allPlatformStmt,
	} {
		rows, err := db.All(ctx, tx, stmt, nil, func(r db.Row) (row, error) {
			v := row{level: level}
			err := r.Scan(&v.id, &v.module, db.JSON(&v.value))
			return v, err
		})
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

// holdChanges lets one transaction at a time go on that changes settings.
func holdChanges[S tenant.Scope](ctx context.Context, tx *db.Tx[S], s *db.Stmt[S]) error {
	_, err := db.Exec(ctx, tx, s, nil)
	return err
}

// holdSettings lets one transaction at a time go on that holds them.
func holdSettings(ctx context.Context, tx *db.Tx[tenant.Store], code string) error {
	_, err := db.Exec(ctx, tx, holdStoreStmt, db.Args{"module": code, "now": tx.Now()})
	return err
}

func saveSettings(ctx context.Context, tx *db.Tx[tenant.Store], code string, raw json.RawMessage) error {
	if _, err := db.Exec(ctx, tx, setStoreStmt, db.Args{"module": code, "value": db.JSON(raw), "now": tx.Now()}); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, touchStmt, nil)
	return err
}

// rewrite puts settings back whose meaning is the same; above stores, there is a
// statement for each level.
func rewrite(ctx context.Context, tx *db.Tx[tenant.System], r row) error {
	stmt, args := rewriteStmt, db.Args{"owner": r.id, "module": r.module, "value": db.JSON(r.value)}
	switch r.level {
	case module.AtPlatform:
		stmt, args["now"] = setPlatformStmt, tx.Now()
	case module.AtMerchant:
		stmt, args["now"] = setMerchantStmt, tx.Now()
	}
	_, err := db.Exec(ctx, tx, stmt, args)
	return err
}

func touchAll(ctx context.Context, tx *db.Tx[tenant.System]) error {
	_, err := db.Exec(ctx, tx, touchAllStmt, nil)
	return err
}

func scanValue(r db.Row) (string, error) {
	var v json.RawMessage
	err := r.Scan(db.JSON(&v))
	return string(v), err
}
