package catalog

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/modules/catalog/catalogapi"
)

// TestSitemapParts cuts five products into parts of two, which stay findable
// when the product that named one is gone.
func TestSitemapParts(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		var made []catalogapi.ProductID
		for _, title := range []string{"Ash", "Birch", "Cedar", "Elm", "Fir"} {
			made = append(made, b.save(t, simple(title, 1000)))
		}
		draft := simple("Hidden", 1000)
		draft.Status = Draft
		b.save(t, draft)
		parts := func() (from []catalogapi.ProductID) {
			t.Helper()
			got, err := db.Read(ctx, b.env.DB, b.in, func(tx tx) ([]SitemapPart, error) { return sitemapParts(ctx, tx, 2) })
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range got {
				if !p.Changed.Equal(b.env.Clock.Now()) {
					t.Errorf("changed at %v", p.Changed)
				}
				from = append(from, p.From)
			}
			return from
		}
		in := func(s span) (slugs []string, steps int, err error) {
			err = b.sitemap(ctx, b.in, s, func(entries []Entry) bool {
				steps++
				for _, e := range entries {
					slugs = append(slugs, e.Slug)
				}
				return true
			})
			return slugs, steps, err
		}
		if diff := cmp.Diff([]catalogapi.ProductID{made[0], made[2], made[4]}, parts()); diff != "" {
			t.Error(diff)
		}
		if got, steps, err := in(span{made[1], 3, 2}); err != nil || steps != 2 || !cmp.Equal(got, []string{"birch", "cedar", "elm"}) {
			t.Errorf("three from the second on: %v in %d steps, %v", got, steps, err)
		}
		if got, _, err := in(span{made[3], 10, 2}); err != nil || !cmp.Equal(got, []string{"elm", "fir"}) {
			t.Errorf("to the end: %v, %v", got, err)
		}
		if err := b.Archive(ctx, b.in, made[2]); err != nil {
			t.Fatal(err)
		}
		if got, _, err := in(span{made[2], 2, 2}); err != nil || !cmp.Equal(got, []string{"elm", "fir"}) {
			t.Errorf("from one that is sold no longer: %v, %v", got, err)
		}
		if _, _, err := in(span{made[4] + 1, 2, 2}); !errors.Is(err, ErrNoProduct) {
			t.Errorf("after the last: %v", err)
		}
		other := &bench{Module: b.Module, env: b.env, in: b.env.Store()}
		if err := other.Sitemap(ctx, other.in, made[0], func([]Entry) bool { return true }); !errors.Is(err, ErrNoProduct) {
			t.Errorf("another store's: %v", err)
		}
	})
}
