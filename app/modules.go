package app

import (
	"net/netip"

	"orion/kit/auth"
	"orion/kit/db/migrate"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/catalog"
	"orion/modules/catalog/catalogapi"
	"orion/modules/cms"
	"orion/modules/cms/cmsapi"
	"orion/modules/core"
	"orion/modules/core/coreapi"
	"orion/modules/customers"
	"orion/modules/customers/customersapi"
	"orion/modules/devtools"
	"orion/modules/inventory"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/messaging"
	"orion/modules/messaging/messagingapi"
	"orion/modules/monitoring"
	"orion/modules/monitoring/monitoringapi"
	"orion/modules/orders"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/reviews"
	"orion/modules/reviews/reviewsapi"
	"orion/modules/tenancy"
	"orion/modules/tenancy/tenancyapi"
)

// modules are all modules of the program. This file is the only list of them.
type modules struct {
	core       *core.Module
	tenancy    *tenancy.Module
	cms        *cms.Module
	customers  *customers.Module
	catalog    *catalog.Module
	inventory  *inventory.Module
	payments   *payments.Module
	orders     *orders.Module
	reviews    *reviews.Module
	messaging  *messaging.Module
	devtools   *devtools.Module
	monitoring *monitoring.Module

	registry *module.Registry
	board    *module.Board
	program  func() tenancy.Program  // once everything is put together
	tools    func() devtools.Program // the same
	watched  func() watched          // the same
	tail     *monitoring.Tail
	scope    func(tenant.PlatformID) tenant.Platform
	mint     func(*web.Shop) tenant.Store
	reach    func(netip.AddrPort) error // where files are fetched from
	patience payments.Patience          // with gateways
}

// moduleLines are the modules' folders, each behind those that it requires.
func moduleLines() []migrate.Line {
	return []migrate.Line{
		{Module: coreapi.Code, Files: core.Files},
		{Module: tenancyapi.Code, Files: tenancy.Files},
		{Module: cmsapi.Code, Files: cms.Files},
		{Module: customersapi.Code, Files: customers.Files},
		{Module: catalogapi.Code, Files: catalog.Files},
		{Module: inventoryapi.Code, Files: inventory.Files},
		{Module: paymentsapi.Code, Files: payments.Files},
		{Module: ordersapi.Code, Files: orders.Files},
		{Module: reviewsapi.Code, Files: reviews.Files},
		{Module: messagingapi.Code, Files: messaging.Files},
		{Module: devtools.Code, Files: devtools.Files},
		{Module: monitoringapi.Code, Files: monitoring.Files},
	}
}

// build makes the modules, each with what it needs.
func (m *modules) build(k module.Kit, system tenant.System) {
	m.tenancy = tenancy.New(tenancy.Needs{Kit: k, System: system, BaseDomain: k.Config.BaseDomain, Permissions: m.permissions, Program: func() tenancy.Program { return m.program() }})
	m.core = core.New(core.Needs{
		Kit: k, System: system, Accounts: m.tenancy, Audit: m.tenancy, Ledger: m.tenancy, Modules: m.all, Enabled: m.enabled,
		Shops: m.tenancy.Family, Reach: m.tenancy.StoresIn, Platforms: m.platforms,
	})
	m.cms = cms.New(cms.Needs{
		Kit: k, Audit: m.tenancy, Chronicle: m.tenancy, Platforms: m.written, Reach: m.reach, Enabled: m.enabled, Browse: m.browse, Data: m.homeData, Sample: m.tenancy.Sample,
	})
	m.customers = customers.New(customers.Needs{Kit: k, Audit: m.tenancy, Forget: m.tenancy, Enabled: m.enabled, Cookies: m.cookies})
	m.catalog = catalog.New(catalog.Needs{Kit: k, Audit: m.tenancy, Journal: m.tenancy, Views: m.core, Enabled: m.enabled, Rated: func(in tenant.Store) bool {
		return m.enabled(in.Platform(), reviewsapi.Code)
	}, Promise: m.promise, Hearts: m.hearts, Pages: m.listed})
	m.inventory = inventory.New(inventory.Needs{Kit: k, Shelf: m.catalog, Catalog: m.catalog, Audit: m.tenancy, Journal: m.tenancy, Views: m.core})
	m.payments = payments.New(payments.Needs{
		Kit: k, Audit: m.tenancy, Accounts: m.customers, Gateways: m.gateways(k), Desk: m.desk, Known: m.known, Patience: m.patience,
		Keep: m.core.Keep, System: system, Scope: m.onPlatform,
	})
	m.orders = orders.New(orders.Needs{
		Kit: k, Catalog: m.catalog, Products: m.catalog, Stock: m.inventory, Returns: m.inventory, Available: m.inventory,
		Payments: m.payments, Refunds: m.payments, Starter: m.payments, Customers: m.customers, Accounts: m.customers, Audit: m.tenancy, Figures: m.core, Keep: m.core.Keep,
		Contact: func(in tenant.Store) bool { return m.enabled(in.Platform(), messagingapi.Code) }, Terms: m.terms,
	})
	m.reviews = reviews.New(reviews.Needs{Kit: k, Products: m.catalog, Customers: m.customers, Accounts: m.customers, Audit: m.tenancy})
	m.messaging = messaging.New(messaging.Needs{Kit: k, Customers: m.customers, Audit: m.tenancy})
	m.devtools = devtools.New(devtools.Needs{Kit: k, System: system, Audit: m.tenancy, Program: func() devtools.Program { return m.tools() }})
	m.monitoring = monitoring.New(m.watching(k, system, m.tail))
}

