package catalog

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/modules/catalog/catalogapi"
)

func TestSave(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		in := shirt()
		in.Category = b.category(t, b.category(t, 0, i18n.Text{"en": "Clothes"}), i18n.Text{"en": "Shirts", "de": "Hemden"})
		id := b.save(t, in)
		got, err := b.Product(ctx, b.in, id)
		if err != nil {
			t.Fatal(err)
		}
		want := normal(in)
		want.ID = id
		ignore := cmpopts.IgnoreFields(Variant{}, "ID", "Stock", "Past")
		if diff := cmp.Diff(want, got.ProductInput, ignore); diff != "" {
			t.Errorf("stored another product (-want +got):\n%s", diff)
		}
		if got.Price != euro(8900) || got.PriceMax != euro(9200) || got.CompareAt != euro(9900) || !got.InStock || got.Digital {
			t.Errorf("derived %v–%v, before %v, in stock %v", got.Price, got.PriceMax, got.CompareAt, got.InStock)
		}
		if told := b.heard(t); len(told) != 1 || len(told[0].Variants) != 4 || told[0].Variants[3] != (catalogapi.Opening{
			Variant: got.Variants[3].ID, Stock: 3, Tracked: true, Deny: true,
		}) {
			t.Errorf("told %+v", told)
		}

		t.Run("again changes nothing but the time", func(t *testing.T) {
			b.env.Clock.Advance(1e9)
			b.save(t, got.ProductInput)
			again, err := b.Product(ctx, b.in, id)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(got, again, cmpopts.IgnoreFields(Product{}, "UpdatedAt")); diff != "" {
				t.Error(diff)
			}
		})
		t.Run("keeps what variants are, and retires those that are left out", func(t *testing.T) {
			change := got.ProductInput
			change.Options = []Option{change.Options[0]}
			change.Variants = []Variant{change.Variants[0], {Values: []string{"wine"}, Price: euro(100), Stock: Stock{Left: 99}}}
			change.Variants[0].Values = []string{"chalk"}
			change.Slug = "shirt-of-linen"
			b.save(t, change)
			now, err := b.Product(ctx, b.in, id)
			if err != nil {
				t.Fatal(err)
			}
			if len(now.Variants) != 2 || now.Variants[0].ID != got.Variants[0].ID || now.Variants[1].Stock.Left != catalogapi.Plenty {
				t.Errorf("variants %+v", now.Variants)
			}
			if _, err := b.PageOf(ctx, b.in, "en", "linen-shirt"); !errors.Is(err, Moved{Slug: "shirt-of-linen"}) {
				t.Errorf("the old slug gives %v", err)
			}
			if told := b.heard(t); len(told[1].Variants) != 1 || told[1].Variants[0].Stock != 99 {
				t.Errorf("told %+v", told)
			}
		})
	})
}

func TestSaveRefuses(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.save(t, simple("Mug", 1200))
		for name, tc := range map[string]struct {
			change func(*ProductInput)
			field  string
			code   string
		}{
			"no title":             {func(p *ProductInput) { p.Title = i18n.Text{"en": "  "}; p.Slug = "x" }, "title", "catalog.title_missing"},
			"slug of another":      {func(p *ProductInput) { p.Slug = "mug" }, "slug", "catalog.slug_taken"},
			"slug with a blank":    {func(p *ProductInput) { p.Slug = "a b" }, "slug", "catalog.slug_malformed"},
			"no variants":          {func(p *ProductInput) { p.Variants = nil }, "variants", "catalog.variants_missing"},
			"one variant twice":    {func(p *ProductInput) { p.Variants[1].Values = p.Variants[0].Values }, "variants.1.values", "catalog.variant_twice"},
			"unknown value":        {func(p *ProductInput) { p.Variants[1].Values = []string{"red", "s"} }, "variants.1.values", "catalog.variant_values_wrong"},
			"wrong GTIN":           {func(p *ProductInput) { p.Variants[0].GTIN = "4006381333932" }, "variants.0.gtin", "catalog.gtin_wrong"},
			"negative price":       {func(p *ProductInput) { p.Variants[0].Price.Minor = -1 }, "variants.0.price", "catalog.price_wrong"},
			"two currencies":       {func(p *ProductInput) { p.Variants[1].Price.Currency = "USD" }, "variants.1.price", "catalog.price_wrong"},
			"another's category":   {func(p *ProductInput) { p.Category = 7 }, "category", "catalog.no_category"},
			"most below the least": {func(p *ProductInput) { p.MinQty, p.MaxQty = 5, 3 }, "max_qty", "catalog.max_below_min"},
			"unknown tax class":    {func(p *ProductInput) { p.TaxClass = "luxury" }, "tax_class", "catalog.tax_class_unknown"},
		} {
			p := shirt()
			tc.change(&p)
			_, err := b.Save(t.Context(), b.in, p)
			f := fault.As(err)
			if f == nil || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Name != tc.field || f.Fields[0].Code != tc.code {
				t.Errorf("%s: %v", name, err)
			}
		}
		if rows, err := b.Products(t.Context(), b.in, "en", Wanted{}); err != nil || len(rows.Items) != 1 {
			t.Errorf("%d products, %v", len(rows.Items), err)
		}
	})
}

