package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/rich"
	"orion/modules/catalog/catalogapi"
)

var (
	errProduct = fault.New(fault.Invalid, "catalog.invalid_product")
	// ErrSlugTaken says that another product has the slug.
	ErrSlugTaken = errProduct.Field("slug", "catalog.slug_taken")
)

// The limits keep one product from making its pages slow.
const (
	maxTitle    = 250
	maxBody     = 200_000
	maxOptions  = 5
	maxVariants = 500
	maxTags     = 100
	maxImages   = 250
	maxStep     = 1000
)

var taxClasses = []catalogapi.TaxClass{
	catalogapi.TaxStandard, catalogapi.TaxIntermediate, catalogapi.TaxReduced, catalogapi.TaxSuperReduced, catalogapi.TaxZero,
}

// normal gives the input its defaults, codes and clean texts. Applied twice it
// changes nothing more, so that two inputs which mean the same are equal.
func normal(in ProductInput) ProductInput {
	in.Title, in.Summary = tidy(in.Title, squeeze), tidy(in.Summary, squeeze)
	in.Body = tidy(in.Body, rich.Clean)
	in.SEOTitle, in.SEODescription = tidy(in.SEOTitle, squeeze), tidy(in.SEODescription, squeeze)
	in.Brand = squeeze(in.Brand)
	in.Tags = normalTags(in.Tags)
	in.Options = normalOptions(in.Options)
	if in.Slug = strings.ToLower(strings.TrimSpace(in.Slug)); in.Slug == "" {
		in.Slug = slugify(in.Title.In(i18n.En))
	}
	if in.Status == "" {
		in.Status = Draft
	}
	if in.TaxClass == "" {
		in.TaxClass = catalogapi.TaxStandard
	}
	// Least and most are multiples of the step themselves.
	in.Step = max(in.Step, 1)
	in.MinQty = (max(in.MinQty, 1) + in.Step - 1) / in.Step * in.Step
	if in.MaxQty >= in.MinQty {
		in.MaxQty -= in.MaxQty % in.Step
	}
	in.Variants = slices.Clone(in.Variants)
	for i := range in.Variants {
		in.Variants[i] = normalVariant(in.Variants[i], in)
	}
	in.Images = slices.Clone(in.Images)
	for i := range in.Images {
		in.Images[i].Alt = tidy(in.Images[i].Alt, squeeze)
	}
	if len(in.Images) == 0 {
		in.Images = nil
	}
	if len(in.Extra) == 0 {
		in.Extra = nil
	}
	return in
}

func normalVariant(v Variant, p ProductInput) Variant {
	v.SKU, v.Barcode = squeeze(v.SKU), squeeze(v.Barcode)
	v.GTIN = strings.ReplaceAll(squeeze(v.GTIN), " ", "")
	if v.GTIN == "" && validGTIN(v.Barcode) {
		v.GTIN = v.Barcode
	}
	if v.Barcode == v.GTIN {
		v.Barcode = ""
	}
	if v.TaxClass == p.TaxClass {
		v.TaxClass = ""
	}
	if len(v.Values) == 0 {
		v.Values = nil
	}
	if v.CompareAt.IsZero() {
		v.CompareAt = money.Amount{}
	}
	if v.Cost.IsZero() {
		v.Cost = money.Amount{}
	}
	if v.Digital {
		v.Grams = 0
		v.Stock.Untracked = true
	}
	return v
}

func tidy(t i18n.Text, fn func(string) string) i18n.Text {
	var out i18n.Text
	for l, s := range t {
		if s = fn(s); s != "" {
			if out == nil {
				out = make(i18n.Text, len(t))
			}
			out[l] = s
		}
	}
	return out
}

