package app

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"orion/kit/db"
	"orion/kit/event"
	"orion/kit/fault"
	"orion/kit/job"
	"orion/kit/observe"
	"orion/kit/observe/trace"
	"orion/kit/web"
)

// lookEvery is how often the health of everything is looked after.
const lookEvery = 30 * time.Second

// watchDB is what the database tells the metrics and the traces.
func (a *App) watchDB() db.Watch {
	return db.Watch{Transaction: func(ctx context.Context, kind string, took time.Duration, err error) {
		outcome := outcomeOf(err)
		a.metrics.Transaction(kind, outcome, took)
		if outcome != "failed" {
			err = nil
		}
		trace.Did(ctx, "transaction", kind, took, err)
	}}
}

// outcomeOf tells a rule that said no from something that broke.
func outcomeOf(err error) string {
	switch {
	case err == nil:
		return "done"
	case fault.As(err).Kind == fault.Internal:
		return "failed"
	}
	return "refused"
}

// watchEvents is what the bus tells the metrics.
func (a *App) watchEvents() event.Watch {
	return event.Watch{Published: a.metrics.Published, Delivered: a.metrics.Delivered}
}

// sawRequest is what the site tells the metrics and the traces.
func (a *App) sawRequest(ctx context.Context, s web.Seen) {
	if span := trace.Of(ctx); span != nil {
		span.Name(s.Method + " " + s.Route)
		span.Set("module", s.Module)
		span.Set("platform", s.Platform)
		span.Set("audience", string(s.Audience))
		span.Set("http.response.status_code", strconv.Itoa(s.Status))
		if s.Status >= http.StatusInternalServerError {
			span.Fail()
		}
	}
	a.metrics.Request(observe.Request{
		Platform: s.Platform, Audience: string(s.Audience), Module: s.Module, Method: s.Method, Route: s.Route, Status: s.Status, Took: s.Took,
	})
}

// sawJob is what the runner tells the metrics.
func (a *App) sawJob(j job.Job, took time.Duration, err error) {
	outcome := "failed"
	if err == nil {
		outcome = "done"
	} else if job.IsLater(err) {
		outcome = "later"
	}
	a.metrics.Job(j.Module(), j.Kind(), outcome, took)
}

// watchHealth looks after everything until ctx ends and logs what changes.
func (a *App) watchHealth(ctx context.Context) {
	a.health.Watch(ctx, lookEvery, func(before observe.Status, o observe.Outcome) {
		say := a.log.WarnContext
		if o.Status == observe.Healthy {
			say = a.log.InfoContext
		}
		say(ctx, "health changed", "check", o.Name, "before", string(before), "now", string(o.Status), "detail", o.Detail)
	})
}

// addReadings shows what is read when somebody looks.
func (a *App) addReadings() {
	a.metrics.Add(a.poolReadings()...)
	a.metrics.Add(statementReadings()...)
	a.metrics.Add(a.queueReadings()...)
	a.metrics.Add(
		observe.Reading{Name: "health", Help: "What the last look at a check found: 0 healthy, 1 degraded, 2 unhealthy.", Labels: []string{"check"}, Read: func(give func(float64, ...string)) {
			for _, o := range a.health.Latest().Checks {
				give(illness(o.Status), o.Name)
			}
		}},
		observe.Reading{Name: "log_lines_dropped_total", Help: "Lines of the log that were not kept for the page of logs.", Counter: true, Read: func(give func(float64, ...string)) {
			give(float64(a.tail.Dropped()))
		}},
		observe.Reading{Name: "module_enabled", Help: "Whether a module is on for a platform.", Labels: []string{"module", "tier", "platform"}, Read: func(give func(float64, ...string)) {
			for _, p := range a.modules.tenancy.Platforms() {
				for _, d := range a.registry.All() {
					give(b2f(a.modules.enabled(p.ID, d.Code)), d.Code, d.Tier.String(), p.Code)
				}
			}
		}},
		observe.Reading{Name: "stores", Help: "Stores of a platform.", Labels: []string{"platform"}, Read: func(give func(float64, ...string)) {
			n := map[string]int{}
			for _, p := range a.modules.tenancy.Platforms() {
				n[p.Code] = 0
			}
			for _, s := range a.modules.tenancy.Shops() {
				n[s.PlatformCode]++
			}
			for code, many := range n {
				give(float64(many), code)
			}
		}},
	)
}

