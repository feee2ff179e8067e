package catalog

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"orion/kit/i18n"
	"orion/kit/module"
	"orion/kit/rich"
	"orion/kit/tenant"
)

// samples are real exports that stand beside the project and are not part of it.
const samples = "../../../shared/data/shopify-csv"

func english() Options { return Options{Lang: i18n.En, Currency: "EUR"} }

func (b *bench) load(t testing.TB, in tenant.Store, file io.Reader, o Options) Report {
	t.Helper()
	r, err := b.Import(t.Context(), in, file, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// everything is the whole catalogue of a store by slug, without identifiers.
func (b *bench) everything(t testing.TB, in tenant.Store) map[string]ProductInput {
	t.Helper()
	out := map[string]ProductInput{}
	tree, err := b.Tree(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	for after := (Product{}).ID; ; {
		ps, _, err := b.exportBatch(t.Context(), in, after, ExportOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range ps {
			after = p.ID
			bare := withoutStock(p.ProductInput)
			for i := range bare.Variants {
				bare.Variants[i].Stock = p.Variants[i].Stock
			}
			names := ""
			for _, c := range tree.Path(p.Category) {
				names += "/" + c.Slug
			}
			bare.Category = 0
			if names != "" {
				bare.Extra = overlayExtra(bare.Extra, "category", names)
			}
			out[p.Slug] = bare
		}
		if len(ps) < exportPage {
			return out
		}
	}
}

func overlayExtra(m map[string]string, k, v string) map[string]string {
	out := map[string]string{k: v}
	for key, value := range m {
		out[key] = value
	}
	return out
}

func TestImportSamples(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"apparel.csv", "fashion.csv", "jewelry.csv"} {
		file, err := os.ReadFile(filepath.Join(samples, name))
		if err != nil {
			t.Skipf("LOUD: the sample exports are not at %s: %v", samples, err)
		}
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, b *bench) {
				first := b.load(t, b.in, bytes.NewReader(file), english())
				if first.Failed != 0 || first.Format != Shopify {
					t.Fatalf("%d failed: %+v", first.Failed, first.Problems)
				}
				have := b.everything(t, b.in)
				compareSample(t, file, have, first)

				again := b.load(t, b.in, bytes.NewReader(file), english())
				if again.Created+again.Updated != 0 || again.Unchanged != len(have) {
					t.Errorf("the second run created %d and updated %d", again.Created, again.Updated)
				}
				if diff := cmp.Diff(have, b.everything(t, b.in)); diff != "" {
					t.Errorf("the second run changed something:\n%s", diff)
				}
				for _, format := range []Format{Shopify, Orion} {
					var out bytes.Buffer
					if _, err := b.Export(t.Context(), b.in, &out, ExportOptions{Format: format, Lang: i18n.En}); err != nil {
						t.Fatal(err)
					}
					elsewhere := b.env.Store()
					r := b.load(t, elsewhere, &out, english())
					if r.Failed != 0 || r.Format != format {
						t.Errorf("%s: %d failed: %+v", format, r.Failed, r.Problems)
					}
					if diff := cmp.Diff(have, b.everything(t, elsewhere), cmpopts.EquateEmpty()); diff != "" {
						t.Errorf("%s carried another catalogue (-here +elsewhere):\n%s", format, diff[:min(len(diff), 4000)])
					}
				}
			})
		})
	}
}

// compareSample reads the file in the plainest way and looks for everything.
func compareSample(t *testing.T, file []byte, have map[string]ProductInput, r Report) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	variants, pictures, products := map[string]int{}, 0, 0
	for _, row := range rows[1:] {
		cell := func(name string) string { return strings.TrimSpace(row[at[name]]) }
		p, ok := have[cell("Handle")]
		if !ok {
			t.Fatalf("%s is missing", cell("Handle"))
		}
		if cell("Image Src") != "" {
			pictures++
		}
		if title := cell("Title"); title != "" {
			products++
			if p.Title["en"] != squeeze(title) || p.Brand != squeeze(cell("Vendor")) || len(p.Tags) != len(normalTags(splitTags(cell("Tags")))) {
				t.Errorf("%s: %q by %q with tags %q", p.Slug, p.Title, p.Brand, p.Tags)
			}
			if want := rich.Text(cell("Body (HTML)")); rich.Text(p.Body["en"]) != want {
				t.Errorf("%s: body\n%s\nwant\n%s", p.Slug, rich.Text(p.Body["en"]), want)
			}
		}
		if cell("Variant Price") == "" {
			continue
		}
		i := variants[p.Slug]
		variants[p.Slug]++
		v := p.Variants[i]
		if v.Price.Decimal() != cell("Variant Price") || decimal(v.CompareAt) != cell("Variant Compare At Price") || v.SKU != strings.TrimPrefix(cell("Variant SKU"), "'") {
			t.Errorf("%s: variant %+v", p.Slug, v)
		}
		for k, o := range p.Options {
			if got := o.value(v.Values[k]).Name["en"]; got != squeeze(cell("Option"+string(rune('1'+k))+" Value")) {
				t.Errorf("%s: %s is %q", p.Slug, o.Name, got)
			}
		}
	}
	for slug, n := range variants {
		if len(have[slug].Variants) != n {
			t.Errorf("%s has %d variants of %d", slug, len(have[slug].Variants), n)
		}
	}
	if products != len(have) || r.Created != products || r.Lines != len(rows)-1 || len(r.Pictures) != pictures {
		t.Errorf("%d products of %d, %d lines of %d, %d pictures of %d", r.Created, products, r.Lines, len(rows)-1, len(r.Pictures), pictures)
	}
}

