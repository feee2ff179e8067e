package core

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

var errUnknown = fault.New(fault.NotFound, "not_found")

// pollEvery is how late a node may learn of settings that another one changed.
const pollEvery = 500 * time.Millisecond

// chosen is what people chose, everywhere. It is built once per change and never
// altered. Stores that changed nothing are not in it.
type chosen struct {
	version   int64
	stores    map[storeKey]string
	platforms map[platformKey]string
}

type storeKey struct {
	store  tenant.StoreID
	module string
}

type platformKey struct {
	platform tenant.PlatformID
	module   string
}

var _ module.Source = (*Module)(nil)

// Raw is the JSON of a module's settings in a store: the store's own, else the
// platform's, else nothing.
func (m *Module) Raw(code string, in tenant.Store) string {
	c := m.chosen.Load()
	if raw, ok := c.stores[storeKey{in.ID(), code}]; ok {
		return raw
	}
	return c.platforms[platformKey{in.Platform(), code}]
}

// Refresh looks whether settings changed since this node read them, which costs
// one statement, and reads them again only then.
func (m *Module) Refresh(ctx context.Context) error {
	_, err := db.Read(ctx, m.db, m.system, func(tx *db.Tx[tenant.System]) (struct{}, error) {
		version, err := readVersion(ctx, tx)
		if err != nil || version == m.chosen.Load().version {
			return struct{}{}, err
		}
		c, err := readChosen(ctx, tx)
		if err != nil {
			return struct{}{}, fmt.Errorf("read the settings: %w", err)
		}
		c.version = version
		for {
			have := m.chosen.Load()
			if have.version > c.version || m.chosen.CompareAndSwap(have, c) {
				return struct{}{}, nil
			}
		}
	})
	return err
}

// Watch keeps the settings fresh until ctx ends.
func (m *Module) Watch(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := m.Refresh(ctx); err != nil && ctx.Err() == nil {
				m.log.WarnContext(ctx, "settings not refreshed", "error", err.Error())
			}
		}
	}
}

// Save keeps what somebody chose for a module in a store, after the module
// checked it. This node goes by it at once, the others within a second.
func (m *Module) Save(ctx context.Context, in tenant.Store, by auth.Actor, code string, raw json.RawMessage) error {
	def, err := m.configured(code)
	if err != nil {
		return err
	}
	if def.Config.Check != nil {
		if err := def.Config.Check(raw); err != nil {
			return err
		}
	}
	before := m.Raw(code, in)
	err = db.Do(ctx, m.db, in, func(tx *db.Tx[tenant.Store]) error {
		if err := saveSettings(ctx, tx, code, raw); err != nil {
			return err
		}
		e := tenancyapi.Entry{Actor: by, Action: "core.settings_changed", Target: code, Title: def.Name, After: raw}
		if before != "" {
			e.Before = json.RawMessage(before)
		}
		return m.audit.Record(ctx, tx, e)
	})
	if err == nil {
		m.refreshed(ctx)
	}
	return err
}

// Keep writes down a fact of a module about a store, under a name that is no
// module's, so that its settings tell it to every page from memory. Nobody
// chooses it, and no form shows it. fact is asked when nobody else is about to
// write the same one down, so that of two changes at once the second tells of both.
func (m *Module) Keep(ctx context.Context, tx *db.Tx[tenant.Store], name string, fact func() (any, error)) error {
	if err := holdSettings(ctx, tx, name); err != nil {
		return err
	}
	v, err := fact()
	if err != nil {
		return err
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("keep %s: %w", name, err)
	}
	tx.AfterCommit(func() { m.refreshed(ctx) })
	return saveSettings(ctx, tx, name, raw)
}

// SaveForPlatform keeps what all stores of a platform have that chose nothing
// of their own.
func (m *Module) SaveForPlatform(ctx context.Context, in tenant.Platform, code string, raw json.RawMessage) error {
	def, err := m.configured(code)
	if err != nil {
		return err
	}
	if def.Config.Check != nil {
		if err := def.Config.Check(raw); err != nil {
			return err
		}
	}
	err = db.Do(ctx, m.db, in, func(tx *db.Tx[tenant.Platform]) error { return savePlatformSettings(ctx, tx, code, raw) })
	if err == nil {
		m.refreshed(ctx)
	}
	return err
}

// refreshed shows a committed change on this node; the next look makes up for a
// failure.
func (m *Module) refreshed(ctx context.Context) {
	if err := m.Refresh(context.WithoutCancel(ctx)); err != nil {
		m.log.WarnContext(ctx, "settings not refreshed", "error", err.Error())
	}
}

// configured is a module that has settings.
func (m *Module) configured(code string) (module.Definition, error) {
	for _, d := range m.all() {
		if d.Code == code && d.Config.Defaults != nil {
			return d, nil
		}
	}
	return module.Definition{}, errUnknown
}

func (m *Module) all() []module.Definition {
	if m.modules == nil {
		return nil
	}
	return m.modules()
}
