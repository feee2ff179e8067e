package event_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/event"
	"orion/kit/job"
	"orion/kit/modtest"
	"orion/kit/tenant"
)

type moved struct {
	Box  int64 `json:"box"`
	Step int   `json:"step"`
}

func (moved) EventName() string    { return "toys.moved.v1" }
func (m moved) EventEntity() int64 { return m.Box }

// recorder notes what it was told, per entity, while it holds the delivery:
// after the commit another node might already be at the next.
type recorder struct {
	mu    sync.Mutex
	steps map[int64][]int
	fail  func(m moved) error
}

func (r *recorder) handle(_ context.Context, _ *db.Tx[tenant.Store], m moved) error {
	if r.fail != nil {
		if err := r.fail(m); err != nil {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.steps == nil {
		r.steps = map[int64][]int{}
	}
	r.steps[m.Box] = append(r.steps[m.Box], m.Step)
	return nil
}

func publish(t *testing.T, e *dbtest.Env, bus *event.Bus, in tenant.Store, m moved, fail error) {
	t.Helper()
	err := db.Do(t.Context(), e.DB, in, func(tx *db.Tx[tenant.Store]) error {
		return errors.Join(bus.Publish(t.Context(), tx, m), fail)
	})
	if !errors.Is(err, fail) {
		t.Fatal(err)
	}
}

func TestEachSubscriberHearsInOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, modtest.Plan(), func(t *testing.T, e *dbtest.Env) {
		k, store := modtest.Kit(t, e), e.Store()
		one, two := &recorder{}, &recorder{}
		k.Events.Subscribe(event.On("toys.count", one.handle), event.On("games.count", two.handle))
		for step := range 20 {
			for box := range int64(3) {
				publish(t, e, k.Events, store, moved{Box: box + 1, Step: step}, nil)
			}
		}
		publish(t, e, k.Events, store, moved{Box: 9}, errors.New("rolled back"))
		modtest.Settle(t, e, k)
		for _, r := range []*recorder{one, two} {
			if len(r.steps) != 3 {
				t.Errorf("heard about %d boxes, want 3: %v", len(r.steps), r.steps)
			}
			for box, steps := range r.steps {
				if len(steps) != 20 || !slices.IsSorted(steps) {
					t.Errorf("box %d: %v", box, steps)
				}
			}
		}
	})
}

func TestSeveralAtOnceKeepTheirOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, modtest.Plan(), func(t *testing.T, e *dbtest.Env) {
		k, r := modtest.Kit(t, e), &recorder{}
		k.Events.Subscribe(event.On("toys.count", r.handle))
		err := db.Do(t.Context(), e.DB, e.Store(), func(tx *db.Tx[tenant.Store]) error {
			return errors.Join(k.Events.Publish(t.Context(), tx),
				k.Events.Publish(t.Context(), tx, moved{1, 1}, moved{2, 1}, moved{1, 2}, moved{1, 3}))
		})
		if err != nil {
			t.Fatal(err)
		}
		modtest.Settle(t, e, k)
		if diff := cmp.Diff(map[int64][]int{1: {1, 2, 3}, 2: {1}}, r.steps); diff != "" {
			t.Error(diff)
		}
	})
}

// A program from before has left deliveries, and jobs for one subscriber each.
// They are done, and before what was published since.
func TestWhatAnOlderProgramLeft(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, modtest.Plan(), func(t *testing.T, e *dbtest.Env) {
		k, store, r := modtest.Kit(t, e), e.Store(), &recorder{}
		k.Events.Subscribe(event.On("toys.count", r.handle))
		publish(t, e, k.Events, store, moved{1, 1}, nil)
		ofBefore(t, e, store)
		publish(t, e, k.Events, store, moved{1, 2}, nil)
		publish(t, e, k.Events, store, moved{2, 1}, nil)
		ofBefore(t, e, store)
		if _, err := k.Jobs.Forget(t.Context(), "event.tell"); err != nil {
			t.Fatal(err)
		}
		type before struct {
			Subscriber string `json:"subscriber"`
			Entity     int64  `json:"entity,string"`
		}
		old := job.Define("event.deliver", func(context.Context, job.Run, before) error { return nil })
		if err := db.Do(t.Context(), e.DB, store, func(tx *db.Tx[tenant.Store]) error {
			return job.Enqueue(t.Context(), k.Jobs, tx, old, before{"toys.count", 2})
		}); err != nil {
			t.Fatal(err)
		}
		publish(t, e, k.Events, store, moved{1, 3}, nil)
		modtest.Settle(t, e, k)
		if diff := cmp.Diff(map[int64][]int{1: {1, 2, 3}, 2: {1}}, r.steps); diff != "" {
			t.Error(diff)
		}
		if n := waits(t, e, store); n != 0 {
			t.Errorf("%d events wait still", n)
		}
	})
}

