package tenancy_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/tenancy"
	"orion/modules/tenancy/tenancyapi"
)

var (
	beyond  = fault.New(fault.Forbidden, "tenancy.grant_beyond")
	invalid = fault.New(fault.Invalid, "tenancy.invalid")
)

// as is somebody who acts in a store.
func (w *world) as(t *testing.T, id auth.UserID, in tenant.Store) tenancy.By {
	t.Helper()
	u, err := w.m.User(t.Context(), id)
	must(t, err)
	token, err := w.m.SignInStaff(t.Context(), in, tenancy.Credentials{Email: u.Email, Password: password})
	must(t, err)
	user, grants, ok := w.m.SignedStaff(t.Context(), in, token)
	if !ok {
		t.Fatalf("%s has no session", u.Email)
	}
	return tenancy.By{Actor: auth.UserActor(user), Grants: grants}
}

func (w *world) role(t *testing.T, in tenant.Store, preset string) tenancy.RoleID {
	t.Helper()
	roles, err := w.m.Roles(t.Context(), in)
	must(t, err)
	for _, r := range roles {
		if r.Preset == preset {
			return r.ID
		}
	}
	t.Fatalf("no role %s", preset)
	return 0
}

func TestInvite(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		owner := w.as(t, w.owner, w.in())
		inv := tenancy.Invitation{Email: "new@kirchberg.example", Name: "New", Role: w.role(t, w.in(), tenancy.PresetStaff)}
		token, err := w.m.Invite(ctx, w.in(), owner, inv)
		must(t, err)
		must(t, w.m.Accept(ctx, token, password))
		_, err = w.m.SignInStaff(ctx, w.in(), tenancy.Credentials{Email: inv.Email, Password: password})
		must(t, err)
		again, err := w.m.Invite(ctx, w.other(), tenancy.By{Grants: auth.Everything()}, tenancy.Invitation{Email: inv.Email, Role: w.role(t, w.other(), tenancy.PresetViewer)})
		must(t, err)
		if again != "" {
			t.Error("somebody with a password got a link to another one")
		}
		_, err = w.m.Invite(ctx, w.in(), owner, tenancy.Invitation{Email: "x@kirchberg.example", Name: "X", Role: w.role(t, w.other(), tenancy.PresetStaff)})
		if !errors.Is(err, invalid) {
			t.Errorf("another store's role was given: %v", err)
		}
		_, err = w.m.Invite(ctx, w.in(), owner, tenancy.Invitation{Email: "admin@orion.example", Name: "X", Role: inv.Role})
		if !errors.Is(err, fault.New(fault.Rule, "tenancy.not_store_staff")) {
			t.Errorf("an administrator was put on a store's staff: %v", err)
		}
	})
}

func TestNobodyGrantsBeyondTheirOwn(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		manager := w.as(t, w.manager, w.in())
		_, err := w.m.Invite(ctx, w.in(), manager, tenancy.Invitation{Email: "x@kirchberg.example", Name: "X", Role: w.role(t, w.in(), tenancy.PresetOwner)})
		if !errors.Is(err, beyond) {
			t.Errorf("a manager made an owner: %v", err)
		}
		_, err = w.m.CreateRole(ctx, w.in(), manager, tenancy.RoleEdit{Name: "Mighty", Permissions: []string{"tenancy.edit_team"}})
		if !errors.Is(err, beyond) {
			t.Errorf("a manager made a role that allows more: %v", err)
		}
		mighty, err := w.m.CreateRole(ctx, w.in(), w.as(t, w.owner, w.in()), tenancy.RoleEdit{Name: "Mighty", Permissions: []string{"tenancy.edit_team"}})
		must(t, err)
		if err := w.m.DeleteRole(ctx, w.in(), manager, mighty); !errors.Is(err, beyond) {
			t.Errorf("a manager deleted a role that allows more: %v", err)
		}
		staff := w.as(t, w.staff, w.in())
		err = w.m.EditMember(ctx, w.in(), staff, w.manager, tenancy.MemberEdit{Role: w.role(t, w.in(), tenancy.PresetViewer)})
		if !errors.Is(err, beyond) {
			t.Errorf("staff demoted their manager: %v", err)
		}
		err = w.m.EditMember(ctx, w.in(), manager, w.manager, tenancy.MemberEdit{Role: w.role(t, w.in(), tenancy.PresetViewer)})
		if !errors.Is(err, fault.New(fault.Rule, "tenancy.own_account")) {
			t.Errorf("a manager changed their own membership: %v", err)
		}
		must(t, w.m.EditMember(ctx, w.in(), manager, w.staff, tenancy.MemberEdit{Role: w.role(t, w.in(), tenancy.PresetSupport), Active: true}))
		if got := w.as(t, w.staff, w.in()); !got.Grants.HasCode("orders.refund") || got.Grants.HasCode("catalog.edit") {
			t.Errorf("the new role allows %v", got.Grants.Codes())
		}
	})
}

