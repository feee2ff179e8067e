package observe

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTimings(t *testing.T) {
	t.Parallel()
	m := NewMetrics("test")
	for range 19 {
		m.Request(Request{Audience: "store", Method: "GET", Route: "/orders", Status: 200, Took: 4 * time.Millisecond})
	}
	m.Request(Request{Audience: "store", Method: "GET", Route: "/orders", Status: 500, Took: 80 * time.Millisecond})
	m.Request(Request{Audience: "store", Method: "GET", Route: "/slow", Status: 200, Took: time.Minute})
	got, err := m.Timings("orion_http_request_seconds", "method", "route")
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	for _, x := range got {
		if x.Labels["method"] != "GET" || len(x.Labels) != 2 {
			t.Errorf("labels %v", x.Labels)
		}
		switch x.Labels["route"] {
		case "/orders":
			if x.Count != 20 || x.Total.Round(time.Millisecond) != 156*time.Millisecond || x.Mean().Round(100*time.Microsecond) != 7800*time.Microsecond {
				t.Errorf("%d in %v, %v each", x.Count, x.Total, x.Mean())
			}
			if diff := cmp.Diff(5*time.Millisecond, x.P95); diff != "" {
				t.Errorf("19 of 20: %s", diff)
			}
		case "/slow":
			if x.P95 != 10*time.Second {
				t.Errorf("beyond the last bound it is %v", x.P95)
			}
		}
	}
	if none, err := m.Timings("orion_nothing"); len(none) != 0 || err != nil {
		t.Error(none, err)
	}
	if (Timing{}).Mean() != 0 {
		t.Error("what never ran took time")
	}
}
