// Package reviews keeps what customers think of products: they write, staff
// decide what is shown and answer, and product pages say how many stars that
// makes. README.md has the meanings and invariants.
package reviews

import (
	"embed"
	"io/fs"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/catalog/catalogapi"
	"orion/modules/customers/customersapi"
	"orion/modules/orders/ordersapi"
	"orion/modules/reviews/reviewsapi"
	"orion/modules/tenancy/tenancyapi"
)

// The module's permissions.
var (
	MayView     = auth.Permit("reviews.view")
	MayModerate = auth.Permit("reviews.moderate")
)

//go:embed sql migrations locales
var files embed.FS

// Files are the module's statements, migrations and words.
var Files fs.FS = files

type tx = *db.Tx[tenant.Store]

// Needs is what the module is given.
type Needs struct {
	Kit       module.Kit
	Products  catalogapi.Products
	Customers customersapi.Customers
	Accounts  customersapi.Accounts // nil draws no menu of the account
	Audit     tenancyapi.Audit
}

const (
	// remembered is how long a node answers from memory how many reviews wait.
	remembered  = 30 * time.Second
	memorySlots = 10_000
)

// Module keeps reviews.
type Module struct {
	need     Needs
	settings *module.Settings[Config]
	waiting  *otter.Cache[tenant.StoreID, int64]
}

// New makes the module.
func New(n Needs) *Module {
	return &Module{
		need: n, settings: module.NewSettings(reviewsapi.Code, n.Kit.Settings, defaults, nil),
		waiting: otter.Must(&otter.Options[tenant.StoreID, int64]{
			MaximumSize: memorySlots, ExpiryCalculator: otter.ExpiryCreating[tenant.StoreID, int64](remembered),
		}),
	}
}

// Definition describes the module to the program.
func (m *Module) Definition() module.Definition {
	return module.Definition{
		Code: reviewsapi.Code, Name: "Reviews", Version: "1.0.0", Tier: module.Optional,
		Description: "What customers think of products, with moderation and answers.",
		Requires:    []string{catalogapi.Code, customersapi.Code},
		Observes:    []string{ordersapi.Code},
		Permissions: []auth.Permission{MayView, MayModerate},
		Config:      m.settings.Config(),
		Files:       Files,
		Routes:      web.Routes{Store: m.storeRoutes, Storefront: m.storefrontRoutes},
		Menu: []module.MenuItem{{
			Audience: web.StorePages, Label: "reviews.menu", Icon: "star", Path: "/reviews", Order: 45, Need: MayView, Count: m.Waiting,
		}},
		Events: m.hears(),
		Fills:  m.fills(),
	}
}
