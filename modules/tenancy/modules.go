package tenancy

import (
	"context"
	"maps"

	"orion/kit/db"
	"orion/kit/tenant"
)

// Enabled tells whether a platform has a module. What nobody switched is on;
// whether a module can be switched at all is the registry's to know.
func (m *Module) Enabled(p tenant.PlatformID, module string) bool {
	on, switched := m.directory.Load().explicit[p][module]
	return on || !switched
}

// EnabledModules are the modules that somebody switched on or off for a
// platform.
func (m *Module) EnabledModules(p tenant.PlatformID) map[string]bool {
	return maps.Clone(m.directory.Load().explicit[p])
}

// ModulesOf says who switched which module of a platform within reach.
func (m *Module) ModulesOf(ctx context.Context, r Reach, p tenant.PlatformID) ([]ModuleRow, error) {
	if !r.has(p) {
		return nil, errUnknown
	}
	return db.Read(ctx, m.db, m.system, func(tx systemTx) ([]ModuleRow, error) { return modulesOf(ctx, tx, p) })
}
