package event_test

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/event"
	"orion/kit/modtest"
	"orion/kit/tenant"
)

var (
	asBefore      = db.Must[tenant.Store](toys, "as_before")
	forgetWaiting = db.Must[tenant.Store](toys, "forget_waiting")
	countWaiting  = db.Must[tenant.Store](toys, "count_waiting")
)

// waits is how many events of a store wait, parked ones included.
func waits(t *testing.T, e *dbtest.Env, in tenant.Store) int {
	t.Helper()
	n, err := db.Read(t.Context(), e.DB, in, func(tx *db.Tx[tenant.Store]) (int, error) {
		return db.One(t.Context(), tx, countWaiting, nil, func(r db.Row) (n int, err error) { return n, r.Scan(&n) })
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// ofBefore makes what waits look as a program left it that gave each subscriber
// a delivery at once. There is one subscriber.
func ofBefore(t *testing.T, e *dbtest.Env, in tenant.Store) {
	t.Helper()
	if err := db.Do(t.Context(), e.DB, in, func(tx *db.Tx[tenant.Store]) error {
		for _, s := range []*db.Stmt[tenant.Store]{asBefore, forgetWaiting} {
			if _, err := db.Exec(t.Context(), tx, s, nil); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// Runners of several nodes work on one queue, and events come meanwhile.
func TestOrderAmongRunners(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, modtest.Plan(), func(t *testing.T, e *dbtest.Env) {
		k, store := modtest.Kit(t, e), e.Store()
		one, two := &recorder{}, &recorder{}
		k.Events.Subscribe(event.On("toys.count", one.handle), event.On("games.count", two.handle))
		const many = 25
		want := make([]int, many)
		var all sync.WaitGroup
		for step := range many {
			want[step] = step
			publish(t, e, k.Events, store, moved{Box: 1, Step: step}, nil)
			if step%8 == 0 {
				all.Go(func() { modtest.Settle(t, e, k) })
			}
		}
		all.Wait()
		modtest.Settle(t, e, k)
		for _, r := range []*recorder{one, two} {
			if diff := cmp.Diff(map[int64][]int{1: want}, r.steps); diff != "" {
				t.Error(diff)
			}
		}
		if n := waits(t, e, store); n != 0 {
			t.Errorf("%d events wait still", n)
		}
	})
}
