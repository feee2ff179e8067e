package catalog

import (
	"errors"
	"testing"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/modules/catalog/catalogapi"
)

// What others rate is on cards and pages at once, survives a save, and takes no
// statement more.
func TestRate(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		in := simple("Mug", 2400)
		in.Slug = "mug"
		id := b.save(t, in)
		page := func() catalogapi.Rating {
			t.Helper()
			p, err := b.PageOf(t.Context(), b.in, i18n.En, "mug")
			if err != nil {
				t.Fatal(err)
			}
			return p.Rating
		}
		if got := page(); got != (catalogapi.Rating{}) {
			t.Errorf("nobody rated it, and it has %+v", got)
		}
		rate := func(stars, count int64) {
			t.Helper()
			more := catalogapi.Rating{Stars: stars, Count: count}
			if err := db.Do(t.Context(), b.db, b.in, func(tx tx) error { return b.Rate(t.Context(), tx, id, more) }); err != nil {
				t.Fatal(err)
			}
		}
		rate(9, 2)
		rate(-4, -1)
		stored, err := b.Product(t.Context(), b.in, id)
		if err != nil {
			t.Fatal(err)
		}
		again := stored.ProductInput
		again.Title = i18n.Text{i18n.En: "Better mug"}
		b.save(t, again)
		want := catalogapi.Rating{Stars: 5, Count: 1}
		if got := page(); got != want {
			t.Errorf("the page says %+v, want %+v", got, want)
		}
		list, err := b.Browse(t.Context(), b.in, i18n.En, Query{})
		if err != nil || len(list.Items) != 1 || list.Items[0].Rating != want {
			t.Errorf("the list has %+v, %v", list.Items, err)
		}
		home, err := b.HomeOf(t.Context(), b.in, i18n.En)
		if err != nil || len(home.Cards) != 1 || home.Cards[0].Rating != want {
			t.Errorf("home has %+v, %v", home.Cards, err)
		}
	})
}

// Other modules find products by slug and describe them by identifier; what is
// not for sale has no variants.
func TestDescribe(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		in := simple("Mug", 2400)
		in.Slug = "mug"
		id := b.save(t, in)
		describe := func() catalogapi.Reference {
			t.Helper()
			all, err := db.Read(t.Context(), b.db, b.in, func(tx tx) (map[catalogapi.ProductID]catalogapi.Reference, error) {
				return b.Describe(t.Context(), tx, i18n.En, []catalogapi.ProductID{id, id + 1})
			})
			if err != nil || len(all) != 1 {
				t.Fatal(all, err)
			}
			return all[id]
		}
		if got := describe(); got.Title != "Mug" || got.Slug != "mug" || len(got.Variants) != 1 {
			t.Errorf("it is %+v", got)
		}
		bySlug := func(slug string) error {
			_, err := db.Read(t.Context(), b.db, b.in, func(tx tx) (catalogapi.Reference, error) {
				return b.BySlug(t.Context(), tx, i18n.En, slug)
			})
			return err
		}
		if err := errors.Join(bySlug("mug"), b.Archive(t.Context(), b.in, id)); err != nil {
			t.Fatal(err)
		}
		if got := describe(); got.Title != "Mug" || len(got.Variants) != 0 {
			t.Errorf("archived it is %+v", got)
		}
		if err := bySlug("mug"); !errors.Is(err, db.ErrNoRow) {
			t.Errorf("archived it is found: %v", err)
		}
	})
}
