package event_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/event"
	"orion/kit/modtest"
	"orion/kit/tenant"
)

var errNo = errors.New("not today, password=hunter22")

var toys = fstest.MapFS{
	"migrations/toys_001_create_marks.sql": {Data: []byte(`-- +goose Up
CREATE TABLE toys_marks (
  store_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  step BIGINT NOT NULL,
  PRIMARY KEY (store_id, id)
);
`)},
	"sql/toys.sql": {Data: []byte(`
-- name: insert_mark
INSERT INTO toys_marks (store_id, id, step)
VALUES (:store_id, :id, :step);

-- name: marks
SELECT step
FROM toys_marks
WHERE store_id = :store_id
ORDER BY id;

-- name: as_before
INSERT INTO event_deliveries (store_id, event_id, subscriber, entity, state, at)
SELECT store_id, event_id, subscribers, entity, 'pending', 0
FROM event_waiting
WHERE store_id = :store_id;

-- name: forget_waiting
DELETE FROM event_waiting
WHERE store_id = :store_id;

-- name: count_waiting
SELECT COUNT(*)
FROM event_waiting
WHERE store_id = :store_id;
`)},
}

var (
	insertMark = db.Must[tenant.Store](toys, "insert_mark")
	allMarks   = db.Must[tenant.Store](toys, "marks")
)

// The program stops between the handler's work and its commit. The work is
// undone, the delivery is made again, and its effect is there once.
func TestAnEffectIsThereOnce(t *testing.T) {
	t.Parallel()
	plan := modtest.Plan(migrate.Line{Module: "toys", Files: toys})
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		k, store := modtest.Kit(t, e), e.Store()
		stopped, stop := context.WithCancel(t.Context())
		calls := 0
		k.Events.Subscribe(event.On("toys.mark", func(ctx context.Context, tx *db.Tx[tenant.Store], m moved) error {
			calls++
			_, err := db.Exec(ctx, tx, insertMark, db.Args{"id": tx.NewID(), "step": m.Step})
			if calls == 2 {
				stop()
			}
			return err
		}))
		for step := range 3 {
			publish(t, e, k.Events, store, moved{Box: 1, Step: step}, nil)
		}
		if err := k.Events.Flush(stopped, store); err == nil {
			t.Fatal("the commit was to fail")
		}
		e.Clock.Advance(time.Minute)
		if err := k.Events.Flush(t.Context(), store); err != nil {
			t.Fatal(err)
		}
		marks, err := db.Read(t.Context(), e.DB, store, func(tx *db.Tx[tenant.Store]) ([]int, error) {
			return db.All(t.Context(), tx, allMarks, nil, func(r db.Row) (n int, err error) { return n, r.Scan(&n) })
		})
		if diff := cmp.Diff([]int{0, 1, 2}, marks); diff != "" || err != nil || calls != 4 {
			t.Error(diff, err, calls)
		}
	})
}

// One job makes all deliveries of an event in one transaction. When one fails,
// the others are undone with it and made again on their own.
func TestOneThatFailsUndoesNoOther(t *testing.T) {
	t.Parallel()
	plan := modtest.Plan(migrate.Line{Module: "toys", Files: toys})
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		k, store := modtest.Kit(t, e), e.Store()
		var marked, failed atomic.Int64
		k.Events.Subscribe(event.On("toys.mark", func(ctx context.Context, tx *db.Tx[tenant.Store], m moved) error {
			marked.Add(1)
			_, err := db.Exec(ctx, tx, insertMark, db.Args{"id": tx.NewID(), "step": m.Step})
			return err
		}), event.On("toys.never", func(context.Context, *db.Tx[tenant.Store], moved) error {
			failed.Add(1)
			return errNo
		}))
		publish(t, e, k.Events, store, moved{Box: 1, Step: 1}, nil)
		modtest.Settle(t, e, k)
		marks, err := db.Read(t.Context(), e.DB, store, func(tx *db.Tx[tenant.Store]) ([]int, error) {
			return db.All(t.Context(), tx, allMarks, nil, func(r db.Row) (n int, err error) { return n, r.Scan(&n) })
		})
		if diff := cmp.Diff([]int{1}, marks); diff != "" || err != nil {
			t.Error(diff, err)
		}
		if marked.Load() != 2 || failed.Load() < 2 {
			t.Errorf("marked %d times, failed %d times; want once together and then each on its own", marked.Load(), failed.Load())
		}
	})
}

// What failed when somebody delivered it by hand is left to its job all the same.
func TestWhatFailedByHandIsTriedAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, modtest.Plan(), func(t *testing.T, e *dbtest.Env) {
		k, store := modtest.Kit(t, e), e.Store()
		var calls atomic.Int32
		r := &recorder{fail: func(moved) error {
			if calls.Add(1) == 1 {
				return errNo
			}
			return nil
		}}
		k.Events.Subscribe(event.On("toys.count", r.handle))
		publish(t, e, k.Events, store, moved{Box: 1, Step: 1}, nil)
		if err := k.Events.Flush(t.Context(), store); err == nil {
			t.Fatal("the first try was to fail")
		}
		e.Clock.Advance(time.Hour)
		modtest.Settle(t, e, k)
		if n := calls.Load(); n != 2 {
			t.Errorf("it was tried %d times, want 2", n)
		}
	})
}

