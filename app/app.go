// Package app is the program: it knows every module, opens what they need, and
// serves them. Nothing below it knows it.
package app

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"orion/app/demo"
	"orion/kit/auth"
	"orion/kit/blob"
	"orion/kit/clock"
	"orion/kit/config"
	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/event"
	"orion/kit/i18n"
	"orion/kit/job"
	"orion/kit/mail"
	"orion/kit/module"
	"orion/kit/observe"
	"orion/kit/observe/trace"
	"orion/kit/picture"
	"orion/kit/seal"
	"orion/kit/slot"
	"orion/kit/tenant"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/devtools"
	"orion/modules/monitoring"
	"orion/modules/payments"
	"orion/modules/tenancy"
)

// Version is the program's version; releases set it while building.
var Version = "0.1.0-dev"

//go:embed locales
var locales embed.FS

// App is the program with everything open. Tests make one on a port of their
// own, several in one process if they like.
type App struct {
	config   config.Config
	log      *slog.Logger
	clock    clock.Clock
	gate     *tenant.Gate
	db       *db.DB
	kit      module.Kit
	modules  *modules
	registry *module.Registry
	life     *module.Lifecycle
	site     *web.Site
	runner   *job.Runner
	post     *mail.Post
	health   *observe.Health
	metrics  *observe.Metrics
	tail     *monitoring.Tail
	tracer   *trace.Tracer // nil follows nothing
	looking  sync.Mutex    // for the next
	waiting  backlog
	folder   *blob.Dir
	blobs    blob.Store
	stop     context.CancelFunc
}

// Options are what a test may bring besides the settings.
type Options struct {
	Clock clock.Clock                // nil is the machine's
	Log   *slog.Logger               // nil logs as the settings say
	Mail  mail.Outbox                // nil sends
	Plans module.Plans               // nil grants everything
	Reach func(netip.AddrPort) error // where files are fetched from; nil is the public internet
	// Patience is how long gateways are waited for; the zero value is the program's.
	Patience payments.Patience
}

// Open brings the database up to date, opens it and puts the modules together.
// Nothing is served and no job runs before Start.
func Open(ctx context.Context, conf config.Config, o Options) (_ *App, err error) {
	if err := conf.Prepare(); err != nil {
		return nil, err
	}
	a := &App{config: conf, log: o.Log, clock: o.Clock, gate: tenant.NewGate(), health: &observe.Health{}, metrics: observe.NewMetrics(Version), tail: monitoring.NewTail()}
	if a.clock == nil {
		a.clock = programClock()
	}
	if a.log == nil {
		a.log = slog.Default()
	}
	a.log = withTail(a.log, a.tail, conf.LogLevel)
	if conf.Traces != "" {
		a.tracer = trace.New(trace.Options{Endpoint: conf.Traces, Version: Version, Share: float64(conf.TraceShare) / 100})
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close(context.WithoutCancel(ctx)))
		}
	}()
	if err := Plan(conf.DatabaseURL, a.log).Up(ctx); err != nil {
		return nil, err
	}
	if a.db, err = db.Open(ctx, db.Options{DSN: conf.DatabaseURL, Clock: a.clock, Log: a.log, MaxConns: conf.Connections, Watch: a.watchDB()}); err != nil {
		return nil, err
	}
	files, err := openStorage(ctx, conf)
	if err != nil {
		return nil, err
	}
	a.folder, a.blobs = files.folder, demo.WithPictures(files.both())
	if err := a.assemble(ctx, o); err != nil {
		return nil, err
	}
	return a, nil
}

// assemble makes the framework's parts and the modules, and mounts them.
func (a *App) assemble(ctx context.Context, o Options) error {
	bundle, err := words()
	if err != nil {
		return err
	}
	queue, err := job.NewQueue(a.db, a.log)
	if err != nil {
		return err
	}
	box, err := seal.New(a.config.Keys()...)
	if err != nil {
		return fmt.Errorf("open the secrets of settings: %w", err)
	}
	system := a.gate.System()
	a.modules = &modules{tail: a.tail, scope: a.gate.Platform, mint: a.scope, reach: o.Reach, patience: o.Patience}
	a.kit = module.Kit{
		DB: a.db, Jobs: queue, Events: event.NewBus(a.db, queue, a.modules.enabled), Slots: slot.NewHub(a.log), Bundle: bundle,
		Clock: a.clock, Log: a.log, Sign: auth.NewSigner([]byte(a.config.Secret), a.clock),
		Sessions: auth.NewSessions(a.db, system, a.config.Session), Tokens: auth.NewTokens(a.db, system),
		Blobs: a.blobs, Pictures: picture.NewStudio(a.blobs), Config: a.config, Settings: a.modules,
		Seal: box, Moments: module.NewBus(a.log), Features: module.NewFeatures(o.Plans),
	}
	a.post = mail.New(mail.Needs{DB: a.db, Jobs: queue, Config: a.config, Log: a.log})
	if a.kit.Mail = o.Mail; o.Mail == nil {
		a.kit.Mail = a.post
	}
	a.modules.build(a.kit, system)
	if a.registry, err = module.NewRegistry(a.modules.definitions()...); err != nil {
		return fmt.Errorf("put the modules together: %w", err)
	}
	a.modules.registry = a.registry
	a.modules.board = module.NewBoard(a.registry, a.modules.tenancy, a.kit.Moments, a.log)
	jobs := append(append(a.post.Jobs(), a.kit.Events.Jobs()...), a.housekeeping())
	for _, d := range a.registry.All() {
		jobs = append(jobs, d.Jobs...)
		a.kit.Events.Subscribe(d.Events...)
		a.kit.Slots.Add(d.Fills...)
	}
	if a.runner, err = job.NewRunner(job.Options{
		DB: a.db, Gate: a.gate, Jobs: jobs, Enabled: a.modules.enabled, Resolve: a.resolveStore, Log: a.log, Workers: a.config.Workers,
		Observe: a.sawJob, Trace: a.tracer,
	}); err != nil {
		return err
	}
	a.life = module.NewLifecycle(a.registry, a.kit.Moments)
	if err := a.life.Start(ctx); err != nil {
		return err
	}
	a.kit.Events.Observe(a.watchEvents())
	a.addHealth()
	a.addReadings()
	a.mount()
	a.modules.watched = func() watched { return watched{jobs, a.storeNow, a.health, a.metrics} }
	a.modules.program = func() tenancy.Program {
		return tenancy.Program{Registry: a.registry, Board: a.modules.board, Health: a.health, Routes: a.site.Catalogue}
	}
	a.modules.tools = func() devtools.Program {
		return devtools.Program{Registry: a.registry, Routes: a.site.Catalogue, Jobs: jobs, Lines: allLines()}
	}
	return nil
}

