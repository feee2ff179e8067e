package job

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"orion/kit/db"
	"orion/kit/observe"
	"orion/kit/observe/trace"
	"orion/kit/tenant"
)

// envelope is what River stores: which job, whose, and its arguments. Numbers
// are written as text, arguments as text of JSON: on its way through River and
// PostgreSQL a JSON number of 64 bits loses its last digits, and with them its
// tenant.
type envelope struct {
	Name     string `json:"name" river:"unique"`
	Store    int64  `json:"store,string,omitempty"`
	Merchant int64  `json:"merchant,string,omitempty"`
	Platform int64  `json:"platform,string,omitempty"`
	Key      string `json:"key,omitempty" river:"unique"` // with the scope in front
	Due      int64  `json:"due,string,omitempty"`         // microseconds of our clock, which may be ahead of River's
	Args     string `json:"args,omitempty"`
	Trace    string `json:"trace,omitempty"` // traceparent of what caused it, where somebody traces
}

// Kind implements river.JobArgs.
func (envelope) Kind() string { return "orion_job" }

// LogAttrs implements observe.Subject: what the records of a job say about it.
func (e envelope) LogAttrs() []slog.Attr {
	attrs := []slog.Attr{slog.String("job", e.Name)}
	if e.Platform != 0 {
		attrs = append(attrs, slog.String("platform", tenant.PlatformID(e.Platform).String()))
	}
	if e.Store != 0 {
		attrs = append(attrs, slog.String("store", tenant.StoreID(e.Store).String()))
	}
	return attrs
}

// Queue takes jobs.
type Queue struct {
	client  *river.Client[*sql.Tx]
	db      *db.DB
	backlog backlog
}

func driver(pool *sql.DB, d db.Dialect) riverdriver.Driver[*sql.Tx] {
	if d == db.Postgres {
		return riverdatabasesql.New(pool)
	}
	return riversqlite.New(pool)
}

// NewQueue takes jobs into a database.
func NewQueue(d *db.DB, log *slog.Logger) (*Queue, error) {
	client, err := river.NewClient(driver(d.Pool(), d.Dialect()), &river.Config{Logger: quiet(log), SkipUnknownJobCheck: true})
	if err != nil {
		return nil, fmt.Errorf("open the job queue: %w", err)
	}
	return &Queue{client: client, db: d, backlog: backlog{stores: map[int64]*bucket{}}}, nil
}

// Migrate brings the runner's own tables up to date; it is a migrate.Step.
func Migrate(ctx context.Context, owner *sql.DB, d db.Dialect) error {
	m, err := rivermigrate.New(driver(owner, d), &rivermigrate.Config{Logger: quiet(nil)})
	if err != nil {
		return fmt.Errorf("migrate the job queue: %w", err)
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrate the job queue: %w", err)
	}
	if d != db.Postgres {
		return nil
	}
	for _, name := range unused {
		if _, err := owner.ExecContext(ctx, "DROP INDEX IF EXISTS "+name); err != nil {
			return fmt.Errorf("migrate the job queue: %w", err)
		}
	}
	return nil
}

// unused are the runner's indexes for searching by what is inside of a job.
// Nobody does that here, and each job would be written into them three times.
var unused = []string{"river_job_args_index", "river_job_metadata_index"}

// When says when and how a job is enqueued; the zero value is now.
type When struct {
	At  time.Time // not before
	Key string    // while a job with this kind, scope and key waits or runs, no second one is taken
}

// errRead is the mistake of enqueueing where nothing can be written.
var errRead = errors.New("a job can only be enqueued in a transaction that writes")

// Enqueue adds a job in the transaction: it runs only if the transaction
// commits, in the scope that the transaction has.
func Enqueue[A any, S tenant.Scope](ctx context.Context, q *Queue, tx *db.Tx[S], k Kind[A], a A, when ...When) error {
	b := tenant.Bind(tx.Scope())
	args, err := wrap(ctx, b, k, a)
	if err != nil {
		return err
	}
	opts := q.options(b, k.job)
	for _, w := range when {
		if wait := w.At.Sub(tx.Now()); !w.At.IsZero() && wait > 0 {
			// River goes by the machine's clock, which a test may have left behind.
			opts.ScheduledAt = time.Now().Add(wait)
			args.Due = w.At.UnixMicro()
		}
		if w.Key != "" {
			args.Key = keyIn(b, w.Key)
			opts.UniqueOpts = river.UniqueOpts{ByArgs: true, ByState: unfinished}
		}
	}
	return add(ctx, q, tx, k.job.kind, []river.InsertManyParams{{Args: args, InsertOpts: opts}})
}

