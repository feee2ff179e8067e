package job_test

import (
	"testing"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/job"
	"orion/kit/tenant"
)

// What others wait for runs before the rest of its store, however much stands in front
// of it, and holds up no other store when there is much of it.
func TestFirst(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, big, small, seen := queue(t, e), e.Store(), e.Store(), &log{}
		paint, answer := job.Define("toys.paint", seen.work), job.Define("toys.answer", seen.work, job.First())
		one := runner(t, e, func(o *job.Options) { o.Workers = 1 }, paint.Job(), answer.Job())
		err := db.Do(t.Context(), e.DB, small, func(tx *db.Tx[tenant.Store]) error {
			for range 20 {
				if err := job.Enqueue(t.Context(), q, tx, paint, toy{"paint"}); err != nil {
					return err
				}
			}
			return job.Enqueue(t.Context(), q, tx, answer, toy{"answer"})
		})
		if err != nil {
			t.Fatal(err)
		}
		drainWith(t, one)
		if seen.rows[0].name != "answer" {
			t.Errorf("what others wait for ran behind %q", seen.rows[0].name)
		}

		seen.rows = nil
		all := make([]toy, 300)
		err = db.Do(t.Context(), e.DB, big, func(tx *db.Tx[tenant.Store]) error { return job.EnqueueAll(t.Context(), q, tx, answer, all) })
		if err != nil {
			t.Fatal(err)
		}
		enqueue(t, e, q, small, paint, toy{"paint"})
		drainWith(t, one)
		for i, r := range seen.rows {
			if r.store == small.ID() && i > 200 {
				t.Errorf("another store's job stood behind %d of a store that enqueues much", i)
			}
		}
	})
}
