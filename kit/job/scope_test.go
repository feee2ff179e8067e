package job_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/job"
	"orion/kit/tenant"
)

// names are what ran, sorted.
func (l *log) names() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []string
	for _, r := range l.rows {
		out = append(out, r.name)
	}
	slices.Sort(out)
	return out
}

func TestAKeyIsTakenOnceUntilItsJobIsDone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, seen := queue(t, e), &log{}
		mine, theirs := e.Store(), e.Store()
		merchant, other := e.Gate.Merchant(1, 1), e.Gate.Merchant(2, 1)
		paint := job.Define("toys.paint", seen.work)
		key := job.When{Key: "k"}
		enqueue(t, e, q, mine, paint, toy{"mine"}, key)
		enqueue(t, e, q, mine, paint, toy{"mine, in vain"}, key)
		enqueue(t, e, q, e.Gate.Store(mine.ID(), mine.Merchant(), 77), paint, toy{"mine, by another platform, in vain"}, key)
		enqueue(t, e, q, theirs, paint, toy{"theirs"}, key)
		enqueue(t, e, q, merchant, paint, toy{"merchant"}, key)
		enqueue(t, e, q, other, paint, toy{"other merchant"}, key)
		drain(t, e, paint.Job())
		enqueue(t, e, q, mine, paint, toy{"mine again"}, key)
		drain(t, e, paint.Job())
		if diff := cmp.Diff([]string{"merchant", "mine", "mine again", "other merchant", "theirs"}, seen.names()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAJobHasTheScopeItWasEnqueuedIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, store := queue(t, e), e.Store()
		got := map[string]job.Run{}
		note := job.Define("toys.note", func(_ context.Context, r job.Run, a toy) error {
			got[a.Name] = r
			return nil
		})
		want := map[string]job.Run{
			"store":    {Store: store, Attempt: 1},
			"merchant": {Merchant: e.Gate.Merchant(5, 6), Attempt: 1},
			"platform": {Platform: e.Gate.Platform(6), Attempt: 1},
			"system":   {System: e.Gate.System(), Attempt: 1},
		}
		enqueue(t, e, q, store, note, toy{"store"})
		enqueue(t, e, q, want["merchant"].Merchant, note, toy{"merchant"})
		enqueue(t, e, q, want["platform"].Platform, note, toy{"platform"})
		enqueue(t, e, q, want["system"].System, note, toy{"system"})
		drainWith(t, runner(t, e, func(o *job.Options) { o.Workers = 1 }, note.Job()))
		comparable := cmp.Comparer(func(a, b job.Run) bool { return a == b })
		if diff := cmp.Diff(want, got, comparable); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAReadTakesNoJobs(t *testing.T) {
	t.Parallel()
	e := dbtest.NewSQLite(t, plan)
	q, paint := queue(t, e), job.Define("toys.paint", new(log).work)
	_, err := db.Read(t.Context(), e.DB, e.Store(), func(tx *db.Tx[tenant.Store]) (int, error) {
		return 0, job.Enqueue(t.Context(), q, tx, paint, toy{"never"})
	})
	if err == nil || !strings.Contains(err.Error(), "enqueue toys.paint") {
		t.Errorf("err = %v", err)
	}
}

func TestJobsWaitForTheirTime(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, store, seen := queue(t, e), e.Store(), &log{}
		paint := job.Define("toys.paint", seen.work)
		at := dbtest.Start.Add(24 * time.Hour)
		enqueue(t, e, q, store, paint, toy{"now"}, job.When{At: dbtest.Start.Add(-time.Hour)})
		enqueue(t, e, q, store, paint, toy{"tomorrow"}, job.When{At: at})
		enqueue(t, e, q, store, paint, toy{"the day after"}, job.When{At: at.Add(24 * time.Hour)})
		drain(t, e, paint.Job())
		if diff := cmp.Diff([]string{"now"}, seen.names()); diff != "" {
			t.Error(diff)
		}
		e.Clock.Set(at)
		drain(t, e, paint.Job())
		if diff := cmp.Diff([]string{"now", "tomorrow"}, seen.names()); diff != "" {
			t.Error(diff)
		}
		r := runner(t, e, nil, paint.Job())
		if err := r.Shift(t.Context(), 49*time.Hour); err != nil {
			t.Fatal(err)
		}
		n := 0
		const overdue = `SELECT COUNT(*) FROM river_job WHERE state = 'scheduled' AND scheduled_at < CURRENT_TIMESTAMP`
		if err := e.DB.Pool().QueryRowContext(t.Context(), overdue).Scan(&n); err != nil || n != 1 {
			t.Errorf("%d jobs are overdue, want the last one; %v", n, err)
		}
	})
}

func TestJobsOfModulesThatAreOffWait(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, seen := queue(t, e), &log{}
		on, off := e.Store(), e.Store()
		paint := job.Define("toys.paint", seen.work)
		enqueue(t, e, q, on, paint, toy{"on"})
		enqueue(t, e, q, off, paint, toy{"off"})
		enabled := func(p tenant.PlatformID, module string) bool { return module == "toys" && p == on.Platform() }
		drainWith(t, runner(t, e, func(o *job.Options) { o.Enabled = enabled }, paint.Job()))
		if diff := cmp.Diff([]string{"on"}, seen.names()); diff != "" {
			t.Error(diff)
		}
		state := ""
		const left = `SELECT state FROM river_job WHERE state <> 'completed'`
		if err := e.DB.Pool().QueryRowContext(t.Context(), left).Scan(&state); err != nil || state != "scheduled" {
			t.Errorf("the other is %q, %v; want it to wait", state, err)
		}
	})
}

// Slow jobs of one store leave workers for the others.
func TestOneStoreTakesHalfOfTheWorkers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, big, small := queue(t, e), e.Store(), e.Store()
		ran, end := make(chan struct{}), make(chan struct{})
		block := job.Define("toys.block", func(_ context.Context, r job.Run, _ toy) error {
			if r.Store == small {
				close(ran)
				return nil
			}
			<-end
			return nil
		})
		for range 20 {
			enqueue(t, e, q, big, block, toy{})
		}
		enqueue(t, e, q, small, block, toy{})
		r := runner(t, e, nil, block.Job())
		if err := r.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		select {
		case <-ran:
		case <-time.After(30 * time.Second):
			t.Error("the small store's job waits for the big store's")
		}
		close(end)
		if err := r.Stop(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
}
