package core

import (
	"context"
	"encoding/json"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	versionStmt       = db.Must[tenant.System](Files, "settings_version")
	allStoreStmt      = db.Must[tenant.System](Files, "all_store_settings")
	allPlatformStmt   = db.Must[tenant.System](Files, "all_platform_settings")
	holdStoreStmt     = db.Must[tenant.Store](Files, "hold_store_settings")
	setStoreStmt      = db.Must[tenant.Store](Files, "set_store_settings")
	setPlatformStmt   = db.Must[tenant.Platform](Files, "set_platform_settings")
	touchStmt         = db.Must[tenant.Store](Files, "touch_settings")
	touchPlatformStmt = db.Must[tenant.Platform](Files, "touch_platform_settings")
)

func readVersion(ctx context.Context, tx *db.Tx[tenant.System]) (int64, error) {
	return db.One(ctx, tx, versionStmt, nil, func(r db.Row) (v int64, err error) {
		err = r.Scan(&v)
		return v, err
	})
}

// row is one line of settings; id is a store's or a platform's.
type row struct {
	id     int64
	module string
	value  json.RawMessage
}

func scanRow(r db.Row) (v row, err error) {
	err = r.Scan(&v.id, &v.module, db.JSON(&v.value))
	return v, err
}

func readChosen(ctx context.Context, tx *db.Tx[tenant.System]) (*chosen, error) {
	stores, err := db.All(ctx, tx, allStoreStmt, nil, scanRow)
	if err != nil {
		return nil, err
	}
	platforms, err := db.All(ctx, tx, allPlatformStmt, nil, scanRow)
	if err != nil {
		return nil, err
	}
	c := &chosen{stores: make(map[storeKey]string, len(stores)), platforms: make(map[platformKey]string, len(platforms))}
	for _, r := range stores {
		c.stores[storeKey{tenant.StoreID(r.id), r.module}] = string(r.value)
	}
	for _, r := range platforms {
		c.platforms[platformKey{tenant.PlatformID(r.id), r.module}] = string(r.value)
	}
	return c, nil
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

func savePlatformSettings(ctx context.Context, tx *db.Tx[tenant.Platform], code string, raw json.RawMessage) error {
	if _, err := db.Exec(ctx, tx, setPlatformStmt, db.Args{"module": code, "value": db.JSON(raw), "now": tx.Now()}); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, touchPlatformStmt, nil)
	return err
}
