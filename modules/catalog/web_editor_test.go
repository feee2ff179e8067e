package catalog

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/i18n"
	"orion/modules/catalog/catalogapi"
)

// wide is a product with n × m variants.
func wide(n, m int) ProductInput {
	p := simple("Paint", 1000)
	value := func(prefix string, i int) Value {
		return Value{Code: prefix + strconv.Itoa(i), Name: i18n.Text{"en": prefix + strconv.Itoa(i)}}
	}
	p.Options = []Option{{Code: "colour", Name: i18n.Text{"en": "Colour"}}, {Code: "size", Name: i18n.Text{"en": "Size"}}}
	for i := range n {
		p.Options[0].Values = append(p.Options[0].Values, value("c", i))
	}
	for i := range m {
		p.Options[1].Values = append(p.Options[1].Values, value("s", i))
	}
	p.Variants = nil
	for i, values := range combinations(p.Options) {
		p.Variants = append(p.Variants, Variant{Values: values, Price: euro(1000 + int64(i)), SKU: "P-" + strconv.Itoa(i)})
	}
	return p
}

// formOf is the product's form as its page has it.
func formOf(t testing.TB, b *bench, id catalogapi.ProductID) url.Values {
	t.Helper()
	w := get(t, b.site(t), "/store/products/"+id.String())
	form := url.Values{}
	for _, m := range regexp.MustCompile(`(?s)<input[^>]*>`).FindAllString(w.Body.String(), -1) {
		name := attr(m, "name")
		ticked := attr(m, "type") != "checkbox" || strings.Contains(m, " checked")
		if name != "" && attr(m, "type") != "file" && ticked {
			form.Set(name, attr(m, "value"))
		}
	}
	p, err := b.Product(t.Context(), b.in, id)
	if err != nil {
		t.Fatal(err)
	}
	form.Set("status", string(p.Status))
	form.Set("tax_class", string(p.TaxClass))
	return form
}

func attr(tag, name string) string {
	m := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	return m[1]
}

// postForm sends a form as a page without JavaScript does, and counts statements.
func postForm(t testing.TB, h http.Handler, path string, form url.Values) (*httptest.ResponseRecorder, int) {
	t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for k, vs := range form {
		for _, v := range vs {
			if err := parts.WriteField(k, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, n := db.WithCounter(t.Context())
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, path, &body)
	r.Header.Set("Content-Type", parts.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w, n.N()
}

func TestEditManyVariants(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		s := b.site(t)
		statements := map[int]int{}
		for _, size := range []struct{ n, m int }{{3, 2}, {25, 20}} {
			in := wide(size.n, size.m)
			in.Slug = fmt.Sprintf("paint-%d", size.n)
			id := b.save(t, in)
			form := formOf(t, b, id)
			count := size.n * size.m
			for i := range count {
				form.Set(fmt.Sprintf("variants.%d.price", i), fmt.Sprintf("%d.50", 20+i))
			}
			last := fmt.Sprintf(", c%d", size.n-1)
			form.Set("options.0.values_en", "new, "+strings.TrimSuffix(form.Get("options.0.values_en"), last))
			w, n := postForm(t, s, "/store/products/"+id.String(), form)
			if w.Code != http.StatusSeeOther {
				t.Fatalf("%d variants: %d %s", count, w.Code, w.Body)
			}
			statements[count] = n
			p, err := b.Product(t.Context(), b.in, id)
			if err != nil {
				t.Fatal(err)
			}
			prices := map[string]int64{}
			for _, v := range p.Variants {
				prices[v.choice()] = v.Price.Minor
			}
			// What is new costs what the first does; what was there, what was typed in its row.
			if prices["c0/s0"] != 2050 || prices["c0/s1"] != 2150 || prices["new/s0"] != 2050 || prices["c1/s1"] != int64(2050+100*(size.m+1)) || len(prices) != count {
				t.Errorf("%d variants: prices %v", count, prices)
			}
		}
		if statements[500] > statements[6] || statements[6] > 17 { // one of them is the job queue's
			t.Errorf("statements by variants: %v", statements)
		}
	})
}

func TestCompareVariants(t *testing.T) {
	t.Parallel()
	have := normal(wide(3, 2))
	for i := range have.Variants {
		have.Variants[i].ID = catalogapi.VariantID(i + 1)
	}
	want := product(have)
	want.Variants = slices.Clone(have.Variants)
	want.Variants[1].Price = euro(5)
	want.Variants[5] = Variant{Values: []string{"c9", "s9"}, Price: euro(1)}
	c := compareVariants(have.Variants, &want, func() int64 { return 99 })
	if len(c.changed) != 1 || c.changed[0].ID != 2 || !slices.Equal(c.gone, []int64{6}) || len(c.fresh) != 1 || c.fresh[0].ID != 99 || c.fresh[0].Place != 5 {
		t.Errorf("to write: %+v", c)
	}
}

func TestEditConflict(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		id := b.save(t, shirt())
		s, path := b.site(t), "/store/products/"+id.String()
		ada, ben := formOf(t, b, id), formOf(t, b, id)
		ada.Set("title_en", "Ada's shirt")
		ada.Set("variants.1.price", "77.00")
		if w, _ := postForm(t, s, path, ada); w.Code != http.StatusSeeOther {
			t.Fatalf("the first: %d %s", w.Code, w.Body)
		}
		ben.Set("title_en", "Ben's shirt")
		ben.Set("status", "draft")
		ben.Set("variants.2.price", "55.00")
		w, _ := postForm(t, s, path, ben)
		if w.Code != http.StatusConflict {
			t.Fatalf("the second: %d", w.Code)
		}
		for _, want := range []string{"Somebody else saved this product", "<del>Ada&#39;s shirt</del>", "<ins>Ben&#39;s shirt</ins>", "<del>77.00</del>", "<ins>Draft</ins>", "<ins>55.00</ins>", `value="Ben&#39;s shirt"`} {
			if !strings.Contains(w.Body.String(), want) {
				t.Errorf("the page lacks %s", want)
			}
		}
		p, err := b.Product(t.Context(), b.in, id)
		if err != nil || p.Title["en"] != "Ada's shirt" || p.Variants[2].Price != euro(9100) {
			t.Errorf("stored %v, %v, %v", p.Title, p.Variants[2].Price, err)
		}
		again := attr(regexp.MustCompile(`<input[^>]*name="version"[^>]*>`).FindString(w.Body.String()), "value")
		if again == "" || again == ben.Get("version") {
			t.Fatalf("version %q", again)
		}
		ben.Set("version", again)
		if w, _ := postForm(t, s, path, ben); w.Code != http.StatusSeeOther {
			t.Errorf("knowingly: %d", w.Code)
		}
		t.Run("stock that moves is no conflict", func(t *testing.T) {
			form := formOf(t, b, id)
			p, err := b.Product(t.Context(), b.in, id)
			if err != nil {
				t.Fatal(err)
			}
			if err := b.do(t.Context(), func(tx tx) error {
				return b.Show(t.Context(), tx, []catalogapi.Shown{{Variant: p.Variants[0].ID, Left: 9}})
			}); err != nil {
				t.Fatal(err)
			}
			if w, _ := postForm(t, s, path, form); w.Code != http.StatusSeeOther {
				t.Errorf("%d", w.Code)
			}
		})
	})
}

