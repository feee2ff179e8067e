package ui

import (
	"context"
	"strconv"
	"strings"
	"testing"
)

func TestHearts(t *testing.T) {
	t.Parallel()
	h := ReadHearts("", false)
	for i := range 100 {
		h = h.With("product-" + strconv.Itoa(i)).With("product-0")
	}
	h = h.Without("product-7").Without("never-there")
	again := ReadHearts(h.Text(false), false)
	if again.Count() != 99 || !again.Has("product-99") || again.Has("product-7") || again.Has("") {
		t.Errorf("%d hearts, %t, %t", again.Count(), again.Has("product-99"), again.Has("product-7"))
	}
	own := h.Text(true)
	if n := ReadHearts(own, true).Count(); n != 99 {
		t.Errorf("the customer has %d", n)
	}
	if n := ReadHearts(own, false).Count(); n != 0 {
		t.Errorf("who is not signed in sees %d of a customer's", n)
	}
	if n := ReadHearts("not marks", false).Count(); n != 0 {
		t.Errorf("nonsense has %d", n)
	}
	for _, c := range own {
		if c < '!' || c > '~' || strings.ContainsRune(`",;\`, c) {
			t.Errorf("%q does not fit into a cookie", c)
		}
	}
}

// A heart says whether the product is wished for, is hidden where there is no
// list, and lets nothing out of its attributes.
func TestHeart(t *testing.T) {
	t.Parallel()
	draw := func(ctx context.Context) string {
		var out strings.Builder
		if err := (Heart{Slug: "mug", Variant: "var_1", Title: `"><script>`}).Render(ctx, &out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if got := draw(t.Context()); got != "" {
		t.Errorf("without a list it draws %s", got)
	}
	none := ReadHearts("", false)
	if got := draw(WithHearts(t.Context(), none)); !strings.Contains(got, `name="add" aria-pressed="false" value="mug~var_1"`) || strings.Contains(got, "<script>") {
		t.Errorf("an empty heart is %s", got)
	}
	if got := draw(WithHearts(t.Context(), none.With("mug"))); !strings.Contains(got, `name="remove" aria-pressed="true"`) {
		t.Errorf("a full heart is %s", got)
	}
}
