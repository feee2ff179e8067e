// Package catalogapi is what other modules may ask of the catalogue.
package catalogapi

import (
	"context"
	"io"

	"orion/kit/db"
	"orion/kit/figure"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/money"
	"orion/kit/slot"
	"orion/kit/tenant"
)

// Code is the module's code.
const Code = "catalog"

type (
	// ProductID names a product of a store.
	ProductID = id.ID[productKind]
	// VariantID names a variant, the thing that is priced, stocked and sold.
	VariantID   = id.ID[variantKind]
	productKind struct{}
	variantKind struct{}
)

func (productKind) Prefix() string { return "prd" }
func (variantKind) Prefix() string { return "var" }

// TaxClass is the VAT class of a product; the rate depends on country and day.
type TaxClass string

// The classes.
const (
	TaxStandard     TaxClass = "standard"
	TaxIntermediate TaxClass = "intermediate"
	TaxReduced      TaxClass = "reduced"
	TaxSuperReduced TaxClass = "super_reduced"
	TaxZero         TaxClass = "zero"
)

// Offer is a variant as it can be bought now, in the language asked for.
type Offer struct {
	Variant                     VariantID
	Product                     ProductID
	Slug, SKU, GTIN             string
	Title, Options              string       // "Colour: red, Size: M", or empty
	Unit, CompareAt, UnitPrice  money.Amount // gross; zero when not reduced; of a kilogram, litre, metre or piece, zero when not said
	Image, UnitPer              string       // picture key, or empty; "kg", "l", "m", "m2", "piece"
	TaxClass                    TaxClass
	Digital, Sellable           bool  // sellable: published, and so is its product
	Grams, MinQty, MaxQty, Step int64 // weight; at least 1; 0 is no limit; sold in multiples of
	Stock                       Shown // as pages show it
}

// Fits tells whether the product is sold in such a quantity.
func (o Offer) Fits(n int64) bool {
	return n >= o.MinQty && (o.MaxQty == 0 || n <= o.MaxQty) && n%max(o.Step, 1) == 0
}

// Offers prices variants.
type Offers interface {
	// Offers gives the variants that exist; prices come from here, never from a shopper.
	Offers(ctx context.Context, tx *db.Tx[tenant.Store], lang i18n.Lang, ids []VariantID) (map[VariantID]Offer, error)
	// Glance is Offers for pages, up to five seconds old; nothing is sold by it.
	Glance(ctx context.Context, tx *db.Tx[tenant.Store], lang i18n.Lang, ids []VariantID) (map[VariantID]Offer, error)
}

// Plenty is the highest stock that pages show; beyond it numbers do not matter.
const Plenty = 10

// Shown is the stock of a variant as pages show it.
type Shown struct {
	Variant              VariantID
	Left                 int64 // min(available, Plenty)
	Backorder, Untracked bool  // may be ordered when nothing is left; never runs out
}

// Rating is how many stars a product got in all, and from how many people.
type Rating struct{ Stars, Count int64 }

// Shelf keeps the stock that pages show; who keeps stock calls Show in the transaction that changed it.
type Shelf interface {
	Show(ctx context.Context, tx *db.Tx[tenant.Store], stock []Shown) error
}

// Reference identifies a variant, or a product with those that are sold of it.
type Reference struct {
	Variant                          VariantID
	Product                          ProductID
	Title, Options, SKU, Slug, Image string // the last two of a product
	Digital                          bool
	Rating                           Rating      // of a product
	Variants                         []VariantID // the same; none when it is not for sale
}

// Lookup finds variants for lists of other modules.
type Lookup interface {
	// Matching gives variants on sale by the words of title, brand, SKU or barcode, as staff search, newest first.
	Matching(ctx context.Context, tx *db.Tx[tenant.Store], text string, limit int) ([]VariantID, error)
	// BySKU finds a variant by its exact SKU or GTIN, or returns db.ErrNoRow; References describes many.
	BySKU(ctx context.Context, tx *db.Tx[tenant.Store], sku string) (Reference, error)
	References(ctx context.Context, tx *db.Tx[tenant.Store], lang i18n.Lang, ids []VariantID) (map[VariantID]Reference, error)
}

// Products knows products, for modules that keep something about them.
type Products interface {
	// BySlug finds a product for sale, or returns db.ErrNoRow; Describe takes any.
	BySlug(ctx context.Context, tx *db.Tx[tenant.Store], lang i18n.Lang, slug string) (Reference, error)
	Describe(ctx context.Context, tx *db.Tx[tenant.Store], lang i18n.Lang, ids []ProductID) (map[ProductID]Reference, error)
	// Rate adds to the rating that pages show, in the transaction that changes it.
	Rate(ctx context.Context, tx *db.Tx[tenant.Store], id ProductID, more Rating) error
}

// Below is filled with what stands below a product, drawn without the database; the part "reviews" is where its stars lead.
var Below = slot.Define[Reference, func(context.Context, io.Writer) error]("catalog.below")

// Figures is filled with whole numbers of variants that staff edit in the sheet of products, such as the stock at a location.
var Figures = slot.Define[figure.Reader, figure.Keeper[ProductID, VariantID]]("catalog.figures")

// VariantsAdded is told after variants were made; an import tells once for many products.
type VariantsAdded struct {
	Product  ProductID `json:"product"` // the first of them
	Variants []Opening `json:"variants"`
}

// Opening is a new variant's stock.
type Opening struct {
	Variant VariantID `json:"variant"`
	Digital bool      `json:"digital"`
	Stock   int64     `json:"stock"`
	Tracked bool      `json:"tracked"`
	Deny    bool      `json:"deny"` // not sold when nothing is left
}

// Shown is what pages show of it until whoever keeps stock says more.
func (o Opening) Shown() Shown {
	if o.Digital || !o.Tracked {
		return Shown{Variant: o.Variant, Untracked: true}
	}
	return Shown{Variant: o.Variant, Left: min(max(o.Stock, 0), Plenty), Backorder: !o.Deny}
}

// EventName implements event.Payload.
func (VariantsAdded) EventName() string { return "catalog.variants_added.v1" }

// EventEntity implements event.Payload.
func (e VariantsAdded) EventEntity() int64 { return int64(e.Product) }
