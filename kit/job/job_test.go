package job_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/job"
	"orion/kit/tenant"
)

var plan = migrate.Plan{Steps: []migrate.Step{job.Migrate}}

type toy struct {
	Name string `json:"name"`
}

// log notes what ran for whom, in order.
type log struct {
	mu   sync.Mutex
	rows []row
}

type row struct {
	store tenant.StoreID
	name  string
}

func (l *log) work(_ context.Context, r job.Run, a toy) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows = append(l.rows, row{r.Store.ID(), a.Name})
	return nil
}

func queue(t *testing.T, e *dbtest.Env) *job.Queue {
	t.Helper()
	q, err := job.NewQueue(e.DB, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func runner(t *testing.T, e *dbtest.Env, change func(*job.Options), jobs ...job.Job) *job.Runner {
	t.Helper()
	o := job.Options{
		DB: e.DB, Gate: e.Gate, Jobs: jobs, Log: slog.New(slog.DiscardHandler), Poll: 5 * time.Millisecond,
		Resolve: func(_ context.Context, s tenant.StoreID) (tenant.Store, bool) { return e.Gate.Store(s, 1, 1), true },
	}
	if change != nil {
		change(&o)
	}
	r, err := job.NewRunner(o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func drain(t *testing.T, e *dbtest.Env, jobs ...job.Job) {
	t.Helper()
	drainWith(t, runner(t, e, nil, jobs...))
}

func drainWith(t *testing.T, r *job.Runner) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if err := r.Drain(ctx); err != nil {
		t.Fatal(err)
	}
}

// enqueue adds a job in a transaction of its own.
func enqueue[A any, S tenant.Scope](t *testing.T, e *dbtest.Env, q *job.Queue, in S, k job.Kind[A], a A, when ...job.When) {
	t.Helper()
	err := db.Do(t.Context(), e.DB, in, func(tx *db.Tx[S]) error {
		return job.Enqueue(t.Context(), q, tx, k, a, when...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOnlyCommittedJobsRun(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, store, seen := queue(t, e), e.Store(), &log{}
		paint := job.Define("toys.paint", seen.work)
		stop := errors.New("rolled back")
		for name, fail := range map[string]error{"kept": nil, "lost": stop} {
			err := db.Do(t.Context(), e.DB, store, func(tx *db.Tx[tenant.Store]) error {
				if err := job.Enqueue(t.Context(), q, tx, paint, toy{name}); err != nil {
					return err
				}
				return fail
			})
			if !errors.Is(err, fail) {
				t.Fatal(err)
			}
		}
		drain(t, e, paint.Job())
		if len(seen.rows) != 1 || seen.rows[0] != (row{store.ID(), "kept"}) {
			t.Errorf("ran %v", seen.rows)
		}
	})
}

// One store fills the queue first; another's single job must not wait for all
// of it.
func TestOneStoreCannotStarveAnother(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, big, small, seen := queue(t, e), e.Store(), e.Store(), &log{}
		paint := job.Define("toys.paint", seen.work)
		const many = 2000
		err := db.Do(t.Context(), e.DB, big, func(tx *db.Tx[tenant.Store]) error {
			for range many {
				if err := job.Enqueue(t.Context(), q, tx, paint, toy{"big"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = db.Do(t.Context(), e.DB, small, func(tx *db.Tx[tenant.Store]) error {
			return job.Enqueue(t.Context(), q, tx, paint, toy{"small"})
		})
		if err != nil {
			t.Fatal(err)
		}
		drain(t, e, paint.Job())
		for at, r := range seen.rows {
			if r.store == small.ID() {
				if at > many/2 {
					t.Errorf("the small store's job ran as number %d of %d", at, len(seen.rows))
				}
				return
			}
		}
		t.Error("the small store's job did not run")
	})
}

func TestArgumentsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, store, seen := queue(t, e), e.Store(), &log{}
		number := job.Define("toys.paint", func(context.Context, job.Run, int) error { return nil })
		paint := job.Define("toys.paint", seen.work)
		err := db.Do(t.Context(), e.DB, store, func(tx *db.Tx[tenant.Store]) error {
			return job.Enqueue(t.Context(), q, tx, number, 7)
		})
		if err != nil {
			t.Fatal(err)
		}
		drain(t, e, paint.Job())
		if len(seen.rows) != 0 {
			t.Errorf("ran %v", seen.rows)
		}
	})
}

// The runner's tables come without the indexes that nobody reads here.
func TestNoIndexOfWhatIsInsideOfJobs(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		if e.DB.Dialect() != db.Postgres {
			t.Skip("SQLite has none of them")
		}
		n := 0
		const count = `SELECT COUNT(*) FROM pg_indexes WHERE tablename = 'river_job' AND indexdef LIKE '%USING gin%'`
		if err := e.DB.Pool().QueryRowContext(t.Context(), count).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d indexes, %v", n, err)
		}
	})
}
