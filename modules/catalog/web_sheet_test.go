package catalog

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"orion/kit/auth"
	"orion/kit/figure"
	"orion/kit/i18n"
	"orion/modules/catalog/catalogapi"
)

// sheetForm is the sheet's form as its page has it.
func sheetForm(t testing.TB, body string) url.Values {
	t.Helper()
	form := url.Values{}
	for _, m := range regexp.MustCompile(`(?s)<input[^>]*>`).FindAllString(body, -1) {
		if name := attr(m, "name"); name != "" {
			form.Set(name, strings.ReplaceAll(attr(m, "value"), "&amp;", "&"))
		}
	}
	return form
}

func TestSheet(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		ctx, s := t.Context(), b.site(t)
		k := counts{map[catalogapi.VariantID]int64{}}
		b.kit.Slots.Add(catalogapi.Figures.Fill("inventory", 1, func(context.Context, figure.Reader) (FigureKeeper, error) { return k, nil }))
		table := b.category(t, 0, i18n.Text{"en": "Table"})
		mugs := b.category(t, table, i18n.Text{"en": "Mugs"})
		cup := b.save(t, simple("Cup", 500))
		sh := b.save(t, shirt())
		get := func() string {
			w := get(t, s, "/store/products/sheet?ids="+cup.String()+","+sh.String())
			if w.Code != http.StatusOK {
				t.Fatalf("%d %s", w.Code, w.Body)
			}
			return w.Body.String()
		}
		form := sheetForm(t, get())
		p, err := b.Product(ctx, b.in, cup)
		if err != nil {
			t.Fatal(err)
		}
		q, err := b.Product(ctx, b.in, sh)
		if err != nil {
			t.Fatal(err)
		}
		c, v := cup.String()+".", q.Variants[2].ID.String()+"."
		if form.Get(c+"price") != "5.00" || form.Get(v+"price") != "91.00" || form.Get(c+"loc_1") != "10" || form.Get(c+"loc_1.was") != "10" || form.Has(sh.String()+".price") || form.Has(v+"brand") {
			t.Fatalf("the sheet has %v", form)
		}

		t.Run("errors stand in their cells and nothing is written", func(t *testing.T) {
			form := sheetForm(t, get())
			form.Set(c+"brand", "Kiln")
			form.Set(c+"category", "Nowhere")
			form.Set(v+"price", "much")
			w, _ := postForm(t, s, "/store/products/sheet", form)
			if w.Code != http.StatusUnprocessableEntity {
				t.Fatalf("%d", w.Code)
			}
			for name, want := range map[string][2]string{c + "category": {"Nowhere", "true"}, v + "price": {"much", "true"}, c + "brand": {"Kiln", ""}} {
				tag := regexp.MustCompile(`<input[^>]*name="` + regexp.QuoteMeta(name) + `"[^>]*>`).FindString(w.Body.String())
				if attr(tag, "value") != want[0] || attr(tag, "aria-invalid") != want[1] || !strings.Contains(tag, `data-was="`) {
					t.Errorf("cell %s", tag)
				}
			}
			if now, err := b.Product(ctx, b.in, cup); err != nil || now.Brand != "" {
				t.Errorf("stored %q, %v", now.Brand, err)
			}
		})
		t.Run("a title that is taken out is an error of its cell", func(t *testing.T) {
			form := sheetForm(t, get())
			form.Set(c+"title_en", "")
			w, _ := postForm(t, s, "/store/products/sheet", form)
			tag := regexp.MustCompile(`<input[^>]*name="` + regexp.QuoteMeta(c+"title_en") + `"[^>]*>`).FindString(w.Body.String())
			if w.Code != http.StatusUnprocessableEntity || attr(tag, "aria-invalid") != "true" {
				t.Errorf("%d %s", w.Code, tag)
			}
		})
		t.Run("what was typed is saved, and taken back from the message", func(t *testing.T) {
			form := sheetForm(t, get())
			form.Set(c+"title_fr", "Tasse")
			form.Set(c+"category", "table / mugs")
			form.Set(c+"price", "4.50")
			form.Set(c+"loc_1", "7")
			form.Set(v+"price", "95")
			form.Set(sh.String()+".tags", "winter, local")
			form.Set("back", "/products?status=active")
			w, _ := postForm(t, s, "/store/products/sheet", form)
			if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/store/products?status=active" {
				t.Fatalf("%d to %s: %s", w.Code, w.Header().Get("Location"), w.Body)
			}
			now, err := b.Product(ctx, b.in, cup)
			if err != nil || now.Title["fr"] != "Tasse" || now.Category != mugs || now.Price != euro(450) || k.of(p.Variants[0].ID) != 7 {
				t.Errorf("cup %+v, %v", now, err)
			}
			other, err := b.Product(ctx, b.in, sh)
			if err != nil || other.Variants[2].Price != euro(9500) || strings.Join(other.Tags, " ") != "winter local" || other.Variants[1].Price != euro(9000) {
				t.Errorf("shirt %+v, %v", other, err)
			}
			list, err := b.BulkChanges(ctx, b.in)
			if err != nil || len(list) != 1 || list[0].Products != 2 || list[0].Actor != "Ada" {
				t.Fatalf("%+v, %v", list, err)
			}
			if w, _ := postForm(t, s, "/store/products/changes/"+list[0].ID.String()+"/undo", url.Values{}); w.Code != http.StatusSeeOther {
				t.Errorf("undo: %d %s", w.Code, w.Body)
			}
			if now, err := b.Product(ctx, b.in, cup); err != nil || now.Title["fr"] != "" || now.Price != euro(500) || k.of(p.Variants[0].ID) != 10 {
				t.Errorf("not back: %+v, %v", now, err)
			}
		})
		t.Run("who was slower is told by row, and may save again", func(t *testing.T) {
			mine := sheetForm(t, get())
			if _, err := b.ChangeMany(ctx, b.in, auth.Actor{}, Many{Patches: []Patch{{Product: cup, Brand: ptr("Theirs")}}}); err != nil {
				t.Fatal(err)
			}
			mine.Set(c+"price", "6.00")
			mine.Del(c + "brand") // as the script leaves out what nobody changed
			w, _ := postForm(t, s, "/store/products/sheet", mine)
			if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Somebody changed this product meanwhile") {
				t.Fatalf("%d %s", w.Code, w.Body)
			}
			again := sheetForm(t, w.Body.String())
			if again.Get(c+"brand") != "Theirs" || again.Get(c+"price") != "6.00" {
				t.Errorf("shown again: %s, %s", again.Get(c+"brand"), again.Get(c+"price"))
			}
			if w, _ := postForm(t, s, "/store/products/sheet", again); w.Code != http.StatusSeeOther {
				t.Fatalf("again: %d %s", w.Code, w.Body)
			}
			if now, err := b.Product(ctx, b.in, cup); err != nil || now.Brand != "Theirs" || now.Price != euro(600) {
				t.Errorf("%+v, %v", now, err)
			}
		})
		t.Run("stock that moved is told in its cell", func(t *testing.T) {
			mine := sheetForm(t, get())
			k.have[p.Variants[0].ID] = 4
			mine.Set(c+"loc_1", "12")
			w, _ := postForm(t, s, "/store/products/sheet", mine)
			tag := regexp.MustCompile(`<input[^>]*name="` + regexp.QuoteMeta(c+"loc_1") + `"[^>]*>`).FindString(w.Body.String())
			if w.Code != http.StatusUnprocessableEntity || attr(tag, "aria-invalid") != "true" || attr(tag, "data-was") != "4" || attr(tag, "value") != "12" {
				t.Errorf("%d %s", w.Code, tag)
			}
		})
	})
}

