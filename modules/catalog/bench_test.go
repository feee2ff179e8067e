package catalog

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"orion/kit/db/migrate"
	"orion/kit/dbtest"
)

// benchStore has a hundred shirts in a category.
func benchStore(b *testing.B) *bench {
	b.Helper()
	s := setup(b, dbtest.NewSQLite(b, plan))
	cat := s.category(b, 0, map[lang]string{"en": "Clothes"})
	for i := range 100 {
		p := shirt()
		p.Slug, p.Category, p.Brand = fmt.Sprintf("shirt-%d", i), cat, fmt.Sprintf("Brand %d", i%7)
		s.save(b, p)
	}
	return s
}

func BenchmarkCategory(b *testing.B) {
	s := benchStore(b)
	for b.Loop() {
		if _, err := s.Browse(b.Context(), s.in, "en", Query{Category: "clothes"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCategoryCold(b *testing.B) {
	s := benchStore(b)
	for b.Loop() {
		s.shelf.forget(s.in.ID())
		if _, err := s.Browse(b.Context(), s.in, "en", Query{Category: "clothes"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearchCold(b *testing.B) {
	s := benchStore(b)
	for b.Loop() {
		s.shelf.lists.InvalidateAll()
		if _, err := s.Browse(b.Context(), s.in, "en", Query{Text: "linen"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkProduct(b *testing.B) {
	s := benchStore(b)
	for b.Loop() {
		if _, err := s.PageOf(b.Context(), s.in, "en", "shirt-7"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkImport(b *testing.B) {
	file, err := os.ReadFile(filepath.Join(samples, "fashion.csv"))
	if err != nil {
		b.Skip(err)
	}
	s := setup(b, dbtest.NewSQLite(b, plan))
	rows := 0
	for b.Loop() {
		rows += s.load(b, s.env.Store(), bytes.NewReader(file), english()).Lines
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkSaveVariants is the editor's form of a product with 500 variants, each
// with another price than before: from the request to the answer.
func BenchmarkSaveVariants(b *testing.B) {
	for name, open := range map[string]func(testing.TB, migrate.Plan) *dbtest.Env{"sqlite": dbtest.NewSQLite, "postgres": dbtest.NewPostgres} {
		b.Run(name, func(b *testing.B) {
			s := setup(b, open(b, plan))
			id := s.save(b, wide(25, 20))
			h, form, n := s.site(b), formOf(b, s, id), 0
			form.Del("version")
			for b.Loop() {
				n++
				for i := range 500 {
					form.Set(fmt.Sprintf("variants.%d.price", i), fmt.Sprintf("%d.%02d", 20+i, n%100))
				}
				if w, _ := postForm(b, h, "/store/products/"+id.String(), form); w.Code != http.StatusSeeOther {
					b.Fatal(w.Code, w.Body)
				}
			}
		})
	}
}

func BenchmarkProductPage(b *testing.B) {
	s := benchStore(b)
	h := s.site(b)
	for b.Loop() {
		if w := get(b, h, "/products/shirt-7"); w.Code != 200 {
			b.Fatal(w.Code)
		}
	}
}

func BenchmarkListPage(b *testing.B) {
	s := benchStore(b)
	h := s.site(b)
	for b.Loop() {
		if w := get(b, h, "/products"); w.Code != 200 {
			b.Fatal(w.Code)
		}
	}
}
