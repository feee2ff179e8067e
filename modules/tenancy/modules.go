package tenancy

import (
	"context"
	"maps"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/module"
	"orion/kit/tenant"
)

var _ module.Ledger = (*Module)(nil)

// Switched tells what somebody chose for a module of a platform. What nobody
// switched is on; whether a module can be switched at all is the registry's to know.
func (m *Module) Switched(p tenant.PlatformID, code string) bool {
	on, switched := m.directory.Load().explicit[p][code]
	return on || !switched
}

// EnabledModules are the modules that somebody switched on or off for a
// platform.
func (m *Module) EnabledModules(p tenant.PlatformID) map[string]bool {
	return maps.Clone(m.directory.Load().explicit[p])
}

// SwitchModules switches what decide decides, in one transaction. Everybody who
// switches waits for each other.
func (m *Module) SwitchModules(
	ctx context.Context, by auth.Actor, p tenant.PlatformID, decide func(switched func(code string) bool) ([]module.Switch, error),
) error {
	return m.Change(ctx, by, func(ctx context.Context, c *Change) error {
		if err := touchDirectory(ctx, c.tx); err != nil { // from here on, we are alone
			return err
		}
		c.touched = true
		rows, err := modulesOf(ctx, c.tx, p)
		if err != nil {
			return err
		}
		have := map[string]bool{}
		for _, r := range rows {
			have[r.Module] = r.Enabled
		}
		switches, err := decide(func(code string) bool {
			on, switched := have[code]
			return on || !switched
		})
		for _, s := range switches {
			if err == nil {
				err = c.SwitchModule(ctx, p, s.Code, s.On)
			}
		}
		return err
	})
}

// Switching is somebody's switching of a module.
type Switching struct {
	Platform tenant.PlatformID
	On       bool
	By       auth.Actor
	At       time.Time
}

// Switchings are the latest of a module within reach, newest first.
func (m *Module) Switchings(ctx context.Context, r Reach, code string) ([]Switching, error) {
	p, err := m.AuditOfAll(ctx, r, AuditFilter{Target: moduleTarget(code), operator: true})
	out := make([]Switching, len(p.Items))
	for i, e := range p.Items {
		out[i] = Switching{Platform: e.platform, On: e.Action == actModuleOn, By: e.Actor, At: e.At}
	}
	return out, err
}

// moduleTarget is what the audit log calls a module.
func moduleTarget(code string) string { return "module:" + code }

const (
	actModuleOn  = "tenancy.module_enabled"
	actModuleOff = "tenancy.module_disabled"
)

// ModulesOf says who switched which module of a platform within reach.
func (m *Module) ModulesOf(ctx context.Context, r Reach, p tenant.PlatformID) ([]ModuleRow, error) {
	if !r.has(p) {
		return nil, errUnknown
	}
	return db.Read(ctx, m.db, m.system, func(tx systemTx) ([]ModuleRow, error) { return modulesOf(ctx, tx, p) })
}

// ModuleOn says who switched a module on which platform within reach.
func (m *Module) ModuleOn(ctx context.Context, r Reach, code string) (map[tenant.PlatformID]ModuleRow, error) {
	return db.Read(ctx, m.db, m.system, func(tx systemTx) (map[tenant.PlatformID]ModuleRow, error) {
		all, err := platformsOf(ctx, tx, code)
		maps.DeleteFunc(all, func(p tenant.PlatformID, _ ModuleRow) bool { return !r.has(p) })
		return all, err
	})
}
