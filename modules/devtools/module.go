// Package devtools shows the operator what the program is made of: its components,
// what its modules define, and what it sends. README.md has the meanings.
package devtools

import (
	"context"
	"embed"
	"io/fs"
	"sync"

	"orion/kit/auth"
	"orion/kit/db/migrate"
	"orion/kit/job"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/tenancy/tenancyapi"
)

// Code is the module's code.
const Code = "dev-tools"

// The module's permissions: the first opens the pages that show no data of
// anybody, the second those that show everybody's, the third changes what the
// program says to everybody.
var (
	MayView   = auth.Permit("dev_tools.view").Only(auth.OfOperator)
	MayAsk    = auth.Permit("dev_tools.ask").Only(auth.Everywhere)
	MayReword = auth.Permit("dev_tools.reword").Only(auth.Everywhere)
)

//go:embed sql migrations locales
var files embed.FS

// Files are the module's statements, migrations and words.
var Files fs.FS = files

// Needs is what the module is given.
type Needs struct {
	Kit    module.Kit
	System tenant.System // for what is done without a request
	Audit  tenancyapi.Ledger
	// Program is what the pages show. It is called when requests come, after all
	// modules are known.
	Program func() Program
}

// Program is what the program tells of itself.
type Program struct {
	Registry *module.Registry
	Routes   func() []web.Route
	Jobs     []job.Job
	Lines    []migrate.Line // the folders of kit and of all modules
}

// Module is the developer tools.
type Module struct {
	need   Needs
	asking sync.Mutex // of the database, by hand
	seen   requests   // where the settings say so

	wording sync.Mutex
	worded  wordsVersion // what this node says
}

// New makes the module.
func New(n Needs) *Module { return &Module{need: n} }

// Definition describes the module to the program.
func (m *Module) Definition() module.Definition {
	d := module.Definition{
		Code: "dev-tools", Name: "Developer tools", Version: "1.0.0", Tier: module.Internal,
		Description: "The component library, what the modules define and what the program sends, for those who build it.",
		Permissions: []auth.Permission{MayView, MayAsk, MayReword},
		Files:       Files,
		Routes:      web.Routes{Admin: m.adminRoutes},
		Hooks:       module.Hooks{OnStartup: func(ctx context.Context) error { return m.RefreshWords(ctx, m.need.System) }},
		Menu: []module.MenuItem{
			{Audience: web.AdminPages, Section: "dev_tools.menu", Label: "dev_tools.components", Icon: "palette", Path: "/dev-tools/components", Order: 80, Need: MayView},
			{Audience: web.AdminPages, Section: "dev_tools.menu", Label: "dev_tools.catalogue", Icon: "code", Path: routesPath, Order: 81, Need: MayView},
			{Audience: web.AdminPages, Section: "dev_tools.menu", Label: "dev_tools.mails", Icon: "mail", Path: mailsPath, Order: 82, Need: MayView},
			{Audience: web.AdminPages, Section: "dev_tools.menu", Label: "dev_tools.words", Icon: "languages", Path: wordsPath, Order: 83, Need: MayView},
			{Audience: web.AdminPages, Section: "dev_tools.menu", Label: "dev_tools.console", Icon: "terminal", Path: consolePath, Order: 84, Need: MayAsk},
		},
	}
	if m.need.Kit.Config.Inspect {
		d.Menu = append(d.Menu, module.MenuItem{
			Audience: web.AdminPages, Section: "dev_tools.menu", Label: "dev_tools.requests", Icon: "activity", Path: requestsPath, Order: 85, Need: MayAsk,
		})
	}
	return d
}

func (m *Module) adminRoutes(mux *web.Mux[web.Admin]) {
	m.libraryRoutes(mux)
	m.catalogueRoutes(mux)
	m.mailRoutes(mux)
	m.wordRoutes(mux)
	m.consoleRoutes(mux)
	if m.need.Kit.Config.Inspect {
		m.inspectRoutes(mux)
	}
}
