// Package payments takes money for what other modules sell, and gives it back.
//
// Gateways are asked outside transactions and may not answer; one settle
// function turns whatever becomes known, by whatever way, into postings of an
// append-only ledger. README.md has the states and invariants.
package payments

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/fuse"
	"orion/kit/job"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/customers/customersapi"
	"orion/modules/payments/paymentsapi"
	"orion/modules/tenancy/tenancyapi"
)

// The module's permissions.
var (
	View      = auth.Permit("payments.view")
	MaySettle = auth.Permit("payments.settle")
	MayRefund = auth.Permit("payments.refund")
	Connect   = auth.Permit("payments.connect")

	MayDispute = auth.Permit("payments.dispute")
)

//go:embed sql migrations locales
var files embed.FS

// Files are the module's statements, migrations and words.
var Files fs.FS = files

// Needs is what the module is given.
type Needs struct {
	Kit      module.Kit
	Audit    tenancyapi.Audit
	Accounts customersapi.Accounts // nil draws no menu of the account
	Gateways []Gateway             // further ones, shown before the module's own
	Patience Patience
	// Keep writes down among a store's settings what every node needs of it in memory; nil
	// keeps nothing, and then platforms open no accounts for their stores.
	Keep func(ctx context.Context, tx *db.Tx[tenant.Store], name string, fact func() (any, error)) error
	// System reads whose account a gateway means, and Scope is the store of that number if
	// it is on a platform.
	System tenant.System
	Scope  func(p tenant.Platform, store tenant.StoreID) (tenant.Store, bool)
	// Desk is where a store's staff are written to; nil, or false, writes to nobody.
	Desk func(in tenant.Store) (Desk, bool)
	// Known is what the store knows of a thing that was paid for; nil is nothing.
	Known func(ctx context.Context, in tenant.Store, kind string, number int64) (Evidence, error)
}

// Module takes payments for stores.
type Module struct {
	need     Needs
	settings *module.Settings[Config]
	accounts *module.Settings[keptAccounts]
	patience Patience
	fuses    *fuse.Box[account]
	gateways []Gateway
	test     testGateway
	send     job.Kind[refundJob]
	hear     job.Kind[eventJob]
	hold     job.Kind[comparisonJob] // books against books
	look     job.Kind[accountJob]
	heeding  turns
}

var (
	_ paymentsapi.Payments = (*Module)(nil)
	_ paymentsapi.Refunds  = (*Module)(nil)
	_ paymentsapi.Starter  = (*Module)(nil)
)

// New makes the module.
func New(n Needs) *Module {
	m := &Module{need: n, patience: n.Patience.withDefaults()}
	m.fuses = fuse.New[account](n.Kit.Clock, fuse.Options{})
	m.settings = module.NewSettings(paymentsapi.Code, n.Kit.Settings, defaults, Config.validate).WhenSaved(Config.checkKeys)
	m.accounts = module.NewSettings(accountsName, n.Kit.Settings, keptAccounts{}, nil)
	m.test = testGateway{
		db:   n.Kit.DB,
		page: m.testPath,
		late: func(in tenant.Store) time.Duration { return time.Duration(m.settings.Of(in).LateMinutes) * time.Minute },
	}
	m.send, m.hear, m.hold, m.look = m.sendJob(), m.heedJob(), m.compareJob(), m.lookJob()
	m.gateways = append(m.gateways, n.Gateways...)
	m.gateways = append(m.gateways, m.bankTransfer(), m.onDelivery(), m.test)
	return m
}

func (m *Module) gateway(code string) (Gateway, bool) {
	for _, g := range m.gateways {
		if g.Descriptor().Code == code {
			return g, true
		}
	}
	return nil, false
}

// Definition describes the module to the program.
func (m *Module) Definition() module.Definition {
	return module.Definition{
		Code: paymentsapi.Code, Name: "Payments", Version: "1.0.0", Tier: module.Optional,
		Description: "Takes money for what is sold, and gives it back.",
		Permissions: []auth.Permission{View, MaySettle, MayRefund, MayDispute, Connect},
		Config:      m.settings.Config(),
		Files:       Files,
		Routes:      web.Routes{Platform: m.platformRoutes, Store: m.storeRoutes, Storefront: m.storefrontRoutes, API: m.apiRoutes},
		Menu:        m.menu(),
		Jobs:        m.jobs(),
		Fills:       m.fills(),
	}
}

func (m *Module) menu() []module.MenuItem {
	out := []module.MenuItem{
		{Audience: web.StorePages, Section: "payments.section", Label: "payments.title", Icon: "credit-card", Path: "/payments", Order: 40, Need: View},
	}
	if len(m.remitters()) > 0 {
		out = append(out, module.MenuItem{
			Audience: web.StorePages, Section: "payments.section", Label: "payments.payouts", Icon: "wallet", Path: payouts, Order: 41, Need: View,
		})
	}
	if len(m.checkers()) > 0 {
		out = append(out, module.MenuItem{
			Audience: web.StorePages, Section: "payments.section", Label: "payments.connections", Icon: "puzzle", Path: connections, Order: 42, Need: Connect,
		})
	}
	return out
}
