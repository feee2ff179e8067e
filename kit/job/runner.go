package job

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"orion/kit/db"
	"orion/kit/observe"
	"orion/kit/observe/trace"
	"orion/kit/tenant"
)

// Options are what a runner needs.
type Options struct {
	DB   *db.DB
	Gate *tenant.Gate
	Jobs []Job
	// Enabled tells whether a module is on for a platform; nil is always.
	Enabled func(p tenant.PlatformID, module string) bool
	// Resolve finds the scope of a store that a sweep named; a program with
	// sweeps has to say how.
	Resolve func(ctx context.Context, s tenant.StoreID) (tenant.Store, bool)
	// Observe is told of each attempt: the job, how long it took, and what came of it;
	// nil tells nobody. IsLater tells what only waits from what failed.
	Observe func(j Job, took time.Duration, err error)
	Trace   *trace.Tracer // follows each attempt; nil follows none
	Log     *slog.Logger
	Workers int           // jobs at once; 0 is 4
	Poll    time.Duration // how often to look for work; 0 is half a second
}

// Runner works jobs off.
type Runner struct {
	o      Options
	client *river.Client[*sql.Tx]
	jobs   map[string]Job
	name   string // under which it works
}

// NewRunner makes a runner; it works from Start on.
func NewRunner(o Options) (*Runner, error) {
	if o.Workers == 0 {
		o.Workers = 4
	}
	if o.Poll == 0 {
		o.Poll = 500 * time.Millisecond
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	r := &Runner{o: o, jobs: map[string]Job{}, name: nameOf(o.DB.Node(), boot)}
	for _, j := range o.Jobs {
		if _, twice := r.jobs[j.kind]; twice {
			return nil, fmt.Errorf("job %s is defined twice", j.kind)
		}
		if j.due != nil && o.Resolve == nil {
			return nil, fmt.Errorf("job %s is a sweep, and nobody resolves stores", j.kind)
		}
		r.jobs[j.kind] = j
	}
	var err error
	if r.client, err = r.newClient(&worker{runner: r, places: newPlaces(o.Workers)}, r.periodic()); err != nil {
		return nil, err
	}
	return r, nil
}

const (
	cooldown = 20 * time.Millisecond // between two looks for work while there is some
	stuck    = 10 * time.Minute      // after which a job is given to another worker, unless it may take longer; see adopt
)

// newClient makes a client of River that works. Without periodic jobs it also
// leaves River's own housekeeping to others.
func (r *Runner) newClient(w *worker, periodic []*river.PeriodicJob) (*river.Client[*sql.Tx], error) {
	workers := river.NewWorkers()
	river.AddWorker(workers, w)
	longest, most := stuck, r.o.Workers
	if w.places != nil {
		most *= ahead
	}
	for _, j := range r.jobs {
		longest = max(longest, 2*j.timeout)
	}
	client, err := river.NewClient(driver(r.o.DB.Pool(), r.o.DB.Dialect()), &river.Config{
		ID: r.name, Logger: quiet(r.o.Log), Workers: workers, PeriodicJobs: periodic, LeaderElectionDisabled: periodic == nil,
		PollOnly: true, FetchPollInterval: r.o.Poll, FetchCooldown: min(r.o.Poll, cooldown),
		Queues:     map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: most}},
		JobTimeout: -1, RetryPolicy: retry{}, RescueStuckJobsAfter: longest, ErrorHandler: failures{r.o.Log},
		ReindexerIndexNames:         slices.DeleteFunc(river.ReindexerIndexNamesDefault(), func(n string) bool { return slices.Contains(unused, n) }),
		CompletedJobRetentionPeriod: time.Hour, DiscardedJobRetentionPeriod: 3 * 24 * time.Hour,
	})
	if err != nil {
		return nil, fmt.Errorf("make the job runner: %w", err)
	}
	return client, nil
}

func (r *Runner) periodic() []*river.PeriodicJob {
	out := []*river.PeriodicJob{}
	for _, j := range r.o.Jobs {
		if j.every <= 0 {
			continue
		}
		out = append(out, river.NewPeriodicJob(river.PeriodicInterval(j.every), func() (river.JobArgs, *river.InsertOpts) {
			return envelope{Name: j.kind}, &river.InsertOpts{
				MaxAttempts: 1, Tags: []string{tag(j.kind)}, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: unfinished},
			}
		}, &river.PeriodicJobOpts{RunOnStart: true}))
	}
	return out
}

// Start begins to work and returns at once. Work goes on until Stop, also when
// ctx ends: running jobs are to end in order.
func (r *Runner) Start(ctx context.Context) error {
	if err := r.adopt(ctx); err != nil {
		return err
	}
	if err := r.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start the job runner: %w", err)
	}
	return nil
}

