package core

import (
	"context"
	"encoding/json"
	"reflect"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/modules/tenancy/tenancyapi"
)

// Change is somebody's change of an owner's settings of a module.
type Change struct {
	ID            int64
	By            auth.Actor
	At            time.Time
	before, after string // as they are kept
}

// Before are the settings before, without their secrets; nil when nobody had chosen any.
func (c Change) Before() json.RawMessage { return hide(c.before) }

// After are the settings after it, without their secrets.
func (c Change) After() json.RawMessage { return hide(c.after) }

// Save keeps what somebody chose for a module in a store; see SaveFor.
func (m *Module) Save(ctx context.Context, in tenant.Store, by auth.Actor, code string, raw json.RawMessage) error {
	return m.save(ctx, writing{owner: OfStore(in), in: &in, by: by}, code, raw)
}

// SaveFor keeps what somebody chose for a module on behalf of a platform or a
// merchant, after the module checked it. What is the same as without choosing is not kept, so
// that it follows what is inherited; a secret that says (secret), or nothing at
// all, stays, and an empty one goes. This node goes by it at once, the others within a second.
func (m *Module) SaveFor(ctx context.Context, o Owner, by auth.Actor, code string, raw json.RawMessage) error {
	return m.save(ctx, writing{owner: o, by: by}, code, raw)
}

func (m *Module) save(ctx context.Context, w writing, code string, raw json.RawMessage) (err error) {
	if w.def, err = m.configured(code); err != nil {
		return err
	}
	return m.write(ctx, w, func(_ context.Context, _ drawer, before string) (string, error) {
		return m.own(w.owner, w.def, before, raw)
	})
}

// writing is a change of settings: whose, by whom, of which module.
type writing struct {
	owner Owner
	in    *tenant.Store // of a store
	by    auth.Actor
	def   module.Definition
}

// write puts what next makes of the settings before in their place, when the
// module agrees, and writes down who did it.
func (m *Module) write(ctx context.Context, w writing, next func(ctx context.Context, d drawer, before string) (string, error)) error {
	var before, after string
	err := m.within(ctx, w, func(ctx context.Context, d drawer, record func(tenancyapi.Entry) error) (err error) {
		if before, err = d.kept(ctx, w.def.Code); err != nil {
			return err
		}
		if after, err = next(ctx, d, before); err != nil {
			return err
		}
		open, _ := m.open(w.owner, w.def.Code, after)
		if w.def.Config.Check != nil {
			if err := w.def.Config.Check([]byte(over(m.chosen.Load().inherited(w.owner, w.def.Code), open))); err != nil {
				return err
			}
		}
		if before == after {
			return nil
		}
		if err := d.put(ctx, w.def.Code, after); err != nil {
			return err
		}
		if err := d.note(ctx, w.def.Code, Change{By: w.by, before: before, after: after}); err != nil {
			return err
		}
		e := tenancyapi.Entry{Actor: w.by, Action: "core.settings_changed", Target: w.def.Code, Title: w.def.Name, After: hide(after)}
		if before != "" {
			e.Before = hide(before)
		}
		return record(e)
	})
	if err != nil {
		return err
	}
	m.refreshed(ctx)
	if before != after {
		e := module.Event{Moment: module.ConfigChanged, Module: w.def.Code, By: w.by, Before: hide(before), After: hide(after)}
		if w.owner.Level == module.AtPlatform {
			e.Platform.ID = w.owner.ID
		}
		m.moments.Emit(ctx, e)
	}
	return nil
}

// within runs fn in a transaction that may write an owner's settings. Whoever
// else changes any waits until it ends, so that what fn read is what it replaces,
// and no secret is kept that is being encrypted anew meanwhile.
func (m *Module) within(ctx context.Context, w writing, fn func(ctx context.Context, d drawer, record func(tenancyapi.Entry) error) error) error {
	if w.in != nil {
		return db.Do(ctx, m.db, *w.in, func(tx *db.Tx[tenant.Store]) error {
			if err := holdChanges(ctx, tx, holdStmt); err != nil {
				return err
			}
			return fn(ctx, storeDrawer{tx}, func(e tenancyapi.Entry) error { return m.audit.Record(ctx, tx, e) })
		})
	}
	return db.Do(ctx, m.db, m.system, func(tx *db.Tx[tenant.System]) error {
		if err := holdChanges(ctx, tx, holdAllStmt); err != nil {
			return err
		}
		return fn(ctx, systemDrawer{tx, w.owner}, func(e tenancyapi.Entry) error {
			if m.ledger == nil {
				return nil
			}
			merchant, platform := w.owner.columns()
			return m.ledger.RecordAt(ctx, tx, tenancyapi.At{Merchant: tenant.MerchantID(merchant), Platform: tenant.PlatformID(platform)}, e)
		})
	})
}