// EnqueueAll adds a job for each of the arguments, like Enqueue, with one
// statement.
func EnqueueAll[A any, S tenant.Scope](ctx context.Context, q *Queue, tx *db.Tx[S], k Kind[A], all []A) error {
	b := tenant.Bind(tx.Scope())
	jobs := make([]river.InsertManyParams, len(all))
	for i, a := range all {
		args, err := wrap(ctx, b, k, a)
		if err != nil {
			return err
		}
		jobs[i] = river.InsertManyParams{Args: args, InsertOpts: q.options(b, k.job)}
	}
	return add(ctx, q, tx, k.job.kind, jobs)
}

func add[S tenant.Scope](ctx context.Context, q *Queue, tx *db.Tx[S], kind string, jobs []river.InsertManyParams) error {
	switch {
	case !tx.Writes():
		return fmt.Errorf("enqueue %s: %w", kind, errRead)
	case len(jobs) == 0:
		return nil
	}
	if seen := observe.InspectionOf(ctx); seen != nil {
		for range jobs {
			seen.Note(observe.Note{Kind: "job", Name: kind})
		}
	}
	if tx.Dialect() == db.Postgres {
		return insert(tx, kind, jobs)
	}
	db.Count(ctx)
	// Fast is without the row coming back, which nobody asks for.
	if _, err := q.client.InsertManyFastTx(ctx, tx.SQL(), jobs); err != nil {
		return fmt.Errorf("enqueue %s: %w", kind, err)
	}
	return nil
}

func wrap[A any](ctx context.Context, b tenant.Binding, k Kind[A], a A) (envelope, error) {
	raw, err := json.Marshal(a)
	if err != nil {
		return envelope{}, fmt.Errorf("enqueue %s: %w", k.job.kind, err)
	}
	return envelope{Name: k.job.kind, Store: b.Store, Merchant: b.Merchant, Platform: b.Platform, Args: string(raw), Trace: trace.Parent(ctx)}, nil
}

func (q *Queue) options(b tenant.Binding, j Job) *river.InsertOpts {
	return &river.InsertOpts{MaxAttempts: j.tries, Priority: q.backlog.priority(b.Store, j.first), Tags: []string{tag(j.kind)}}
}

// keyIn makes a key that no other tenant has. A store's is the same through
// whichever platform it was reached.
func keyIn(b tenant.Binding, key string) string {
	switch {
	case b.Store != 0:
		return fmt.Sprintf("store %d %s", b.Store, key)
	case b.Merchant != 0:
		return fmt.Sprintf("merchant %d %s", b.Merchant, key)
	case b.Platform != 0:
		return fmt.Sprintf("platform %d %s", b.Platform, key)
	}
	return key
}

// tag is a job's kind as River's tags are written.
func tag(kind string) string {
	out := []byte(kind)
	for i, c := range out {
		if c == '.' {
			out[i] = '-'
		}
	}
	return string(out)
}

// backlog gives a store that enqueues much at once a lower priority, so that
// its jobs stand behind those of others.
type backlog struct {
	mu     sync.Mutex
	stores map[int64]*bucket
}

type bucket struct {
	level float64
	last  time.Time
}

const (
	burst     = 100 // jobs at once before a store stands behind others
	perSecond = 20  // by which that is forgiven
	maxKnown  = 10_000
	urgent    = 1 // River's: the lowest number runs first
	patient   = 3
	behind    = 1 // of whom enqueued it, what nobody waits for
)

func (b *backlog) priority(store int64, first bool) int {
	p := b.level(store)
	if !first {
		p += behind
	}
	return p
}

func (b *backlog) level(store int64) int {
	if store == 0 {
		return urgent
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	k := b.stores[store]
	if k == nil {
		if len(b.stores) >= maxKnown {
			clear(b.stores)
		}
		k = &bucket{last: now}
		b.stores[store] = k
	}
	k.level = max(0, k.level-now.Sub(k.last).Seconds()*perSecond) + 1
	k.last = now
	if k.level > burst {
		return patient
	}
	return urgent
}

// quiet keeps River's chatter out of the log; its warnings come through.
func quiet(log *slog.Logger) *slog.Logger {
	if log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(atLeast{log.Handler()})
}

type atLeast struct{ slog.Handler }

// Enabled implements slog.Handler.
func (h atLeast) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && h.Handler.Enabled(ctx, l)
}

// WithAttrs implements slog.Handler.
func (h atLeast) WithAttrs(a []slog.Attr) slog.Handler { return atLeast{h.Handler.WithAttrs(a)} }

// WithGroup implements slog.Handler.
func (h atLeast) WithGroup(n string) slog.Handler { return atLeast{h.Handler.WithGroup(n)} }
