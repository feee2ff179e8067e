package core_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/modules/core"
)

func TestViews(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		ctx, m, in := t.Context(), newModule(e, nil), e.Store()
		const ada, ben = auth.UserID(1), auth.UserID(2)
		names := func(who auth.UserID, list string) (out []string) {
			vs, err := m.Views(ctx, in, who, list)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range vs {
				out = append(out, v.Name+": "+v.Query)
			}
			return out
		}
		for _, v := range []core.SavedView{
			{List: "products", Name: "  Sold   out ", Query: "stock=out"},
			{List: "products", Name: "Drafts", Query: "status=draft&sort=-price&after=xyz&q="},
			{List: "products", Name: "Sold out", Query: "stock=out&status=active"},
			{List: "inventory", Name: "Low", Query: "low=1"},
		} {
			if _, err := m.SaveView(ctx, in, ada, v); err != nil {
				t.Fatal(err)
			}
		}
		want := []string{"Drafts: sort=-price&status=draft", "Sold out: status=active&stock=out"}
		if diff := cmp.Diff(want, names(ada, "products")); diff != "" {
			t.Errorf("views (-want +got):\n%s", diff)
		}
		if got := names(ben, "products"); got != nil {
			t.Errorf("somebody else sees %v", got)
		}
		for field, v := range map[string]core.SavedView{
			"form.required": {List: "products", Query: "a=b"}, "core.view_malformed": {List: "products", Name: "All", Query: "after=x"},
			"form.too_long": {List: "products", Name: fmt.Sprintf("%041d", 1), Query: "a=b"},
		} {
			if _, err := m.SaveView(ctx, in, ada, v); len(fault.As(err).Fields) != 1 || fault.As(err).Fields[0].Code != field {
				t.Errorf("%+v: %v, want %s", v, err, field)
			}
		}
		if _, err := m.SaveView(ctx, in, ada, core.SavedView{List: "../x", Name: "All", Query: "a=b"}); fault.As(err).Kind != fault.Invalid {
			t.Errorf("a list that is none: %v", err)
		}

		vs, err := m.Views(ctx, in, ada, "products")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.RemoveView(ctx, in, ben, viewID(t, vs[0].ID)); !errors.Is(err, core.ErrNoView) {
			t.Errorf("somebody else removes it: %v", err)
		}
		if _, err := m.RemoveView(ctx, e.Store(), ada, viewID(t, vs[0].ID)); !errors.Is(err, core.ErrNoView) {
			t.Errorf("another store removes it: %v", err)
		}
		was, err := m.RemoveView(ctx, in, ada, viewID(t, vs[0].ID))
		if err != nil || was != (core.SavedView{List: "products", Name: "Drafts", Query: "sort=-price&status=draft"}) {
			t.Errorf("removed %+v, %v", was, err)
		}
		for i := range 21 {
			_, err = m.SaveView(ctx, in, ben, core.SavedView{List: "products", Name: fmt.Sprint("View ", i), Query: "a=b"})
			if full := err != nil; full != (i == 20) {
				t.Fatalf("view %d: %v", i, err)
			}
		}
	})
}

func viewID(t *testing.T, text string) (v core.ViewID) {
	t.Helper()
	if err := v.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return v
}
