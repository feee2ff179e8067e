package monitoring

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSlowest(t *testing.T) {
	t.Parallel()
	all := []Timed{
		{Module: "orders", Name: "a", Count: 100, Total: time.Second, P95: 20 * time.Millisecond},
		{Module: "catalog", Name: "b", Count: 1, Total: 500 * time.Millisecond, P95: 500 * time.Millisecond},
		{Module: "catalog", Name: "c", Count: 1000, Total: 100 * time.Millisecond, P95: time.Second},
		{Name: "d"},
	}
	for by, want := range map[string]string{"total": "abcd", "mean": "bacd", "p95": "cbad", "count": "cabd", "nonsense": "abcd"} {
		got := ""
		for _, x := range Slowest(all, by, "") {
			got += x.Name
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("by %s: %s", by, diff)
		}
	}
	if found := Slowest(all, "total", "CATALOG"); len(found) != 2 || found[0].Name != "b" {
		t.Errorf("found %v", found)
	}
	if all[0].Mean() != 10*time.Millisecond || all[3].Mean() != 0 {
		t.Errorf("means %v and %v", all[0].Mean(), all[3].Mean())
	}
	if many := Slowest(make([]Timed, 300), "total", ""); len(many) != mostTimed {
		t.Errorf("shows %d", len(many))
	}
}
