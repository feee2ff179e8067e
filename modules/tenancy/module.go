// Package tenancy knows who is who: platforms, merchants, stores, the hosts at
// which they answer, the users with their roles, and who did what. Every node
// keeps the directory in memory, so that finding a request's tenant costs no
// statement.
package tenancy

import (
	"context"
	"crypto/rand"
	"embed"
	"io/fs"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/maypok86/otter/v2"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/job"
	"orion/kit/mail"
	"orion/kit/module"
	"orion/kit/picture"
	"orion/kit/seal"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/core/coreapi"
	"orion/modules/tenancy/tenancyapi"
)

//go:embed sql migrations locales
var files embed.FS

// Files has the module's statements, migrations and words.
var Files fs.FS = files

// Needs is what the module is given.
type Needs struct {
	Kit module.Kit
	// System is the scope in which the directory and its people are kept.
	System tenant.System
	// BaseDomain is the domain below which stores and platforms answer that have
	// none of their own; empty is localhost.
	BaseDomain string
	// Permissions are those of all modules, for the editor of roles and for the
	// preset roles. It is called when requests come, after all modules are known.
	Permissions func() []auth.Permission
	// Program is what the pages of modules show and switch. It is called when
	// requests come, too.
	Program func() Program
	// LookupTXT asks the DNS; nil is the machine's resolver.
	LookupTXT func(ctx context.Context, name string) ([]string, error)
}

// Module is the use cases of tenancy.
type Module struct {
	db        *db.DB
	log       *slog.Logger
	sessions  *auth.Sessions
	tokens    *auth.Tokens
	sign      *auth.Signer
	mail      mail.Outbox
	bundle    *i18n.Bundle
	system    tenant.System
	base      string
	all       func() []auth.Permission
	granted   func() map[string]auth.Grants // by the presets of roles
	program   func() Program
	lookup    func(ctx context.Context, name string) ([]string, error)
	directory atomic.Pointer[directory]
	pictures  *picture.Studio
	jobs      *job.Queue
	preparing job.Kind[pictureArgs]
	box       *seal.Box
	features  *module.Features
	unsealed  atomic.Bool                                 // entries of the audit log that this node wrote
	places    *otter.Cache[auth.UserID, []tenant.StoreID] // where people work who did something just now
}

// New makes the module. Its directory is empty until Refresh.
func New(n Needs) *Module {
	m := &Module{
		db: n.Kit.DB, log: n.Kit.Log, sessions: n.Kit.Sessions, tokens: n.Kit.Tokens, sign: n.Kit.Sign, mail: n.Kit.Mail, bundle: n.Kit.Bundle,
		system: n.System, base: strings.ToLower(n.BaseDomain), all: n.Permissions, lookup: n.LookupTXT, program: n.Program,
		pictures: n.Kit.Pictures, jobs: n.Kit.Jobs, box: n.Kit.Seal, features: n.Kit.Features, places: newPlaces(),
	}
	if m.box == nil {
		m.box, _ = seal.New(rand.Text()) // what it seals, nobody opens after it
	}
	m.granted = sync.OnceValue(m.presetGrants)
	m.preparing = m.pictureJob()
	if m.base == "" {
		m.base = "localhost"
	}
	if m.log == nil {
		m.log = slog.Default()
	}
	if m.lookup == nil {
		m.lookup = lookupTXT
	}
	m.directory.Store(newDirectory(facts{}, m.base))
	return m
}

// permissions are those of all modules.
func (m *Module) permissions() []auth.Permission {
	if m.all == nil {
		return permissions
	}
	return m.all()
}

// Definition describes the module.
func (m *Module) Definition() module.Definition {
	return module.Definition{
		Code:        tenancyapi.Code,
		Name:        "Tenancy",
		Description: "Platforms, merchants, stores, their hosts, users and roles, and the audit log.",
		Version:     "1.0.0",
		Tier:        module.Core,
		Observes:    []string{coreapi.Code},
		Permissions: permissions,
		Features:    []module.Feature{{Code: Members, Limited: true}, {Code: Stores, Limited: true}},
		Files:       Files,
		Routes: web.Routes{
			Platform: m.platformRoutes, Admin: m.adminRoutes, Merchant: m.merchantRoutes, Store: m.storeRoutes,
		},
		Menu:  menu,
		Jobs:  []job.Job{m.preparing.Job(), m.sealJob(), m.domainsJob()},
		Fills: m.fills(),
		Hooks: module.Hooks{OnStartup: func(ctx context.Context) error { return m.Refresh(ctx) }},
	}
}

var menu = []module.MenuItem{
	{Audience: web.AdminPages, Section: "tenancy.menu_tenants", Label: "tenancy.stores", Icon: "store", Path: "/stores", Order: 20, Need: PermViewStores},
	{Audience: web.AdminPages, Section: "tenancy.menu_tenants", Label: "tenancy.merchants", Icon: "building-2", Path: "/merchants", Order: 21, Need: PermViewStores},
	{Audience: web.AdminPages, Section: "tenancy.menu_tenants", Label: "tenancy.platforms", Icon: "layers", Path: "/platforms", Order: 22, Need: PermViewStores},
	{Audience: web.AdminPages, Section: "tenancy.menu_tenants", Label: "tenancy.domains", Icon: "globe", Path: "/domains", Order: 22, Need: PermViewStores},
	{Audience: web.AdminPages, Section: "tenancy.menu_tenants", Label: "tenancy.modules", Icon: "puzzle", Path: "/modules", Order: 23, Need: PermManageModules},
	{Audience: web.AdminPages, Section: "tenancy.menu_tenants", Label: "tenancy.deleted", Icon: "trash-2", Path: "/deleted", Order: 24, Need: PermManageStores},
	{Audience: web.AdminPages, Section: "tenancy.menu_people", Label: "tenancy.users", Icon: "users", Path: "/users", Order: 30, Need: PermManageUsers},
	{Audience: web.AdminPages, Section: "tenancy.menu_people", Label: "tenancy.sessions", Icon: "monitor", Path: "/sessions", Order: 31, Need: PermManageUsers},
	{Audience: web.AdminPages, Section: "tenancy.menu_people", Label: "tenancy.audit", Icon: "clipboard-list", Path: "/audit", Order: 32, Need: PermViewAudit},
	{Audience: web.MerchantPages, Label: "tenancy.stores", Icon: "store", Path: "/stores", Order: 20, Need: PermViewStores},
	{Audience: web.MerchantPages, Label: "tenancy.domains", Icon: "globe", Path: "/domains", Order: 25, Need: PermViewStores},
	{Audience: web.MerchantPages, Label: "tenancy.team", Icon: "users", Path: "/team", Order: 30, Need: PermViewTeam},
	{Audience: web.StorePages, Section: "tenancy.menu_store", Label: "tenancy.team", Icon: "users", Path: "/team", Order: 80, Need: PermViewTeam},
	{Audience: web.StorePages, Label: "tenancy.invite", Icon: "user-plus", Path: "/team/invite", Order: 80, Need: PermEditTeam, Act: true},
	{Audience: web.StorePages, Section: "tenancy.menu_store", Label: "tenancy.store_settings", Icon: "settings", Path: "/settings/store", Order: 81, Need: PermEditStore},
	{Audience: web.StorePages, Section: "tenancy.menu_store", Label: "tenancy.audit", Icon: "clipboard-list", Path: "/audit", Order: 82, Need: PermViewAudit},
}
