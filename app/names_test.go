package app

import (
	"testing"

	"orion/kit/i18n"
)

// TestModulesHaveNames keeps codes of modules out of the pages where people
// grant permissions and choose settings.
func TestModulesHaveNames(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	for _, d := range a.registry.All() {
		for _, l := range i18n.Langs {
			if w := a.kit.Bundle.In(l); len(d.Permissions) > 0 && !w.Has("modules."+d.Code) {
				t.Errorf("%s: the word modules.%s is missing", l, d.Code)
			}
		}
	}
}
