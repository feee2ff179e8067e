package module_test

import (
	"testing"

	"orion/kit/module"
)

func TestEnabled(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	only := func(off ...string) func(string) bool {
		return func(code string) bool {
			for _, o := range off {
				if o == code {
					return false
				}
			}
			return true
		}
	}
	for _, tc := range []struct {
		code string
		off  []string
		want bool
	}{
		{"cart", nil, true},
		{"cart", []string{"cart"}, false},
		{"cart", []string{"till"}, false},
		{"deliveries", []string{"shelf"}, false},
		{"till", []string{"cart", "shelf"}, true},
		{"ground", []string{"ground"}, true},
		{"tools", []string{"tools", "shelf"}, true},
		{"cellar", nil, false},
	} {
		if got := s.registry.Enabled(tc.code, only(tc.off...)); got != tc.want {
			t.Errorf("%s without %v is %t", tc.code, tc.off, got)
		}
	}
	same(t, "doubts", s.registry.Doubts(map[string]bool{"till": false, "deliveries": false, "cellar": true}),
		"cart is on, but something that it requires is off", "there is no module cellar")
	same(t, "no doubts", s.registry.Doubts(map[string]bool{"till": false, "cart": false, "deliveries": false}))
}

// The design note's functions, by its names in Go's style.
func TestTiers(t *testing.T) {
	t.Parallel()
	r := newShop(t).registry
	list := func(defs []module.Definition) (out []string) {
		for _, d := range defs {
			out = append(out, d.Code)
		}
		return out
	}
	same(t, "all", list(r.All()), "ground", "shelf", "till", "cart", "deliveries", "tools")
	same(t, "core", list(r.Core()), "ground")
	same(t, "optional", list(r.Optional()), "shelf", "till", "cart", "deliveries")
	same(t, "optional codes", r.OptionalCodes(), "shelf", "till", "cart", "deliveries")
	same(t, "internal", list(r.Internal()), "tools")
	same(t, "internal codes", r.InternalCodes(), "tools")
	same(t, "by tier", list(r.ByTier()[module.Optional]), "shelf", "till", "cart", "deliveries")
	if !r.IsCore("ground") || r.IsCore("cart") || r.IsCore("cellar") || !r.IsInternal("tools") || r.IsInternal("cart") || r.IsInternal("cellar") {
		t.Error("IsCore or IsInternal is wrong")
	}
	if tier, ok := r.TierOf("tools"); tier != module.Internal || !ok {
		t.Error("tools is of tier", tier)
	}
	if _, ok := r.TierOf("cellar"); ok {
		t.Error("an unknown module has a tier")
	}
	same(t, "dependents", r.Dependents("shelf"), "tools", "deliveries", "cart")
	same(t, "requirements", r.Requirements("deliveries"), "ground", "shelf", "till", "cart")
}

func BenchmarkEnabled(b *testing.B) {
	s := newShop(&testing.T{})
	switched := map[string]bool{"till": true}
	for b.Loop() {
		if !s.registry.Enabled("deliveries", func(code string) bool { on, ok := switched[code]; return on || !ok }) {
			b.Fatal("off")
		}
	}
}
