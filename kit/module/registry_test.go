package module_test

import (
	"strings"
	"testing"

	"orion/kit/module"
	"orion/kit/web"
)

func TestCookiesSayWhatTheyAreFor(t *testing.T) {
	t.Parallel()
	with := func(code string, uses ...web.CookieUse) module.Definition {
		return module.Definition{Code: code, Version: "1.0.0", Cookies: uses}
	}
	good := web.CookieUse{Name: "seen", Purpose: web.ForPreferences, Label: "shelves.cookie_seen", Days: 30}
	if _, err := module.NewRegistry(with("shelves", good)); err != nil {
		t.Errorf("a cookie with everything is refused: %v", err)
	}
	for want, defs := range map[string][]module.Definition{
		"a purpose":  {with("shelves", web.CookieUse{Name: "seen", Purpose: "curiosity", Label: "shelves.cookie_seen"})},
		"a label":    {with("shelves", web.CookieUse{Name: "seen", Purpose: web.Necessary})},
		"is claimed": {with("shelves", good), with("boxes", good)},
	} {
		if _, err := module.NewRegistry(defs...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error about %q, got %v", want, err)
		}
	}
}
