// Package messaging is how a store and its shoppers write to each other: a form
// on the storefront, an inbox for staff, answers by mail, and who wants the
// newsletter. README.md has the
// meanings and invariants.
package messaging

import (
	"embed"
	"io/fs"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/job"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/customers/customersapi"
	"orion/modules/messaging/messagingapi"
	"orion/modules/tenancy/tenancyapi"
)

// The module's permissions.
var (
	MayView       = auth.Permit("messaging.view")
	MayAnswer     = auth.Permit("messaging.answer")
	MayNewsletter = auth.Permit("messaging.newsletter")
)

//go:embed sql migrations locales
var files embed.FS

// Files are the module's statements, migrations and words.
var Files fs.FS = files

type tx = *db.Tx[tenant.Store]

// Needs is what the module is given.
type Needs struct {
	Kit       module.Kit
	Customers customersapi.Customers
	Audit     tenancyapi.Audit
}

const (
	// remembered is how long a node answers from memory how many messages nobody read.
	remembered  = 30 * time.Second
	memorySlots = 10_000
)

// Module keeps the conversations of stores.
type Module struct {
	need     Needs
	settings *module.Settings[Config]
	unread   *otter.Cache[tenant.StoreID, int64]
}

// New makes the module.
func New(n Needs) *Module {
	return &Module{
		need: n, settings: module.NewSettings(messagingapi.Code, n.Kit.Settings, defaults, nil),
		unread: otter.Must(&otter.Options[tenant.StoreID, int64]{
			MaximumSize: memorySlots, ExpiryCalculator: otter.ExpiryCreating[tenant.StoreID, int64](remembered),
		}),
	}
}

// Definition describes the module to the program.
func (m *Module) Definition() module.Definition {
	return module.Definition{
		Code: messagingapi.Code, Name: "Messaging", Version: "1.0.0", Tier: module.Optional,
		Description: "Messages between a store and its shoppers, and who wants its newsletter.",
		Requires:    []string{customersapi.Code},
		Permissions: []auth.Permission{MayView, MayAnswer, MayNewsletter},
		Config:      m.settings.Config(),
		Files:       Files,
		Routes:      web.Routes{Store: m.storeRoutes, Storefront: m.storefrontRoutes},
		Menu: []module.MenuItem{
			{Audience: web.StorePages, Label: "messaging.menu", Icon: "inbox", Path: "/messages", Order: 46, Need: MayView, Count: m.Unread},
			{Audience: web.StorePages, Label: "messaging.newsletter", Icon: "mail", Path: "/newsletter", Order: 47, Need: MayNewsletter},
			{Audience: web.StorefrontPages, Label: "messaging.contact", Path: "/contact", Order: 10, Mandatory: true},
		},
		Jobs:  []job.Job{job.Sweep("messaging.forget_subscribers", 24*time.Hour, stmtStoresForgotten, m.forget)},
		Fills: m.fills(),
	}
}