// Stop lets running jobs end and takes no new ones. When ctx ends first, the
// running ones are cancelled; they are tried again at the next start.
func (r *Runner) Stop(ctx context.Context) error { return stop(ctx, r.client) }

func stop(ctx context.Context, client *river.Client[*sql.Tx]) error {
	if client.Stop(ctx) == nil {
		return nil
	}
	hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := client.StopAndCancel(hard); err != nil {
		return fmt.Errorf("stop the job runner: %w", err)
	}
	return nil
}

type worker struct {
	river.WorkerDefaults[envelope]
	runner *Runner
	places *places // nil where every job that was taken runs at once
}

// Timeout implements river.Worker; each job has its own, see Work.
func (w *worker) Timeout(*river.Job[envelope]) time.Duration { return -1 }

// Work implements river.Worker.
func (w *worker) Work(ctx context.Context, j *river.Job[envelope]) error {
	r, e := w.runner, j.Args
	job, known := r.jobs[e.Name]
	if !known {
		return fmt.Errorf("this program knows no job %s", e.Name)
	}
	if e.Platform != 0 && !r.on(tenant.PlatformID(e.Platform), job.Module()) {
		return river.JobSnooze(whileOff)
	}
	if w.places != nil {
		if !w.places.enter(ctx, e.Store) {
			return river.JobSnooze(time.Duration(200+rand.IntN(800)) * time.Millisecond)
		}
		defer w.places.leave(e.Store)
	}
	ctx, cancel := context.WithTimeout(r.reporting(observe.About(ctx, e), j.ID), job.timeout)
	defer cancel()
	ctx, span := r.o.Trace.Enter(ctx, "job "+job.kind, e.Trace)
	span.Set("module", job.Module())
	began := time.Now()
	err := Guard(func() error { return r.run(ctx, job, e, j.Attempt) })
	span.End(failure(err))
	if r.o.Observe != nil {
		r.o.Observe(job, time.Since(began), err)
	}
	return keep(err)
}

// failure is an error that is one: what only waits is none.
func failure(err error) error {
	if IsLater(err) {
		return nil
	}
	return err
}

// whileOff is how long the jobs of a module that is switched off wait before
// they look again.
const whileOff = 5 * time.Minute

func (r *Runner) on(p tenant.PlatformID, module string) bool {
	return r.o.Enabled == nil || r.o.Enabled(p, module)
}

func (r *Runner) run(ctx context.Context, j Job, e envelope, attempt int) error {
	if j.due != nil {
		return r.sweep(ctx, j)
	}
	run, gate := Run{Attempt: attempt}, r.o.Gate
	switch {
	case e.Store != 0:
		run.Store = gate.Store(tenant.StoreID(e.Store), tenant.MerchantID(e.Merchant), tenant.PlatformID(e.Platform))
	case e.Merchant != 0:
		run.Merchant = gate.Merchant(tenant.MerchantID(e.Merchant), tenant.PlatformID(e.Platform))
	case e.Platform != 0:
		run.Platform = gate.Platform(tenant.PlatformID(e.Platform))
	default:
		run.System = gate.System()
	}
	return j.work(ctx, run, []byte(e.Args))
}

// sweep works on the stores that have something due, in a new order each time,
// so that those which take long hold up others only by chance.
func (r *Runner) sweep(ctx context.Context, j Job) error {
	stores, err := db.Read(ctx, r.o.DB, r.o.Gate.System(), func(tx *db.Tx[tenant.System]) ([]tenant.StoreID, error) {
		args := db.Args{}
		if j.due.Takes("now") {
			args["now"] = tx.Now()
		}
		return db.All(ctx, tx, j.due, args, func(row db.Row) (s tenant.StoreID, err error) { return s, row.Scan(&s) })
	})
	if err != nil {
		return err
	}
	rand.Shuffle(len(stores), func(i, k int) { stores[i], stores[k] = stores[k], stores[i] })
	var failed []error
	for i, s := range stores {
		if len(stores) > 1 { // of one there is nothing to tell
			Report(ctx, Progress{Done: int64(i), Total: int64(len(stores))})
		}
		if ctx.Err() != nil {
			return errors.Join(append(failed, ctx.Err())...)
		}
		in, ok := r.o.Resolve(ctx, s)
		if !ok || !r.on(in.Platform(), j.Module()) {
			continue
		}
		if err := Guard(func() error { return j.each(ctx, in) }); err != nil {
			failed = append(failed, fmt.Errorf("store %s: %w", s, err))
		}
	}
	return errors.Join(failed...)
}
