package catalog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"orion/kit/i18n"
)

// FacetKind says what a facet narrows by.
type FacetKind string

// The facets.
const (
	ByCategory FacetKind = "category"
	ByBrand    FacetKind = "brand"
	ByTag      FacetKind = "tag"
	ByOption   FacetKind = "option"
	ByPrice    FacetKind = "price"
	ByStock    FacetKind = "stock"
)

// Facet is one way to narrow a list, with how many products each choice leaves.
// The counts of a facet disregard its own choices: who chose red still sees how
// many are blue.
type Facet struct {
	Kind   FacetKind
	Code   string // of the option
	Name   string // of the option
	Values []FacetValue
}

// FacetValue is one choice.
type FacetValue struct {
	Value    string // slug, brand, tag or code
	Name     string
	Swatch   string
	From, To int64 // of a price range
	Count    int
	On       bool
}

// condition is one kind of a filter. The kind is a mark's letter, with the
// option's code for options.
type condition struct {
	kind string
	ok   func(h hit) bool
}

const (
	kindPrice = "p"
	kindStock = "s"
)

func (f Filter) conditions(q hitsQuery) []condition {
	var out []condition
	oneOf := func(kind string, marks []string) {
		if len(marks) > 0 {
			out = append(out, condition{kind, func(h hit) bool {
				return slices.ContainsFunc(h.marks, func(m string) bool { return slices.Contains(marks, m) })
			}})
		}
	}
	prefixed := func(prefix string, values []string) []string {
		marks := make([]string, len(values))
		for i, v := range values {
			marks[i] = prefix + v
		}
		return marks
	}
	if len(q.terms) > 0 {
		var in []string
		for _, c := range q.categories {
			in = append(in, string(rune(markCategory))+strconv.FormatInt(c, 10))
		}
		oneOf("c", in)
	}
	oneOf("b", prefixed("b", f.Brands))
	oneOf("t", prefixed("t", f.Tags))
	for code, values := range f.Options {
		oneOf("o"+code, prefixed("o"+code+"=", values))
	}
	if f.From > 0 || f.To > 0 {
		out = append(out, condition{kindPrice, func(h hit) bool { return h.price >= f.From && (f.To == 0 || h.price < f.To) }})
	}
	if f.InStock {
		out = append(out, condition{kindStock, func(h hit) bool { return h.inStock }})
	}
	return out
}

// narrowed is a list after its filter, with the counts of the facets.
type narrowed struct {
	matched []hit
	marks   map[string]int
	prices  []int64 // of what the filter leaves but for the price
	stocked int     // in stock of what it leaves but for the stock
}

func narrow(all []hit, f Filter, q hitsQuery) narrowed {
	conds := f.conditions(q)
	n := narrowed{matched: make([]hit, 0, len(all)), marks: map[string]int{}, prices: make([]int64, 0, len(all))}
	for _, h := range all {
		missed, only := 0, ""
		for _, c := range conds {
			if !c.ok(h) {
				missed, only = missed+1, c.kind
			}
		}
		if missed > 1 {
			continue
		}
		if missed == 0 {
			n.matched = append(n.matched, h)
		}
		for _, m := range h.marks {
			if missed == 0 || kindOf(m) == only {
				n.marks[m]++
			}
		}
		if missed == 0 || only == kindPrice {
			n.prices = append(n.prices, h.price)
		}
		if h.inStock && (missed == 0 || only == kindStock) {
			n.stocked++
		}
	}
	return n
}

func kindOf(mark string) string {
	if mark[0] == markOption {
		code, _, _ := strings.Cut(mark, "=")
		return code
	}
	return mark[:1]
}

// maxFacetValues is how many choices a facet offers, the most frequent ones.
const maxFacetValues = 24

