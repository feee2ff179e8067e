package core

import (
	"context"
	"encoding/json"
	"errors"
	"math"

	"orion/kit/db"
	"orion/kit/module"
	"orion/kit/tenant"
)

var (
	addStoreChangeStmt = db.Must[tenant.Store](Files, "add_store_change")
	addChangeStmt      = db.Must[tenant.System](Files, "add_change")
	storeChangesStmt   = db.Must[tenant.Store](Files, "store_changes")
	changesStmt        = db.Must[tenant.System](Files, "changes")
	allChangesStmt     = db.Must[tenant.System](Files, "all_changes")
	rewriteChangeStmt  = db.Must[tenant.System](Files, "rewrite_change")
)

// drawer is where the settings of one owner are kept, in a transaction.
type drawer interface {
	// kept are settings as they are kept, empty when nobody chose any.
	kept(ctx context.Context, code string) (string, error)
	put(ctx context.Context, code, value string) error
	note(ctx context.Context, code string, c Change) error
	// changes are the latest before an identifier, newest first; 0 is from now.
	changes(ctx context.Context, code string, before int64, limit int) ([]Change, error)
}

// storeDrawer is a store's.
type storeDrawer struct{ tx *db.Tx[tenant.Store] }

func (d storeDrawer) kept(ctx context.Context, code string) (string, error) {
	return orEmpty(db.One(ctx, d.tx, storeStmt, db.Args{"module": code}, scanValue))
}

func (d storeDrawer) put(ctx context.Context, code, value string) error {
	return saveSettings(ctx, d.tx, code, json.RawMessage(value))
}

func (d storeDrawer) note(ctx context.Context, code string, c Change) error {
	_, err := db.Exec(ctx, d.tx, addStoreChangeStmt, changeArgs(d.tx, code, c))
	return err
}

func (d storeDrawer) changes(ctx context.Context, code string, before int64, limit int) ([]Change, error) {
	return db.All(ctx, d.tx, storeChangesStmt, db.Args{"module": code, "before": orNow(before), "limit": limit}, scanChange)
}

// systemDrawer is a platform's or a merchant's.
type systemDrawer struct {
	tx    *db.Tx[tenant.System]
	owner Owner
}

func (d systemDrawer) kept(ctx context.Context, code string) (string, error) {
	stmt := platformStmt
	if d.owner.Level == module.AtMerchant {
		stmt = merchantStmt
	}
	return orEmpty(db.One(ctx, d.tx, stmt, db.Args{"owner": d.owner.ID, "module": code}, scanValue))
}

func (d systemDrawer) put(ctx context.Context, code, value string) error {
	if err := rewrite(ctx, d.tx, row{d.owner.Level, d.owner.ID, code, json.RawMessage(value)}); err != nil {
		return err
	}
	return touchAll(ctx, d.tx)
}

func (d systemDrawer) note(ctx context.Context, code string, c Change) error {
	args := changeArgs(d.tx, code, c)
	args["merchant"], args["platform"] = d.owner.columns()
	_, err := db.Exec(ctx, d.tx, addChangeStmt, args)
	return err
}

func (d systemDrawer) changes(ctx context.Context, code string, before int64, limit int) ([]Change, error) {
	args := db.Args{"module": code, "before": orNow(before), "limit": limit}
	args["merchant"], args["platform"] = d.owner.columns()
	return db.All(ctx, d.tx, changesStmt, args, scanChange)
}

func (o Owner) columns() (merchant, platform int64) {
	if o.Level == module.AtMerchant {
		return o.ID, 0
	}
	return 0, o.ID
}

func orEmpty(v string, err error) (string, error) {
	if errors.Is(err, db.ErrNoRow) {
		return "", nil
	}
	return v, err
}

func orNow(before int64) int64 {
	if before == 0 {
		return math.MaxInt64
	}
	return before
}

func changeArgs[S tenant.Scope](tx *db.Tx[S], code string, c Change) db.Args {
	var before any
	if c.before != "" {
		before = db.JSON(json.RawMessage(c.before))
	}
	return db.Args{
		"id": tx.NewID(), "module": code, "actor_kind": c.By.Kind, "actor_id": c.By.ID, "actor_name": c.By.Name,
		"before": before, "after": db.JSON(json.RawMessage(c.after)), "now": tx.Now(),
	}
}

func scanChange(r db.Row) (c Change, err error) {
	var before, after json.RawMessage
	err = r.Scan(&c.ID, &c.By.Kind, &c.By.ID, &c.By.Name, db.JSON(&before), db.JSON(&after), db.Time(&c.At))
	c.before, c.after = string(before), string(after)
	return c, err
}

// keptChange is a change with its owner, for who rewrites all of them.
type keptChange struct {
	owner  Owner
	store  int64
	id     int64
	module string
	before string
	after  string
}

func readChanges(ctx context.Context, tx *db.Tx[tenant.System], after int64, limit int) ([]keptChange, error) {
	return db.All(ctx, tx, allChangesStmt, db.Args{"after": after, "limit": limit}, func(r db.Row) (c keptChange, err error) {
		var merchant, platform int64
		var before, after json.RawMessage
		err = r.Scan(&c.store, &merchant, &platform, &c.id, &c.module, db.JSON(&before), db.JSON(&after))
		c.before, c.after = string(before), string(after)
		switch {
		case c.store != 0:
			c.owner = Owner{Level: module.AtStore, ID: c.store}
		case merchant != 0:
			c.owner = Owner{Level: module.AtMerchant, ID: merchant}
		default:
			c.owner = Owner{Level: module.AtPlatform, ID: platform}
		}
		return c, err
	})
}

func rewriteChange(ctx context.Context, tx *db.Tx[tenant.System], c keptChange) error {
	var before any
	if c.before != "" {
		before = db.JSON(json.RawMessage(c.before))
	}
	_, err := db.Exec(ctx, tx, rewriteChangeStmt, db.Args{"store": c.store, "id": c.id, "before": before, "after": db.JSON(json.RawMessage(c.after))})
	return err
}