func TestEditOrdersPictures(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		in := shirt()
		in.Images = []Image{{Key: "products/aa/one.jpg"}, {Key: "products/aa/two.jpg"}, {Key: "products/aa/three.jpg"}}
		id := b.save(t, in)
		form := formOf(t, b, id)
		form.Set("images.0.place", "2")
		form.Set("images.2.place", "0")
		form.Set("images.2.alt_fr", "Trois")
		form.Set("images.2.value", "wine")
		form.Set("images.1.remove", "true")
		if w, _ := postForm(t, b.site(t), "/store/products/"+id.String(), form); w.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		p, err := b.Product(t.Context(), b.in, id)
		if err != nil || len(p.Images) != 2 || p.Images[0].Key != "products/aa/three.jpg" || p.Images[0].Alt["fr"] != "Trois" || p.Images[0].Value != "wine" || p.Images[1].Key != "products/aa/one.jpg" {
			t.Errorf("pictures %+v, %v", p.Images, err)
		}
	})
}

func TestEditKeepsWhatWasTyped(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		id := b.save(t, shirt())
		form := formOf(t, b, id)
		form.Set("options.0.values_en", "New, Wine, Chalk") // in front: all rows move
		form.Set("variants.0.price", "much")                // chalk/s
		w, _ := postForm(t, b.site(t), "/store/products/"+id.String(), form)
		if w.Code != http.StatusUnprocessableEntity {
			t.Fatalf("%d", w.Code)
		}
		row := attr(regexp.MustCompile(`<input[^>]*value="chalk/s"[^>]*>`).FindString(w.Body.String()), "name")
		n, _, _ := strings.Cut(strings.TrimPrefix(row, "variants."), ".")
		tag := regexp.MustCompile(`<input[^>]*name="variants\.` + n + `\.price"[^>]*>`).FindString(w.Body.String())
		if n != "4" || attr(tag, "value") != "much" || attr(tag, "aria-invalid") != "true" {
			t.Errorf("row %s has %s", n, tag)
		}
	})
}

func BenchmarkEdit500(b *testing.B) {
	s := setup(b, dbtest.NewSQLite(b, plan))
	id := s.save(b, wide(25, 20))
	h, form := s.site(b), formOf(b, s, id)
	n := 0
	for b.Loop() {
		n++
		for i := range 500 {
			form.Set(fmt.Sprintf("variants.%d.price", i), fmt.Sprintf("%d.%02d", 20+i, n%100))
		}
		form.Del("version")
		if w, _ := postForm(b, h, "/store/products/"+id.String(), form); w.Code != http.StatusSeeOther {
			b.Fatal(w.Code, w.Body)
		}
	}
}