// own is what an owner chose itself, as it is kept.
func (m *Module) own(o Owner, def module.Definition, before string, raw json.RawMessage) (string, error) {
	was, err := readValues(before)
	if err != nil {
		was = values{}
	}
	given, err := readValues(string(raw))
	if err != nil {
		return "", module.ErrSettings.Because(err)
	}
	above, err := m.withDefaults(o, def)
	if err != nil {
		return "", err
	}
	out, bad := values{}, module.ErrSettings
	for _, f := range def.Config.Fields() {
		value, ok := given[f.Name]
		switch {
		case f.Kind == module.KindSecret:
			if value, err = m.secretOf(secretName{o, def.Code, f.Name}, value, was[f.Name]); err != nil {
				bad = bad.Field(f.Name, "form.invalid")
			} else if value != nil && o.Level.Chooses(f.At) {
				out[f.Name] = value
			}
		case !ok || same(value, above[f.Name]):
		case !o.Level.Chooses(f.At):
			bad = bad.Field(f.Name, "core.chosen_above")
		default:
			out[f.Name] = value
		}
	}
	if err := bad.OrNil(); err != nil {
		return "", err
	}
	return out.text()
}

// secretOf is a secret as it is to be kept: what was, a new one, or none.
func (m *Module) secretOf(n secretName, given, was json.RawMessage) (json.RawMessage, error) {
	if given == nil {
		return was, nil
	}
	var text string
	if err := json.Unmarshal(given, &text); err != nil {
		return nil, err
	}
	switch text {
	case "":
		return nil, nil
	case unchanged:
		return was, nil
	}
	return m.seal(n, text)
}

// withDefaults is what an owner has without choosing, with the module's own.
func (m *Module) withDefaults(o Owner, def module.Definition) (values, error) {
	defaults, err := json.Marshal(def.Config.Defaults)
	if err != nil {
		return nil, module.ErrSettings.Because(err)
	}
	return readValues(over(string(defaults), m.chosen.Load().inherited(o, def.Code)))
}

// same tells that two values mean the same, however they are written.
func same(a, b json.RawMessage) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}

const maxChanges = 20

// Changes are the latest changes of an owner's settings of a module, newest first.
func (m *Module) Changes(ctx context.Context, in tenant.Store, code string) ([]Change, error) {
	return db.Read(ctx, m.db, in, func(tx *db.Tx[tenant.Store]) ([]Change, error) {
		return storeDrawer{tx}.changes(ctx, code, 0, maxChanges)
	})
}

// ChangesFor are those of a platform or a merchant.
func (m *Module) ChangesFor(ctx context.Context, o Owner, code string) ([]Change, error) {
	return db.Read(ctx, m.db, m.system, func(tx *db.Tx[tenant.System]) ([]Change, error) {
		return systemDrawer{tx, o}.changes(ctx, code, 0, maxChanges)
	})
}

// Undo puts a store's settings back as they were before a change.
func (m *Module) Undo(ctx context.Context, in tenant.Store, by auth.Actor, code string, change int64) error {
	return m.undo(ctx, writing{owner: OfStore(in), in: &in, by: by}, code, change)
}

// UndoFor puts those of a platform or a merchant back.
func (m *Module) UndoFor(ctx context.Context, o Owner, by auth.Actor, code string, change int64) error {
	return m.undo(ctx, writing{owner: o, by: by}, code, change)
}

func (m *Module) undo(ctx context.Context, w writing, code string, change int64) (err error) {
	if w.def, err = m.configured(code); err != nil {
		return err
	}
	return m.write(ctx, w, func(ctx context.Context, d drawer, _ string) (string, error) {
		found, err := d.changes(ctx, code, change+1, 1)
		if err != nil || len(found) == 0 || found[0].ID != change {
			return "", errUnknown.Because(err)
		}
		if found[0].before == "" {
			return "{}", nil
		}
		return found[0].before, nil
	})
}
