package job_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/kit/job"
)

// A process is killed at its work. The next one with its number takes the work up
// as soon as it starts, and leaves alone what others do.
func TestKilledAtWork(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		q, store := queue(t, e), e.Store()
		var paints, ticks atomic.Int64
		hang, began := make(chan struct{}), make(chan struct{}, 10)
		stop := func(n *atomic.Int64) error {
			if n.Add(1) == 1 {
				began <- struct{}{}
				<-hang
			}
			return nil
		}
		paint := job.Define("toys.paint", func(context.Context, job.Run, toy) error { return stop(&paints) })
		tick := job.Periodic("toys.tick", time.Hour, func(context.Context, job.Run) error { return stop(&ticks) })
		enqueue(t, e, q, store, paint, toy{"red"}, job.When{Key: "red"})

		first := runner(t, e, nil, paint.Job(), tick)
		if err := first.Killed(); err != nil {
			t.Fatal(err)
		}
		for _, r := range []*job.Runner{first, runner(t, e, nil, paint.Job(), tick)} {
			if err := r.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			defer func() { _ = r.Stop(t.Context()) }()
			if r == first {
				<-began
				<-began
			}
		}
		defer close(hang) // what was killed does not go on; here it has to end
		for end := time.Now().Add(20 * time.Second); paints.Load() < 2; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("nobody went on: %d and %d", paints.Load(), ticks.Load())
			}
		}
		count := func(what string) (n int) {
			if err := e.DB.Pool().QueryRowContext(t.Context(), `SELECT COUNT(*) FROM river_job WHERE `+what).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		for count("state = 'completed' AND max_attempts > 1") == 0 {
			time.Sleep(10 * time.Millisecond)
		}
		// What runs by the clock is no longer in the way of its next time.
		if n := count("state = 'cancelled' AND max_attempts = 1"); n != 1 {
			t.Errorf("%d are cancelled", n)
		}
		third := runner(t, e, nil, paint.Job(), tick)
		if err := third.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = third.Stop(t.Context()) }()
		time.Sleep(time.Second)
		if paints.Load() != 2 {
			t.Errorf("work of a living process was taken: %d and %d", paints.Load(), ticks.Load())
		}
	})
}
