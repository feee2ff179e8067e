package ordersui

import (
	"github.com/a-h/templ"

	"orion/kit/money"
)

// Wish is a product on the wish list.
type Wish struct {
	Product string
	Slug    string // empty once the catalogue has it no more
	Href    string // empty once it is not for sale
	Title   string
	Options string // of the variant that was chosen
	Image   string
	Price   money.Amount
	Before  money.Amount
	From    bool     // other variants cost more
	Notes   []string // what the law wants beside the price
	State   string   // "ready", "choose", "sold_out", "gone"
}

// Wishes is the page of the wish list.
type Wishes struct {
	Menu  templ.Component // of the account; nil for guests
	Items []Wish
	Guest bool // nobody is signed in
}
