// Package monitoring has the pages on which the operator sees how the program
// works: its jobs and failed events, its log, its health, how much there is of
// everything, and what takes time. README.md has the meanings and invariants.
package monitoring

import (
	"context"
	"embed"
	"io/fs"
	"sync/atomic"

	"orion/kit/auth"
	"orion/kit/config"
	"orion/kit/db"
	"orion/kit/event"
	"orion/kit/job"
	"orion/kit/module"
	"orion/kit/observe"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/core/coreapi"
	"orion/modules/monitoring/monitoringapi"
	"orion/modules/tenancy/tenancyapi"
)

// The module's permissions. Whoever is limited to some platforms sees and does
// with them what concerns these only.
var (
	MayViewJobs = auth.Permit("monitoring.view_jobs").Only(auth.OfOperator)
	MayRunJobs  = auth.Permit("monitoring.run_jobs").Only(auth.OfOperator)
	// MayViewSystem is for what concerns all platforms at once.
	MayViewSystem = auth.Permit("monitoring.view_system").Only(auth.Everywhere)
)

//go:embed sql migrations locales
var files embed.FS

// Files are the module's statements, migrations and words.
var Files fs.FS = files

// Place is a platform as pages name it.
type Place struct {
	Platform tenant.PlatformID
	Code     string
	Name     string
}

// Needs is what the module is given. The functions answer from memory, and are
// called when requests come, after everything was put together.
type Needs struct {
	Kit    module.Kit
	System tenant.System
	Ledger tenancyapi.Ledger
	// Platforms are all platforms.
	Platforms func() []Place
	// Store finds a store: its scope, and its name.
	Store func(s tenant.StoreID) (tenant.Store, string, bool)
	// Reach are the stores of some platforms.
	Reach func(p []tenant.PlatformID) []tenant.StoreID
	// Jobs are all that the program knows.
	Jobs func() []job.Job
	// Measure tells how much there is, but for the database.
	Measure func(ctx context.Context, in tenant.System) ([]Reading, error)
	// Timed tells what took time: Routes, Statements or Work.
	Timed func(what string) ([]Timed, error)
	// Health is what was found when somebody looked last.
	Health func() observe.Report
	// Tools are pages beside this program.
	Tools []config.Tool
	// Tail takes the lines of the log; nil keeps none.
	Tail *Tail
}

// Module is the use cases of monitoring.
type Module struct {
	need     Needs
	db       *db.DB
	queue    *job.Queue
	events   *event.Bus
	settings *module.Settings[Config]
	told     atomic.Int64 // how many dropped lines the log tells of already
}

// New makes the module.
func New(n Needs) *Module {
	return &Module{
		need: n, db: n.Kit.DB, queue: n.Kit.Jobs, events: n.Kit.Events,
		settings: module.NewSettings(monitoringapi.Code, n.Kit.Settings, defaults, Config.validate),
	}
}

// Definition describes the module to the program.
func (m *Module) Definition() module.Definition {
	return module.Definition{
		Code: monitoringapi.Code, Name: "Monitoring", Version: "1.0.0", Tier: module.Internal,
		Description: "How the program works, for the operator: jobs, failed events, log, health, capacity, speed.",
		Requires:    []string{tenancyapi.Code, coreapi.Code},
		Permissions: []auth.Permission{MayViewJobs, MayRunJobs, MayViewSystem},
		Config:      m.settings.Config(),
		Files:       Files,
		Routes:      web.Routes{Admin: m.adminRoutes},
		Menu: []module.MenuItem{
			{Audience: web.AdminPages, Section: "monitoring.menu", Label: "monitoring.jobs", Icon: "list-ordered", Path: "/jobs", Order: 50, Need: MayViewJobs},
			{Audience: web.AdminPages, Section: "monitoring.menu", Label: "monitoring.events", Icon: "radio-tower", Path: "/events", Order: 51, Need: MayViewJobs},
			{Audience: web.AdminPages, Section: "monitoring.menu", Label: "monitoring.logs", Icon: "terminal", Path: "/logs", Order: 52, Need: MayViewSystem},
			{Audience: web.AdminPages, Section: "monitoring.menu", Label: "monitoring.health", Icon: "activity", Path: "/health", Order: 53, Need: MayViewSystem},
			{Audience: web.AdminPages, Section: "monitoring.menu", Label: "monitoring.capacity", Icon: "database", Path: "/capacity", Order: 54, Need: MayViewSystem},
			{Audience: web.AdminPages, Section: "monitoring.menu", Label: "monitoring.speed", Icon: "zap", Path: "/speed", Order: 55, Need: MayViewSystem},
		},
		Jobs:   []job.Job{m.countJob(), m.forgetJob()},
		Health: m.health,
		Hooks:  module.Hooks{OnShutdown: m.rest},
		Fills:  []slot.Filling{coreapi.AdminTasks.Fill(monitoringapi.Code, 1, m.tasks)},
	}
}
