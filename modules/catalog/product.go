package catalog

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/money"
	"orion/modules/catalog/catalogapi"
)

// CategoryID names a category of a store.
type CategoryID = id.ID[categoryKind]

type categoryKind struct{}

// Prefix of category identifiers.
func (categoryKind) Prefix() string { return "cat" }

// Status says who sees a product.
type Status string

// The states of a product. Staff move it freely between them.
const (
	Draft    Status = "draft"    // being written: staff only
	Active   Status = "active"   // for sale
	Archived Status = "archived" // no longer for sale, kept for old orders
)

// Statuses are all of them in the order of a product's life.
var Statuses = []Status{Draft, Active, Archived}

// ProductInput is what people write about a product. It is valid only after
// Save has accepted it.
type ProductInput struct {
	ID             catalogapi.ProductID // zero makes a new product
	Slug           string               // "" is made of the title
	Status         Status               // "" is Draft
	Title          i18n.Text
	Summary        i18n.Text // one or two sentences of plain text
	Body           i18n.Text // HTML; what could harm a reader is taken out
	SEOTitle       i18n.Text // the title when empty
	SEODescription i18n.Text // the summary when empty
	Brand          string
	Category       CategoryID
	Tags           []string
	Options        []Option
	Images         []Image
	Extra          map[string]string   // fields of other systems, kept for them
	TaxClass       catalogapi.TaxClass // "" is standard
	Featured       bool                // shown first
	MinQty         int64               // 0 is 1
	MaxQty         int64               // 0 is no limit
	Step           int64               // sold in multiples of; 0 is 1
	Variants       []Variant           // at least one; without options exactly one
}

// Option is a way in which the variants of a product differ.
type Option struct {
	Code   string    `json:"code"` // "" is made of the name
	Name   i18n.Text `json:"name"`
	Values []Value   `json:"values"`
}

// Value is one choice of an option.
type Value struct {
	Code   string    `json:"code"` // "" is made of the name
	Name   i18n.Text `json:"name"`
	Swatch string    `json:"swatch,omitempty"` // a colour as #rrggbb, or empty
}

// Image is a picture of a product.
type Image struct {
	Key    string    `json:"key,omitempty"` // in kit/blob; empty until it is prepared, or while only Src is known
	Src    string    `json:"src,omitempty"` // where an import said that it is
	Upload string    `json:"up,omitempty"`  // key of the file that staff sent, of which it is prepared; never served
	Failed string    `json:"bad,omitempty"` // code of why it could not be prepared
	Width  int       `json:"w,omitempty"`
	Height int       `json:"h,omitempty"`
	Widths []int     `json:"ws,omitempty"`   // narrower copies, stored beside it as name-WIDTH.ext
	WebP   bool      `json:"webp,omitempty"` // it and its copies are there as WebP too
	Alt    i18n.Text `json:"alt,omitempty"`
	Value  string    `json:"value,omitempty"` // the option value that it shows, empty for all
}

// Pending tells that a job is about to prepare the picture.
func (i Image) Pending() bool { return i.Key == "" && i.Upload != "" && i.Failed == "" }

// name tells a picture from the others of its product for as long as it is there.
func (i Image) name() string { return cmp.Or(i.Upload, i.Key) }

// Variant is what is priced, stocked and sold.
type Variant struct {
	ID        catalogapi.VariantID // zero is matched by Values, or new
	Values    []string             // codes, one an option
	SKU       string
	GTIN      string              // with a right check digit, or empty
	Barcode   string              // what is printed on it, when that is no GTIN
	Price     money.Amount        // gross
	CompareAt money.Amount        // the price before, or zero
	Cost      money.Amount        // what it cost us, or zero
	Grams     int64               // 0 when digital
	Digital   bool                // nothing is sent
	TaxClass  catalogapi.TaxClass // "" is the product's
	Image     string              // key or source of the picture that shows it, or empty
	Content   Content             // how much is in it, for the price of a kilogram or litre
	Stock     Stock
	Past      Past // follows from the prices; Save leaves what is given alone
}

// Stock is what is shown of a variant's stock. For a new variant it is the
// opening stock; later, inventory alone decides and Save leaves it alone.
type Stock struct {
	Left      int64
	Backorder bool // may be ordered when nothing is left
	Untracked bool // never runs out
}

// Available tells whether the variant can be bought now.
func (s Stock) Available() bool { return s.Left > 0 || s.Backorder || s.Untracked }

// choice is the key of a variant within its product.
func (v Variant) choice() string { return strings.Join(v.Values, "/") }

// Product is a product as it is stored, with what follows from its variants.
type Product struct {
	ProductInput
	Currency  money.Currency
	Price     money.Amount // of the cheapest variant
	PriceMax  money.Amount // of the dearest
	CompareAt money.Amount // the cheapest variant's, or zero
	Lowest    money.Amount // the cheapest variant's, before its reduction
	Content   Content      // the cheapest variant's
	Digital   bool         // all its variants are
	InStock   bool         // one of its variants is
	Deleted   bool         // by staff: kept for old orders only
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Cover is the picture that stands for the product, if it has one.
func (p ProductInput) Cover() (Image, bool) {
	i := slices.IndexFunc(p.Images, func(img Image) bool { return img.Key != "" })
	if i < 0 {
		return Image{}, false
	}
	return p.Images[i], true
}

// Choice describes a variant by its options, as in "Colour: red, Size: M".
func (p ProductInput) Choice(v Variant, l i18n.Lang) string {
	return describe(p.Options, v.Values, l)
}

func describe(options []Option, values []string, l i18n.Lang) string {
	var out strings.Builder
	for i, o := range options {
		if i >= len(values) {
			break
		}
		if out.Len() > 0 {
			out.WriteString(", ")
		}
		out.WriteString(o.Name.In(l))
		out.WriteString(l.Colon())
		out.WriteString(o.value(values[i]).Name.In(l))
	}
	return out.String()
}

// value finds a value by its code; a code that the option does not have names itself.
func (o Option) value(code string) Value {
	for _, v := range o.Values {
		if v.Code == code {
			return v
		}
	}
	return Value{Code: code, Name: i18n.Text{i18n.En: code}}
}

// product works out what follows from the variants of a checked input.
func product(in ProductInput) Product {
	p := Product{ProductInput: in, Digital: true}
	for i, v := range in.Variants {
		if i == 0 || v.Price.Minor < p.Price.Minor {
			p.Price, p.CompareAt, p.Lowest, p.Content = v.Price, v.CompareAt, v.Past.Lowest, v.Content
		}
		if i == 0 || v.Price.Minor > p.PriceMax.Minor {
			p.PriceMax = v.Price
		}
		p.Digital = p.Digital && v.Digital
		p.InStock = p.InStock || v.Stock.Available()
	}
	p.Currency = p.Price.Currency
	if p.CompareAt.Minor <= p.Price.Minor {
		p.CompareAt, p.Lowest = money.Amount{}, money.Amount{}
	}
	return p
}
