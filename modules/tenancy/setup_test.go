package tenancy_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/i18n"
	"orion/kit/module"
	"orion/kit/seal"
	"orion/kit/tenant"
	"orion/modules/tenancy"
)

var plan = migrate.Plan{Lines: []migrate.Line{{Module: "auth", Files: auth.Files}, {Module: "tenancy", Files: tenancy.Files}}}

const password = "correct horse battery"

// all are permissions as a program with several modules has them.
var all = []auth.Permission{
	auth.Permit("orders.view"), auth.Permit("orders.ship"), auth.Permit("orders.refund"), auth.Permit("catalog.view"),
	auth.Permit("catalog.edit"), tenancy.PermViewTeam, tenancy.PermEditTeam, tenancy.PermEditStore, tenancy.PermViewAudit,
	tenancy.PermManagePlatforms, tenancy.PermManageStores, tenancy.PermManageModules,
}

// world is a directory of two platforms, two merchants and three stores.
type world struct {
	*dbtest.Env
	m           *tenancy.Module
	main, oms   tenant.PlatformID
	kirchberg   tenant.MerchantID
	velo        tenant.MerchantID
	maison      tenant.StoreID
	kids        tenant.StoreID
	bikes       tenant.StoreID
	super       auth.UserID
	owner       auth.UserID
	manager     auth.UserID
	staff       auth.UserID
	platformers auth.UserID
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) { fn(t, newWorld(t, e)) })
}

func newModule(e *dbtest.Env, n tenancy.Needs, box ...*seal.Box) *tenancy.Module {
	n.Kit = module.Kit{
		DB: e.DB, Log: slog.New(slog.DiscardHandler),
		Sessions: auth.NewSessions(e.DB, e.Gate.System(), 12*time.Hour), Tokens: auth.NewTokens(e.DB, e.Gate.System()),
		Sign: auth.NewSigner([]byte("a key of at least thirty-two bytes"), e.Clock),
	}
	for _, b := range box {
		n.Kit.Seal = b
	}
	n.System = e.Gate.System()
	n.Permissions = func() []auth.Permission { return all }
	var m *tenancy.Module
	n.Program = func() tenancy.Program { return program(m) }
	m = tenancy.New(n)
	return m
}

func newWorld(t *testing.T, e *dbtest.Env) *world {
	t.Helper()
	w := &world{Env: e, m: newModule(e, tenancy.Needs{})}
	hash, err := tenancy.HashPassword(t.Context(), password)
	must(t, err)
	must(t, w.m.Change(t.Context(), auth.SystemActor, func(ctx context.Context, c *tenancy.Change) error {
		return w.fill(ctx, t, c, hash)
	}))
	return w
}

func (w *world) fill(ctx context.Context, t *testing.T, c *tenancy.Change, hash tenancy.PasswordHash) error {
	t.Helper()
	made := func(err error) {
		t.Helper()
		must(t, err)
	}
	var err error
	w.main, err = c.CreatePlatform(ctx, tenancy.NewPlatform{Code: "main", Name: "Orion"})
	made(err)
	w.oms, err = c.CreatePlatform(ctx, tenancy.NewPlatform{Code: "oms", Name: "Orion Orders"})
	made(err)
	user := func(email string, role auth.Role, platforms ...tenant.PlatformID) auth.UserID {
		id, err := c.CreateUser(ctx, tenancy.NewUser{Email: email, Name: email, Role: role, Password: hash, Platforms: platforms})
		made(err)
		return id
	}
	w.super = user("admin@orion.example", auth.SuperAdmin)
	w.platformers = user("oms@orion.example", auth.PlatformAdmin, w.oms)
	w.owner = user("owner@kirchberg.example", auth.MerchantOwner)
	w.manager = user("manager@kirchberg.example", auth.StoreMember)
	w.staff = user("staff@kirchberg.example", auth.StoreMember)
	merchant := func(name string, owner auth.UserID) tenant.MerchantID {
		id, err := c.CreateMerchant(ctx, tenancy.NewMerchant{SignedWith: w.main, MerchantEdit: tenancy.MerchantEdit{Name: name, Owner: owner}})
		made(err)
		return id
	}
	w.kirchberg, w.velo = merchant("Kirchberg", w.owner), merchant("Velo", 0)
	store := func(code string, m tenant.MerchantID, platforms ...tenant.PlatformID) tenant.StoreID {
		id, err := c.CreateStore(ctx, tenancy.Everywhere, tenancy.NewStore{
			Merchant: m, Code: code, Currency: "EUR", Platforms: platforms,
			Profile: tenancy.Profile{Name: code, Lang: i18n.Fr, Langs: []i18n.Lang{i18n.Fr, i18n.En}},
		})
		made(err)
		return id
	}
	w.maison = store("maison", w.kirchberg, w.main, w.oms)
	w.kids = store("kids", w.kirchberg, w.main)
	w.bikes = store("bikes", w.velo, w.main)
	made(c.Hire(ctx, w.maison, w.manager, tenancy.PresetManager))
	made(c.Hire(ctx, w.maison, w.staff, tenancy.PresetStaff))
	return nil
}

// in is the scope of the store called maison.
func (w *world) in() tenant.Store { return w.Gate.Store(w.maison, w.kirchberg, w.main) }

func (w *world) other() tenant.Store { return w.Gate.Store(w.bikes, w.velo, w.main) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
