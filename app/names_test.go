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

// What a permission allows is said in every language, and not in English to
// those who read another one.
func TestPermissionsHaveWords(t *testing.T) {
	t.Parallel()
	a := still(t, sqliteDemo(t))
	english := a.kit.Bundle.In(i18n.En)
	for _, p := range a.modules.permissions() {
		key := "permissions." + p.Code
		for _, l := range i18n.Langs {
			w := a.kit.Bundle.In(l)
			if !w.Has(key) {
				t.Errorf("%s: the word %s is missing", l, key)
			}
			if l != i18n.En && w.T(key) == english.T(key) {
				t.Errorf("%s: the word %s is English", l, key)
			}
		}
	}
}
