package content

import (
	"cmp"
	"strings"

	"orion/kit/i18n"
)

// Product is one thing for sale. Amounts are gross and in cents.
type Product struct {
	Slug     string   `json:"slug"`
	SKU      string   `json:"sku"`      // prefix of its variants' SKUs, without the store's
	Category string   `json:"category"` // slug of a leaf category
	Brand    string   `json:"brand"`
	Tags     []string `json:"tags"`
	Tax      string   `json:"tax"` // "standard", "reduced" or "super-reduced"
	Price    int64    `json:"price"`
	Compare  int64    `json:"compare"` // 0 when not reduced
	Cost     int64    `json:"cost"`
	Weight   int64    `json:"weight"` // grams, 0 when digital
	Digital  bool     `json:"digital"`
	// Holds is how much is in it, as "250 g", by the value that decides it, or by "".
	Holds   map[string]string `json:"holds"`
	Title   i18n.Text         `json:"title"`
	Summary i18n.Text         `json:"summary"`
	Body    i18n.Text         `json:"body"` // plain text, one paragraph

	// Options has each option once, with its values in order; none means that
	// there is one variant.
	Options []Option `json:"-"`
	// Variants are all combinations of the options' values; the first is the default.
	Variants []Variant `json:"-"`
	// Pictures has the main one first.
	Pictures []Picture `json:"-"`

	RawOptions [][]string       `json:"options"` // as written: code, then the codes of its values
	Steps      map[string]int64 `json:"steps"`   // added to Price for a value
	Stock      [2]int           `json:"stock"`   // about so many a variant, by location
	// Sold is the smallest quantity, the step and the largest of an order; zeros set no rule.
	Sold [3]int64 `json:"sold"`
}

// Option is a way in which variants differ.
type Option struct {
	Code   string
	Name   i18n.Text
	Values []Value
}

// Value is one choice of an option. Swatch is its colour as #rrggbb, or empty.
type Value struct {
	Code   string
	Name   i18n.Text
	Swatch string
}

// Variant is what is put into a cart. Values are the codes of its option values
// in the order of the options. GTIN is empty where a thing has no barcode.
type Variant struct {
	Values  []string
	SKU     string
	GTIN    string
	Price   int64
	Compare int64
	Cost    int64
	Weight  int64
	Levels  []Level // one a location, none when digital
	Picture string  // key of the picture that shows this variant
}

// Level is the stock of a variant at a location.
type Level struct {
	Location string
	Bin      string
	OnHand   int
}

// Picture is a drawing of a product. Key is the one of package pictures. Value is
// the code of the option value that it shows, empty when it shows them all.
type Picture struct {
	Key   string
	Alt   i18n.Text
	Value string
}

// Held is how much is in a variant, as amount and unit, or nothing.
func (p Product) Held(v Variant) (amount, unit string) {
	said := p.Holds[""]
	for _, value := range v.Values {
		said = cmp.Or(p.Holds[value], said)
	}
	amount, unit, _ = strings.Cut(said, " ")
	return amount, unit
}

// SEOTitle is the title for search engines in a store, by language.
func (p Product) SEOTitle(s Store) i18n.Text {
	out := make(i18n.Text, len(p.Title))
	for lang, title := range p.Title {
		out[lang] = title + " · " + s.Name
	}
	return out
}

// SEODescription is the description for search engines, by language.
func (p Product) SEODescription() i18n.Text {
	out := make(i18n.Text, len(p.Summary))
	for lang, summary := range p.Summary {
		out[lang] = p.Title[lang] + ". " + summary
	}
	return out
}
