package catalog

import (
	"strings"
	"testing"

	"orion/kit/i18n"
)

func TestSearchForgivesTypos(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		p := simple("Stoneware mug", 2400)
		p.Title[i18n.Fr], p.Title[i18n.De] = "Tasse en grès", "Steinzeugbecher"
		b.save(t, p)
		b.save(t, simple("Linen towel", 1400))
		for typed, want := range map[string]string{
			"stonware": "stoneware", "tassse": "tasse", "stonewrae mug": "stoneware mug", "steinzeugbehcer": "steinzeugbecher", "lienn": "linen",
			"stoneware": "", "zeppelin": "", "mgu": "mug", "qq": "",
		} {
			list, err := b.Browse(t.Context(), b.in, "en", Query{Text: typed})
			if err != nil || list.Meant != want {
				t.Errorf("%q is taken for %q, want %q, %v", typed, list.Meant, want, err)
			}
			if (want != "" || typed == "stoneware") && list.Total != 1 {
				t.Errorf("%q finds %d", typed, list.Total)
			}
		}
		other := *b
		other.in = b.env.Store()
		if list, err := other.Browse(t.Context(), other.in, "en", Query{Text: "stonware"}); err != nil || list.Total != 0 || list.Meant != "" {
			t.Errorf("another store knows the word: %+v, %v", list, err)
		}
		if w := get(t, b.site(t), "/search?q=stonware"); !strings.Contains(w.Body.String(), "Nothing for stonware. Showing stoneware.") {
			t.Error("the page does not say what it shows")
		}
	})
}

func TestRelatedFillTheRow(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		cat := b.category(t, 0, i18n.Text{"en": "Mugs"})
		for _, p := range []struct {
			title, brand string
			in           CategoryID
		}{{"Other one", "", 0}, {"Other two", "", 0}, {"Kin", "Kiln", 0}, {"Mate", "", cat}, {"Mug", "Kiln", cat}} {
			in := simple(p.title, 1000)
			in.Brand, in.Category = p.brand, p.in
			b.save(t, in)
		}
		page, err := b.PageOf(t.Context(), b.in, "en", "mug")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range page.Related {
			got = append(got, c.Title)
		}
		if strings.Join(got, ", ") != "Mate, Kin, Other two, Other one" {
			t.Errorf("related are %q", got)
		}
		if alone, err := b.PageOf(t.Context(), b.in, "en", "other-one"); err != nil || len(alone.Related) != 4 {
			t.Errorf("without a category there are %d, %v", len(alone.Related), err)
		}
	})
}

func TestLanguageInTheAddress(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		b.save(t, shirt())
		s := b.site(t)
		for path, want := range map[string]string{
			"/products/linen-shirt": "Linen shirt", "/products/linen-shirt?lang=fr": "Chemise en lin", "/products/linen-shirt?lang=xx": "Linen shirt",
			"/products/linen-shirt?o.size=m&lang=de": "Leinenhemd",
		} {
			if w := get(t, s, path); w.Code != 200 || !strings.Contains(w.Body.String(), "<h1>"+want+"</h1>") {
				t.Errorf("%s: %d, lacks %s", path, w.Code, want)
			}
		}
		if set := get(t, s, "/products?lang=fr").Header().Get("Set-Cookie"); !strings.HasPrefix(set, "lang=fr") {
			t.Errorf("the next page forgets the language: %q", set)
		}
		if set := get(t, s, "/products?lang=xx").Header().Get("Set-Cookie"); set != "" {
			t.Errorf("an unknown language is kept: %q", set)
		}
	})
}