func TestRoles(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		owner := w.as(t, w.owner, w.in())
		id, err := w.m.CreateRole(ctx, w.in(), owner, tenancy.RoleEdit{Name: "Packer", Permissions: []string{"orders.view", "orders.ship", "orders.view"}})
		must(t, err)
		if _, err := w.m.CreateRole(ctx, w.in(), owner, tenancy.RoleEdit{Name: "Packer"}); !errors.Is(err, invalid) {
			t.Errorf("two roles have one name: %v", err)
		}
		if _, err := w.m.CreateRole(ctx, w.in(), owner, tenancy.RoleEdit{Name: "Odd", Permissions: []string{"no.such"}}); !errors.Is(err, invalid) {
			t.Errorf("a role has a permission that is none: %v", err)
		}
		r, err := w.m.Role(ctx, w.in(), id)
		must(t, err)
		want := tenancy.Role{ID: id, Name: "Packer", Permissions: []string{"orders.ship", "orders.view"}}
		if diff := cmp.Diff(want, r); diff != "" {
			t.Error(diff)
		}
		if _, err := w.m.Role(ctx, w.other(), id); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("another store sees the role: %v", err)
		}
		must(t, w.m.EditMember(ctx, w.in(), owner, w.staff, tenancy.MemberEdit{Role: id, Active: true}))
		if err := w.m.DeleteRole(ctx, w.in(), owner, id); !errors.Is(err, fault.New(fault.Rule, "tenancy.role_in_use")) {
			t.Errorf("a role that somebody has was deleted: %v", err)
		}
		must(t, w.m.EditMember(ctx, w.in(), owner, w.staff, tenancy.MemberEdit{Role: w.role(t, w.in(), tenancy.PresetStaff), Active: false}))
		must(t, w.m.DeleteRole(ctx, w.in(), owner, id))
		if _, err := w.m.SignInStaff(ctx, w.in(), tenancy.Credentials{Email: "staff@kirchberg.example", Password: password}); err == nil {
			t.Error("somebody who was taken off the staff signed in")
		}
		if err := w.m.EditRole(ctx, w.in(), owner, w.role(t, w.in(), tenancy.PresetOwner), tenancy.RoleEdit{Name: "Mine"}); err == nil {
			t.Error("a preset was changed")
		}
	})
}

