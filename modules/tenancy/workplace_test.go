package tenancy_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/tenant"
	"orion/modules/tenancy"
)

func (w *world) workplaces(t *testing.T, user auth.UserID) []string {
	t.Helper()
	out := []string{}
	for _, s := range w.m.Workplaces(t.Context(), user) {
		out = append(out, s.Code)
	}
	return out
}

// Owners work in the stores of their merchant, members where they were hired,
// and nobody where they were taken off the staff.
func TestWorkplaces(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		for user, want := range map[auth.UserID][]string{
			w.owner: {"kids", "maison"}, w.manager: {"maison"}, w.super: {}, w.platformers: {},
		} {
			if diff := cmp.Diff(want, w.workplaces(t, user)); diff != "" {
				t.Error(diff)
			}
		}
		must(t, w.m.Change(ctx, auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
			return c.Hire(ctx, w.bikes, w.manager, tenancy.PresetStaff)
		}))
		if diff := cmp.Diff([]string{"bikes", "maison"}, w.workplaces(t, w.manager)); diff != "" {
			t.Errorf("hired by another store: %s", diff)
		}
		roles, err := w.m.Roles(ctx, w.other())
		must(t, err)
		by := tenancy.By{Actor: auth.SystemActor, Grants: auth.Everything()}
		must(t, w.m.EditMember(ctx, w.other(), by, w.manager, tenancy.MemberEdit{Role: roles[0].ID}))
		if diff := cmp.Diff([]string{"maison"}, w.workplaces(t, w.manager)); diff != "" {
			t.Errorf("taken off the staff: %s", diff)
		}
	})
}

// A link into another store opens it once, within a minute, for who works there
// and in that store only.
func TestSwitch(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		kids := w.Gate.Store(w.kids, w.kirchberg, w.main)
		for user, store := range map[auth.UserID]tenant.StoreID{w.manager: w.kids, w.owner: w.bikes, w.super: w.maison} {
			if token, err := w.m.SwitchToken(ctx, user, store); code(err) != "not_found" {
				t.Errorf("a link to where somebody does not work: %q, %v", token, err)
			}
		}
		token, err := w.m.SwitchToken(ctx, w.owner, w.kids)
		must(t, err)
		for name, try := range map[string]string{"another store's": token, "a forged": token + "x", "somebody else's": w.manager.String() + token[len(w.owner.String()):], "no": "."} {
			in := kids
			if name == "another store's" {
				in = w.in()
			}
			if _, err := w.m.Arrive(ctx, in, try, auth.From{}); code(err) != "tenancy.link_spent" {
				t.Errorf("%s link: %v", name, err)
			}
		}
		session, err := w.m.Arrive(ctx, kids, token, auth.From{})
		must(t, err)
		if u, _, ok := w.m.SignedStaff(ctx, kids, session); !ok || u.ID != w.owner {
			t.Error("the owner is not signed in")
		}
		if _, err := w.m.Arrive(ctx, kids, token, auth.From{}); code(err) != "tenancy.link_spent" {
			t.Errorf("the link twice: %v", err)
		}
		late, err := w.m.SwitchToken(ctx, w.owner, w.kids)
		must(t, err)
		w.Clock.Advance(2 * time.Minute)
		if _, err := w.m.Arrive(ctx, kids, late, auth.From{}); code(err) != "tenancy.link_spent" {
			t.Errorf("a late link: %v", err)
		}
	})
}
