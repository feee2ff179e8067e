// Package inventory keeps the stock of a store: what is at which location, what
// is held for whom, and every change that was ever made to it.
//
// Nothing is sold twice: a level changes only through one guarded statement, and
// the table's CHECK stands behind it. README.md has the meanings and invariants.
package inventory

import (
	"context"
	"embed"
	"io/fs"

	"orion/kit/auth"
	"orion/kit/module"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/catalog/catalogapi"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/tenancy/tenancyapi"
)

// The module's permissions.
var (
	View      = auth.Permit("inventory.view")
	MayAdjust = auth.Permit("inventory.adjust")
	Manage    = auth.Permit("inventory.locations")
)

//go:embed sql migrations locales
var files embed.FS

// Files are the module's statements, migrations and words.
var Files fs.FS = files

// Views are what members of staff saved of their lists.
type Views interface {
	Views(ctx context.Context, in tenant.Store, who auth.UserID, list string) ([]page.View, error)
}

// Needs is what the module is given.
type Needs struct {
	Kit     module.Kit
	Shelf   catalogapi.Shelf
	Catalog catalogapi.Lookup
	Audit   tenancyapi.Audit
	Journal tenancyapi.Journal
	Views   Views // nil is none
}

// Module keeps the stock of stores.
type Module struct {
	need     Needs
	settings *module.Settings[Config]
	glances  *glances
}

var (
	_ inventoryapi.Stock     = (*Module)(nil)
	_ inventoryapi.Returns   = (*Module)(nil)
	_ inventoryapi.Available = (*Module)(nil)
)

// Places is the feature of keeping stock in more places than one.
const Places = "inventory.locations"

// New makes the module.
func New(n Needs) *Module {
	return &Module{
		need: n, settings: module.NewSettings(inventoryapi.Code, n.Kit.Settings, defaults, Config.validate), glances: newGlances(),
	}
}

// Definition describes the module to the program.
func (m *Module) Definition() module.Definition {
	return module.Definition{
		Code: inventoryapi.Code, Name: "Inventory", Version: "1.0.0", Tier: module.Optional,
		Description: "Stock by location, held for orders and never sold twice.",
		Requires:    []string{catalogapi.Code},
		Permissions: []auth.Permission{View, MayAdjust, Manage},
		Features:    []module.Feature{{Code: Places}},
		Config:      m.settings.Config(),
		Files:       Files,
		Routes:      web.Routes{Store: m.storeRoutes, API: m.apiRoutes},
		Menu: []module.MenuItem{
			{Audience: web.StorePages, Section: "inventory.section", Label: "inventory.stock", Icon: "boxes", Path: "/inventory", Order: 30, Need: View},
			{Audience: web.StorePages, Section: "inventory.section", Label: "inventory.locations", Icon: "warehouse", Path: "/locations", Order: 31, Need: View, Feature: Places},
		},
		Jobs:   m.jobs(),
		Events: m.handlers(),
		Fills:  m.fills(),
	}
}
