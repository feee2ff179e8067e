package catalog

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"orion/kit/i18n"
)

// A file of a few columns changes what they say and nothing else: nobody wants a
// shop emptied by a list of prices.
func TestImportOfAFewColumns(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		in := shirt()
		in.Category = b.category(t, 0, i18n.Text{"en": "Clothes"})
		in.Featured, in.MaxQty, in.Step = true, 12, 2
		b.save(t, in)
		slug := "linen-shirt"
		want := b.everything(t, b.in)
		prices := "slug,variant,price\n"
		for i, v := range want[slug].Variants {
			prices += slug + "," + strings.Join(v.Values, "/") + ",75.00\n"
			want[slug].Variants[i].Price = euro(7500)
		}
		if r := b.load(t, b.in, strings.NewReader(prices), english()); r.Updated != 1 || r.Failed != 0 {
			t.Fatalf("%+v", r)
		}
		ignore := cmpopts.IgnoreTypes(Past{})
		if diff := cmp.Diff(want, b.everything(t, b.in), cmpopts.EquateEmpty(), ignore); diff != "" {
			t.Errorf("a list of prices changed more:\n%s", diff)
		}
		titles := "Handle,Title,Variant Price,Option1 Name,Option1 Value,Option2 Name,Option2 Value\n"
		for _, v := range want[slug].Variants {
			titles += slug + ",Shirt of linen,75.00,Colour," + map[string]string{"chalk": "Chalk", "wine": "Wine"}[v.Values[0]] + ",Size," + strings.ToUpper(v.Values[1]) + "\n"
		}
		want[slug].Title["en"] = "Shirt of linen"
		if r := b.load(t, b.in, strings.NewReader(titles), english()); r.Updated != 1 || r.Failed != 0 {
			t.Fatalf("%+v", r)
		}
		if diff := cmp.Diff(want, b.everything(t, b.in), cmpopts.EquateEmpty(), ignore); diff != "" {
			t.Errorf("a list of titles changed more:\n%s", diff)
		}
	})
}
