package catalog

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/page"
)

func slugs(cards []Card) []string {
	var out []string
	for _, c := range cards {
		out = append(out, c.Slug)
	}
	return out
}

// fill makes a small store: a shirt, three mugs and a voucher.
func fill(t testing.TB, b *bench) (clothes, mugs CategoryID) {
	t.Helper()
	clothes = b.category(t, 0, i18n.Text{"en": "Clothes", "fr": "Vêtements"})
	table := b.category(t, 0, i18n.Text{"en": "Table"})
	mugs = b.category(t, table, i18n.Text{"en": "Mugs", "de": "Becher", "fr": "Tasses"})
	s := shirt()
	s.Category = clothes
	b.save(t, s)
	for i, title := range []string{"Große Tasse", "Crème brûlée cup", "Œuf cup"} {
		p := simple(title, int64(1000+500*i))
		p.Category, p.Brand = mugs, "Kiln"
		p.Featured = i == 1
		if i == 2 {
			p.Variants[0].Stock = Stock{}
		}
		b.save(t, p)
	}
	v := simple("Voucher", 5000)
	v.Variants[0].Digital = true
	b.save(t, v)
	return clothes, mugs
}

func TestBrowse(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		fill(t, b)
		for name, tc := range map[string]struct {
			q    Query
			want []string
		}{
			"everything, featured and new first": {Query{}, []string{"creme-brulee-cup", "voucher", "oeuf-cup", "grosse-tasse", "linen-shirt"}},
			"cheapest first":                     {Query{Sort: PriceUp}, []string{"grosse-tasse", "creme-brulee-cup", "oeuf-cup", "voucher", "linen-shirt"}},
			"dearest first":                      {Query{Sort: PriceDown}, []string{"linen-shirt", "voucher", "oeuf-cup", "creme-brulee-cup", "grosse-tasse"}},
			"a category with those below":        {Query{Category: "table", Sort: PriceUp}, []string{"grosse-tasse", "creme-brulee-cup", "oeuf-cup"}},
			"a brand":                            {Query{Filter: Filter{Brands: []string{"Atelier Süd"}}}, []string{"linen-shirt"}},
			"a colour":                           {Query{Filter: Filter{Options: map[string][]string{"colour": {"wine", "blue"}}}}, []string{"linen-shirt"}},
			"two kinds that exclude each other":  {Query{Filter: Filter{Brands: []string{"Kiln"}, Tags: []string{"summer"}}}, nil},
			"a price range":                      {Query{Sort: PriceUp, Filter: Filter{From: 1000, To: 2000}}, []string{"grosse-tasse", "creme-brulee-cup"}},
			"what is in stock":                   {Query{Category: "mugs", Sort: PriceUp, Filter: Filter{InStock: true}}, []string{"grosse-tasse", "creme-brulee-cup"}},
			"a word without its accents":         {Query{Text: "creme"}, []string{"creme-brulee-cup"}},
			"a word with other accents":          {Query{Text: "BRÛLEE"}, []string{"creme-brulee-cup"}},
			"a sharp s":                          {Query{Text: "grosse"}, []string{"grosse-tasse"}},
			"a ligature":                         {Query{Text: "oeuf"}, []string{"oeuf-cup"}},
			"in German, on an English page":      {Query{Text: "leinenhemd"}, []string{"linen-shirt"}},
			"in French":                          {Query{Text: "chemises lin"}, []string{"linen-shirt"}},
			"in Luxembourgish":                   {Query{Text: "lenghiem"}, []string{"linen-shirt"}},
			"the beginning of a word":            {Query{Text: "lin shi"}, []string{"linen-shirt"}},
			"a SKU":                              {Query{Text: "SH-wine-m"}, []string{"linen-shirt"}},
			"a barcode":                          {Query{Text: "4006381333931"}, []string{"linen-shirt"}},
			"a word of the body":                 {Query{Text: "echternach"}, []string{"linen-shirt"}},
			"the name of a category":             {Query{Text: "becher", Sort: PriceUp}, []string{"grosse-tasse", "creme-brulee-cup", "oeuf-cup"}},
			"all words are needed":               {Query{Text: "linen voucher"}, nil},
			"signs only":                         {Query{Text: `"*?!(`}, nil},
			"syntax of the database":             {Query{Text: `linen" OR scope:s1 NOT :* | & )`}, nil},
			"a search within a category":         {Query{Text: "cup", Category: "table", Sort: PriceUp}, []string{"creme-brulee-cup", "oeuf-cup"}},
		} {
			got, err := b.Browse(t.Context(), b.in, "en", tc.q)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if diff := cmp.Diff(tc.want, slugs(got.Items)); diff != "" || got.Total != len(tc.want) {
				t.Errorf("%s (%d in all):\n%s", name, got.Total, diff)
			}
		}
		if _, err := b.Browse(t.Context(), b.in, "en", Query{Category: "nowhere"}); !errors.Is(err, ErrNoCategory) {
			t.Errorf("an unknown category gives %v", err)
		}
		best, err := b.Browse(t.Context(), b.in, "en", Query{Text: "cup"})
		if err != nil || len(best.Items) != 2 {
			t.Errorf("found %v, %v", slugs(best.Items), err)
		}
	})
}

