package monitoring

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/event"
	"orion/kit/fault"
	"orion/kit/tenant"
)

type moved struct {
	Box int64 `json:"box"`
}

func (moved) EventName() string    { return "toys.moved.v1" }
func (m moved) EventEntity() int64 { return m.Box }

func TestEventsAreReplayed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		broken, heard := true, 0
		w.kit.Events.Subscribe(event.On("toys.mark", func(context.Context, *db.Tx[tenant.Store], moved) error {
			if broken {
				return errPaint
			}
			heard++
			return nil
		}))
		for _, in := range []tenant.Store{w.here, w.there} {
			err := db.Do(t.Context(), w.DB, in, func(tx *db.Tx[tenant.Store]) error { return w.kit.Events.Publish(t.Context(), tx, moved{7}) })
			if err != nil {
				t.Fatal(err)
			}
			tries := event.Tries
			if in == w.there {
				tries = 1
			}
			for range tries {
				if err := w.kit.Events.Flush(t.Context(), in); !errors.Is(err, errPaint) {
					t.Fatal(err)
				}
				w.Clock.Advance(2 * time.Hour)
			}
		}
		list := func(r Reach, f EventFilter) (out []string) {
			t.Helper()
			found, err := w.Events(t.Context(), r, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range found.Items {
				out = append(out, d.Name+" "+d.Store.String())
			}
			return out
		}
		near, far := "toys.moved.v1 "+w.here.ID().String(), "toys.moved.v1 "+w.there.ID().String()
		if diff := cmp.Diff([][]string{{near}, {far}, {near}, nil}, [][]string{
			list(nil, EventFilter{}), list(nil, EventFilter{Failing: true}), list(w.onlyHere, EventFilter{}), list(w.onlyHere, EventFilter{Failing: true}),
		}); diff != "" {
			t.Error(diff)
		}

		all, err := w.Events(t.Context(), nil, EventFilter{})
		if err != nil {
			t.Fatal(err)
		}
		d := deliveryOf(all.Items[0])
		if _, failing, err := w.Failed(t.Context(), nil, d); err != nil || failing {
			t.Errorf("put aside: %v, %v", failing, err)
		}
		again, err := w.Events(t.Context(), nil, EventFilter{Failing: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, failing, err := w.Failed(t.Context(), nil, deliveryOf(again.Items[0])); err != nil || !failing {
			t.Errorf("tried again: %v, %v", failing, err)
		}
		for name, wrong := range map[string]Delivery{"of another platform": d, "that there is not": {Event: 1, Subscriber: "toys.mark"}, "that is tried again": deliveryOf(again.Items[0])} {
			if err := w.Replay(t.Context(), Reach{32}, operator, wrong); fault.As(err).Kind != fault.NotFound {
				t.Errorf("one %s: %v", name, err)
			}
		}
		broken = false
		if n, err := w.ReplayAll(t.Context(), w.onlyHere, operator, []Delivery{d, d}); n != 1 || err != nil {
			t.Errorf("replayed %d, %v", n, err)
		}
		w.works(t)
		if left := list(w.onlyHere, EventFilter{}); left != nil || heard == 0 {
			t.Errorf("left %v, heard %d times", left, heard)
		}
		if diff := cmp.Diff([]string{tenant.PlatformID(31).String() + " Lena monitoring.event_replayed toys.moved.v1 → toys.mark"}, w.ledger.entries); diff != "" {
			t.Error(diff)
		}
		if got, err := readDelivery(d.String()); got != d || err != nil {
			t.Errorf("read %v, %v", got, err)
		}
		for _, text := range []string{"", "7", "x:toys.mark", "-7:toys.mark", "7:"} {
			if _, err := readDelivery(text); !errors.Is(err, errUnknown) {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}
