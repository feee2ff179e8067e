package core_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/core"
	"orion/modules/tenancy/tenancyapi"
)

// ledger remembers what was written down for platforms.
type ledger struct{ told []string }

func (l *ledger) RecordAt(_ context.Context, _ *db.Tx[tenant.System], at tenancyapi.At, e tenancyapi.Entry) error {
	l.told = append(l.told, e.Action+" "+e.Target+" "+at.Platform.String())
	return nil
}

func menuModule(e *dbtest.Env, l *ledger) *core.Module {
	entries := func(paths ...string) (out []module.MenuItem) {
		for i, p := range paths {
			out = append(out, module.MenuItem{Audience: web.StorePages, Label: "m" + p, Path: p, Order: 10 * (i + 1), Mandatory: p == "/"})
		}
		return append(out, module.MenuItem{Audience: web.AdminPages, Label: "m", Path: "/all"})
	}
	return core.New(core.Needs{
		Kit: module.Kit{DB: e.DB}, System: e.Gate.System(), Ledger: l,
		Modules: func() []module.Definition {
			return []module.Definition{{Code: "toys", Menu: entries("/", "/boxes", "/toys")}}
		},
	})
}

func TestArrangeMenu(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, by, l := t.Context(), auth.SystemActor, &ledger{}
		m, node := menuModule(e, l), menuModule(e, l)
		in := e.Store()
		stores := core.MenuOf{Platform: in.Platform(), Audience: "store"}
		shown := func(m *core.Module, of core.MenuOf) (out []string) {
			for _, i := range m.Menu(of).Arrange(m.MenuItems("store")) {
				out = append(out, i.Path)
			}
			return out
		}
		wants := func(what string, m *core.Module, of core.MenuOf, want ...string) {
			t.Helper()
			if diff := cmp.Diff(want, shown(m, of)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		wants("nobody arranged it", m, stores, "/", "/boxes", "/toys")
		a := module.Arrangement{Order: []string{"/toys", "/", "/boxes"}, Hidden: []string{"/boxes"}}
		if err := m.ArrangeMenu(ctx, stores, by, a); err != nil {
			t.Fatal(err)
		}
		wants("arranged", m, stores, "/toys", "/")
		wants("of another platform", m, core.MenuOf{Platform: in.Platform() + 1, Audience: "store"}, "/", "/boxes", "/toys")
		wants("another node that did not look", node, stores, "/", "/boxes", "/toys")
		if err := node.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		wants("another node that looked", node, stores, "/toys", "/")

		bad := module.Arrangement{Hidden: []string{"/"}}
		if err := m.ArrangeMenu(ctx, stores, by, bad); err == nil || fault.As(err).Kind != fault.Invalid {
			t.Errorf("a mandatory entry was hidden: %v", err)
		}
		for what, of := range map[string]core.MenuOf{
			"of nobody": {Audience: "store"}, "of two": {Platform: 1, User: 1, Audience: "store"}, "of shoppers": {Platform: 1, Audience: "storefront"},
		} {
			if err := m.ArrangeMenu(ctx, of, by, a); err == nil || fault.As(err).Kind != fault.NotFound {
				t.Errorf("a menu %s: %v", what, err)
			}
		}
		if err := m.UndoMenu(ctx, stores, by); err != nil {
			t.Fatal(err)
		}
		wants("taken back", m, stores, "/", "/boxes", "/toys")
		if err := errors.Join(m.UndoMenu(ctx, stores, by), m.ArrangeMenu(ctx, stores, by, a)); err != nil {
			t.Fatal(err)
		}
		wants("done again", m, stores, "/toys", "/")
		if err := m.ArrangeMenu(ctx, stores, by, module.Arrangement{}); err != nil {
			t.Fatal(err)
		}
		wants("reset", m, stores, "/", "/boxes", "/toys")
		p := " menu:store " + in.Platform().String()
		if diff := cmp.Diff([]string{"core.menu_arranged" + p, "core.menu_arranged" + p, "core.menu_arranged" + p, "core.menu_arranged" + p}, l.told); diff != "" {
			t.Errorf("what changes nothing is not told (-want +got):\n%s", diff)
		}
		own := core.MenuOf{User: 7, Audience: "admin"}
		if err := m.ArrangeMenu(ctx, own, by, module.Arrangement{Hidden: []string{"/all"}}); err != nil {
			t.Fatal(err)
		}
		if got := m.Menu(own).Arrange(m.MenuItems("admin")); len(got) != 0 {
			t.Errorf("a super administrator's own menu has %v", got)
		}
		if got := m.Menu(core.MenuOf{User: 8, Audience: "admin"}); !got.IsZero() {
			t.Errorf("somebody else's menu is %v", got)
		}
	})
}
