package catalog

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/catalog/catalogapi"
)

// fields reads the form of a product.
type fields struct {
	*form.Form
	shop *web.Shop
	lang i18n.Lang // in which amounts were typed
}

// product is the input that the form makes of a product, and the form's rows
// of its variants. What the form has no field for stays as it was.
func (f fields) product(have Product) (ProductInput, []int) {
	p := have.ProductInput
	for _, t := range []struct {
		name  string
		text  *i18n.Text
		limit int
	}{{"title", &p.Title, maxTitle}, {"summary", &p.Summary, 1000}, {"body", &p.Body, maxBody}, {"seo_title", &p.SEOTitle, 250}, {"seo_description", &p.SEODescription, 500}} {
		*t.text = overlay(*t.text, f.text(t.name, t.limit))
	}
	if p.Title.IsEmpty() {
		f.Fail("title_"+string(f.shop.Lang), "catalog.title_missing")
	}
	p.Slug, p.Brand = f.Text("slug"), f.Text("brand")
	p.Status = Status(f.Text("status"))
	p.TaxClass = catalogapi.TaxClass(f.Text("tax_class"))
	p.Tags = splitTags(f.Long("tags", 4000))
	p.Featured = f.Bool("featured")
	p.MinQty, p.MaxQty = f.Between("min_qty", 0, 9999), f.Between("max_qty", 0, 9999)
	if f.Has("step") {
		p.Step = f.Between("step", 0, maxStep)
	}
	var err error
	if p.Category, err = parseCategory(f.Text("category")); err != nil {
		f.Fail("category", "catalog.no_category")
	}
	p.Options = f.options(have)
	p.Images = f.images(have)
	var rows []int
	p.Variants, rows = f.variants(have, p.Options)
	return p, rows
}

func (f fields) text(name string, limit int) i18n.Text {
	out := i18n.Text{}
	for _, l := range langsOf(f.shop) {
		if key := name + "_" + string(l); f.Has(key) {
			out[l] = f.Long(key, limit)
		}
	}
	return out
}

// options reads the options; one whose name is taken out is gone. Values are
// matched by their names in the store's own language.
func (f fields) options(have Product) []Option {
	var out []Option
	for n := range maxOptions {
		at := "options." + itoa(n) + "."
		o := Option{Name: f.text(at+"name", 100)}
		if o.Name.IsEmpty() {
			continue
		}
		var old Option
		if n < len(have.Options) {
			old = have.Options[n]
			o.Code = old.Code
		}
		o.Name = overlay(old.Name, o.Name)
		for i, name := range splitTags(f.Long(at+"values_"+string(f.shop.Lang), 4000)) {
			name = squeeze(name)
			v := Value{Name: i18n.Text{f.shop.Lang: name}}
			if k := slices.IndexFunc(old.Values, func(h Value) bool { return h.Name[f.shop.Lang] == name }); k >= 0 {
				v = old.Values[k]
				v.Name = overlay(v.Name, nil)
			}
			for _, l := range langsOf(f.shop) {
				if names := strings.Split(f.Long(at+"values_"+string(l), 4000), ","); l != f.shop.Lang && i < len(names) && squeeze(names[i]) != "" {
					v.Name = overlay(v.Name, i18n.Text{l: squeeze(names[i])})
				}
			}
			o.Values = append(o.Values, v)
		}
		out = append(out, o)
	}
	return normalOptions(out)
}

// images reads the pictures in the order that the form gives them.
func (f fields) images(have Product) []Image {
	type placed struct {
		Image
		place int64
	}
	var kept []placed
	for n, img := range have.Images {
		at := "images." + itoa(n) + "."
		if f.Raw(at+"key") != img.name() || f.Raw(at+"src") != img.Src {
			kept = append(kept, placed{img, int64(n)}) // changed meanwhile: left alone
			continue
		}
		if f.Bool(at + "remove") {
			continue
		}
		img.Alt = overlay(img.Alt, f.text(at+"alt", 500))
		if f.Has(at + "value") {
			img.Value = f.Text(at + "value")
		}
		place := int64(n)
		if f.Has(at + "place") {
			place = f.Between(at+"place", 0, maxImages)
		}
		kept = append(kept, placed{img, place})
	}
	slices.SortStableFunc(kept, func(a, b placed) int { return cmp.Compare(a.place, b.place) })
	out := make([]Image, len(kept))
	for i, k := range kept {
		out[i] = k.Image
	}
	return out
}

// variants reads the rows of the matrix. Combinations that the form did not
// know yet, because an option is new, are sold at the first row's price.
func (f fields) variants(have Product, options []Option) (out []Variant, rows []int) {
	old := have.byChoice()
	first := f.Raw("variants.0.price")
	all := combinations(options)
	known := f.renumber(all)
	digital := f.Bool("digital")
	for n, values := range all {
		at := "variants." + itoa(n) + "."
		choice := strings.Join(values, "/")
		switch {
		case !known[choice]:
			typed := f.State().Values
			typed.Set(at+"choice", choice)
			typed.Set(at+"on", "true")
			typed.Set(at+"price", first)
		case choice != "" && !f.Bool(at+"on"):
			continue
		}
		v := f.variant(old[choice], n)
		v.Values, v.Digital = values, digital
		out, rows = append(out, v), append(rows, n)
	}
	return out, rows
}

// renumber moves what was typed for each combination to its place among all
// that there are now, and tells which the form had.
func (f fields) renumber(all [][]string) map[string]bool {
	typed, known, was := f.State().Values, map[string]bool{}, map[string]int{}
	for n := range maxVariants {
		if !f.Has("variants." + itoa(n) + ".price") {
			break
		}
		choice := f.Raw("variants." + itoa(n) + ".choice")
		known[choice], was[choice] = true, n
	}
	same := len(all) == len(was)
	for i, values := range all {
		n, ok := was[strings.Join(values, "/")]
		same = same && ok && n == i
	}
	if same {
		return known
	}
	moved := map[string][]string{}
	for i, values := range all {
		if n, ok := was[strings.Join(values, "/")]; ok {
			for _, field := range variantFieldNames {
				if v, ok := typed["variants."+itoa(n)+"."+field]; ok {
					moved["variants."+itoa(i)+"."+field] = v
				}
			}
		}
	}
	for n := range max(len(was), len(all)) {
		for _, field := range variantFieldNames {
			delete(typed, "variants."+itoa(n)+"."+field)
		}
	}
	maps.Copy(typed, moved)
	return known
}

var variantFieldNames = []string{"choice", "on", "price", "compare_at", "cost", "sku", "gtin", "grams", "content", "unit", "stock"}

func (f fields) variant(v Variant, n int) Variant {
	at := "variants." + itoa(n) + "."
	amount := func(name string) money.Amount { return f.Money(at+name, f.shop.Currency, string(f.lang)) }
	if f.Text(at+"price") == "" {
		f.Fail(at+"price", "form.required")
	}
	v.Price, v.CompareAt, v.Cost = amount("price"), amount("compare_at"), amount("cost")
	v.SKU, v.GTIN, v.Grams = f.Text(at+"sku"), f.Text(at+"gtin"), f.Between(at+"grams", 0, 10_000_000)
	if f.Has(at + "content") {
		var err error
		if v.Content, err = ParseContent(f.Text(at+"content"), f.Text(at+"unit")); err != nil {
			f.Fail(at+"content", "catalog.content_wrong")
		}
	}
	if v.ID == 0 {
		v.Stock.Left = f.Between(at+"stock", 0, 1_000_000)
	}
	return v
}
