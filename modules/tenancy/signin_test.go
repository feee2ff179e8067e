package tenancy_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/modules/tenancy"
)

var wrong = fault.New(fault.Unauthenticated, "tenancy.wrong_sign_in")

func TestSignInStaff(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		token, err := w.m.SignInStaff(ctx, w.in(), tenancy.Credentials{Email: " Staff@Kirchberg.example", Password: password})
		must(t, err)
		user, grants, ok := w.m.SignedStaff(ctx, w.in(), token)
		if !ok || user.ID != w.staff {
			t.Fatalf("the session is %v's", user)
		}
		for code, want := range map[string]bool{"orders.ship": true, "catalog.edit": true, "orders.refund": false, "tenancy.edit_team": false} {
			if got := grants.HasCode(code); got != want {
				t.Errorf("%s is granted: %v", code, got)
			}
		}
		if _, _, ok := w.m.SignedStaff(ctx, w.other(), token); ok {
			t.Error("the session opens another store")
		}
		if _, ok := w.m.SignedAdmin(ctx, token); ok {
			t.Error("the session opens the operator's pages")
		}
		must(t, w.m.SignOut(ctx, token))
		if _, _, ok := w.m.SignedStaff(ctx, w.in(), token); ok {
			t.Error("the session outlives signing out")
		}
	})
}

func TestSignInSaysTheSameToAll(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		for name, try := range map[string]func() (string, error){
			"an unknown address": func() (string, error) {
				return w.m.SignInStaff(ctx, w.in(), tenancy.Credentials{Email: "nobody@kirchberg.example", Password: password})
			},
			"a wrong password": func() (string, error) {
				return w.m.SignInStaff(ctx, w.in(), tenancy.Credentials{Email: "staff@kirchberg.example", Password: "wrong horse battery"})
			},
			"staff of another store": func() (string, error) {
				return w.m.SignInStaff(ctx, w.other(), tenancy.Credentials{Email: "staff@kirchberg.example", Password: password})
			},
			"an administrator at a store": func() (string, error) {
				return w.m.SignInStaff(ctx, w.in(), tenancy.Credentials{Email: "admin@orion.example", Password: password})
			},
			"an owner at the operator's": func() (string, error) {
				return w.m.SignInAdmin(ctx, tenancy.Credentials{Email: "owner@kirchberg.example", Password: password})
			},
			"a member at the merchants'": func() (string, error) {
				return w.m.SignInMerchant(ctx, w.Gate.Platform(w.main), tenancy.Credentials{Email: "staff@kirchberg.example", Password: password})
			},
		} {
			if token, err := try(); !errors.Is(err, wrong) || token != "" {
				t.Errorf("%s: %q, %v", name, token, err)
			}
		}
	})
}

func TestSignInElsewhere(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		token, err := w.m.SignInAdmin(ctx, tenancy.Credentials{Email: "oms@orion.example", Password: password})
		must(t, err)
		admin, ok := w.m.SignedAdmin(ctx, token)
		if !ok || len(admin.Platforms) != 1 || admin.Platforms[0] != w.oms || admin.Grants.Has(tenancy.PermManagePlatforms) {
			t.Errorf("a platform administrator is %+v", admin)
		}
		in := w.Gate.Platform(w.main)
		token, err = w.m.SignInMerchant(ctx, in, tenancy.Credentials{Email: "owner@kirchberg.example", Password: password})
		must(t, err)
		if o, ok := w.m.SignedOwner(ctx, in, token); !ok || o.Merchant != w.kirchberg {
			t.Errorf("an owner is %+v", o)
		}
		token, err = w.m.SignInStaff(ctx, w.in(), tenancy.Credentials{Email: "owner@kirchberg.example", Password: password})
		must(t, err)
		if _, grants, ok := w.m.SignedStaff(ctx, w.in(), token); !ok || !grants.IsAll() {
			t.Error("an owner may not do everything in the store")
		}
	})
}

func TestPasswords(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		in := tenancy.Credentials{Email: "staff@kirchberg.example", Password: password}
		token, err := w.m.SignInStaff(ctx, w.in(), in)
		must(t, err)
		user, _, _ := w.m.SignedStaff(ctx, w.in(), token)
		if err := w.m.ChangePassword(ctx, user, "not the one", "another horse"); err == nil {
			t.Error("a password was changed without the one before")
		}
		must(t, w.m.ChangePassword(ctx, user, password, "another horse"))
		if _, _, ok := w.m.SignedStaff(ctx, w.in(), token); ok {
			t.Error("a session outlives the password that it began with")
		}
		in.Password = "another horse"
		_, err = w.m.SignInStaff(ctx, w.in(), in)
		must(t, err)
	})
}

func TestLinks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		var token string
		fresh := func() {
			must(t, w.m.Change(ctx, auth.SystemActor, func(ctx context.Context, c *tenancy.Change) (err error) {
				token, err = c.Link(ctx, w.staff)
				return err
			}))
		}
		fresh()
		old := token
		fresh()
		gone := fault.New(fault.NotFound, "tenancy.link_spent")
		if err := w.m.Accept(ctx, old, "another horse"); !errors.Is(err, gone) {
			t.Errorf("a link that was replaced: %v", err)
		}
		must(t, w.m.Accept(ctx, token, "another horse"))
		if err := w.m.Accept(ctx, token, "third horse"); !errors.Is(err, gone) {
			t.Errorf("a link that was used: %v", err)
		}
		_, err := w.m.SignInStaff(ctx, w.in(), tenancy.Credentials{Email: "staff@kirchberg.example", Password: "another horse"})
		must(t, err)
		fresh()
		w.Clock.Advance(8 * 24 * time.Hour)
		if err := w.m.Accept(ctx, token, "another horse"); !errors.Is(err, gone) {
			t.Errorf("a link whose time is over: %v", err)
		}
	})
}

func TestDeactivated(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		token, err := w.m.SignInStaff(ctx, w.in(), tenancy.Credentials{Email: "staff@kirchberg.example", Password: password})
		must(t, err)
		must(t, w.m.Change(ctx, auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
			return c.EditUser(ctx, w.staff, tenancy.UserEdit{Name: "Pol"}, nil)
		}))
		if _, _, ok := w.m.SignedStaff(ctx, w.in(), token); ok {
			t.Error("the session of a user who was switched off opens the store")
		}
		err = w.m.Change(ctx, auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
			return c.EditUser(ctx, w.super, tenancy.UserEdit{Name: "Nora"}, nil)
		})
		if !errors.Is(err, fault.New(fault.Rule, "tenancy.last_super_admin")) {
			t.Errorf("the last super administrator was switched off: %v", err)
		}
	})
}