func illness(s observe.Status) float64 {
	switch s {
	case observe.Healthy:
		return 0
	case observe.Degraded:
		return 1
	}
	return 2
}

func b2f(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func (a *App) poolReadings() []observe.Reading {
	of := func(name, help string, counter bool, read func(db.Pool) float64) observe.Reading {
		return observe.Reading{Name: name, Help: help, Labels: []string{"pool"}, Counter: counter, Read: func(give func(float64, ...string)) {
			for _, p := range a.db.Pools() {
				give(read(p), p.Name)
			}
		}}
	}
	return []observe.Reading{
		of("db_connections", "Open connections to the database.", false, func(p db.Pool) float64 { return float64(p.OpenConnections) }),
		of("db_connections_busy", "Connections that are in use.", false, func(p db.Pool) float64 { return float64(p.InUse) }),
		of("db_connections_most", "Connections that there may be; 0 is any number.", false, func(p db.Pool) float64 { return float64(p.MaxOpenConnections) }),
		of("db_waits_total", "How often somebody waited for a connection.", true, func(p db.Pool) float64 { return float64(p.WaitCount) }),
		of("db_wait_seconds_total", "How long they waited together.", true, func(p db.Pool) float64 { return p.WaitDuration.Seconds() }),
	}
}

func statementReadings() []observe.Reading {
	of := func(name, help string, read func(db.Ran) float64) observe.Reading {
		return observe.Reading{Name: name, Help: help, Labels: []string{"module", "statement"}, Counter: true, Read: func(give func(float64, ...string)) {
			for _, s := range db.Statements() {
				give(read(s), s.Module, s.Name)
			}
		}}
	}
	return []observe.Reading{
		of("db_statements_total", "How often a statement ran.", func(s db.Ran) float64 { return float64(s.Calls) }),
		of("db_statement_failures_total", "How often a statement failed.", func(s db.Ran) float64 { return float64(s.Failed) }),
		of("db_statement_seconds_total", "How long a statement ran, all its calls together.", func(s db.Ran) float64 { return s.Took.Seconds() }),
	}
}

// backlog is what waits in the database. It is asked at most every ten seconds,
// however many scrapers look, and keeps the last answer when there is none.
type backlog struct {
	at     time.Time
	jobs   job.Depth
	failed int
	events event.Undelivered
}

const (
	backlogAge  = 10 * time.Second
	backlogTime = 3 * time.Second
)

func (a *App) backlog() backlog {
	a.looking.Lock()
	defer a.looking.Unlock()
	b := &a.waiting
	if time.Since(b.at) < backlogAge {
		return *b
	}
	ctx, cancel := context.WithTimeout(context.Background(), backlogTime)
	defer cancel()
	if d, err := a.kit.Jobs.Depth(ctx); err == nil {
		b.jobs = d
	}
	if n, err := a.kit.Jobs.Failed(ctx, nil); err == nil {
		b.failed = n
	}
	if u, err := a.kit.Events.Undelivered(ctx, a.gate.System()); err == nil {
		b.events = u
	}
	b.at = time.Now()
	return *b
}

func (a *App) queueReadings() []observe.Reading {
	one := func(name, help string, read func(backlog) float64) observe.Reading {
		return observe.Reading{Name: name, Help: help, Read: func(give func(float64, ...string)) { give(read(a.backlog())) }}
	}
	return []observe.Reading{
		{Name: "jobs", Help: "Jobs that are not over.", Labels: []string{"state"}, Read: func(give func(float64, ...string)) {
			for state, n := range a.backlog().jobs.States {
				give(float64(n), state)
			}
		}},
		one("jobs_oldest_due_seconds", "How long the first job has been due that nobody took.", func(b backlog) float64 { return b.jobs.Oldest.Seconds() }),
		one("jobs_given_up", "Jobs that gave up in the last seven days.", func(b backlog) float64 { return float64(b.failed) }),
		one("events_waiting", "Deliveries of events that are under way.", func(b backlog) float64 { return float64(b.events.Waiting) }),
		one("events_dead", "Deliveries of events that were put aside.", func(b backlog) float64 { return float64(b.events.Dead) }),
	}
}
