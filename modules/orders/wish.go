package orders

import (
	"crypto/rand"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/modules/catalog/catalogapi"
)

// WishlistID names a wish list.
type WishlistID = id.ID[wishlistKind]

type wishlistKind struct{}

// Prefix of wish list identifiers.
func (wishlistKind) Prefix() string { return "wsh" }

var (
	errNoProduct  = fault.New(fault.NotFound, "orders.unknown_product")
	errNoWish     = fault.New(fault.NotFound, "orders.unknown_wish")
	errWishesFull = fault.New(fault.Rule, "orders.wishes_full")
	errChoose     = fault.New(fault.Rule, "orders.choose_variant")
)

const (
	maxWishes = 100 // of one list
	maxAsked  = 20  // variants of a product that are looked at for its price and stock
)

// wishlist is whose list it is; a guest's has no customer.
type wishlist struct {
	id       WishlistID
	customer auth.CustomerID
}

// wishToken is to the list of a guest what a token is to a cart.
type wishToken struct {
	list   WishlistID
	secret string
}

func newWishToken(list WishlistID) wishToken { return wishToken{list: list, secret: rand.Text()} }

// String is what the guest keeps.
func (t wishToken) String() string { return t.list.String() + "." + t.secret }

// parseWishToken reads what String gives; anything else opens no list.
func parseWishToken(s string) (wishToken, bool) {
	name, secret, ok := strings.Cut(s, ".")
	list, err := id.Parse[wishlistKind](name)
	return wishToken{list: list, secret: secret}, ok && err == nil && len(secret) >= 26
}

// Wish is a product that somebody means to remember, as it stands now.
type Wish struct {
	Product catalogapi.ProductID
	Chosen  catalogapi.VariantID // zero when no variant was chosen
	AddedAt time.Time
	About   catalogapi.Reference // without an identifier once the catalogue has the product no more
	Item    Item                 // the chosen variant, or the cheapest that can be had
	Choices int                  // how many variants there are to choose from; one when there is no choice
	From    bool                 // others cost more
}

// WishState is what can be done with a wish.
type WishState string

// The states of a wish.
const (
	WishReady   WishState = "ready"  // one step from the cart
	WishChoose  WishState = "choose" // which of its variants has to be said first
	WishSoldOut WishState = "sold_out"
	WishGone    WishState = "gone" // not for sale, or erased
)

// State tells what can be done with the wish.
func (w Wish) State() WishState {
	switch {
	case !w.Item.Offer.Sellable:
		return WishGone
	case !w.Item.obtainable():
		return WishSoldOut
	case w.Choices > 1:
		return WishChoose
	}
	return WishReady
}

// refusal is why a wish cannot be put into the cart.
func (w Wish) refusal() error {
	switch w.State() {
	case WishGone:
		return errNotSold
	case WishSoldOut:
		return errSoldOut
	case WishChoose:
		return errChoose
	}
	return nil
}

// asked are the variants that are looked at: the chosen one while it is sold,
// else those that there are.
func (w Wish) asked() []catalogapi.VariantID {
	for _, v := range w.About.Variants {
		if v == w.Chosen {
			return []catalogapi.VariantID{v}
		}
	}
	return w.About.Variants[:min(len(w.About.Variants), maxAsked)]
}

// obtainable tells whether anything of the item can be had.
func (i Item) obtainable() bool {
	_, err := i.most()
	return err == nil
}

// settle takes the cheapest of the items that can be had, or the first where
// nothing can.
func (w *Wish) settle(items []Item) {
	w.Choices = len(items)
	for k, i := range items {
		have, best := i.obtainable(), w.Item.obtainable()
		if k == 0 || have && !best || have == best && i.Offer.Unit.Minor < w.Item.Offer.Unit.Minor {
			w.Item = i
		}
	}
	for _, i := range items {
		w.From = w.From || i.Offer.Unit.Minor > w.Item.Offer.Unit.Minor
	}
}
