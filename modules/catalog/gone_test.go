package catalog

import (
	"net/http"
	"strings"
	"testing"
)

// Search engines are told to forget what is no longer sold, and people are
// shown what there is instead. What was never shown is not known at all.
func TestGone(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		fill(t, b)
		s := b.site(t)
		p, err := b.PageOf(t.Context(), b.in, "en", "linen-shirt")
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Archive(t.Context(), b.in, p.ID); err != nil {
			t.Fatal(err)
		}
		w := get(t, s, "/products/linen-shirt")
		if body := w.Body.String(); w.Code != http.StatusGone || !strings.Contains(body, "No longer sold") || strings.Contains(body, "/cart/add") || !strings.Contains(body, "/products/grosse-tasse") {
			t.Errorf("archived: %d\n%s", w.Code, body)
		}
		if w := get(t, s, "/api/v1/storefront/products/linen-shirt"); w.Code != http.StatusNotFound {
			t.Errorf("programs are told %d", w.Code)
		}
		if err := b.SetStatus(t.Context(), b.in, p.ID, Draft); err != nil {
			t.Fatal(err)
		}
		if w := get(t, s, "/products/linen-shirt"); w.Code != http.StatusNotFound {
			t.Errorf("draft: %d", w.Code)
		}
	})
}
