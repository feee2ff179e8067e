package orders

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/id"
	"orion/kit/money"
	"orion/modules/catalog/catalogapi"
)

// CartID names a cart.
type CartID = id.ID[cartKind]

type cartKind struct{}

// Prefix of cart identifiers.
func (cartKind) Prefix() string { return "crt" }

var (
	errNotSold  = fault.New(fault.Rule, "orders.not_sold")
	errSoldOut  = fault.New(fault.Conflict, "orders.sold_out")
	errOnlyLeft = fault.New(fault.Conflict, "orders.only_left")
	errTooFew   = fault.New(fault.Invalid, "orders.too_few")
	errNoCart   = fault.New(fault.NotFound, "orders.unknown_cart")
	errTooMany  = fault.New(fault.Invalid, "orders.too_many")
	errQuantity = fault.New(fault.Invalid, "orders.bad_quantity")
	errStep     = fault.New(fault.Invalid, "orders.wrong_step")
	errFull     = fault.New(fault.Rule, "orders.cart_full")
)

const (
	maxQuantity = 9999 // of one line, whatever the product allows
	maxItems    = 100  // lines of a cart
)

// Cart is what somebody means to buy.
type Cart struct {
	ID        CartID
	Customer  auth.CustomerID // zero while nobody signed in
	Checkout  Checkout
	ChangedAt time.Time
	Items     []Item
}

// Item is a line of a cart as it stands now.
type Item struct {
	Variant  catalogapi.VariantID
	Quantity int64
	Seen     money.Amount     // the price when it was put in
	Offer    catalogapi.Offer // the price and words of now
	Left     int64            // what can be had; meaningless unless Counted
	Counted  bool
}

// Change is what happened to an item since it was put into the cart.
type Change string

// The changes that a buyer is told.
const (
	Same         Change = ""
	Gone         Change = "gone"          // no longer sold
	SoldOut      Change = "sold_out"      // nothing left
	OnlyLeft     Change = "only_left"     // less left than wanted
	NotSoMany    Change = "quantity"      // the product is sold in other quantities now
	PriceChanged Change = "price_changed" // still to be had
)

// Change tells the most important change.
func (i Item) Change() Change {
	switch {
	case !i.Offer.Sellable:
		return Gone
	case i.Counted && i.Left <= 0:
		return SoldOut
	case i.Counted && i.Left < i.Quantity:
		return OnlyLeft
	case !i.Offer.Fits(i.Quantity):
		return NotSoMany
	case i.Offer.Unit != i.Seen:
		return PriceChanged
	}
	return Same
}

// Buyable tells whether the item can be bought as it stands.
func (i Item) Buyable() bool {
	c := i.Change()
	return c == Same || c == PriceChanged
}

// Total is what the item costs now.
func (i Item) Total() money.Amount {
	return money.New(i.Offer.Unit.Minor*i.Quantity, i.Offer.Unit.Currency)
}

// Ready tells whether every item can be bought as it stands.
func (c Cart) Ready() bool {
	for _, i := range c.Items {
		if !i.Buyable() {
			return false
		}
	}
	return len(c.Items) > 0
}

// Count is the number of pieces.
func (c Cart) Count() int64 {
	var n int64
	for _, i := range c.Items {
		n += i.Quantity
	}
	return n
}

// Goods is what the buyable items cost now.
func (c Cart) Goods(currency money.Currency) (money.Amount, error) {
	var parts []money.Amount
	for _, i := range c.Items {
		if i.Buyable() {
			parts = append(parts, i.Total())
		}
	}
	return money.Sum(currency, parts...)
}

// lines are the order lines that the cart would become.
func (c Cart) lines() []Line {
	var out []Line
	for _, i := range c.Items {
		if !i.Buyable() {
			continue
		}
		o := i.Offer
		out = append(out, Line{
			Variant: o.Variant, Product: o.Product, Title: o.Title, Options: o.Options, SKU: o.SKU, GTIN: o.GTIN,
			Image: o.Image, Slug: o.Slug, Quantity: i.Quantity, Unit: o.Unit, TaxClass: o.TaxClass, Grams: o.Grams, Digital: o.Digital,
		})
	}
	return out
}

// most is how much of an item a cart may hold now.
func (i Item) most() (int64, error) {
	most := int64(maxQuantity)
	if i.Offer.MaxQty > 0 {
		most = min(most, i.Offer.MaxQty)
	}
	if i.Counted {
		most = min(most, i.Left)
	}
	most -= most % max(i.Offer.Step, 1)
	switch {
	case !i.Offer.Sellable:
		return 0, errNotSold
	case most < max(i.Offer.MinQty, 1):
		return 0, errSoldOut
	}
	return most, nil
}

// refusal is the answer to more than most.
func refusal(i Item, most int64) error {
	if i.Counted && i.Left-most < max(i.Offer.Step, 1) {
		return errOnlyLeft.With("max", most)
	}
	return errTooMany.With("max", most)
}

// Holder is who holds a cart: somebody with its token, a customer, or both
// when a customer signed in with a full basket in hand.
type Holder struct {
	Token    string
	Customer auth.CustomerID
}

// token is a cart's name and the secret that opens it. Only the secret's hash
// is stored.
type token struct {
	cart   CartID
	secret string
}

func newToken(cart CartID) token { return token{cart: cart, secret: rand.Text()} }

// String is what the holder keeps.
func (t token) String() string { return t.cart.String() + "." + t.secret }

func (t token) hash() string { return hashOf(t.secret) }

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// parseToken reads what String gives; anything else opens no cart.
func parseToken(s string) (token, bool) {
	name, secret, ok := strings.Cut(s, ".")
	cart, err := id.Parse[cartKind](name)
	return token{cart: cart, secret: secret}, ok && err == nil && len(secret) >= 26
}
