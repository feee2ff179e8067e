package ui

import (
	"strings"
	"testing"
)

// What cannot be had is shown, and said: in the choice, to who hears it, and in
// a line below.
func TestVariantPickerSaysWhatIsGone(t *testing.T) {
	t.Parallel()
	draw := func(gone bool) string {
		var out strings.Builder
		axis := VariantAxis{Name: "o.size", Label: "Size", Chosen: "s", Options: []VariantOption{{Value: "s", Label: "Small"}, {Value: "l", Label: "<Large>", Gone: gone}}}
		if err := (VariantPicker{Axes: []VariantAxis{axis}, Href: "/products/mug"}).Render(t.Context(), &out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	got := draw(true)
	for _, want := range []string{`value="l"`, `title="&lt;Large&gt;, ui.gone"`, `<span class="sr-only">, ui.gone</span>`, `class="variant-gone"`} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %s: %s", want, got)
		}
	}
	if got := draw(false); strings.Contains(got, "gone") {
		t.Errorf("nothing is gone: %s", got)
	}
}
