package catalog

import (
	"strings"
	"testing"
	"time"

	"orion/kit/i18n"
)

// move is a change of a price on a day, and the lowest price before that has to
// stand beside it afterwards.
type move struct {
	day            int
	price, compare int64
	lowest         int64
}

// The cases of the Commission's guidance on Article 6a of Directive 98/6/EC
// (2021/C 526/02), and of the Court of Justice, C-330/23.
func TestLowestPriceBeforeReduction(t *testing.T) {
	cases := map[string][]move{
		"a steady price":                           {{0, 10000, 0, 0}, {60, 8000, 10000, 10000}},
		"a rise shortly before does not count":     {{0, 8000, 0, 0}, {50, 10000, 0, 0}, {60, 7000, 10000, 8000}},
		"what was longer ago does not count":       {{0, 6000, 0, 0}, {20, 10000, 0, 0}, {60, 8000, 10000, 10000}},
		"a price that ended within the time does":  {{0, 6000, 0, 0}, {31, 10000, 0, 0}, {60, 8000, 10000, 6000}},
		"a reduction in steps keeps the first":     {{0, 10000, 0, 0}, {60, 8000, 10000, 10000}, {70, 7000, 10000, 10000}, {120, 5000, 10000, 10000}},
		"between two reductions the first counts":  {{0, 10000, 0, 0}, {60, 7000, 10000, 10000}, {65, 10000, 0, 0}, {80, 8000, 10000, 7000}},
		"after thirty days it no longer does":      {{0, 10000, 0, 0}, {60, 7000, 10000, 10000}, {65, 10000, 0, 0}, {96, 8000, 10000, 10000}},
		"taken back in part, the lower one counts": {{0, 10000, 0, 0}, {60, 7000, 10000, 10000}, {70, 8000, 10000, 7000}},
		"less than thirty days on the market":      {{0, 10000, 0, 0}, {5, 9000, 0, 0}, {12, 8000, 10000, 9000}},
		"announced without a lower price":          {{0, 10000, 0, 0}, {60, 10000, 12000, 10000}},
		"came reduced from elsewhere":              {{0, 8000, 10000, 10000}, {1, 7000, 10000, 10000}},
		"the old price told anew":                  {{0, 10000, 0, 0}, {60, 8000, 10000, 10000}, {61, 8000, 10500, 10000}},
	}
	each(t, func(t *testing.T, b *bench) {
		for name, moves := range cases {
			start := b.env.Clock.Now().Add(time.Hour)
			p := simple("Coat", moves[0].price)
			p.Slug = slugify(name)
			for i, m := range moves {
				b.env.Clock.Set(start.Add(time.Duration(m.day) * 24 * time.Hour))
				p.Variants[0].Price, p.Variants[0].CompareAt = euro(m.price), euro(m.compare)
				p.ID = b.save(t, p)
				page, err := b.PageOf(t.Context(), b.in, "en", p.Slug)
				if err != nil {
					t.Fatal(err)
				}
				if got := page.Variants[0].Past.Lowest.Minor; got != m.lowest || page.Lowest.Minor != m.lowest {
					t.Errorf("%s, step %d: lowest %d and %d, want %d", name, i, got, page.Lowest.Minor, m.lowest)
				}
			}
		}
	})
}

func TestImportKeepsPriceHistory(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		file := func(price, compare string) string {
			return "slug,title_en,status,price,compare_at,stock\ncoat,Coat,active," + price + "," + compare + ",5\n"
		}
		for i, row := range [][2]string{{"80.00", ""}, {"100.00", ""}, {"70.00", "100.00"}} {
			b.env.Clock.Advance(20 * 24 * time.Hour)
			if r := b.load(t, b.in, strings.NewReader(file(row[0], row[1])), english()); r.Failed > 0 {
				t.Fatalf("row %d: %+v", i, r)
			}
		}
		if r := b.load(t, b.in, strings.NewReader(file("70.00", "100.00")), english()); r.Unchanged != 1 {
			t.Errorf("the same file changed something: %+v", r)
		}
		page, err := b.PageOf(t.Context(), b.in, "en", "coat")
		if err != nil || page.Variants[0].Past.Lowest != euro(8000) {
			t.Errorf("lowest %v, %v", page.Variants[0].Past.Lowest, err)
		}
		s := b.site(t)
		for _, path := range []string{"/products/coat", "/products"} {
			if w := get(t, s, path); !strings.Contains(w.Body.String(), "Lowest price of the 30 days before: €80.00") {
				t.Errorf("%s does not say the lowest price before", path)
			}
		}
		// 12 % of the lowest price, not 30 % of the price that was told before.
		if w := get(t, s, "/products"); !strings.Contains(w.Body.String(), "−12 %") {
			t.Error("the card does not count from the lowest price")
		}
	})
}