func TestFacets(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		fill(t, b)
		got, err := b.Browse(t.Context(), b.in, "fr", Query{Filter: Filter{Brands: []string{"Kiln"}}})
		if err != nil {
			t.Fatal(err)
		}
		var text []string
		for _, f := range got.Facets {
			line := string(f.Kind) + " " + f.Name + ":"
			for _, v := range f.Values {
				line += fmt.Sprintf(" %s=%d", v.Name+v.Value, v.Count)
				if v.On {
					line += "!"
				}
			}
			text = append(text, line)
		}
		want := []string{
			"category : Tabletable=3",
			"brand : KilnKiln=3! Atelier SüdAtelier Süd=1",
			"price : 1000-1500=1 1500-2000=1 2000-0=1",
			"stock : 1=2",
		}
		if diff := cmp.Diff(want, text); diff != "" {
			t.Error(diff)
		}
		all, err := b.Browse(t.Context(), b.in, "fr", Query{Category: "clothes"})
		if err != nil {
			t.Fatal(err)
		}
		if f := all.Facets[0]; f.Kind != ByOption || f.Name != "Couleur" || f.Values[0].Name != "Craie" || f.Values[0].Swatch != "#f4f1ea" {
			t.Errorf("facet %+v", f)
		}
	})
}

func TestBrowsePages(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		for i := range 45 {
			p := simple(fmt.Sprintf("Thing %02d", i), int64(100*(i%7)+100))
			p.Featured = i%5 == 0
			b.save(t, p)
		}
		for _, q := range []Query{{Sort: Best}, {Sort: Newest}, {Sort: PriceUp}, {Sort: PriceDown}, {Text: "thing"}} {
			seen := map[string]bool{}
			q.Page = page.Request{Limit: 10}
			for n := 0; ; n++ {
				got, err := b.Browse(t.Context(), b.in, "en", q)
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range got.Items {
					if seen[c.Slug] {
						t.Errorf("%+v: %s is on two pages", q, c.Slug)
					}
					seen[c.Slug] = true
				}
				if q.Page.After = got.Next; got.Next == "" {
					break
				}
			}
			if len(seen) != 45 {
				t.Errorf("%+v: %d products on all pages", q, len(seen))
			}
		}
		if _, err := b.Browse(t.Context(), b.in, "en", Query{Page: page.Request{After: "nonsense"}}); fault.As(err).Kind != fault.Invalid {
			t.Errorf("a made-up cursor gives %v", err)
		}
	})
}

func TestSuggest(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		fill(t, b)
		got, err := b.Suggest(t.Context(), b.in, "fr", "tas")
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Categories) != 1 || got.Categories[0].Slug != "mugs" || len(got.Products) != 3 || got.Products[0].Slug != "grosse-tasse" {
			t.Errorf("suggests %+v", got)
		}
		got, err = b.Suggest(t.Context(), b.in, "fr", "tassse")
		if err != nil || got.Meant != "tasse" || len(got.Products) != 3 {
			t.Errorf("for a typo it suggests %+v, %v", got, err)
		}
		if got, err = b.Suggest(t.Context(), b.in, "fr", "zeppelin"); err != nil || got.Meant != "" || len(got.Products)+len(got.Categories) != 0 {
			t.Errorf("for nothing it suggests %+v, %v", got, err)
		}
	})
}