func TestAFailingSubscriberStopsNobodyElse(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, modtest.Plan(), func(t *testing.T, e *dbtest.Env) {
		k, store := modtest.Kit(t, e), e.Store()
		good, bad := &recorder{}, &recorder{fail: func(moved) error { panic("no") }}
		k.Events.Subscribe(event.On("toys.good", good.handle), event.On("toys.bad", bad.handle))
		publish(t, e, k.Events, store, moved{Box: 1, Step: 1}, nil)
		modtest.Settle(t, e, k)
		if diff := cmp.Diff(map[int64][]int{1: {1}}, good.steps); diff != "" {
			t.Error(diff)
		}
	})
}

func TestDeadLettersAreReplayed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, modtest.Plan(), func(t *testing.T, e *dbtest.Env) {
		k, store, other := modtest.Kit(t, e), e.Store(), e.Store()
		r := &recorder{}
		h := event.On("toys.count", r.handle)
		k.Events.Subscribe(h)
		broken := brokenPayload{Box: 5, Step: "two"}
		err := db.Do(t.Context(), e.DB, store, func(tx *db.Tx[tenant.Store]) error {
			return k.Events.Publish(t.Context(), tx, broken)
		})
		if err != nil {
			t.Fatal(err)
		}
		modtest.Settle(t, e, k)
		dead, err := k.Events.DeadLetters(t.Context(), store)
		if err != nil || len(dead) != 1 || dead[0].Subscriber != "toys.count" || dead[0].Error == "" {
			t.Fatalf("dead = %+v, %v", dead, err)
		}
		if theirs, err := k.Events.DeadLetters(t.Context(), other); len(theirs) != 0 || err != nil {
			t.Errorf("another store sees %v, %v", theirs, err)
		}
		if err := k.Events.Replay(t.Context(), other, dead[0]); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("another store replayed it: %v", err)
		}
		if err := k.Events.Replay(t.Context(), store, dead[0]); err != nil {
			t.Error(err)
		}
	})
}

// brokenPayload is what an older program may have stored.
type brokenPayload struct {
	Box  int64  `json:"box"`
	Step string `json:"step"`
}

func (brokenPayload) EventName() string    { return "toys.moved.v1" }
func (m brokenPayload) EventEntity() int64 { return m.Box }

func TestModulesThatAreOffAreSkipped(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, modtest.Plan(), func(t *testing.T, e *dbtest.Env) {
		k, store := modtest.Kit(t, e), e.Store()
		r := &recorder{}
		bus := event.NewBus(e.DB, k.Jobs, func(_ tenant.PlatformID, module string) bool { return module != "toys" })
		bus.Subscribe(event.On("toys.count", r.handle))
		k.Events = bus
		publish(t, e, bus, store, moved{Box: 1, Step: 1}, nil)
		modtest.Settle(t, e, k)
		if len(r.steps) != 0 {
			t.Errorf("heard %v", r.steps)
		}
		if u, err := bus.Undelivered(t.Context(), e.Gate.System()); u.Waiting+u.Dead != 0 || err != nil {
			t.Errorf("undelivered: %+v, %v; want it skipped", u, err)
		}
	})
}

func ExampleOn() {
	h := event.On("games.follow_moves", func(context.Context, *db.Tx[tenant.Store], moved) error { return nil })
	fmt.Println(h.Event(), h.Module())
	// Output: toys.moved.v1 games
}