func (n narrowed) facets(f *facts, l i18n.Lang, q Query, at *Category) []Facet {
	brands, tags := Facet{Kind: ByBrand}, Facet{Kind: ByTag}
	options := map[string]*Facet{}
	for m, count := range n.marks {
		v := FacetValue{Value: m[1:], Name: m[1:], Count: count}
		switch m[0] {
		case markBrand:
			v.On = slices.Contains(q.Filter.Brands, v.Value)
			brands.Values = append(brands.Values, v)
		case markTag:
			v.On = slices.Contains(q.Filter.Tags, v.Value)
			tags.Values = append(tags.Values, v)
		case markOption:
			code, value, _ := strings.Cut(m[1:], "=")
			o, ok := options[code]
			if !ok {
				o = &Facet{Kind: ByOption, Code: code, Name: f.word(code, "", l)}
				options[code] = o
			}
			v.Value, v.Name, v.Swatch = value, f.word(code, value, l), f.choices[choiceKey{code, value}].swatch
			v.On = slices.Contains(q.Filter.Options[code], value)
			o.Values = append(o.Values, v)
		}
	}
	out := []Facet{n.categories(f, l, at)}
	byCode := make([]Facet, 0, len(options))
	for _, o := range options {
		byCode = append(byCode, *o)
	}
	slices.SortFunc(byCode, func(a, b Facet) int {
		return cmp.Or(cmp.Compare(len(b.Values), len(a.Values)), cmp.Compare(a.Code, b.Code))
	})
	out = append(out, byCode...)
	out = append(out, brands, tags, n.priceRanges(q.Filter))
	if n.stocked > 0 {
		out = append(out, Facet{Kind: ByStock, Values: []FacetValue{{Value: "1", Count: n.stocked, On: q.Filter.InStock}}})
	}
	for i := range out {
		out[i].tidy()
	}
	return slices.DeleteFunc(out, func(f Facet) bool { return len(f.Values) == 0 })
}

// tidy puts the choices that were made first, then the most frequent.
func (f *Facet) tidy() {
	if f.Kind == ByPrice || f.Kind == ByCategory {
		return
	}
	slices.SortFunc(f.Values, func(a, b FacetValue) int {
		if a.On != b.On {
			if a.On {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
	})
	f.Values = f.Values[:min(len(f.Values), maxFacetValues)]
}

// categories counts the products below each child of the category.
func (n narrowed) categories(f *facts, l i18n.Lang, at *Category) Facet {
	out := Facet{Kind: ByCategory}
	var parent CategoryID
	if at != nil {
		parent = at.ID
	}
	for _, c := range f.tree.Children(parent) {
		count := 0
		for _, below := range f.tree.Below(c.ID) {
			count += n.marks[string(rune(markCategory))+strconv.FormatInt(below, 10)]
		}
		if count > 0 {
			out.Values = append(out.Values, FacetValue{Value: c.Slug, Name: c.Name.In(l), Count: count})
		}
	}
	return out
}

// priceSteps are the widths of price ranges that people find round.
var priceSteps = []int64{500, 1000, 2000, 2500, 5000, 10000, 20000, 25000, 50000, 100000, 200000, 500000}

// priceRanges cuts the prices into at most five ranges of round width; the last
// one is open.
func (n narrowed) priceRanges(q Filter) Facet {
	out := Facet{Kind: ByPrice}
	if len(n.prices) < 2 {
		return out
	}
	slices.Sort(n.prices)
	// The dearest tenth shall not stretch the ranges of the others.
	high := n.prices[len(n.prices)*9/10]
	step := priceSteps[len(priceSteps)-1]
	for _, s := range priceSteps {
		if high < 5*s {
			step = s
			break
		}
	}
	counts := map[int64]int{}
	for _, p := range n.prices {
		counts[min(p/step, 4)]++
	}
	for i := range int64(5) {
		if counts[i] == 0 {
			continue
		}
		v := FacetValue{From: i * step, To: (i + 1) * step, Count: counts[i]}
		if i == 4 {
			v.To = 0
		}
		v.Value = strconv.FormatInt(v.From, 10) + "-" + strconv.FormatInt(v.To, 10)
		v.On = (q.From > 0 || q.To > 0) && q.From == v.From && q.To == v.To
		out.Values = append(out.Values, v)
	}
	if len(out.Values) < 2 && q.From == 0 && q.To == 0 {
		out.Values = nil
	}
	return out
}