// The story of one thing is told newest first, page by page, and of no other store.
func TestJournal(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx, by := t.Context(), auth.Actor{Kind: "user", ID: w.manager.String(), Name: "Léa"}
		must(t, db.Do(ctx, w.DB, w.in(), func(tx *db.Tx[tenant.Store]) error {
			return w.m.RecordAll(ctx, tx, []tenancyapi.Entry{
				{Actor: by, Action: "catalog.edit", Target: "prd_1", Title: "Cup", After: map[string]any{"title": "Cup"}},
				{Actor: by, Action: "catalog.edit", Target: "prd_2", Title: "Mug", Before: map[string]any{"title": "Pot"}, After: map[string]any{"title": "Mug"}},
				{Actor: by, Action: "catalog.edit", Target: "prd_1", Title: "Cup, blue", Before: map[string]any{"title": "Cup"}, After: map[string]any{"title": "Cup, blue"}},
			})
		}))
		story := func(in tenant.Store, before int64, limit int) []tenancyapi.Past {
			out, err := db.Read(ctx, w.DB, in, func(tx *db.Tx[tenant.Store]) ([]tenancyapi.Past, error) {
				return w.m.Story(ctx, tx, "prd_1", before, limit)
			})
			must(t, err)
			return out
		}
		last := story(w.in(), 0, 1)
		if len(last) != 1 || last[0].Actor != by || string(last[0].Before) != `{"title":"Cup"}` || string(last[0].After) != `{"title":"Cup, blue"}` || last[0].At.IsZero() {
			t.Fatalf("%+v", last)
		}
		if first := story(w.in(), last[0].ID, 5); len(first) != 1 || first[0].Before != nil || first[0].Action != "catalog.edit" {
			t.Errorf("%+v", first)
		}
		if other := story(w.other(), 0, 5); len(other) != 0 {
			t.Errorf("another store reads %+v", other)
		}
	})
}

func TestAudit(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		s, err := w.m.OwnStore(ctx, w.in())
		must(t, err)
		p := s.Profile
		p.Name = "Maison Kirchberg"
		by := auth.Actor{Kind: "user", ID: w.manager.String(), Name: "Léa"}
		must(t, w.m.EditProfile(ctx, w.in(), by, p))
		must(t, db.Do(ctx, w.DB, w.in(), func(tx *db.Tx[tenant.Store]) error {
			return w.m.Record(ctx, tx, tenancyapi.Entry{Actor: by, Action: "orders.ship", Target: "ord_1", Title: "Order 1"})
		}))
		log, err := w.m.AuditLog(ctx, w.in(), tenancy.AuditFilter{Actor: w.manager.String()})
		must(t, err)
		var got []string
		for _, e := range log.Items {
			got = append(got, e.Actor.Name+" "+e.Action+" "+e.Title)
		}
		if diff := cmp.Diff([]string{"Léa orders.ship Order 1", "Léa tenancy.store_edited Maison Kirchberg"}, got); diff != "" {
			t.Error(diff)
		}
		other, err := w.m.AuditLog(ctx, w.other(), tenancy.AuditFilter{Actor: w.manager.String()})
		must(t, err)
		if len(other.Items) != 0 {
			t.Error("another store sees the entries")
		}
		reach := tenancy.Reach{Platforms: []tenant.PlatformID{w.oms}}
		seen, err := w.m.AuditOfAll(ctx, reach, tenancy.AuditFilter{})
		must(t, err)
		for _, e := range seen.Items {
			if e.Action == "orders.ship" {
				t.Error("an administrator of one platform sees an entry of another")
			}
		}
	})
}

func TestReach(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		reach := tenancy.Reach{Platforms: []tenant.PlatformID{w.oms}}
		stores, err := w.m.Stores(ctx, reach, tenancy.StoreFilter{})
		must(t, err)
		if len(stores.Items) != 1 || stores.Items[0].Code != "maison" {
			t.Errorf("an administrator of one platform sees %+v", stores.Items)
		}
		if _, err := w.m.Store(ctx, reach, w.bikes); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("a store beyond reach: %v", err)
		}
		if _, err := w.m.Merchant(ctx, reach, w.velo); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("a merchant beyond reach: %v", err)
		}
		own, err := w.m.StoresOf(ctx, w.Gate.Merchant(w.kirchberg, w.main))
		must(t, err)
		if len(own) != 2 {
			t.Errorf("a merchant sees %d stores", len(own))
		}
		f := tenancy.StoreFilter{Query: "K"}
		f.Limit = 1
		var codes []string
		for {
			p, err := w.m.Stores(ctx, tenancy.Everywhere, f)
			must(t, err)
			for _, s := range p.Items {
				codes = append(codes, s.Code)
			}
			if f.After = p.Next; f.After == "" {
				break
			}
		}
		if diff := cmp.Diff([]string{"bikes", "kids", "maison"}, codes); diff != "" {
			t.Error(diff)
		}
	})
}
