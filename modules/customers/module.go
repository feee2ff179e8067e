// Package customers keeps who buys in a store: guests who left an address,
// customers with an account, their addresses, and what they agreed to.
//
// An account is made by whoever can read the mailbox, never by whoever knows
// the address, and no answer tells whether an address is known. README.md has
// the meanings and invariants.
package customers

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"github.com/maypok86/otter/v2"

	"orion/kit/auth"
	"orion/kit/job"
	"orion/kit/module"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/core/coreapi"
	"orion/modules/customers/customersapi"
	"orion/modules/tenancy/tenancyapi"
)

// The module's permissions.
var (
	View = auth.Permit("customers.view")
	Edit = auth.Permit("customers.edit")
	// Erasing is apart, because it cannot be undone.
	Erasing = auth.Permit("customers.erase")
)

//go:embed sql migrations locales
var files embed.FS

// Files has the module's statements, migrations and words.
var Files fs.FS = files

// Needs is what the module is given.
type Needs struct {
	Kit    module.Kit
	Audit  tenancyapi.Audit
	Forget tenancyapi.Forgetter // of what the audit log says about customers
	// Enabled tells whether a module is on for a platform, so that what it adds
	// to pages comes and goes with it; nil is always.
	Enabled func(p tenant.PlatformID, module string) bool
	// Cookies are those that the modules of a platform set on storefronts; nil is
	// none.
	Cookies func(p tenant.PlatformID) []web.CookieUse
}

const (
	// remembered is how long a node answers from memory who is signed in.
	remembered  = 5 * time.Second
	memorySlots = 20_000
)

// Module keeps the customers of stores.
type Module struct {
	need   Needs
	signed *otter.Cache[person, auth.Customer]
}

// New makes the module.
func New(n Needs) *Module {
	return &Module{need: n, signed: otter.Must(&otter.Options[person, auth.Customer]{
		MaximumSize: memorySlots, ExpiryCalculator: otter.ExpiryCreating[person, auth.Customer](remembered),
	})}
}

// collect asks the fillers of the modules that are on where the customer is.
func collect[Out any](ctx context.Context, m *Module, s slot.Slot[customersapi.Viewed, Out], v customersapi.Viewed) []Out {
	return slot.Collect(ctx, m.need.Kit.Slots, s, v, func(code string) bool {
		return m.need.Enabled == nil || m.need.Enabled(v.In.Platform(), code)
	})
}

var (
	_ customersapi.Customers = (*Module)(nil)
	_ customersapi.Accounts  = (*Module)(nil)
)

// Export is the feature of taking the list of customers out as a file.
const Export = "customers.export"

// Definition describes the module.
func (m *Module) Definition() module.Definition {
	return module.Definition{
		Code:        customersapi.Code,
		Name:        "Customers",
		Description: "Who buys in a store: accounts, addresses and consent.",
		Version:     "1.0.0",
		Tier:        module.Core,
		Requires:    []string{coreapi.Code, tenancyapi.Code},
		Permissions: []auth.Permission{View, Edit, Erasing},
		Features:    []module.Feature{{Code: Export}},
		Files:       Files,
		Routes:      web.Routes{Store: m.storePages, Storefront: m.shopPages, API: m.api},
		Menu: []module.MenuItem{
			{Audience: web.StorePages, Label: "customers.menu", Icon: "users", Path: "/customers", Order: 40, Need: View},
			{Audience: web.StorePages, Section: "customers.menu_store", Label: "customers.cookies", Icon: "cookie", Path: cookiesPath, Order: 83, Need: View},
			{Audience: web.StorefrontPages, Label: "customers.cookies", Path: cookiesPath, Order: 90, Mandatory: true},
		},
		Cookies: []web.CookieUse{
			{Name: "orion_storefront", Purpose: web.Necessary, Label: "customers.cookie_session_text", Days: int(m.sessionAge().Hours() / 24)},
			{Name: "lang", Purpose: web.Necessary, Label: "customers.cookie_lang", Days: 365},
			{Name: "theme", Purpose: web.Necessary, Label: "customers.cookie_theme", Days: 365},
			{Name: "orion_flash", Purpose: web.Necessary, Label: "customers.cookie_flash"},
			{Name: "orion_consent", Purpose: web.Necessary, Label: "customers.cookie_consent", Days: 180},
		},
		Fills: m.fills(),
		Jobs:  []job.Job{job.Sweep("customers.forget_decisions", 24*time.Hour, oldDecisionsStmt, m.forgetDecisions)},
	}
}

// sessionAge is how long a customer stays signed in.
func (m *Module) sessionAge() time.Duration {
	if m.need.Kit.Sessions == nil {
		return 0
	}
	return m.need.Kit.Sessions.Age()
}
