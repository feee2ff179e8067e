package job

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"orion/kit/db"
	"orion/kit/tenant"
)

// Options are what a runner needs.
type Options struct {
	DB   *db.DB
	Gate *tenant.Gate
	Jobs []Job
	// Enabled tells whether a module is on for a platform; nil is always.
	Enabled func(p tenant.PlatformID, module string) bool
	// Resolve finds the scope of a store that a sweep named.
	Resolve func(ctx context.Context, s tenant.StoreID) (tenant.Store, bool)
	Log     *slog.Logger
	Workers int           // jobs at once; 0 is 4
	Poll    time.Duration // how often to look for work; 0 is half a second
}

// Runner works jobs off.
type Runner struct {
	o      Options
	client *river.Client[*sql.Tx]
	jobs   map[string]Job

	mu      sync.Mutex
	running map[int64]int // by store
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
	r := &Runner{o: o, jobs: map[string]Job{}, running: map[int64]int{}}
	for _, j := range o.Jobs {
		if _, twice := r.jobs[j.kind]; twice {
			return nil, fmt.Errorf("job %s is defined twice", j.kind)
		}
		r.jobs[j.kind] = j
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &worker{runner: r})
	client, err := river.NewClient(driver(o.DB.Pool(), o.DB.Dialect()), &river.Config{
		Logger: quiet(o.Log), Workers: workers, PeriodicJobs: r.periodic(), PollOnly: true,
		Queues:            map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: o.Workers}},
		FetchPollInterval: o.Poll, FetchCooldown: min(o.Poll, 100*time.Millisecond),
		JobTimeout: -1, RetryPolicy: retry{}, RescueStuckJobsAfter: 10 * time.Minute,
		CompletedJobRetentionPeriod: time.Hour, ErrorHandler: failures{o.Log},
	})
	if err != nil {
		return nil, fmt.Errorf("make the job runner: %w", err)
	}
	r.client = client
	return r, nil
}

func (r *Runner) periodic() []*river.PeriodicJob {
	var out []*river.PeriodicJob
	for _, j := range r.o.Jobs {
		if j.every <= 0 {
			continue
		}
		out = append(out, river.NewPeriodicJob(river.PeriodicInterval(j.every), func() (river.JobArgs, *river.InsertOpts) {
			return envelope{Name: j.kind}, &river.InsertOpts{
				MaxAttempts: 1, Tags: []string{tag(j.kind)}, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
					rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning, rivertype.JobStateScheduled, rivertype.JobStateRetryable,
				}},
			}
		}, &river.PeriodicJobOpts{RunOnStart: j.every <= time.Minute}))
	}
	return out
}

// Start begins to work and returns at once.
func (r *Runner) Start(ctx context.Context) error {
	if err := r.client.Start(ctx); err != nil {
		return fmt.Errorf("start the job runner: %w", err)
	}
	return nil
}

// Stop lets running jobs end and takes no new ones. When ctx ends first, the
// running ones are cancelled; they are tried again at the next start.
func (r *Runner) Stop(ctx context.Context) error {
	err := r.client.Stop(ctx)
	if err == nil {
		return nil
	}
	hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := r.client.StopAndCancel(hard); err != nil {
		return fmt.Errorf("stop the job runner: %w", err)
	}
	return nil
}

type worker struct {
	river.WorkerDefaults[envelope]
	runner *Runner
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
	if e.Store != 0 {
		if !r.on(tenant.PlatformID(e.Platform), job.Module()) {
			return river.JobSnooze(5 * time.Minute)
		}
		if !r.enter(e.Store) {
			return river.JobSnooze(time.Duration(200+rand.IntN(800)) * time.Millisecond)
		}
		defer r.leave(e.Store)
	}
	ctx, cancel := context.WithTimeout(ctx, job.timeout)
	defer cancel()
	return r.run(ctx, job, e, j.Attempt)
}

func (r *Runner) on(p tenant.PlatformID, module string) bool {
	return r.o.Enabled == nil || r.o.Enabled(p, module)
}

// enter lets one store have at most half of the workers.
func (r *Runner) enter(store int64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.running[store] >= max(1, r.o.Workers/2) {
		return false
	}
	r.running[store]++
	return true
}

func (r *Runner) leave(store int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.running[store]--; r.running[store] <= 0 {
		delete(r.running, store)
	}
}

func (r *Runner) run(ctx context.Context, j Job, e envelope, attempt int) error {
	if j.due != nil {
		return r.sweep(ctx, j)
	}
	run := Run{Attempt: attempt}
	if e.Store != 0 {
		run.Store = r.o.Gate.Store(tenant.StoreID(e.Store), tenant.MerchantID(e.Merchant), tenant.PlatformID(e.Platform))
	} else {
		run.System = r.o.Gate.System()
	}
	return j.work(ctx, run, []byte(e.Args))
}

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
	var failed []error
	for _, s := range stores {
		if ctx.Err() != nil {
			return errors.Join(append(failed, ctx.Err())...)
		}
		in, ok := r.o.Resolve(ctx, s)
		if !ok || !r.on(in.Platform(), j.Module()) {
			continue
		}
		if err := j.each(ctx, in); err != nil {
			failed = append(failed, fmt.Errorf("store %s: %w", s, err))
		}
	}
	return errors.Join(failed...)
}

// retry waits 1, 4, 16 … seconds, at most six hours.
type retry struct{}

// NextRetry implements river.ClientRetryPolicy.
func (retry) NextRetry(j *rivertype.JobRow) time.Time {
	wait := min(time.Second<<(2*min(len(j.Errors), 10)), 6*time.Hour)
	return time.Now().Add(wait + rand.N(wait/4+1))
}

// failures writes down what went wrong.
type failures struct{ log *slog.Logger }

// HandleError implements river.ErrorHandler.
func (f failures) HandleError(ctx context.Context, j *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	f.log.WarnContext(ctx, "job failed", "job", j.ID, "tags", j.Tags, "attempt", j.Attempt, "error", err.Error())
	return nil
}

// HandlePanic implements river.ErrorHandler.
func (f failures) HandlePanic(ctx context.Context, j *rivertype.JobRow, p any, trace string) *river.ErrorHandlerResult {
	f.log.ErrorContext(ctx, "job panicked", "job", j.ID, "tags", j.Tags, "attempt", j.Attempt, "panic", fmt.Sprint(p), "stack", trace)
	return nil
}
