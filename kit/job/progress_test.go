package job_test

import (
	"context"
	"testing"
	"time"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/job"
	"orion/kit/tenant"
)

func TestJobsTellHowFarTheyAre(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q := queue(t, e)
		told := func() job.Progress {
			found, err := q.List(t.Context(), job.Search{Query: "toys."})
			if err != nil || len(found) != 1 {
				t.Fatal(found, err)
			}
			return found[0].Progress
		}
		var before, during, soon job.Progress
		paint := job.Define("toys.paint", func(ctx context.Context, _ job.Run, _ toy) error {
			before = told()
			job.Report(ctx, job.Progress{Done: 1, Total: 4})
			during = told()
			job.Report(ctx, job.Progress{Done: 2, Total: 4})
			soon = told()
			return nil
		})
		job.Report(t.Context(), job.Progress{Done: 9, Total: 9}) // nobody's
		enqueue(t, e, q, e.Store(), paint, toy{"a"})
		drain(t, e, paint.Job())
		if one := (job.Progress{Done: 1, Total: 4}); before != (job.Progress{}) || during != one || soon != one || told() != one {
			t.Errorf("it told %v, %v, %v and at the end %v", before, during, soon, told())
		}
	})
}

func TestSweepsTellHowFarTheyAre(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, told := queue(t, e), make(chan job.Progress, 5)
		sweep := job.Sweep("toys.sweep", time.Hour, db.Must[tenant.System](sweepFiles, "due_stores"), func(ctx context.Context, _ tenant.Store) error {
			found, err := q.List(ctx, job.Search{Kind: "toys.sweep"})
			if err == nil && len(found) == 1 {
				told <- found[0].Progress
			}
			return err
		})
		r := runner(t, e, nil, sweep)
		if err := r.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = r.Stop(context.Background()) })
		select {
		case p := <-told:
			if p != (job.Progress{Done: 0, Total: 5}) {
				t.Errorf("at the first store it told %v", p)
			}
		case <-time.After(20 * time.Second):
			t.Error("the sweep told nothing")
		}
	})
}