const badFile = "Handle,Title,Body (HTML),Vendor,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Barcode\n" +
	"good,Good,<p>ok</p><script>alert(1)</script>,Us,\"a, b\",true,Title,Default Title,1,10.00,\n" +
	"no-price,No price,,,,true,Title,Default Title,1,abc,\n" +
	"half,Half,,,,true,Size,S,1,1.00,\n" +
	"half,,,,,,,M,2,-5,\n" +
	",Nothing,,,,true,Title,Default Title,1,1.00,\n" +
	"broken,\"Bro\"ken,,,,true,Title,Default Title,1,1.00,\n" +
	"twice,Twice,,,,true,Size,S,1,1.00,\n" +
	"twice,,,,,,,S,1,1.00,\n" +
	"good,Scattered,,,,true,Title,Default Title,1,10.00,\n" +
	"last,'=Last,,,,false,Title,Default Title,1,10.00,4006381333931\n"

func TestImportReportsRows(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		r := b.load(t, b.in, strings.NewReader(badFile), english())
		type at struct {
			line          int
			product, code string
		}
		var got []at
		for _, p := range r.Problems {
			got = append(got, at{p.Line, p.Product, p.Code})
		}
		want := []at{
			{3, "no-price", "catalog.price_wrong"},
			{5, "half", "catalog.price_wrong"},
			{6, "", "catalog.row_without_product"},
			{7, "twice", "catalog.row_malformed"},
			{10, "good", "catalog.rows_scattered"},
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(at{})); diff != "" {
			t.Error(diff)
		}
		have := b.everything(t, b.in)
		if len(have) != 2 || have["good"].Body["en"] != "<p>ok</p>" || have["last"].Title["en"] != "=Last" || have["last"].Status != Draft || have["last"].Variants[0].GTIN == "" {
			t.Errorf("stored %+v", have)
		}
		if r.Created != 2 || r.Failed != 5 {
			t.Errorf("created %d, failed %d", r.Created, r.Failed)
		}
	})
}

func TestImportDryRun(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		o := english()
		o.DryRun = true
		if r := b.load(t, b.in, strings.NewReader(badFile), o); r.Created != 2 || r.Failed != 5 {
			t.Errorf("report %+v", r)
		}
		if have := b.everything(t, b.in); len(have) != 0 || len(b.heard(t)) != 0 {
			t.Errorf("a dry run stored %+v", have)
		}
	})
}

func TestImportKeepsWhatFilesLack(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		in := shirt()
		in.Category = b.category(t, b.category(t, 0, i18n.Text{"en": "Clothes", "fr": "Vêtements"}), i18n.Text{"en": "Shirts", "de": "Hemden"})
		in.Featured, in.MaxQty = true, 9
		in.Title["en"], in.Tags = "+1 linen shirt", []string{"@home", "'=x"}
		b.save(t, in)
		before := b.everything(t, b.in)
		for _, format := range []Format{Shopify, Orion} {
			var out bytes.Buffer
			if _, err := b.Export(t.Context(), b.in, &out, ExportOptions{Format: format, Lang: i18n.En, Origin: "https://shop.example"}); err != nil {
				t.Fatal(err)
			}
			for row, err := range rowsOf(out.String()) {
				if err != nil {
					t.Fatal(err)
				}
				for _, cell := range row {
					if cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 {
						t.Errorf("%s: a spreadsheet would run %q", format, cell)
					}
				}
			}
			text := out.String()
			r := b.load(t, b.in, &out, english())
			if r.Unchanged != 1 {
				t.Errorf("%s: %+v", format, r)
			}
			changed := strings.Replace(text, "89.00", "79.00", 1)
			if r := b.load(t, b.in, strings.NewReader(changed), english()); r.Updated != 1 {
				t.Errorf("%s: %+v", format, r)
			}
			after := b.everything(t, b.in)["1-linen-shirt"]
			if after.Variants[0].Price != euro(7900) {
				t.Errorf("%s: the price is %v", format, after.Variants[0].Price)
			}
			b.load(t, b.in, strings.NewReader(text), english())
			if diff := cmp.Diff(before, b.everything(t, b.in), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s lost something:\n%s", format, diff)
			}
		}
	})
}

func rowsOf(text string) func(func([]string, error) bool) {
	return func(yield func([]string, error) bool) {
		r := csv.NewReader(strings.NewReader(text))
		for {
			row, err := r.Read()
			if err == io.EOF || !yield(row, err) {
				return
			}
		}
	}
}

func TestImportRefusesOtherFiles(t *testing.T) {
	t.Parallel()
	m := New(Needs{Kit: module.Kit{}})
	for name, text := range map[string]string{"empty": "", "another": "a,b\n1,2\n", "binary": "\x89PNG\r\n\x1a\n\x00"} {
		if _, err := m.Import(context.Background(), tenant.Store{}, strings.NewReader(text), english()); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}
