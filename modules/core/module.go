// Package core has the pages that belong to no single module: dashboards, the
// global search, the settings of all modules, and people's own profile.
package core

import (
	"context"
	"crypto/rand"
	"embed"
	"io/fs"
	"log/slog"
	"sync/atomic"

	"orion/kit/auth"
	"orion/kit/clock"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/module"
	"orion/kit/seal"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/core/coreapi"
	"orion/modules/tenancy/tenancyapi"
)

//go:embed sql migrations locales
var files embed.FS

// Files has the module's statements, migrations and words.
var Files fs.FS = files

// What people may do with this module.
var (
	PermViewDashboard = auth.Permit("core.view_dashboard")
	PermEditSettings  = auth.Permit("core.edit_settings")
)

// Accounts are the users, as far as people change their own.
type Accounts interface {
	EditSelf(ctx context.Context, who auth.User, name string, lang i18n.Lang) error
	// ChangePassword wants the password before and ends all sessions.
	ChangePassword(ctx context.Context, who auth.User, old, password string) error
	// Sittings are where the user is signed in, and EndSitting ends one of them.
	Sittings(ctx context.Context, who auth.User) ([]auth.Sitting, error)
	EndSitting(ctx context.Context, who auth.User, key string) error
}

// Needs is what the module is given.
type Needs struct {
	Kit      module.Kit
	System   tenant.System // in which the settings of all stores are read
	Accounts Accounts
	Audit    tenancyapi.Audit
	Ledger   tenancyapi.Ledger // of what is done for platforms and merchants; nil writes nothing down
	// Modules are all modules and Enabled tells which a platform has. They are
	// called when requests come, after all modules are known.
	Modules func() []module.Definition
	Enabled func(p tenant.PlatformID, code string) bool
	// Shops are a merchant's open stores, and Reach those of some platforms.
	Shops func(m tenant.MerchantID) []*web.Shop
	Reach func(p []tenant.PlatformID) []tenant.StoreID
	// Platforms are all platforms.
	Platforms func() []Platform
}

// Module is the use cases of core.
type Module struct {
	db        *db.DB
	log       *slog.Logger
	slots     *slot.Hub
	system    tenant.System
	accounts  Accounts
	audit     tenancyapi.Audit
	ledger    tenancyapi.Ledger
	moments   *module.Bus
	box       *seal.Box
	modules   func() []module.Definition
	enabled   func(p tenant.PlatformID, code string) bool
	shops     func(m tenant.MerchantID) []*web.Shop
	reach     func(p []tenant.PlatformID) []tenant.StoreID
	platforms func() []Platform
	clock     clock.Clock
	chosen    atomic.Pointer[chosen]
}

// New makes the module. Everybody has the defaults until Refresh.
func New(n Needs) *Module {
	m := &Module{
		db: n.Kit.DB, log: n.Kit.Log, slots: n.Kit.Slots, system: n.System, accounts: n.Accounts, audit: n.Audit, ledger: n.Ledger,
		moments: n.Kit.Moments, box: n.Kit.Seal,
		modules: n.Modules, enabled: n.Enabled, shops: n.Shops, reach: n.Reach, platforms: n.Platforms, clock: n.Kit.Clock,
	}
	if m.log == nil {
		m.log = slog.Default()
	}
	if m.platforms == nil {
		m.platforms = func() []Platform { return nil }
	}
	if m.box == nil {
		m.box, _ = seal.New(rand.Text()) // what it seals, nobody opens after it
	}
	m.chosen.Store(&chosen{})
	return m
}

// Definition describes the module.
func (m *Module) Definition() module.Definition {
	return module.Definition{
		Code:        coreapi.Code,
		Name:        "Core",
		Description: "Dashboards, search, settings and profiles.",
		Version:     "1.0.0",
		Tier:        module.Core,
		Requires:    []string{tenancyapi.Code},
		Permissions: []auth.Permission{PermViewDashboard, PermEditSettings},
		Files:       Files,
		Routes:      web.Routes{Admin: m.adminRoutes, Merchant: m.merchantRoutes, Store: m.storeRoutes},
		Menu: []module.MenuItem{
			{Audience: web.AdminPages, Label: "core.dashboard", Icon: "layout-dashboard", Path: "/", Order: 1, Mandatory: true},
			{Audience: web.MerchantPages, Label: "core.dashboard", Icon: "layout-dashboard", Path: "/", Order: 1, Mandatory: true},
			{Audience: web.StorePages, Label: "core.dashboard", Icon: "layout-dashboard", Path: "/", Order: 1, Mandatory: true},
			{Audience: web.AdminPages, Label: "core.settings", Icon: "sliders-horizontal", Path: "/settings", Order: 40, Need: PermEditSettings, Mandatory: true},
			{Audience: web.AdminPages, Label: "core.menus", Icon: "panel-left", Path: "/menus", Order: 41, Need: PermEditSettings, Mandatory: true},
			{Audience: web.MerchantPages, Label: "core.settings", Icon: "sliders-horizontal", Path: "/settings", Order: 40, Need: PermEditSettings},
			{Audience: web.StorePages, Section: "core.menu_store", Label: "core.settings", Icon: "sliders-horizontal", Path: "/settings", Order: 83, Need: PermEditSettings},
		},
		Health: m.health,
		Hooks:  module.Hooks{OnStartup: func(ctx context.Context) error { return m.Refresh(ctx) }},
	}
}

// on tells which modules fill slots and have settings on a platform: none of the
// operator's own.
func (m *Module) on(p tenant.PlatformID) func(string) bool {
	return func(code string) bool { return !m.internal(code) && (m.enabled == nil || m.enabled(p, code)) }
}
