package tenancy_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/tenancy"
)

func doom[I ~int64](kind string, target I, typed string) tenancy.Doom {
	return tenancy.Doom{Kind: kind, Target: int64(target), Reason: "They asked for it", Typed: typed}
}

func (w *world) delete(t *testing.T, what tenancy.Doom) (d tenancy.Deletion, err error) {
	t.Helper()
	err = w.m.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) (err error) {
		d, err = c.Delete(ctx, tenancy.Everywhere, what)
		return err
	})
	return d, err
}

func (w *world) restore(t *testing.T, r tenancy.Reach, id tenancy.DeletionID) error {
	t.Helper()
	return w.m.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
		_, err := c.Restore(ctx, r, id)
		return err
	})
}

// states are how hosts answer: with the store, with the closed page, or not at all.
func (w *world) states(m *tenancy.Module, hosts ...string) map[string]string {
	out := map[string]string{}
	for _, h := range hosts {
		switch f, ok := m.Resolve(h, "/store/orders"); {
		case !ok:
			out[h] = "nothing"
		case f.Gone:
			out[h] = "closed"
		default:
			out[h] = "open"
		}
	}
	return out
}

func TestDeleteMerchant(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx, all := t.Context(), tenancy.Everywhere
		must(t, w.m.Change(ctx, auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
			_, err := c.AddDomain(ctx, tenancy.Domain{Domain: "kirchberg.example", Merchant: w.kirchberg, Platform: w.main})
			return errors.Join(err, c.TrustDomain(ctx, "kirchberg.example"))
		}))
		node := newModule(w.Env, tenancy.Needs{})
		must(t, node.Refresh(ctx))
		hosts := []string{"maison.localhost", "kids.localhost", "kids.kirchberg.example", "kirchberg.example"}
		before := w.states(w.m, hosts...)

		// One of its stores was deleted before.
		kids, err := w.delete(t, doom(tenancy.DeletedStore, w.kids, w.name(t, w.kids)))
		must(t, err)
		d, l, err := w.m.PreviewDeletion(ctx, all, auth.SystemActor, doom(tenancy.DeletedMerchant, w.kirchberg, ""))
		must(t, err)
		if l.Stores.N != 1 || len(l.Stores.Names) != 1 || l.Staff == 0 || !cmp.Equal(l.Domains, []string{"kirchberg.example"}) {
			t.Errorf("the preview says %+v", l)
		}
		if got := w.states(w.m, "maison.localhost"); got["maison.localhost"] != "open" {
			t.Errorf("looking closed it: %v", got)
		}
		if left, _, err := w.m.Deletions(ctx, all, 0); err != nil || len(left) != 1 {
			t.Errorf("looking deleted something: %v, %v", left, err)
		}

		for typed, want := range map[string]error{"": invalid, "somebody else": invalid} {
			if _, err := w.delete(t, doom(tenancy.DeletedMerchant, w.kirchberg, typed)); !errors.Is(err, want) && fault.As(err).Kind != fault.Invalid {
				t.Errorf("deleted after %q was typed: %v", typed, err)
			}
		}
		gone, err := w.delete(t, doom(tenancy.DeletedMerchant, w.kirchberg, d.Name))
		must(t, err)
		must(t, node.Refresh(ctx))
		for _, m := range []*tenancy.Module{w.m, node} {
			want := map[string]string{"maison.localhost": "closed", "kids.localhost": "closed", "kids.kirchberg.example": "closed", "kirchberg.example": "closed"}
			if diff := cmp.Diff(want, w.states(m, hosts...)); diff != "" {
				t.Error(diff)
			}
			if m.FirstShop(w.maison) != nil || len(m.Family(w.kirchberg)) > 0 || len(m.StoresIn([]tenant.PlatformID{w.main, w.oms})) > 0 && m.Shop(w.maison, w.main) != nil {
				t.Error("what works for stores still finds one that was deleted")
			}
		}
		if _, err := w.m.SignInMerchant(ctx, w.Gate.Platform(w.main), tenancy.Credentials{Email: "owner@kirchberg.example", Password: password}); err == nil {
			t.Error("the owner of a deleted merchant signed in")
		}
		if _, err := w.m.Merchant(ctx, all, w.kirchberg); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("the merchant is still found: %v", err)
		}
		if _, err := w.delete(t, doom(tenancy.DeletedMerchant, w.kirchberg, d.Name)); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("it was deleted twice: %v", err)
		}

		// The store stands on the merchant; then comes back what went, and no more.
		if err := w.restore(t, all, kids.ID); !errors.Is(err, fault.New(fault.Conflict, "tenancy.stands_on")) {
			t.Errorf("a store came back without its merchant: %v", err)
		}
		must(t, w.restore(t, all, gone.ID))
		if got := w.states(w.m, "maison.localhost", "kids.localhost"); got["maison.localhost"] != "open" || got["kids.localhost"] != "closed" {
			t.Errorf("after restoring the merchant: %v", got)
		}
		if err := w.restore(t, all, gone.ID); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("it was restored twice: %v", err)
		}
		must(t, w.restore(t, all, kids.ID))
		if diff := cmp.Diff(before, w.states(w.m, hosts...)); diff != "" {
			t.Errorf("after all came back:\n%s", diff)
		}
		if _, err := w.m.SignInMerchant(ctx, w.Gate.Platform(w.main), tenancy.Credentials{Email: "owner@kirchberg.example", Password: password}); err != nil {
			t.Errorf("the owner does not come in again: %v", err)
		}
		w.told(t, "tenancy.store_deleted", "tenancy.merchant_deleted", "tenancy.merchant_restored", "tenancy.store_restored")
	})
}

