// Package catalogui draws the pages of the catalogue: the storefront's home,
// lists and products, and what staff see of them.
package catalogui

import (
	"context"
	"io"

	"orion/kit/ui"
)

// Link is a choice that leads somewhere.
type Link struct {
	Label  string
	Href   string
	Count  int // 0 shows none
	On     bool
	Swatch string // a colour as #rrggbb
}

// Facet is one way to narrow a list.
type Facet struct {
	Title string
	Open  bool
	Links []Link
}

// Shelf is a section of a page with products, and ways to more of them.
type Shelf struct {
	ID, Title  string
	Categories []Link // for phones, which have no menu in sight
	Products   []ui.Product
	More, Href string
}

// List is a category, or what a search found.
type List struct {
	Title    string
	About    string
	Crumbs   []ui.Crumb
	Search   bool // with the field to search with
	Query    string
	Meant    string // that something like it was found instead, in words
	Suggest  []Link // categories that a search may mean
	Ways     []Link // categories, where there is nothing to show
	Instead  []ui.Product
	Facets   []Facet
	Chips    []Link // the choices in force; each leads to the list without it
	Clear    string
	Sorts    []Link
	Products []ui.Product
	Total    int
	First    string // address of the first page, empty on it
	Next     string // address of the next page, empty on the last
}

// Suggestion is something that a search may be after.
type Suggestion struct {
	Label, Detail string
	Href          string
	Image         ui.Image // without an address it is a category
}

// Suggested is what a search field offers.
type Suggested struct {
	Meant   string // that these are for something like it, in words
	Said    string // how many there are, in words
	Options []Suggestion
}

// Product is a product's page with one of its variants chosen.
type Product struct {
	Slug     string
	Crumbs   []ui.Crumb
	Brand    string
	Title    string
	Summary  string
	Body     string // clean HTML
	Price    ui.Price
	Images   []ui.Image
	Picker   ui.VariantPicker
	Choices  []ui.Option // all variants, for readers without JavaScript
	Variant  string      // identifier of the chosen one
	Hidden   bool        // the variant is sent hidden: the picker has several axes
	Buyable  bool
	Min, Max int
	Step     int          // sold in multiples of
	Rule     string       // the quantities that can be bought, in words; empty for any
	Stock    string       // in words
	Left     bool         // something is left
	Promise  []ui.Promise // when it is there; none when nobody says
	SKU      string
	Rating   ui.Rating
	Below    []func(context.Context, io.Writer) error // what other modules add
	Related  []ui.Product
}

// Stored is a picture as it is kept.
type Stored = ui.Stored

// Picture is a stored picture in its widths, as ui.Stored gives it.
func Picture(base string, p Stored, sizes string) ui.Image { return p.Image(base, sizes) }

// MediaURL is the address of a stored picture, and empty without one.
func MediaURL(base, key string) string { return ui.MediaURL(base, key) }

// The widths at which pictures are shown.
const (
	CardSizes    = "(min-width: 1100px) 25vw, (min-width: 700px) 33vw, 50vw"
	GallerySizes = "(min-width: 860px) 50vw, 100vw"
)