func TestStoresAreApart(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		id := b.save(t, shirt())
		p, err := b.Product(ctx, b.in, id)
		if err != nil {
			t.Fatal(err)
		}
		other := *b
		other.in = b.env.Store()
		if _, err := other.Product(ctx, other.in, id); !errors.Is(err, ErrNoProduct) {
			t.Errorf("another store reads the product: %v", err)
		}
		change := p.ProductInput
		if _, err := other.Save(ctx, other.in, change); !errors.Is(err, ErrNoProduct) {
			t.Errorf("another store changes the product: %v", err)
		}
		other.save(t, simple("Linen shirt", 100)) // the same slug and words
		for _, tc := range []struct {
			b    *bench
			want catalogapi.ProductID
		}{{b, id}} {
			got, err := tc.b.Browse(ctx, tc.b.in, "en", Query{Text: "linen"})
			if err != nil || len(got.Items) != 1 || got.Items[0].ID != tc.want {
				t.Errorf("found %+v, %v", got.Items, err)
			}
		}
		if err := other.Archive(ctx, other.in, id); !errors.Is(err, ErrNoProduct) {
			t.Errorf("another store archives the product: %v", err)
		}
		if got, err := b.Browse(ctx, b.in, "en", Query{Text: "linen"}); err != nil || len(got.Items) != 1 {
			t.Errorf("it is gone from its own store: %v", err)
		}
	})
}

func TestSetStatus(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		id := b.save(t, shirt())
		found := func() int {
			t.Helper()
			got, err := b.Browse(ctx, b.in, "en", Query{Text: "leinenhemd"})
			if err != nil {
				t.Fatal(err)
			}
			return got.Total
		}
		for _, step := range []struct {
			status Status
			want   int
		}{{Active, 1}, {Archived, 0}, {Active, 1}, {Draft, 0}} {
			if err := b.SetStatus(ctx, b.in, id, step.status); err != nil {
				t.Fatal(err)
			}
			if n := found(); n != step.want {
				t.Errorf("%s: found %d", step.status, n)
			}
		}
		if _, err := b.PageOf(ctx, b.in, "en", "linen-shirt"); !errors.Is(err, ErrNoProduct) {
			t.Errorf("a draft has a page: %v", err)
		}
	})
}

func TestCategories(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx := t.Context()
		root := b.category(t, 0, i18n.Text{"en": "Table", "fr": "Table"})
		leaf := b.category(t, root, i18n.Text{"en": "Mugs", "de": "Becher"})
		in := simple("Mug", 1200)
		in.Category = leaf
		b.save(t, in)
		tree, err := b.Tree(ctx, b.in)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(tree.Below(root), []int64{int64(root), int64(leaf)}) || len(tree.Path(leaf)) != 2 {
			t.Errorf("tree %+v", tree.All())
		}
		for name, c := range map[string]Category{
			"inside itself": {ID: root, Parent: leaf, Slug: "table", Name: i18n.Text{"en": "Table"}},
			"taken slug":    {Slug: "mugs", Name: i18n.Text{"en": "Other"}},
			"no name":       {Slug: "other"},
			"no parent":     {Parent: 99, Name: i18n.Text{"en": "Other"}},
		} {
			if _, err := b.SaveCategory(ctx, b.in, c); fault.As(err) == nil || fault.As(err).Kind != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := b.DeleteCategory(ctx, b.in, leaf); !errors.Is(err, ErrCategoryUsed) {
			t.Errorf("a used category goes: %v", err)
		}
		if err := b.DeleteCategory(ctx, b.env.Store(), leaf); !errors.Is(err, ErrNoCategory) {
			t.Errorf("another store's category: %v", err)
		}
	})
}
