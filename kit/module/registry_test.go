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

func TestFeaturesAreTheModulesOwn(t *testing.T) {
	t.Parallel()
	with := func(feature string, menu ...module.MenuItem) module.Definition {
		return module.Definition{Code: "shelves", Version: "1.0.0", Features: []module.Feature{{Code: feature}}, Menu: menu}
	}
	entry := module.MenuItem{Label: "shelves.menu", Mandatory: true, Feature: "shelves.wide"}
	if _, err := module.NewRegistry(with("shelves.wide", entry)); err != nil {
		t.Errorf("a feature with its entry is refused: %v", err)
	}
	for want, def := range map[string]module.Definition{
		"does not begin with shelves.":                  with("boxes.wide"),
		"the feature shelves.wide, which it does not h": with("shelves.high", entry),
	} {
		if _, err := module.NewRegistry(def); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error about %q, got %v", want, err)
		}
	}
}

type plan map[string]int64

func (p plan) Grant(_ module.Holder, code string) (int64, bool) {
	n, ok := p[code]
	return n, ok
}

func TestFeaturesOfPlans(t *testing.T) {
	t.Parallel()
	somebody := module.Holder{Platform: 1, Merchant: 2, Store: 3}
	some := module.NewFeatures(plan{"shelves.wide": 2, "shelves.high": module.Unlimited})
	for what, c := range map[string]struct {
		of   *module.Features
		who  module.Holder
		code string
		want int64
	}{
		"nobody sells plans":        {nil, somebody, "shelves.wide", module.Unlimited},
		"nobody says what plans do": {module.NewFeatures(nil), somebody, "shelves.wide", module.Unlimited},
		"a limit":                   {some, somebody, "shelves.wide", 2},
		"no limit":                  {some, somebody, "shelves.high", module.Unlimited},
		"not in the plan":           {some, somebody, "shelves.deep", 0},
		"the operator":              {some, module.Holder{}, "shelves.deep", module.Unlimited},
	} {
		if got := c.of.Limit(c.who, c.code); got != c.want || c.of.Has(c.who, c.code) != (c.want > 0) {
			t.Errorf("%s: %d, not %d", what, got, c.want)
		}
	}
}