func TestSheetIsBounded(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		goods(t, b, 4)
		b.save(t, wide(25, 20)) // 501 rows: alone, as the first
		s := b.site(t)
		w := get(t, s, "/store/products/sheet?sort=-price")
		if w.Code != http.StatusOK || strings.Count(w.Body.String(), `.v" value=`) != 1 || !strings.Contains(w.Body.String(), "This is the first product that matches") {
			t.Fatalf("%d with %d products", w.Code, strings.Count(w.Body.String(), `.v" value=`))
		}
		next := regexp.MustCompile(`href="(/store/products/sheet\?after=[^"]*)"`).FindStringSubmatch(w.Body.String())
		if next == nil {
			t.Fatal("no way on")
		}
		w = get(t, s, strings.ReplaceAll(next[1], "&amp;", "&"))
		if strings.Count(w.Body.String(), `.v" value=`) != 4 || strings.Contains(w.Body.String(), "that matches") {
			t.Errorf("then %d products", strings.Count(w.Body.String(), `.v" value=`))
		}
	})
}

// The file of a list has what the list has, and no more.
func TestExportOfWhatIsWanted(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		table := b.category(t, 0, i18n.Text{"en": "Table"})
		mugs := b.category(t, table, i18n.Text{"en": "Mugs"})
		for i, name := range []string{"Cup", "Bowl", "Vase"} {
			p := simple(name, 500)
			p.Brand, p.Tags = []string{"Kiln", "Kiln", "Oak"}[i], []string{[]string{"blue", "blue", "deep blue"}[i]}
			if i == 0 {
				p.Category = mugs
			}
			b.save(t, p)
		}
		s := b.site(t)
		for query, want := range map[string]string{
			"": "Cup Bowl Vase", "brand=Kiln": "Cup Bowl", "tag=blue": "Cup Bowl", "category=" + table.String(): "Cup", "q=vas": "Vase",
			"status=draft": "", "brand=Kiln&q=bowl&sort=-price": "Bowl", "stock=sold": "Cup Bowl Vase",
		} {
			w := get(t, s, "/store/products.csv?"+query)
			var got []string
			for _, name := range []string{"Cup", "Bowl", "Vase"} {
				if strings.Contains(w.Body.String(), ","+name+",") {
					got = append(got, name)
				}
			}
			if w.Code != http.StatusOK || strings.Join(got, " ") != want {
				t.Errorf("%q: %d with %v, want %s", query, w.Code, got, want)
			}
		}
	})
}