func TestUnitPrice(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amount, unit string
		price        int64
		want         int64
		per          Unit
	}{
		{"250", "g", 650, 2600, "kg"},
		{"0.75", "l", 900, 1200, "l"},
		{"0,75", "l", 900, 1200, "l"},
		{"25", "cl", 1100, 4400, "l"},
		{"50", "ml", 1500, 30000, "l"},
		{"6", "piece", 299, 50, "piece"},
		{"1", "kg", 500, 0, ""},
		{"1000", "g", 500, 0, ""},
		{"", "kg", 500, 0, ""},
		{"333", "g", 100, 300, "kg"},
		{"1.5", "m2", 3000, 2000, "m2"},
	} {
		content, err := ParseContent(c.amount, c.unit)
		if err != nil {
			t.Errorf("%s %s: %v", c.amount, c.unit, err)
		}
		if got, per := content.price(euro(c.price)); got.Minor != c.want || per != c.per {
			t.Errorf("%d for %s %s is %v/%s, want %d/%s", c.price, c.amount, c.unit, got, per, c.want, c.per)
		}
	}
	for _, bad := range [][2]string{{"1", ""}, {"1", "stone"}, {"-1", "g"}, {"1.2345", "g"}, {"a", "g"}, {"1.2.3", "g"}, {"99999999999", "g"}} {
		if c, err := ParseContent(bad[0], bad[1]); err == nil {
			t.Errorf("%v is taken for %+v", bad, c)
		}
	}
}

func TestContentAndStepTravel(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		p := simple("Honey", 650)
		p.Step, p.MinQty, p.MaxQty = 6, 7, 40
		p.Variants[0].Content = Content{250_000, "g"}
		id := b.save(t, p)
		have, err := b.Product(t.Context(), b.in, id)
		if err != nil || have.Step != 6 || have.MinQty != 12 || have.MaxQty != 36 {
			t.Fatalf("sold by %d from %d to %d, %v", have.Step, have.MinQty, have.MaxQty, err)
		}
		for _, f := range []Format{Orion, Shopify} {
			var file strings.Builder
			if _, err := b.Export(t.Context(), b.in, &file, ExportOptions{Format: f, Lang: i18n.En, Origin: "https://x.test"}); err != nil {
				t.Fatal(err)
			}
			if r := b.load(t, b.in, strings.NewReader(file.String()), english()); r.Unchanged != 1 {
				t.Errorf("%s did not come back the same: %+v\n%s", f, r, file.String())
			}
			other := b.env.Store()
			b.load(t, other, strings.NewReader(file.String()), english())
			page, err := b.PageOf(t.Context(), other, "en", "honey")
			if err != nil || page.Variants[0].Content != p.Variants[0].Content {
				t.Errorf("%s lost the content: %+v, %v", f, page.Variants, err)
			}
		}
		s := b.site(t)
		for _, want := range []string{"€26.00/kg", "Sold in packs of 6.", `step="6"`, `min="12"`} {
			if w := get(t, s, "/products/honey"); !strings.Contains(w.Body.String(), want) {
				t.Errorf("the page lacks %q", want)
			}
		}
		if w := get(t, s, "/products"); !strings.Contains(w.Body.String(), "€26.00/kg") {
			t.Error("the card lacks the unit price")
		}
	})
}
