// Package reviewsui draws the pages of reviews: what shoppers read and write,
// and what staff decide.
package reviewsui

import (
	"context"
	"strconv"

	"orion/kit/ui"

	"github.com/a-h/templ"
)

func t(ctx context.Context, key string, kv ...any) string { return ui.Words(ctx).T(key, kv...) }

// Review is an opinion as everybody reads it.
type Review struct {
	ID      string
	Stars   int64
	Title   string
	Body    string
	Lang    string // that it is written in
	Author  string
	At      string
	Bought  bool
	Reply   string
	Replied string // when, in words
}

// Opinions is the page of a product's reviews, and the part of it that stands
// below the product.
type Opinions struct {
	Path    string // of the product
	Product string
	Shop    string
	Rating  ui.Rating
	Count   int
	Spread  [5]int64 // how many gave one star, two, and so on
	Reviews []Review
	Own     Own
	First   string // address of the first page, empty on it
	Next    string // address of the next page, empty on the last
}

// Own is what who looks wrote themselves.
type Own struct {
	Wrote bool
	State string
}

// Mine is a customer's page of what they wrote.
type Mine struct {
	Menu    templ.Component // of the account; nil shows none
	Reviews []MyReview
	First   string
	Next    string
}

// MyReview is a review as who wrote it sees it.
type MyReview struct {
	Review
	Product string
	Path    string // of the product, empty when it is not for sale
	State   string
}

// Write is the form for a review.
type Write struct {
	Path    string // of the product
	Product string
	Name    string // under which it is shown
	Stars   int64
	Title   string
	Body    string
	Again   bool // it changes what was written before
	Waits   bool // somebody reads it first
	State   ui.Form
}

func (v Write) stars() string {
	if v.Stars == 0 {
		return ""
	}
	return strconv.FormatInt(v.Stars, 10)
}

// List is the staff's list.
type List struct {
	Tabs   []ui.Tab
	Filter ui.FilterBar
	Rows   []Row
	First  string
	Next   string
	Fresh  bool // there has never been one
	Done   bool // none waits to be read
	May    bool // may decide
}

// Row is a review in the staff's list.
type Row struct {
	Review
	Product string
	State   string
}

// Detail is one review as staff see it.
type Detail struct {
	Row
	Customer string // path of the customer's page
	Page     string // path of the product's page in the storefront, empty when it is not for sale
	Changed  string
	LangName string
	May      bool
	State    string
	Form     ui.Form
}

var tones = map[string]ui.Tone{"waiting": ui.Warn, "approved": ui.OK}

func stateBadge(ctx context.Context, state string) ui.Badge {
	return ui.Badge{Label: t(ctx, "reviews.state_"+state), Tone: tones[state]}
}