// told holds the audit log to these actions, in their order, about deletions.
func (w *world) told(t *testing.T, want ...string) {
	t.Helper()
	p, err := w.m.AuditOfAll(t.Context(), tenancy.Everywhere, tenancy.AuditFilter{})
	must(t, err)
	var got []string
	for _, e := range p.Items {
		for _, a := range want {
			if e.Action == a {
				got = append([]string{e.Action}, got...)
				break
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func (w *world) name(t *testing.T, s tenant.StoreID) string {
	t.Helper()
	row, err := w.m.Store(t.Context(), tenancy.Everywhere, s)
	must(t, err)
	return row.Name
}

func TestDeletePlatform(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		all := tenancy.Everywhere
		if _, err := w.delete(t, doom(tenancy.DeletedPlatform, w.main, "Orion")); !errors.Is(err, fault.New(fault.Rule, "tenancy.main_stays")) {
			t.Errorf("the main platform was deleted: %v", err)
		}
		var only tenant.StoreID
		must(t, w.m.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) (err error) {
			if err := c.JoinPlatform(ctx, all, w.maison, w.oms, "house"); err != nil {
				return err
			}
			only, err = c.CreateStore(ctx, all, tenancy.NewStore{
				Merchant: w.kirchberg, Code: "only", Currency: "EUR", Platforms: []tenant.PlatformID{w.oms},
				Profile: tenancy.Profile{Name: "Only there", Lang: "fr", Country: "LU", Theme: "studio"},
			})
			return err
		}))
		hosts := []string{"oms.localhost", "only.localhost", "maison.localhost", "kids.localhost"}
		_, l, err := w.m.PreviewDeletion(t.Context(), all, auth.SystemActor, doom(tenancy.DeletedPlatform, w.oms, ""))
		must(t, err)
		if l.Places != 1 || l.Stores.N != 1 || l.Merchants.N != 0 {
			t.Errorf("the preview says %+v", l)
		}
		gone, err := w.delete(t, doom(tenancy.DeletedPlatform, w.oms, "Orion Orders"))
		must(t, err)
		want := map[string]string{"oms.localhost": "nothing", "only.localhost": "closed", "maison.localhost": "open", "kids.localhost": "open"}
		if diff := cmp.Diff(want, w.states(w.m, hosts...)); diff != "" {
			t.Error(diff)
		}
		if s := w.m.Shop(w.maison, w.oms); s != nil {
			t.Error("a store is still reached through the platform")
		}
		for _, p := range w.m.Platforms() {
			if p.ID == w.oms {
				t.Error("the platform is still there")
			}
		}
		if err := w.restore(t, all, gone.ID); err != nil {
			t.Fatal(err)
		}
		want = map[string]string{"oms.localhost": "open", "only.localhost": "open", "maison.localhost": "open", "kids.localhost": "open"}
		if diff := cmp.Diff(want, w.states(w.m, hosts...)); diff != "" {
			t.Error(diff)
		}
		if w.m.Shop(w.maison, w.oms) == nil || w.m.Shop(only, w.oms) == nil {
			t.Error("the stores are not on it again")
		}
	})
}

func TestDeleteUser(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		signIn := func() error {
			_, err := w.m.SignInStaff(ctx, w.in(), tenancy.Credentials{Email: "staff@kirchberg.example", Password: password})
			return err
		}
		must(t, signIn())
		_, l, err := w.m.PreviewDeletion(ctx, tenancy.Everywhere, auth.SystemActor, doom(tenancy.DeletedUser, w.staff, ""))
		must(t, err)
		if l.Jobs == 0 || l.Stores.N != 0 {
			t.Errorf("the preview says %+v", l)
		}
		gone, err := w.delete(t, doom(tenancy.DeletedUser, w.staff, "staff@kirchberg.example"))
		must(t, err)
		if signIn() == nil {
			t.Error("somebody signed in who was deleted")
		}
		if _, err := w.m.User(ctx, w.staff); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("the user is still found: %v", err)
		}
		err = w.m.Change(ctx, auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
			_, err := c.CreateUser(ctx, tenancy.NewUser{Email: "staff@kirchberg.example", Name: "Another", Role: auth.StoreMember})
			return err
		})
		if !errors.Is(err, invalid) {
			t.Errorf("somebody else took the address of an account that may come back: %v", err)
		}
		must(t, w.restore(t, tenancy.Everywhere, gone.ID))
		must(t, signIn())
		if _, err := w.delete(t, doom(tenancy.DeletedUser, w.super, "admin@orion.example")); !errors.Is(err, fault.New(fault.Rule, "tenancy.last_super_admin")) {
			t.Errorf("the last super administrator was deleted: %v", err)
		}
	})
}

// Who has one platform deletes and restores nothing of others.
func TestDeletionsWithinReach(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx, here := t.Context(), tenancy.ReachOf([]tenant.PlatformID{w.oms})
		for _, what := range []tenancy.Doom{
			doom(tenancy.DeletedStore, w.kids, ""), doom(tenancy.DeletedPlatform, w.main, ""), doom(tenancy.DeletedUser, w.staff, ""), doom("nothing", w.kids, ""),
		} {
			if _, _, err := w.m.PreviewDeletion(ctx, here, auth.SystemActor, what); err == nil || fault.As(err).Kind != fault.NotFound && !errors.Is(err, db.ErrNoRow) {
				t.Errorf("%s of another platform: %v", what.Kind, err)
			}
		}
		gone, err := w.delete(t, doom(tenancy.DeletedStore, w.kids, w.name(t, w.kids)))
		must(t, err)
		if list, _, err := w.m.Deletions(ctx, here, 0); err != nil || len(list) != 0 {
			t.Errorf("deletions elsewhere are listed: %v, %v", list, err)
		}
		if err := w.restore(t, here, gone.ID); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("restored out of reach: %v", err)
		}
	})
}
