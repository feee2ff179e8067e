package catalog

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/modules/catalog/catalogapi"
)

func TestShow(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		id := b.save(t, shirt())
		p, err := b.Product(ctx, b.in, id)
		if err != nil {
			t.Fatal(err)
		}
		show := func(in *bench, s Stock) {
			t.Helper()
			var all []catalogapi.Shown
			for _, v := range p.Variants {
				all = append(all, catalogapi.Shown{Variant: v.ID, Left: s.Left, Backorder: s.Backorder, Untracked: s.Untracked})
			}
			if err := in.do(ctx, func(tx tx) error { return in.Show(ctx, tx, all) }); err != nil {
				t.Fatal(err)
			}
		}
		for _, s := range []Stock{{}, {Left: 3}, {}, {Backorder: true}, {Untracked: true}, {Left: 7, Backorder: true}} {
			show(b, s)
			now, err := b.PageOf(ctx, b.in, "en", "linen-shirt")
			if err != nil || now.InStock != s.Available() || now.Variants[1].Stock != s {
				t.Errorf("showed %+v, the page has %v %+v, %v", s, now.InStock, now.Variants[1].Stock, err)
			}
			list, err := b.Browse(ctx, b.in, "en", Query{Filter: Filter{InStock: true}})
			if err != nil || list.Total == 1 != s.Available() {
				t.Errorf("showed %+v, the list has %d, %v", s, list.Total, err)
			}
		}
		other := *b
		other.in = b.env.Store()
		show(&other, Stock{})
		if now, err := b.PageOf(ctx, b.in, "en", "linen-shirt"); err != nil || !now.InStock {
			t.Errorf("another store emptied the shelf: %v", err)
		}
	})
}

func TestOffers(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		id := b.save(t, shirt())
		p, err := b.Product(ctx, b.in, id)
		if err != nil {
			t.Fatal(err)
		}
		v := p.Variants[0].ID
		want := catalogapi.Offer{
			Variant: v, Product: id, Slug: "linen-shirt", Title: "Chemise en lin", Options: "Couleur\u00a0: Craie, Taille\u00a0: S", SKU: "SH-chalk-s",
			GTIN: "4006381333931", Image: "products/ab/shirt-400.webp", Unit: euro(8900), CompareAt: euro(9900), TaxClass: catalogapi.TaxStandard,
			Grams: 300, Sellable: true, MinQty: 1, Step: 1, Stock: catalogapi.Shown{Variant: v},
		}
		offers := func() map[catalogapi.VariantID]catalogapi.Offer {
			t.Helper()
			var out map[catalogapi.VariantID]catalogapi.Offer
			err := b.do(ctx, func(tx tx) (err error) {
				out, err = b.Offers(ctx, tx, "fr", []catalogapi.VariantID{v, 42})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		if diff := cmp.Diff(map[catalogapi.VariantID]catalogapi.Offer{v: want}, offers()); diff != "" {
			t.Error(diff)
		}
		if err := b.do(ctx, func(tx tx) error {
			for _, sku := range []string{"SH-chalk-s", "4006381333931"} {
				ref, err := b.BySKU(ctx, tx, sku)
				if err != nil || ref.Variant != v {
					t.Errorf("%s is %+v, %v", sku, ref, err)
				}
			}
			if _, err := b.BySKU(ctx, tx, "none"); !isNoRow(err) {
				t.Errorf("an unknown SKU gives %v", err)
			}
			refs, err := b.References(ctx, tx, "fr", []catalogapi.VariantID{v})
			if err != nil || refs[v].Title != "Chemise en lin" || refs[v].Options != "Couleur\u00a0: Craie, Taille\u00a0: S" {
				t.Errorf("references %+v, %v", refs, err)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if err := b.Archive(ctx, b.in, id); err != nil {
			t.Fatal(err)
		}
		if offers()[v].Sellable {
			t.Error("an archived product is sellable")
		}
	})
}

func TestStatements(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		fill(t, b)
		if _, err := b.Tree(t.Context(), b.in); err != nil { // the store's facts are in memory
			t.Fatal(err)
		}
		if _, err := b.PageOf(t.Context(), b.in, "fr", "linen-shirt"); err != nil {
			t.Fatal(err)
		}
		for name, tc := range map[string]struct {
			most int
			run  func(ctx context.Context) error
		}{
			"category": {2, func(ctx context.Context) error {
				_, err := b.Browse(ctx, b.in, "en", Query{Category: "table", Filter: Filter{InStock: true}})
				return err
			}},
			"search":                {2, func(ctx context.Context) error { _, err := b.Browse(ctx, b.in, "en", Query{Text: "cup"}); return err }},
			"product":               {3, func(ctx context.Context) error { _, err := b.PageOf(ctx, b.in, "en", "linen-shirt"); return err }},
			"product seen just now": {0, func(ctx context.Context) error { _, err := b.PageOf(ctx, b.in, "fr", "linen-shirt"); return err }},
			"staff list": {2, func(ctx context.Context) error {
				_, err := b.Products(ctx, b.in, "en", Wanted{Text: "cup"})
				return err
			}},
			"suggest": {1, func(ctx context.Context) error { _, err := b.Suggest(ctx, b.in, "en", "cu"); return err }},
			"home":    {1, func(ctx context.Context) error { _, err := b.HomeOf(ctx, b.in, "en"); return err }},
		} {
			n := count(t.Context(), func(ctx context.Context) {
				if err := tc.run(ctx); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
			if n > tc.most {
				t.Errorf("%s takes %d statements", name, n)
			}
		}
	})
}

// Readers make up what they look for, and as much of it as they like; it takes
// the room of what was found.
func TestShelfCountsWhatReadersMakeUp(t *testing.T) {
	t.Parallel()
	s := newShelf()
	for i := range 2000 {
		key := s.key(1, strings.Repeat("x", 60_000)+string(rune('a'+i%26))+strings.Repeat("y", i))
		s.lists.Set(key, arranged{})
		s.cards.Set(key, nil)
	}
	s.lists.CleanUp()
	s.cards.CleanUp()
	const most = 100 << 20 // bytes of names
	if n := s.lists.EstimatedSize(); n*60_000 > most {
		t.Errorf("%d lists that nobody finds anything in are kept", n)
	}
	if n := s.cards.EstimatedSize(); n*60_000 > most/2 {
		t.Errorf("%d pages without a card are kept", n)
	}
}
