package reviews

import (
	"strings"
	"time"
	"unicode/utf8"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/letters"
	"orion/modules/catalog/catalogapi"
	"orion/modules/reviews/reviewsapi"
)

// State is whether a review is shown.
type State string

// The states of a review. Staff move it freely between the last two; who
// changes what they wrote brings it back to the first, where reviews wait.
const (
	Waiting  State = "waiting"
	Approved State = "approved"
	Hidden   State = "hidden"
)

// States are all of them, in the order of the tabs.
var States = []State{Waiting, Approved, Hidden}

var (
	errUnknown   = fault.New(fault.NotFound, "reviews.unknown")
	errNoProduct = fault.New(fault.NotFound, "reviews.no_product")
	errReview    = fault.New(fault.Invalid, "reviews.invalid")
	errBuyers    = fault.New(fault.Rule, "reviews.buyers_only")
)

// How long the parts of a review may be, in characters.
const (
	maxTitle = 120
	maxBody  = 4000
	minBody  = 10
	maxReply = 2000
)

// Opinion is what somebody thinks of a product.
type Opinion struct {
	Stars int64
	Title string
	Body  string
}

// tidy takes away what nobody means.
func (o Opinion) tidy() Opinion {
	o.Title, o.Body = strings.TrimSpace(o.Title), strings.TrimSpace(strings.ReplaceAll(o.Body, "\r\n", "\n"))
	return o
}

func (o Opinion) check() error {
	bad := errReview
	if o.Stars < 1 || o.Stars > 5 {
		bad = bad.Field("stars", "reviews.stars_missing")
	}
	switch n := utf8.RuneCountInString(o.Title); {
	case n == 0:
		bad = bad.Field("title", "reviews.title_missing")
	case n > maxTitle:
		bad = bad.Field("title", "reviews.too_long", "max", maxTitle)
	}
	switch n := utf8.RuneCountInString(o.Body); {
	case n < minBody:
		bad = bad.Field("body", "reviews.body_short", "min", minBody)
	case n > maxBody:
		bad = bad.Field("body", "reviews.too_long", "max", maxBody)
	}
	return bad.OrNil()
}

// Review is an opinion with whose it is and how it stands.
type Review struct {
	ID       reviewsapi.ReviewID
	Product  catalogapi.ProductID
	Customer auth.CustomerID
	Author   string // as others read it: "Léa S."
	Lang     i18n.Lang
	State    State
	Bought   bool // of somebody who bought the product here
	Opinion
	Reply     string // of the store, or empty
	RepliedAt time.Time
	At        time.Time
	Changed   time.Time
}

// counts is what the review adds to the product's rating.
func (r Review) counts() catalogapi.Rating {
	if r.State != Approved {
		return catalogapi.Rating{}
	}
	return catalogapi.Rating{Stars: r.Stars, Count: 1}
}

// author is how somebody is called before strangers: the first name and how the
// last one begins.
func author(name string) string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return letters.Clip(name, maxTitle)
	}
	last := words[len(words)-1]
	initial, _ := utf8.DecodeRuneInString(last)
	return letters.Clip(words[0]+" "+string(initial)+".", maxTitle)
}
