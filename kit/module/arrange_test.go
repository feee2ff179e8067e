package module_test

import (
	"testing"

	"orion/kit/module"
)

func paths(items []module.MenuItem) []string {
	out := make([]string, len(items))
	for i, m := range items {
		out[i] = m.Path
	}
	return out
}

func TestArrange(t *testing.T) {
	t.Parallel()
	items := []module.MenuItem{{Path: "/", Mandatory: true}, {Path: "/orders"}, {Path: "/products"}, {Path: "/team"}}
	for what, c := range map[string]struct {
		a    module.Arrangement
		want []string
	}{
		"nothing":                       {module.Arrangement{}, []string{"/", "/orders", "/products", "/team"}},
		"another order":                 {module.Arrangement{Order: []string{"/team", "/", "/products", "/orders"}}, []string{"/team", "/", "/products", "/orders"}},
		"new ones stand where they did": {module.Arrangement{Order: []string{"/products", "/"}}, []string{"/products", "/team", "/", "/orders"}},
		"a new one at the beginning":    {module.Arrangement{Order: []string{"/team", "/orders", "/products"}}, []string{"/", "/team", "/orders", "/products"}},
		"what is gone is passed over":   {module.Arrangement{Order: []string{"/gone", "/orders", "/"}, Hidden: []string{"/gone"}}, []string{"/orders", "/products", "/team", "/"}},
		"hidden ones":                   {module.Arrangement{Hidden: []string{"/orders", "/team"}}, []string{"/", "/products"}},
		"mandatory ones stay":           {module.Arrangement{Hidden: []string{"/"}}, []string{"/", "/orders", "/products", "/team"}},
	} {
		same(t, what, paths(c.a.Arrange(items)), c.want...)
	}
	if len(items) != 4 || items[1].Path != "/orders" {
		t.Errorf("arranging changed what the modules have: %v", paths(items))
	}
}

func TestFit(t *testing.T) {
	t.Parallel()
	items := []module.MenuItem{{Path: "/"}, {Path: "/orders"}, {Path: "/team"}}
	got := module.Arrangement{Order: []string{"/team", "/team", "/gone", "/"}, Hidden: []string{"/team", "/orders", "/gone", "/team"}}.Fit(items)
	same(t, "order", got.Order, "/team", "/")
	same(t, "hidden", got.Hidden, "/orders", "/team")
	if got := (module.Arrangement{Order: []string{"/", "/orders", "/team"}}).Fit(items); !got.IsZero() {
		t.Errorf("the modules' own order is kept as a choice: %v", got)
	}
}
