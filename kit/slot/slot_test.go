package slot_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/slot"
)

var widgets = slot.Define[string, string]("core.widgets")

func fill(module string, order int) slot.Filling {
	return widgets.Fill(module, order, func(_ context.Context, in string) (string, error) { return module + " for " + in, nil })
}

func TestCollect(t *testing.T) {
	t.Parallel()
	out := &bytes.Buffer{}
	h := slot.NewHub(slog.New(slog.NewTextHandler(out, nil)))
	h.Add(fill("loyalty", 20), fill("orders", 10), fill("billing", 5))
	h.Add(
		fill("inventory", 10), // behind orders, which came first
		widgets.Fill("broken", 1, func(context.Context, string) (string, error) { return "half", errors.New("no") }),
		widgets.Fill("crashing", 2, func(context.Context, string) (string, error) { panic("no") }),
		slot.Define[int, int]("core.widgets").Fill("mistaken", 3, func(context.Context, int) (int, error) { return 0, nil }),
	)
	got := slot.Collect(t.Context(), h, widgets, "you", func(module string) bool { return module != "billing" })
	if diff := cmp.Diff([]string{"orders for you", "inventory for you", "loyalty for you"}, got); diff != "" {
		t.Error(diff)
	}
	for _, module := range []string{"broken", "crashing", "mistaken"} {
		if !strings.Contains(out.String(), "module="+module) {
			t.Errorf("nobody is told about %s: %s", module, out)
		}
	}
	if empty := slot.Collect(t.Context(), h, slot.Define[int, int]("core.other"), 1, nil); len(empty) != 0 {
		t.Errorf("an empty slot gave %v", empty)
	}
}

// Where an answer must not be missing, a filler that fails is no answer at all.
func TestEvery(t *testing.T) {
	t.Parallel()
	h := slot.NewHub(slog.New(slog.DiscardHandler))
	h.Add(fill("orders", 10), widgets.Fill("broken", 1, func(context.Context, string) (string, error) { panic("no") }))
	if got, err := slot.Every(t.Context(), h, widgets, "you", nil); err == nil {
		t.Errorf("a filler that fails is left out of %v", got)
	}
	got, err := slot.Every(t.Context(), h, widgets, "you", func(module string) bool { return module != "broken" })
	if diff := cmp.Diff([]string{"orders for you"}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func ExampleCollect() {
	h := slot.NewHub(slog.New(slog.DiscardHandler))
	h.Add(fill("orders", 10))
	fmt.Println(slot.Collect(context.Background(), h, widgets, "Anne", nil))
	// Output: [orders for Anne]
}