// housekeeping removes what nobody needs any more.
func (a *App) housekeeping() job.Job {
	return job.Periodic("app.tidy", time.Hour, func(ctx context.Context, _ job.Run) error { return a.kit.Sessions.Sweep(ctx) })
}

func (a *App) addHealth() {
	a.health.Add(observe.Check{Name: "database", Run: func(ctx context.Context) observe.Result {
		if err := a.db.Ping(ctx); err != nil {
			return observe.Result{Status: observe.Unhealthy, Detail: "the database does not answer"}
		}
		return observe.OK()
	}})
	a.health.Add(observe.Check{Name: "modules", Run: func(context.Context) observe.Result {
		var doubts []string
		for _, p := range a.modules.tenancy.Platforms() {
			for _, d := range a.registry.Doubts(a.modules.tenancy.EnabledModules(p.ID)) {
				doubts = append(doubts, "platform "+p.Code+": "+d)
			}
		}
		if len(doubts) > 0 {
			return observe.Result{Status: observe.Degraded, Detail: strings.Join(doubts, "; ")}
		}
		return observe.OK()
	}})
	for _, d := range a.registry.All() {
		if d.Health != nil {
			a.health.Add(observe.Check{Name: d.Code, Run: d.Health})
		}
	}
}

// Start runs jobs and keeps directory and settings fresh until Close.
func (a *App) Start(ctx context.Context) error {
	ctx, a.stop = context.WithCancel(context.WithoutCancel(ctx))
	go a.modules.tenancy.Watch(ctx)
	go a.modules.core.Watch(ctx)
	go a.modules.devtools.Watch(ctx)
	go a.modules.monitoring.Watch(ctx)
	go a.watchHealth(ctx)
	a.post.Start(ctx)
	return a.runner.Start(ctx)
}

// Handler answers all requests.
func (a *App) Handler() http.Handler { return a.handler() }

// Close stops jobs and closes what Open opened.
func (a *App) Close(ctx context.Context) error {
	var errs []error
	if a.stop != nil {
		errs = append(errs, a.runner.Stop(ctx))
		a.post.Stop(ctx)
		a.stop()
	}
	if a.life != nil {
		errs = append(errs, a.life.Stop(ctx))
	}
	if err := a.tracer.Close(ctx); err != nil { // what nobody collects is no reason to fail
		a.log.WarnContext(ctx, "the last traces were not sent", "error", err.Error())
	}
	if a.folder != nil {
		errs = append(errs, a.folder.Close())
	}
	if a.db != nil {
		errs = append(errs, a.db.Close())
	}
	return errors.Join(errs...)
}

// resolveStore finds the scope of a store that a job works for.
func (a *App) resolveStore(_ context.Context, id tenant.StoreID) (tenant.Store, bool) {
	shop := a.modules.tenancy.FirstShop(id)
	if shop == nil {
		return tenant.Store{}, false
	}
	return a.scope(shop), true
}

func (a *App) storeNow(id tenant.StoreID) (tenant.Store, bool) {
	return a.resolveStore(context.Background(), id)
}

func (a *App) scope(s *web.Shop) tenant.Store { return a.gate.Store(s.ID, s.Merchant, s.Platform) }

// words are those of kit, the components, the program and all modules.
func words() (*i18n.Bundle, error) {
	lines := []fs.FS{ui.Files, locales}
	for _, l := range moduleLines() {
		lines = append(lines, l.Files)
	}
	return i18n.Load(lines...)
}

// Plan is the whole schema of the program.
func Plan(dsn string, log *slog.Logger) migrate.Plan {
	return migrate.Plan{
		DSN: dsn, Log: log, Steps: []migrate.Step{job.Migrate},
		Lines: allLines(),
	}
}

// allLines are the folders of kit and of all modules.
func allLines() []migrate.Line {
	return append([]migrate.Line{
		{Module: "auth", Files: auth.Files},
		{Module: "event", Files: event.Files},
		{Module: "mail", Files: mail.Files},
	}, moduleLines()...)
}
