// Package catalogui draws the pages of the catalogue: the storefront's home,
// lists and products, and what staff see of them.
package catalogui

import (
	"path"
	"strconv"
	"strings"

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

// Home is the first page of a store.
type Home struct {
	Title, Text string
	Image       ui.Image
	Categories  []Link
	Products    []ui.Product
}

// List is a category, or what a search found.
type List struct {
	Title    string
	About    string
	Crumbs   []ui.Crumb
	Search   bool // with the field to search with
	Query    string
	Suggest  []Link // categories that a search may mean
	Facets   []Facet
	Chips    []Link // the choices in force; each leads to the list without it
	Clear    string
	Sorts    []Link
	Products []ui.Product
	Total    int
	First    string // address of the first page, empty on it
	Next     string // address of the next page, empty on the last
}

// Product is a product's page with one of its variants chosen.
type Product struct {
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
	Stock    string // in words
	Left     bool   // something is left
	SKU      string
	Related  []ui.Product
}

// Stored is a picture as it is kept.
type Stored struct {
	Key           string
	Width, Height int
	Widths        []int // of narrower copies
}

// Picture is a stored picture in its widths. Base is the address before
// /media, and sizes says how wide it is shown.
func Picture(base string, p Stored, sizes string) ui.Image {
	if p.Key == "" {
		return ui.Image{}
	}
	img := ui.Image{Src: MediaURL(base, p.Key), Width: p.Width, Height: p.Height, Sizes: sizes}
	if len(p.Widths) == 0 || p.Width == 0 {
		return img
	}
	var set strings.Builder
	ext := path.Ext(p.Key)
	stem := MediaURL(base, strings.TrimSuffix(p.Key, ext))
	for _, w := range p.Widths {
		if w < p.Width {
			width := strconv.Itoa(w)
			set.WriteString(stem + "-" + width + ext + " " + width + "w, ")
		}
	}
	set.WriteString(img.Src + " " + strconv.Itoa(p.Width) + "w")
	img.SrcSet = set.String()
	return img
}

// MediaURL is the address of a stored picture, and empty without one.
func MediaURL(base, key string) string {
	if key == "" {
		return ""
	}
	return base + "/media/" + key
}

// The widths at which pictures are shown.
const (
	CardSizes    = "(min-width: 1100px) 25vw, (min-width: 700px) 33vw, 50vw"
	GallerySizes = "(min-width: 860px) 50vw, 100vw"
)
