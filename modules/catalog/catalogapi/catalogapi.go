// Package catalogapi is what other modules may ask of the catalogue.
package catalogapi

import (
	"context"

	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/money"
	"orion/kit/tenant"
)

// Code is the module's code.
const Code = "catalog"

// ProductID names a product of a store.
type ProductID = id.ID[productKind]

// VariantID names a variant, the thing that is priced, stocked and sold.
type VariantID = id.ID[variantKind]

type (
	productKind struct{}
	variantKind struct{}
)

// Prefix of product identifiers.
func (productKind) Prefix() string { return "prd" }

// Prefix of variant identifiers.
func (variantKind) Prefix() string { return "var" }

// TaxClass is the VAT class of a product; the rate depends on country and day.
type TaxClass string

// The classes, as Luxembourg and its neighbours have them.
const (
	TaxStandard     TaxClass = "standard"
	TaxIntermediate TaxClass = "intermediate"
	TaxReduced      TaxClass = "reduced"
	TaxSuperReduced TaxClass = "super_reduced"
	TaxZero         TaxClass = "zero"
)

// Offer is a variant as it can be bought now.
type Offer struct {
	Variant   VariantID
	Product   ProductID
	Slug      string
	Title     string // in the language asked for
	Options   string // "Colour: red, Size: M", or empty
	SKU       string
	GTIN      string
	Image     string       // picture key, or empty
	Unit      money.Amount // gross
	CompareAt money.Amount // zero when the price is not reduced
	TaxClass  TaxClass
	Grams     int64
	Digital   bool
	Sellable  bool         // published, and so is its product
	MinQty    int64        // at least 1
	MaxQty    int64        // 0 is no limit
	Step      int64        // sold in multiples of
	UnitPrice money.Amount // of a kilogram, litre, metre or piece; zero when not said
	UnitPer   string       // "kg", "l", "m", "m2", "piece"
}

// Fits tells whether the product is sold in such a quantity.
func (o Offer) Fits(quantity int64) bool {
	return quantity >= o.MinQty && (o.MaxQty == 0 || quantity <= o.MaxQty) && quantity%max(o.Step, 1) == 0
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
	Variant   VariantID
	Left      int64 // min(available, Plenty)
	Backorder bool  // may be ordered when nothing is left
	Untracked bool  // never runs out
}

// Shelf keeps the stock that product pages, lists and filters show.
type Shelf interface {
	// Show is called by whoever keeps stock, in the transaction that changed it.
	Show(ctx context.Context, tx *db.Tx[tenant.Store], stock []Shown) error
}

// Reference identifies a variant from outside.
type Reference struct {
	Variant VariantID
	Product ProductID
	Title   string
	Options string
	SKU     string
	Digital bool
}

// Lookup finds variants for lists of other modules.
type Lookup interface {
	// BySKU finds a variant by its exact SKU or GTIN, or returns db.ErrNoRow.
	BySKU(ctx context.Context, tx *db.Tx[tenant.Store], sku string) (Reference, error)
	// References describes variants in the language asked for.
	References(ctx context.Context, tx *db.Tx[tenant.Store], lang i18n.Lang, ids []VariantID) (map[VariantID]Reference, error)
}

// Finder searches as staff do.
type Finder interface {
	// Matching gives variants on sale by the words of title, brand, SKU or barcode, newest first.
	Matching(ctx context.Context, tx *db.Tx[tenant.Store], text string, limit int) ([]VariantID, error)
}

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
