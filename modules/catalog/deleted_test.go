package catalog

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/i18n"
)

func TestDeletedProducts(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx, s := t.Context(), b.site(t)
		cat := b.category(t, 0, i18n.Text{"en": "Cups"})
		in := simple("Cup", 500)
		in.Category = cat
		id := b.save(t, in)
		w, _ := postForm(t, s, "/store/products/bulk", url.Values{"id": {id.String()}, "act": {"delete"}})
		if w.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		list, err := b.BulkChanges(ctx, b.in)
		if err != nil || len(list) != 1 || list[0].Kind != ByDeleted {
			t.Fatalf("changes %+v, %v", list, err)
		}
		for _, path := range []string{"/products/cup", "/store/products/" + id.String()} {
			if w := get(t, s, path); w.Code != http.StatusNotFound {
				t.Errorf("%s: %d", path, w.Code)
			}
		}
		for _, path := range []string{"/store/products", "/store/products.csv", "/store/products?status=archived"} {
			if w := get(t, s, path); strings.Contains(w.Body.String(), id.String()) || strings.Contains(w.Body.String(), "Cup,") {
				t.Errorf("%s still has it", path)
			}
		}
		if err := b.DeleteCategory(ctx, b.in, cat); err != nil {
			t.Errorf("its category cannot go: %v", err)
		}
		left, err := b.UndoMany(ctx, b.in, auth.Actor{}, list[0].ID, nil)
		if err != nil || len(left) != 1 {
			t.Errorf("without its category: %+v, %v", left, err)
		}

		again := b.save(t, simple("Cup", 700)) // takes the address
		w, _ = postForm(t, s, "/store/products/bulk", url.Values{"id": {again.String()}, "act": {"delete"}})
		if w.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		list, err = b.BulkChanges(ctx, b.in)
		if err != nil {
			t.Fatal(err)
		}
		third := b.save(t, simple("Cup", 900))
		if left, err := b.UndoMany(ctx, b.in, auth.Actor{}, list[0].ID, nil); err != nil || len(left) != 1 || left[0].Left != "catalog.slug_taken" {
			t.Errorf("the address is taken by %v: %+v, %v", third, left, err)
		}
	})
}
