package catalog

import (
	"net/url"
	"slices"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/ui"
	"orion/modules/catalog/catalogapi"
)

type lang = i18n.Lang

const (
	plenty = catalogapi.Plenty
	few    = 3 // left, which is worth saying
)

func contains(all []string, one string) bool { return slices.Contains(all, one) }

// axisName is the parameter that chooses a value of an option.
func axisName(code string) string { return "o." + code }

// pick is the variant that an address asks for: by identifier, else the one
// with most of the values chosen, else the first that can be bought.
func (p *Page) pick(q url.Values) Variant {
	if id := q.Get("variant"); id != "" {
		if i := slices.IndexFunc(p.Variants, func(v Variant) bool { return v.ID.String() == id }); i >= 0 {
			return p.Variants[i]
		}
	}
	best, score := Variant{}, -1
	for _, v := range p.Variants {
		s := 0
		for i, o := range p.Options {
			if want := q.Get(axisName(o.Code)); want != "" && i < len(v.Values) && v.Values[i] == want {
				s += 2
			}
		}
		if v.Stock.Available() {
			s++
		}
		if s > score {
			best, score = v, s
		}
	}
	return best
}

// picker offers the values of the options. With a single option its choices are
// the variants themselves, so that the form is right without JavaScript; with
// several, the variant is sent hidden.
func (p *Page) picker(chosen Variant, l lang) (picker ui.VariantPicker, hidden bool) {
	picker.Href = "/products/" + p.Slug
	if len(p.Options) == 0 || len(p.Variants) == 0 {
		return picker, false
	}
	if len(p.Options) == 1 {
		o := p.Options[0]
		axis := ui.VariantAxis{Name: "variant", Label: o.Name.In(l), Chosen: chosen.ID.String()}
		for _, v := range p.Variants {
			value := o.value(v.Values[0])
			axis.Options = append(axis.Options, ui.VariantOption{
				Value: v.ID.String(), Label: value.Name.In(l), Swatch: value.Swatch, Gone: !v.Stock.Available(),
			})
		}
		picker.Axes = []ui.VariantAxis{axis}
		return picker, false
	}
	for i, o := range p.Options {
		axis := ui.VariantAxis{Name: axisName(o.Code), Label: o.Name.In(l), Chosen: chosen.Values[i]}
		for _, value := range o.Values {
			axis.Options = append(axis.Options, ui.VariantOption{
				Value: value.Code, Label: value.Name.In(l), Swatch: value.Swatch, Gone: !p.sells(chosen, i, value.Code),
			})
		}
		picker.Axes = append(picker.Axes, axis)
	}
	return picker, true
}

// sells tells whether the chosen variant could be had with another value of one option.
func (p Page) sells(chosen Variant, option int, value string) bool {
	return slices.ContainsFunc(p.Variants, func(v Variant) bool {
		for i := range p.Options {
			want := chosen.Values[i]
			if i == option {
				want = value
			}
			if v.Values[i] != want {
				return false
			}
		}
		return v.Stock.Available()
	})
}

// shownBefore is the price that a reduction is shown against.
func shownBefore(v Variant) money.Amount {
	if v.CompareAt.Minor > v.Price.Minor {
		return v.CompareAt
	}
	return money.Amount{}
}
