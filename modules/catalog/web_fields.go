package catalog

import (
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

func (f fields) images(have Product) []Image {
	var out []Image
	for n, img := range have.Images {
		at := "images." + itoa(n) + "."
		if f.Raw(at+"key") != img.name() || f.Raw(at+"src") != img.Src {
			out = append(out, img) // changed meanwhile: left alone
			continue
		}
		if f.Bool(at + "remove") {
			continue
		}
		img.Alt = overlay(img.Alt, i18n.Text{f.shop.Lang: f.Text(at + "alt")})
		out = append(out, img)
	}
	return out
}

// variants reads the rows of the matrix. Combinations that the form did not
// know yet, because an option is new, are sold at the first row's price.
func (f fields) variants(have Product, options []Option) (out []Variant, rows []int) {
	known := map[string]int{}
	for n := range maxVariants {
		at := "variants." + itoa(n) + "."
		if !f.Has(at + "price") {
			break
		}
		known[f.Raw(at+"choice")] = n
	}
	digital := f.Bool("digital")
	for _, values := range combinations(options) {
		choice := strings.Join(values, "/")
		n, ok := known[choice]
		if ok && choice != "" && !f.Bool("variants."+itoa(n)+".on") {
			continue
		}
		var v Variant
		if ok {
			v = f.variant(have, values, n)
		} else {
			v = Variant{Price: f.Money("variants.0.price", f.shop.Currency, string(f.lang))}
		}
		v.Values, v.Digital = values, digital
		out, rows = append(out, v), append(rows, n)
	}
	return out, rows
}

func (f fields) variant(have Product, values []string, n int) Variant {
	at := "variants." + itoa(n) + "."
	v, _ := have.variant(values)
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
