package catalog

import (
	"strings"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/ui"
	"orion/modules/catalog/catalogui"
)

// optionFields are the options with room for one more.
func optionFields(p Product) []catalogui.OptionFields {
	var out []catalogui.OptionFields
	for i, o := range append(p.Options[:len(p.Options):len(p.Options)], Option{}) {
		if i >= maxOptions {
			break
		}
		f := catalogui.OptionFields{N: i, Names: o.Name, Values: map[i18n.Lang]string{}}
		for _, l := range i18n.Langs {
			names := make([]string, len(o.Values))
			some := false
			for k, v := range o.Values {
				names[k] = v.Name[l]
				some = some || names[k] != ""
			}
			if some {
				f.Values[l] = strings.Join(names, ", ")
			}
		}
		out = append(out, f)
	}
	return out
}

// optionFilters show the variants of one value of an option.
func optionFilters(p Product, l i18n.Lang) []ui.SheetFilter {
	out := make([]ui.SheetFilter, len(p.Options))
	for i, o := range p.Options {
		out[i].Label = o.Name.In(l)
		for _, v := range o.Values {
			out[i].Values = append(out[i].Values, ui.Option{Value: v.Code, Label: v.Name.In(l)})
		}
	}
	return out
}

// variantFields are all combinations of the options' values; those that are
// not sold have no price yet.
func variantFields(p Product, l i18n.Lang) []catalogui.VariantFields {
	var out []catalogui.VariantFields
	known := p.byChoice()
	for i, values := range combinations(p.Options) {
		v, on := known[strings.Join(values, "/")]
		f := catalogui.VariantFields{
			N: i, Choice: strings.Join(values, "/"), Of: values, Label: describe(p.Options, values, l), On: on, New: v.ID == 0,
			SKU: v.SKU, GTIN: v.GTIN, Price: typed(v.Price, l), Compare: typed(v.CompareAt, l), Cost: typed(v.Cost, l),
		}
		f.Content, f.Unit = strings.Replace(v.Content.amount(), ".", decimalPoint(l), 1), string(v.Content.Unit)
		if v.Grams > 0 {
			f.Grams = itoa(int(v.Grams))
		}
		out = append(out, f)
	}
	return out
}

// decimalPoint is what people of the language write before tenths.
func decimalPoint(l i18n.Lang) string {
	if l == i18n.En {
		return "."
	}
	return ","
}

// typed is an amount as people of the language type it.
func typed(a money.Amount, l i18n.Lang) string {
	if a.Currency == "" {
		return ""
	}
	return strings.Replace(a.Decimal(), ".", decimalPoint(l), 1)
}

// combinations are all ways to choose one value of each option; without options
// there is one, of nothing.
func combinations(options []Option) [][]string {
	out := [][]string{nil}
	for _, o := range options {
		var next [][]string
		for _, head := range out {
			for _, v := range o.Values {
				if len(next) < maxVariants {
					next = append(next, append(head[:len(head):len(head)], v.Code))
				}
			}
		}
		out = next
	}
	return out
}

func imageFields(c staffCtx, p Product) []catalogui.ImageFields {
	out := make([]catalogui.ImageFields, len(p.Images))
	for i, img := range p.Images {
		out[i] = catalogui.ImageFields{N: i, Key: img.name(), Src: img.Src, Image: thumb(c, img), Alt: img.Alt, Value: img.Value, Pending: img.Pending()}
		if img.Failed != "" {
			out[i].Failed = c.Words.T(img.Failed)
		}
	}
	return out
}