// promise is when something would be delivered, where somebody delivers.
func (m *modules) promise(c *web.Ctx[web.Storefront], grams int64, back bool) []ui.Promise {
	if !m.enabled(c.As.In.Platform(), ordersapi.Code) {
		return nil
	}
	return m.orders.Promise(c, grams, back)
}

// hearts are the products on the reader's wish list, where there is one.
func (m *modules) hearts(c *web.Ctx[web.Storefront]) ui.Hearts {
	if !m.enabled(c.As.In.Platform(), ordersapi.Code) {
		return ui.Hearts{}
	}
	return hearts(c)
}

func hearts(c *web.Ctx[web.Storefront]) ui.Hearts {
	return ui.ReadHearts(c.Cookie("orion_hearts"), !c.As.Customer.ID.IsZero())
}

// platforms are all platforms, as the pages of settings name them.
func (m *modules) platforms() []core.Platform {
	var out []core.Platform
	for _, p := range m.tenancy.Platforms() {
		out = append(out, core.Platform{ID: p.ID, Name: p.Name})
	}
	return out
}

// definitions are what the modules say about themselves.
func (m *modules) definitions() []module.Definition {
	return []module.Definition{
		m.core.Definition(),
		m.tenancy.Definition(),
		m.cms.Definition(),
		m.customers.Definition(),
		m.catalog.Definition(),
		m.inventory.Definition(),
		m.payments.Definition(),
		m.orders.Definition(),
		m.reviews.Definition(),
		m.messaging.Definition(),
		m.devtools.Definition(),
		m.monitoring.Definition(),
	}
}

// all are the registered modules, once they are known.
func (m *modules) all() []module.Definition {
	if m.registry == nil {
		return nil
	}
	return m.registry.All()
}

func (m *modules) permissions() []auth.Permission {
	var out []auth.Permission
	for _, d := range m.all() {
		out = append(out, d.Permissions...)
	}
	return out
}

// enabled tells whether a module is on for a platform. Core modules always
// are, and so is everything where no platform is concerned.
func (m *modules) enabled(p tenant.PlatformID, code string) bool {
	if p.IsZero() || m.registry == nil || code == "event" || code == "mail" || code == "app" {
		return true
	}
	return m.registry.Enabled(code, func(code string) bool { return m.tenancy.Switched(p, code) })
}

// cookies are those that the modules of a platform set on storefronts.
func (m *modules) cookies(p tenant.PlatformID) []web.CookieUse {
	var out []web.CookieUse
	for _, d := range m.all() {
		if len(d.Cookies) > 0 && m.enabled(p, d.Code) {
			out = append(out, d.Cookies...)
		}
	}
	return out
}

// Raw implements module.Source.
func (m *modules) Raw(code string, in tenant.Store) string {
	if m.core == nil {
		return ""
	}
	return m.core.Raw(code, in)
}

var _ module.Source = (*modules)(nil)
