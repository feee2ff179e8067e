// Package catalog keeps what a store sells: products with their options and
// variants, categories, the search over them, and the way in and out by file.
//
// What a price is, is decided here; how much is left is inventory's to say, and
// is only shown here. README.md has the meanings and invariants.
package catalog

import (
	"context"
	"embed"
	"io/fs"

	"github.com/maypok86/otter/v2"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/module"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/catalog/catalogapi"
	"orion/modules/tenancy/tenancyapi"
)

// The module's permissions.
var (
	View      = auth.Permit("catalog.view")
	MayEdit   = auth.Permit("catalog.edit")
	MayImport = auth.Permit("catalog.import")
)

// Products is the feature whose limit is how many products a store may have.
const Products = "catalog.products"

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
	Audit   tenancyapi.Audit
	Journal tenancyapi.Journal
	Views   Views // nil is none
	// Enabled tells whether a module is on for a platform, so that what it adds
	// to pages comes and goes with it; nil is always.
	Enabled func(p tenant.PlatformID, module string) bool
	// Rated tells whether somebody keeps opinions on a store's products, so that
	// the stars are shown; nil is never.
	Rated func(in tenant.Store) bool
	// Promise says when a piece of some weight would be with a shopper, or
	// about when it leaves where it has to come in first; nil, or no line, says
	// nothing.
	Promise func(c *web.Ctx[web.Storefront], grams int64, back bool) []ui.Promise
	// Hearts are the products on the reader's wish list, for parts of pages that
	// have no frame; nil, or none that are shown, draws no hearts.
	Hearts func(c *web.Ctx[web.Storefront]) ui.Hearts
	// Pages are the pages of a store that somebody else serves, for its sitemap;
	// nil is none.
	Pages func(c *web.Ctx[web.Storefront]) ([]Listed, error)
}

// Module keeps the catalogues of stores.
type Module struct {
	need      Needs
	db        *db.DB
	known     *otter.Cache[factsKey, *facts]
	labelled  *otter.Cache[factsKey, labels]
	shelf     *shelf
	offers    *otter.Cache[offerKey, catalogapi.Offer]
	importing job.Kind[importArgs]
	preparing job.Kind[pictureArgs]
}

var (
	_ catalogapi.Offers   = (*Module)(nil)
	_ catalogapi.Lookup   = (*Module)(nil)
	_ catalogapi.Products = (*Module)(nil)
	_ catalogapi.Shelf    = (*Module)(nil)
)

// New makes the module.
func New(n Needs) *Module {
	m := &Module{need: n, db: n.Kit.DB, known: newFactsCache(), labelled: newLabelsCache(), shelf: newShelf(), offers: newOffersCache()}
	m.importing, m.preparing = m.importJob(), m.pictureJob()
	return m
}

// tell publishes that a product got variants.
func (m *Module) tell(ctx context.Context, tx tx, v catalogapi.VariantsAdded) error {
	return m.need.Kit.Events.Publish(ctx, tx, v)
}

// Definition says what the module brings.
func (m *Module) Definition() module.Definition {
	return module.Definition{
		Code: catalogapi.Code, Name: "Catalogue", Description: "Products, categories and search.", Version: "1.0.0",
		Tier: module.Optional, Requires: []string{tenancyapi.Code},
		Permissions: []auth.Permission{View, MayEdit, MayImport},
		Features:    []module.Feature{{Code: Products, Limited: true}},
		Files:       Files,
		Routes:      web.Routes{Storefront: m.storefront, Store: m.staff, API: m.api},
		Menu: []module.MenuItem{
			{Audience: web.StorePages, Section: "catalog.menu", Label: "catalog.products", Icon: "tag", Path: "/products", Order: 20, Need: View},
			{Audience: web.StorePages, Section: "catalog.menu", Label: "catalog.categories", Icon: "folder", Path: "/categories", Order: 21, Need: View},
			{Audience: web.StorePages, Label: "catalog.new_product", Icon: "plus", Path: "/products/new", Order: 20, Need: MayEdit, Act: true},
			{Audience: web.StorePages, Label: "catalog.import_new", Icon: "upload", Path: "/imports", Order: 22, Need: MayImport, Act: true},
			{Audience: web.StorePages, Section: "catalog.menu", Label: "catalog.imports", Icon: "upload", Path: "/imports", Order: 22, Need: MayImport},
		},
		Cookies: []web.CookieUse{{Name: seenCookie, Purpose: web.ForHistory, Label: "catalog.cookie_seen", Days: seenDays}},
		Jobs:    []job.Job{m.importing.Job(), m.preparing.Job(), m.uploadsJob()},
		Fills:   m.fills(),
	}
}
