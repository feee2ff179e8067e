package content

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"orion/kit/i18n"
)

// maker works out what follows from a written product.
type maker struct {
	store     Store
	words     words
	locations []Location
	number    int // of the product within its store, from 1
}

func (m maker) finish(p *Product) error {
	for _, raw := range p.RawOptions {
		o, err := m.option(raw)
		if err != nil {
			return err
		}
		p.Options = append(p.Options, o)
	}
	p.Pictures = m.pictures(*p)
	for i, values := range combinations(p.Options) {
		p.Variants = append(p.Variants, m.variant(*p, i, values))
	}
	return nil
}

func (m maker) option(raw []string) (Option, error) {
	if len(raw) < 2 {
		return Option{}, fmt.Errorf("option %v has no values", raw)
	}
	name, ok := m.words.Options[raw[0]]
	if !ok {
		return Option{}, fmt.Errorf("unknown option %q", raw[0])
	}
	o := Option{Code: raw[0], Name: name}
	for _, code := range raw[1:] {
		v, ok := m.words.Values[code]
		if !ok {
			return Option{}, fmt.Errorf("unknown value %q", code)
		}
		name := make(i18n.Text, len(i18n.Langs))
		for _, lang := range i18n.Langs {
			name[lang] = v[string(lang)]
		}
		o.Values = append(o.Values, Value{Code: code, Name: name, Swatch: v["swatch"]})
	}
	return o, nil
}

// combinations are all choices of one value an option, the last option turning
// fastest; without options there is one empty choice.
func combinations(options []Option) [][]string {
	all := [][]string{nil}
	for _, o := range options {
		var longer [][]string
		for _, values := range all {
			for _, v := range o.Values {
				longer = append(longer, append(values[:len(values):len(values)], v.Code))
			}
		}
		all = longer
	}
	return all
}

func (m maker) variant(p Product, nth int, values []string) Variant {
	v := Variant{Values: values, SKU: m.sku(p, values), Price: p.Price, Compare: p.Compare, Cost: p.Cost, Weight: p.Weight}
	for _, code := range values {
		v.Price += p.Steps[code]
		if p.Compare > 0 {
			v.Compare += p.Steps[code]
		}
	}
	// A dearer variant costs its store more in the same proportion.
	v.Cost = p.Cost * v.Price / p.Price
	v.Picture = p.Pictures[0].Key
	for _, picture := range p.Pictures {
		if picture.Value != "" && slices.Contains(values, picture.Value) {
			v.Picture = picture.Key
		}
	}
	if p.Digital {
		return v
	}
	if !slices.Contains(p.Tags, "handmade") || p.Tax == "super-reduced" {
		v.GTIN = gtin(m.store.GTIN, m.number, nth)
	}
	for i, at := range m.locations {
		v.Levels = append(v.Levels, m.level(at, v.SKU, p.Stock[i]))
	}
	return v
}

// sku is readable on a label: MK-MUG-FOR-30CL.
func (m maker) sku(p Product, values []string) string {
	parts := []string{m.store.SKU, p.SKU}
	for _, v := range values {
		if !strings.ContainsAny(v, "0123456789") {
			v = v[:min(3, len(v))]
		}
		parts = append(parts, strings.ToUpper(v))
	}
	return strings.Join(parts, "-")
}

// level spreads the usual stock of a product over its variants: between half and
// one and a half of it, and one variant in sixteen is sold out in a place.
func (m maker) level(at Location, sku string, usual int) Level {
	h := fnv.New32a()
	h.Write([]byte(at.Code + "/" + sku)) // never fails
	sum := h.Sum32()
	l := Level{Location: at.Code, OnHand: usual/2 + int(sum>>8)%(usual+1)}
	if sum>>4%16 == 0 {
		l.OnHand = 0
	}
	l.Bin = fmt.Sprintf("%s-%02d-%02d", at.Bins, m.store.GTIN*10+m.number/8, m.number%8+1)
	return l
}

// pictures has one for each value with a colour, or one for all, and then another view.
func (m maker) pictures(p Product) []Picture {
	key := m.store.Code + "/" + p.Slug
	var out []Picture
	for _, o := range p.Options {
		for i, v := range o.Values {
			if v.Swatch == "" || o.Code == "wall" {
				continue
			}
			alt := make(i18n.Text, len(p.Title))
			for lang, title := range p.Title {
				alt[lang] = title + ", " + v.Name[lang]
			}
			pic := Picture{Key: key, Alt: alt, Value: v.Code}
			if i > 0 {
				pic.Key += "-" + v.Code
			}
			out = append(out, pic)
		}
	}
	if len(out) == 0 {
		out = append(out, Picture{Key: key, Alt: p.Title})
	}
	return append(out, Picture{Key: key + "-2", Alt: p.Title})
}

// gtin is a GTIN-13 of the range 200–299, which is kept for use inside a shop and
// so belongs to no other maker.
func gtin(store, product, variant int) string {
	digits := fmt.Sprintf("20%d%06d%03d", store, product, variant)
	sum := 0
	for i, c := range digits {
		d := int(c - '0')
		if i%2 == 1 {
			d *= 3
		}
		sum += d
	}
	return fmt.Sprintf("%s%d", digits, (10-sum%10)%10)
}
