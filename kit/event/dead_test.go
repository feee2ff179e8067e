package event_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/event"
	"orion/kit/fault"
	"orion/kit/modtest"
	"orion/kit/page"
	"orion/kit/tenant"
)

// TestFailedDeliveriesAreFound looks for them in all stores: those that are tried
// again, and those that were put aside.
func TestFailedDeliveriesAreFound(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, modtest.Plan(), func(t *testing.T, e *dbtest.Env) {
		k, one, two := modtest.Kit(t, e), e.Store(), e.Store()
		k.Events.Subscribe(event.On("toys.never", func(context.Context, *db.Tx[tenant.Store], moved) error { return errNo }))
		fails := func(in tenant.Store, times int) {
			t.Helper()
			for range times {
				if err := k.Events.Flush(t.Context(), in); !errors.Is(err, errNo) {
					t.Fatal(err)
				}
				e.Clock.Advance(2 * time.Hour)
			}
		}
		for box := range int64(3) {
			publish(t, e, k.Events, one, moved{Box: box}, nil)
			fails(one, event.Tries)
		}
		publish(t, e, k.Events, two, moved{Box: 7}, nil)
		fails(two, 1)

		find := func(s event.Search) (entities []int64, next string) {
			t.Helper()
			p, err := k.Events.Failed(t.Context(), e.Gate.System(), s)
			if err != nil {
				t.Fatal(err)
			}
			entities = []int64{}
			for _, d := range p.Items {
				entities = append(entities, d.Entity)
			}
			return entities, p.Next
		}
		all, _ := k.Events.Failed(t.Context(), e.Gate.System(), event.Search{})
		if len(all.Items) != 3 {
			t.Fatalf("put aside: %+v", all.Items)
		}
		first, next := find(event.Search{Request: page.Request{Limit: 2}})
		rest, end := find(event.Search{Request: page.Request{Limit: 2, After: next}})
		if diff := cmp.Diff([][]int64{{2, 1}, {0}}, [][]int64{first, rest}); diff != "" || end != "" {
			t.Errorf("by pages: %s, and then %q", diff, end)
		}
		for name, c := range map[string]struct {
			search event.Search
			want   []int64
		}{
			"tried again":      {event.Search{Failing: true}, []int64{7}},
			"of a store":       {event.Search{Stores: []tenant.StoreID{two.ID()}}, []int64{}},
			"of its store":     {event.Search{Stores: []tenant.StoreID{one.ID()}}, []int64{2, 1, 0}},
			"of no store":      {event.Search{Stores: []tenant.StoreID{}}, []int64{}},
			"by subscriber":    {event.Search{Query: "NEVER"}, []int64{2, 1, 0}},
			"by event":         {event.Search{Query: "toys.moved"}, []int64{2, 1, 0}},
			"by another":       {event.Search{Query: "orders"}, []int64{}},
			"one of them":      {event.Search{Event: all.Items[1].Event, Subscriber: "toys.never"}, []int64{1}},
			"of a subscriber":  {event.Search{Subscriber: "toys.other"}, []int64{}},
			"failing of store": {event.Search{Failing: true, Stores: []tenant.StoreID{one.ID()}}, []int64{}},
		} {
			if got, _ := find(c.search); !cmp.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		failing, err := k.Events.Failed(t.Context(), e.Gate.System(), event.Search{Failing: true})
		if err != nil || failing.Items[0].Due.IsZero() || failing.Items[0].Attempts != 1 {
			t.Errorf("tried again: %+v, %v", failing.Items, err)
		}
		if _, err := k.Events.Failed(t.Context(), e.Gate.System(), event.Search{Request: page.Request{After: "nonsense"}}); fault.As(err).Kind != fault.Invalid {
			t.Errorf("behind nonsense: %v", err)
		}
	})
}
