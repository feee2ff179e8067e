// Package orders carries a sale: cart, checkout, order, delivery, refund.
//
// An order is agreed in one transaction together with the stock that is held
// for it and the payment that is opened for it. README.md has the meanings, the
// states and the invariants; place.go is where to start reading.
package orders

import (
	"context"
	"embed"
	"io/fs"
	"slices"

	"github.com/maypok86/otter/v2"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/catalog/catalogapi"
	"orion/modules/core/coreapi"
	"orion/modules/customers/customersapi"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/paymentsapi"
	"orion/modules/tenancy/tenancyapi"
)

// The module's permissions.
var (
	MayView   = auth.Permission{Code: "orders.view", Group: "orders"}
	MayShip   = auth.Permission{Code: "orders.ship", Group: "orders"}
	MayCancel = auth.Permission{Code: "orders.cancel", Group: "orders"}
	MayRefund = auth.Permission{Code: "orders.refund", Group: "orders"}
	MayEdit   = auth.Permission{Code: "orders.edit", Group: "orders"}
	MaySet    = auth.Permission{Code: "orders.settings", Group: "orders"}
)

//go:embed sql migrations locales
var files embed.FS

// Files are the module's statements, migrations and words.
var Files fs.FS = files

// Needs is what the module is given.
type Needs struct {
	Kit       module.Kit
	Catalog   catalogapi.Offers
	Products  catalogapi.Products
	Stock     inventoryapi.Stock
	Returns   inventoryapi.Returns
	Available inventoryapi.Available
	Payments  paymentsapi.Payments
	Refunds   paymentsapi.Refunds
	Starter   paymentsapi.Starter
	Customers customersapi.Customers
	Accounts  customersapi.Accounts // nil draws no menu of the account
	Audit     tenancyapi.Audit
	Figures   coreapi.Figures
	// Contact tells whether shoppers can write to a store at /contact; nil is never.
	Contact func(in tenant.Store) bool
	// Terms is the page of a store's conditions of sale, where its settings name no
	// other; empty when there is none, and nil is none.
	Terms func(c *web.Ctx[web.Storefront]) string
	// Keep writes down among a store's settings what pages need of it without a
	// statement; nil keeps nothing.
	Keep func(ctx context.Context, tx *db.Tx[tenant.Store], name string, fact func() (any, error)) error
}

// Module sells.
type Module struct {
	need     Needs
	settings *module.Settings[Config]
	promises *module.Settings[promised] // kept by SaveMethod, not chosen
	giveUp   job.Kind[unpaid]
	methods  *otter.Cache[tenant.StoreID, []Method] // of stores that sold something just now
}

// New makes the module.
func New(n Needs) *Module {
	m := &Module{need: n, settings: module.NewSettings(ordersapi.Code, n.Kit.Settings, defaults, Config.validate), methods: newMethodsCache()}
	m.promises = module.NewSettings(promiseName, n.Kit.Settings, promised{}, nil)
	m.giveUp = job.Define("orders.give_up_unpaid", func(ctx context.Context, r job.Run, u unpaid) error {
		return m.GiveUp(ctx, r.Store, u.Order)
	})
	return m
}

// Definition describes the module to the program.
func (m *Module) Definition() module.Definition {
	return module.Definition{
		Code: ordersapi.Code, Name: "Orders", Version: "1.0.0", Tier: module.Optional,
		Description: "Carts, checkout, orders with their delivery and refunds, VAT of the European Union, and the mails about them.",
		Requires:    []string{catalogapi.Code, inventoryapi.Code, paymentsapi.Code},
		Permissions: []auth.Permission{MayView, MayShip, MayCancel, MayRefund, MayEdit, MaySet},
		Features:    []module.Feature{{Code: Monthly, Limited: true}},
		Config:      m.settings.Config(),
		Files:       Files,
		Routes:      web.Routes{Store: m.storeRoutes, Storefront: m.storefrontRoutes, API: m.apiRoutes},
		Menu: []module.MenuItem{
			{Audience: web.StorePages, Label: "orders.menu", Icon: "shopping-bag", Path: "/orders", Order: 10, Need: MayView, Mandatory: true},
			{Audience: web.StorePages, Section: "orders.menu_section", Label: "orders.delivery_menu", Icon: "truck", Path: "/delivery", Order: 40, Need: MaySet},
			{Audience: web.StorePages, Label: "orders.new_method", Icon: "plus", Path: "/delivery/new", Order: 41, Need: MaySet, Act: true},
			{Audience: web.StorefrontPages, Label: "orders.wishes", Path: wishPath, Order: 10, Mandatory: true},
		},
		Cookies: []web.CookieUse{
			{Name: cartCookie, Purpose: web.Necessary, Label: "orders.cookie_cart", Days: cartDays},
			{Name: countCookie, Purpose: web.Necessary, Label: "orders.cookie_count", Days: cartDays},
			{Name: wishCookie, Purpose: web.Necessary, Label: "orders.cookie_wishes", Days: wishDays},
			{Name: heartCookie, Purpose: web.Necessary, Label: "orders.cookie_hearts", Days: wishDays},
		},
		Jobs:   m.jobs(),
		Events: slices.Concat(m.hears(), m.mails(), m.figures()),
		Fills:  m.fills(),
	}
}