func normalTags(tags []string) []string {
	var out []string
	for _, t := range tags {
		if t = squeeze(t); t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

func normalOptions(options []Option) []Option {
	if len(options) == 0 {
		return nil
	}
	out := make([]Option, len(options))
	var codes []string
	for i, o := range options {
		o.Name = tidy(o.Name, squeeze)
		o.Code = unused(o.Code, o.Name, codes)
		codes = append(codes, o.Code)
		values := make([]Value, len(o.Values))
		var used []string
		for k, v := range o.Values {
			v.Name = tidy(v.Name, squeeze)
			v.Code = unused(v.Code, v.Name, used)
			used = append(used, v.Code)
			values[k] = v
		}
		o.Values = values
		out[i] = o
	}
	return out
}

// unused is the code, or one made of the name that is not taken yet.
func unused(code string, name i18n.Text, taken []string) string {
	if code != "" {
		return code
	}
	base := slugify(name.In(i18n.En))
	if base == "" {
		base = "x"
	}
	code = base
	for n := 2; slices.Contains(taken, code); n++ {
		code = base + "-" + strconv.Itoa(n)
	}
	return code
}

// check tells everything that is wrong with a normal input at once.
func check(in ProductInput) error {
	bad := errProduct
	if in.Title.IsEmpty() {
		bad = bad.Field("title", "catalog.title_missing")
	}
	for _, l := range i18n.Langs {
		if len(in.Title[l]) > maxTitle {
			bad = bad.Field("title_"+string(l), "catalog.too_long", "max", maxTitle)
		}
		if len(in.Body[l]) > maxBody {
			bad = bad.Field("body_"+string(l), "catalog.too_long", "max", maxBody)
		}
	}
	if !validSlug(in.Slug) {
		bad = bad.Field("slug", "catalog.slug_malformed")
	}
	if !slices.Contains(Statuses, in.Status) {
		bad = bad.Field("status", "catalog.status_unknown")
	}
	if !slices.Contains(taxClasses, in.TaxClass) {
		bad = bad.Field("tax_class", "catalog.tax_class_unknown")
	}
	if in.Step > maxStep {
		bad = bad.Field("step", "catalog.too_many", "max", maxStep)
	}
	if in.MaxQty < 0 || in.MaxQty > 0 && in.MaxQty < in.MinQty {
		bad = bad.Field("max_qty", "catalog.max_below_min")
	}
	if len(in.Tags) > maxTags {
		bad = bad.Field("tags", "catalog.too_many", "max", maxTags)
	}
	if len(in.Images) > maxImages {
		bad = bad.Field("images", "catalog.too_many", "max", maxImages)
	}
	bad = checkOptions(in, bad)
	return checkVariants(in, bad).OrNil()
}

func checkOptions(in ProductInput, bad *fault.Error) *fault.Error {
	if len(in.Options) > maxOptions {
		bad = bad.Field("options", "catalog.too_many", "max", maxOptions)
	}
	for i, o := range in.Options {
		if o.Name.IsEmpty() || strings.ContainsAny(o.Code, "/=\t\n") {
			bad = bad.Field(fmt.Sprintf("options.%d.name", i), "catalog.option_name_missing")
		}
		if len(o.Values) == 0 {
			bad = bad.Field(fmt.Sprintf("options.%d.values", i), "catalog.option_values_missing")
		}
		for _, v := range o.Values {
			if strings.ContainsAny(v.Code, "/=\t\n") {
				bad = bad.Field(fmt.Sprintf("options.%d.values", i), "catalog.option_values_missing")
			}
		}
	}
	return bad
}

func checkVariants(in ProductInput, bad *fault.Error) *fault.Error {
	switch n := len(in.Variants); {
	case n == 0:
		return bad.Field("variants", "catalog.variants_missing")
	case n > maxVariants:
		return bad.Field("variants", "catalog.too_many", "max", maxVariants)
	}
	seen := map[string]bool{}
	for i, v := range in.Variants {
		at := func(name string) string { return fmt.Sprintf("variants.%d.%s", i, name) }
		if !v.fits(in.Options) {
			bad = bad.Field(at("values"), "catalog.variant_values_wrong")
		} else if seen[v.choice()] {
			bad = bad.Field(at("values"), "catalog.variant_twice")
		}
		seen[v.choice()] = true
		if v.Price.Currency == "" || v.Price.Minor < 0 || v.Price.Currency != in.Variants[0].Price.Currency {
			bad = bad.Field(at("price"), "catalog.price_wrong")
		}
		if v.CompareAt.Minor < 0 || v.Cost.Minor < 0 {
			bad = bad.Field(at("compare_at"), "catalog.price_wrong")
		}
		if v.GTIN != "" && !validGTIN(v.GTIN) {
			bad = bad.Field(at("gtin"), "catalog.gtin_wrong")
		}
		if !v.Content.valid() {
			bad = bad.Field(at("content"), "catalog.content_wrong")
		}
		if v.Grams < 0 {
			bad = bad.Field(at("grams"), "catalog.weight_wrong")
		}
		if v.TaxClass != "" && !slices.Contains(taxClasses, v.TaxClass) {
			bad = bad.Field(at("tax_class"), "catalog.tax_class_unknown")
		}
	}
	return bad
}

// fits tells whether the variant has one value of each option.
func (v Variant) fits(options []Option) bool {
	if len(v.Values) != len(options) {
		return false
	}
	for i, o := range options {
		if !slices.ContainsFunc(o.Values, func(have Value) bool { return have.Code == v.Values[i] }) {
			return false
		}
	}
	return true
}