// What is behind a delivery that failed waits with it, however many jobs ask,
// and none of them uses up its attempts.
func TestAFailureHoldsUpItsEntityOnly(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, modtest.Plan(), func(t *testing.T, e *dbtest.Env) {
		k, store := modtest.Kit(t, e), e.Store()
		var calls atomic.Int32
		r := &recorder{fail: func(m moved) error {
			calls.Add(1)
			if m.Box == 1 && e.Clock.Now().Before(dbtest.Start.Add(8*time.Second)) {
				return errNo
			}
			return nil
		}}
		k.Events.Subscribe(event.On("toys.count", r.handle))
		for step := range 2 * event.Tries {
			publish(t, e, k.Events, store, moved{Box: 1, Step: step}, nil)
		}
		publish(t, e, k.Events, store, moved{Box: 2}, nil)
		modtest.Settle(t, e, k)
		if diff := cmp.Diff(map[int64][]int{2: {0}}, r.steps); diff != "" {
			t.Error(diff)
		}
		e.Clock.Advance(2 * time.Second)
		if err := k.Events.Flush(t.Context(), store); !errors.Is(err, errNo) {
			t.Errorf("second try: %v", err)
		}
		e.Clock.Advance(2 * time.Second)
		before := calls.Load()
		if err := k.Events.Flush(t.Context(), store); err == nil || calls.Load() != before {
			t.Errorf("it was not yet due: %v", err)
		}
		e.Clock.Advance(4 * time.Second)
		if err := k.Events.Flush(t.Context(), store); err != nil {
			t.Fatal(err)
		}
		if got := r.steps[1]; len(got) != 2*event.Tries || !slices.IsSorted(got) {
			t.Errorf("heard %v", got)
		}
		if n := waits(t, e, store); n != 0 {
			t.Errorf("%d events are parked still", n)
		}
	})
}

func TestADeliveryIsPutAsideAfterItsLastTry(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, modtest.Plan(), func(t *testing.T, e *dbtest.Env) {
		k, store := modtest.Kit(t, e), e.Store()
		broken := true
		r := &recorder{fail: func(m moved) error {
			if broken && m.Step == 0 {
				return errNo
			}
			return nil
		}}
		k.Events.Subscribe(event.On("toys.count", r.handle))
		publish(t, e, k.Events, store, moved{Box: 1, Step: 0}, nil)
		publish(t, e, k.Events, store, moved{Box: 1, Step: 1}, nil)
		for range event.Tries {
			if err := k.Events.Flush(t.Context(), store); !errors.Is(err, errNo) {
				t.Fatal(err)
			}
			e.Clock.Advance(2 * time.Hour)
		}
		if err := k.Events.Flush(t.Context(), store); err != nil {
			t.Fatal(err)
		}
		want := event.Dead{Store: store.ID(), Subscriber: "toys.count", Name: "toys.moved.v1", Entity: 1, Attempts: event.Tries, Error: "not today, password=(masked)"}
		u, err := k.Events.Undelivered(t.Context(), e.Gate.System())
		if err != nil || u.Waiting != 0 || u.Dead != 1 {
			t.Fatalf("undelivered: %+v, %v", u, err)
		}
		if diff := cmp.Diff(want, u.Letters[0], cmpopts.IgnoreFields(event.Dead{}, "Event", "At", "Due")); diff != "" {
			t.Error(diff)
		}
		broken = false
		if err := k.Events.Replay(t.Context(), store, u.Letters[0]); err != nil {
			t.Fatal(err)
		}
		modtest.Settle(t, e, k)
		if diff := cmp.Diff(map[int64][]int{1: {1, 0}}, r.steps); diff != "" {
			t.Error(diff)
		}
	})
}

// During a rolling update a node meets subscribers that only a newer one has.
func TestUnknownSubscribersAreNotForgotten(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, modtest.Plan(), func(t *testing.T, e *dbtest.Env) {
		k, store := modtest.Kit(t, e), e.Store()
		r := &recorder{}
		newer, older := event.NewBus(e.DB, k.Jobs, nil), event.NewBus(e.DB, k.Jobs, nil)
		newer.Subscribe(event.On("toys.count", r.handle))
		publish(t, e, newer, store, moved{Box: 1}, nil)
		if err := older.Flush(t.Context(), store); err == nil || !strings.Contains(err.Error(), "no subscriber") {
			t.Errorf("err = %v", err)
		}
		e.Clock.Advance(2 * time.Second)
		if err := newer.Flush(t.Context(), store); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[int64][]int{1: {0}}, r.steps); diff != "" {
			t.Error(diff)
		}
	})
}

// Two nodes work on one entity at a time, each delivery once and in order.
func TestOrderAmongNodes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, modtest.Plan(), func(t *testing.T, e *dbtest.Env) {
		k, store := modtest.Kit(t, e), e.Store()
		r := &recorder{}
		k.Events.Subscribe(event.On("toys.count", r.handle))
		const many = 25
		for step := range many {
			publish(t, e, k.Events, store, moved{Box: 1, Step: step}, nil)
		}
		done := make(chan error)
		for range 4 {
			go func() { done <- k.Events.Flush(t.Context(), store) }()
		}
		for range 4 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		want := make([]int, many)
		for i := range want {
			want[i] = i
		}
		if diff := cmp.Diff(map[int64][]int{1: want}, r.steps); diff != "" {
			t.Error(diff)
		}
	})
}
