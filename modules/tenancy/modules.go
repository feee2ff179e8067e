package tenancy

import (
	"maps"

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
