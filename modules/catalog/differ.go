package catalog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/rich"
)

// Difference is one thing in which two products differ.
type Difference struct {
	Key    string // key of what it is called
	Of     string // the language or the variant, or empty
	Before string // of a status, tax class or category its code
	After  string
}

// differences tell how b differs from a, in the words of a language. Variants
// are compared by what is chosen.
func differences(a, b ProductInput, l i18n.Lang) []Difference {
	var out []Difference
	add := func(key, before, after string) {
		if before != after {
			out = append(out, Difference{Key: key, Before: before, After: after})
		}
	}
	for _, t := range []struct {
		key  string
		a, b i18n.Text
	}{
		{"catalog.title", a.Title, b.Title},
		{"catalog.summary", a.Summary, b.Summary},
		{"catalog.body", a.Body, b.Body},
		{"catalog.seo_title", a.SEOTitle, b.SEOTitle},
		{"catalog.seo_description", a.SEODescription, b.SEODescription},
	} {
		for _, of := range i18n.Langs {
			if t.a[of] != t.b[of] {
				out = append(out, Difference{t.key, of.Name(), excerpt(t.a[of]), excerpt(t.b[of])})
			}
		}
	}
	add("catalog.status", string(a.Status), string(b.Status))
	add("catalog.category", a.Category.String(), b.Category.String())
	add("catalog.tax_class", string(a.TaxClass), string(b.TaxClass))
	add("catalog.featured", tickText(a.Featured), tickText(b.Featured))
	add("catalog.slug", a.Slug, b.Slug)
	add("catalog.brand", a.Brand, b.Brand)
	add("catalog.tags", strings.Join(a.Tags, ", "), strings.Join(b.Tags, ", "))
	add("catalog.min_qty", strconv.FormatInt(a.MinQty, 10), strconv.FormatInt(b.MinQty, 10))
	add("catalog.max_qty", strconv.FormatInt(a.MaxQty, 10), strconv.FormatInt(b.MaxQty, 10))
	add("catalog.step", strconv.FormatInt(a.Step, 10), strconv.FormatInt(b.Step, 10))
	add("catalog.pictures", imageWords(a.Images, l), imageWords(b.Images, l))
	add("catalog.options", optionWords(a.Options, l), optionWords(b.Options, l))
	return append(out, variantDifferences(a, b, l)...)
}

func variantDifferences(a, b ProductInput, l i18n.Lang) []Difference {
	var out []Difference
	old := a.byChoice()
	for _, v := range b.Variants {
		of := b.Choice(v, l)
		h, ok := old[v.choice()]
		if !ok {
			out = append(out, Difference{Key: "catalog.variant", Of: of, After: amountText(v.Price)})
			continue
		}
		delete(old, v.choice())
		for _, d := range []Difference{
			{"catalog.price", of, amountText(h.Price), amountText(v.Price)},
			{"catalog.compare_at", of, amountText(h.CompareAt), amountText(v.CompareAt)},
			{"catalog.cost", of, amountText(h.Cost), amountText(v.Cost)},
			{"catalog.sku", of, h.SKU, v.SKU},
			{"catalog.gtin", of, h.GTIN, v.GTIN},
			{"catalog.content", of, contentText(h.Content), contentText(v.Content)},
			{"catalog.grams", of, strconv.FormatInt(h.Grams, 10), strconv.FormatInt(v.Grams, 10)},
		} {
			if d.Before != d.After {
				out = append(out, d)
			}
		}
	}
	for _, v := range a.Variants {
		if _, gone := old[v.choice()]; gone {
			out = append(out, Difference{Key: "catalog.variant", Of: a.Choice(v, l), Before: amountText(v.Price)})
		}
	}
	return out
}

// byChoice are the variants by what is chosen.
func (p ProductInput) byChoice() map[string]Variant {
	out := make(map[string]Variant, len(p.Variants))
	for _, v := range p.Variants {
		out[v.choice()] = v
	}
	return out
}

func optionWords(options []Option, l i18n.Lang) string {
	var out []string
	for _, o := range options {
		var values []string
		for _, v := range o.Values {
			values = append(values, v.Name.In(l))
		}
		out = append(out, o.Name.In(l)+l.Colon()+strings.Join(values, ", "))
	}
	return strings.Join(out, "; ")
}

// imageWords are the pictures in their order, by what they show.
func imageWords(images []Image, l i18n.Lang) string {
	words := make([]string, len(images))
	for i, img := range images {
		words[i] = cmp.Or(img.Alt.In(l), "#"+strconv.Itoa(i+1))
	}
	return strings.Join(words, ", ")
}

// excerpt is the beginning of a text without its markup.
func excerpt(s string) string {
	words := strings.Fields(rich.Text(s))
	if len(words) > 24 {
		words = append(slices.Clone(words[:24]), "…")
	}
	return strings.Join(words, " ")
}

func tickText(on bool) string {
	if on {
		return "✓"
	}
	return ""
}

func amountText(a money.Amount) string {
	if a.Currency == "" {
		return ""
	}
	return a.Decimal()
}

func contentText(c Content) string {
	if c.Milli == 0 {
		return ""
	}
	return c.amount() + " " + string(c.Unit)
}
