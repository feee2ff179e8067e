package job_test

import (
	"errors"
	"testing"
	"time"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/job"
	"orion/kit/tenant"
)

func TestForgottenJobsDoNotRun(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, store, seen := queue(t, e), e.Store(), &log{}
		paint, pack := job.Define("toys.paint", seen.work), job.Define("toys.pack", seen.work)
		err := db.Do(t.Context(), e.DB, store, func(tx *db.Tx[tenant.Store]) error {
			return errors.Join(
				job.Enqueue(t.Context(), q, tx, paint, toy{"painted"}),
				job.Enqueue(t.Context(), q, tx, paint, toy{"painted too"}),
				job.Enqueue(t.Context(), q, tx, pack, toy{"packed"}),
			)
		})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := q.Forget(t.Context(), "toys.paint"); n != 2 || err != nil {
			t.Errorf("forgot %d jobs, %v", n, err)
		}
		drain(t, e, paint.Job(), pack.Job())
		if len(seen.rows) != 1 || seen.rows[0].name != "packed" {
			t.Errorf("ran %v", seen.rows)
		}
	})
}

func TestDepth(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, store, seen := queue(t, e), e.Store(), &log{}
		paint := job.Define("toys.paint", seen.work)
		err := db.Do(t.Context(), e.DB, store, func(tx *db.Tx[tenant.Store]) error {
			return errors.Join(
				job.Enqueue(t.Context(), q, tx, paint, toy{"now"}),
				job.Enqueue(t.Context(), q, tx, paint, toy{"later"}, job.When{At: tx.Now().Add(time.Hour)}),
			)
		})
		if err != nil {
			t.Fatal(err)
		}
		d, err := q.Depth(t.Context())
		if err != nil || d.States["available"] != 1 || d.States["scheduled"] != 1 || d.States["running"] != 0 || d.Oldest < 0 || d.Oldest > time.Minute {
			t.Errorf("depth %+v, %v", d, err)
		}
	})
}
