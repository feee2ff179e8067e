package catalog

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/modules/catalog/catalogapi"
)

// What comes from a browser is any text; of it only products count, each once,
// and never more than are kept.
func TestSeenCookie(t *testing.T) {
	t.Parallel()
	var many seen
	for i := range catalogapi.ProductID(40) {
		many = many.with(1000 + i)
	}
	if len(many) != seenKept || many[0] != 1039 {
		t.Fatalf("keeps %d, the newest is %d", len(many), many[0])
	}
	if len(many.String()) > 200 {
		t.Errorf("takes %d bytes of every request", len(many.String()))
	}
	again := many.with(many[3])
	if again[0] != many[3] || len(again) != len(many) || again[1] != many[0] {
		t.Errorf("seen again: %v of %v", again, many)
	}
	one := seen{7}.String()
	for text, want := range map[string]seen{
		"":                               nil,
		"<script>":                       nil,
		one:                              {7},
		one + "." + one:                  {7},
		"x." + one + ".":                 {7},
		strings.Repeat(one+"x.", 50):     nil,
		many.String() + "." + one:        many,
		"prd_" + one:                     nil,
		strings.ReplaceAll(one, "7", ""): nil,
	} {
		if diff := cmp.Diff(want, readSeen(text)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}
