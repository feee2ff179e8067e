package id_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"orion/kit/clock"
	"orion/kit/fault"
	"orion/kit/id"
)

type orderKind struct{}

func (orderKind) Prefix() string { return "ord" }

type orderID = id.ID[orderKind]

func Example() {
	source := id.NewSource(1, clock.NewManual(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)))
	order := id.New[orderKind](source)
	fmt.Println(order)
	// Output: ord_03nv00gh00400
}

func TestTextRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := orderID(rapid.Int64Range(1, 1<<63-1).Draw(t, "id"))
		got, err := id.Parse[orderKind](want.String())
		if err != nil || got != want {
			t.Fatalf("parse %q = %v, %v; want %d", want, got, err, int64(want))
		}
	})
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "ord_", "ord_0000000000", "itm_003syr4tm8100", "ord_z03syr4tm8100", "ord_003syr4tm810l", "ORD_003syr4tm8100"} {
		if _, err := id.Parse[orderKind](s); fault.As(err).Kind != fault.Invalid {
			t.Errorf("parse %q: %v, want an invalid fault", s, err)
		}
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	type row struct {
		ID orderID `json:"id"`
	}
	var back row
	text, err := json.Marshal(row{ID: 42})
	if err := errors.Join(err, json.Unmarshal(text, &back)); err != nil || back.ID != 42 {
		t.Errorf("%s read back as %v, %v", text, back, err)
	}
}

func TestSourceIsUniqueAndOrdered(t *testing.T) {
	t.Parallel()
	stopped := clock.NewManual(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	source := id.NewSource(7, stopped)
	const workers, each = 8, 5000
	var wg sync.WaitGroup
	lists := make([][]int64, workers)
	for w := range workers {
		wg.Go(func() {
			for range each {
				lists[w] = append(lists[w], source.Next())
			}
		})
	}
	wg.Wait()
	seen := map[int64]bool{}
	for _, list := range lists {
		last := int64(0)
		for _, v := range list {
			if seen[v] || v <= last {
				t.Fatalf("%d came twice or out of order", v)
			}
			seen[v], last = true, v
		}
	}
	stopped.Advance(-time.Hour)
	if next := source.Next(); seen[next] {
		t.Errorf("%d was given again after the clock stepped back", next)
	}
}
