package orders

import (
	"errors"
	"fmt"
	"net/url"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/modules/catalog/catalogapi"
	"orion/modules/customers/customersapi"
)

// named gives an offer of the world a name in addresses.
func (w *world) named(o catalogapi.Offer, slug string) catalogapi.Offer {
	o.Slug = slug
	w.catalog.Put(o)
	return o
}

// wishes is a visit whose list has these.
func (w *world) wishes(t *testing.T, slugs ...string) Visit {
	t.Helper()
	v := w.visit("")
	for _, slug := range slugs {
		token, err := w.Wish(t.Context(), w.in, v, Wanted{Slug: slug})
		if err != nil {
			t.Fatal(err)
		}
		v.Token = token
	}
	return v
}

// list is a visitor's list as "slug state", the latest first.
func (w *world) list(t *testing.T, v Visit) string {
	t.Helper()
	list, err := w.Wishes(t.Context(), w.in, v)
	if err != nil {
		t.Fatal(err)
	}
	var out string
	for _, i := range list {
		out += i.About.Slug + " " + string(i.State()) + ";"
	}
	return out
}

// A wish says what has become of its product, and what can be had goes into the
// cart once.
func TestWish(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		mug, oil := w.named(w.mug, "mug"), w.named(w.oil, "oil")
		blue := mug
		blue.Variant, blue.Unit = catalogapi.VariantID(e.DB.IDs().Next()), eur(2200)
		w.catalog.Put(blue)
		w.stock.Put(blue.Variant, 3)
		v := w.wishes(t, "mug", "oil", "mug")
		sees := func(want string) {
			t.Helper()
			if got := w.list(t, v); got != want {
				t.Errorf("the list is %q, want %q", got, want)
			}
		}
		sees("oil ready;mug choose;")
		if list, _ := w.Wishes(t.Context(), w.in, v); list[1].Item.Offer.Unit != blue.Unit || !list[1].From {
			t.Errorf("the price is %v, from %t", list[1].Item.Offer.Unit, list[1].From)
		}
		move := func(p catalogapi.ProductID) error {
			token, err := w.Move(t.Context(), w.in, Moving{Product: p, List: v, Cart: w.visit("")})
			if err == nil && token == "" {
				t.Error("the cart has no token")
			}
			return err
		}
		if err := move(mug.Product); !errors.Is(err, errChoose) {
			t.Errorf("without a choice it moves: %v", err)
		}
		if _, err := w.Wish(t.Context(), w.in, v, Wanted{Slug: "mug", Variant: oil.Variant}); err != nil {
			t.Fatal(err)
		}
		sees("oil ready;mug choose;") // that variant is of another product
		if _, err := w.Wish(t.Context(), w.in, v, Wanted{Slug: "mug", Variant: mug.Variant}); err != nil {
			t.Fatal(err)
		}
		sees("oil ready;mug ready;")
		w.stock.Put(mug.Variant, 0)
		sees("oil ready;mug sold_out;")
		if err := move(mug.Product); !errors.Is(err, errSoldOut) {
			t.Errorf("sold out it moves: %v", err)
		}
		w.catalog.Remove(mug.Variant)
		sees("oil ready;mug ready;") // the other one, as there is no choice any more
		w.catalog.Remove(blue.Variant)
		sees("oil ready; gone;")
		if err := move(mug.Product); !errors.Is(err, errNotSold) {
			t.Errorf("erased it moves: %v", err)
		}
		if err := w.Forget(t.Context(), w.in, v.Holder, mug.Product); err != nil {
			t.Fatal(err)
		}
		if err := move(oil.Product); err != nil {
			t.Fatal(err)
		}
		sees("")
		if err := move(oil.Product); !errors.Is(err, errNoWish) {
			t.Errorf("it moves twice: %v", err)
		}
	})
}

// The list of a guest becomes the customer's; its old token opens nothing, and
// nobody reads another's.
func TestWishesAreMergedAtSignIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		w.named(w.mug, "mug")
		w.named(w.oil, "oil")
		lea := auth.CustomerID(e.DB.IDs().Next())
		first := w.wishes(t, "mug")
		mine := first
		mine.Customer = lea
		if got := w.list(t, mine); got != "mug ready;" {
			t.Errorf("the first list is %q", got)
		}
		if got := w.list(t, first); got != "" {
			t.Errorf("the old token opens %q", got)
		}
		second := w.wishes(t, "mug", "oil")
		second.Customer = lea
		home := w.visit("")
		home.Customer = lea
		if got := w.list(t, second); got != "oil ready;mug ready;" {
			t.Errorf("together they are %q", got)
		}
		if got := w.list(t, home); got != "oil ready;mug ready;" {
			t.Errorf("on another device it is %q", got)
		}
		other := home
		other.Customer++
		if got := w.list(t, other); got != "" {
			t.Errorf("somebody else reads %q", got)
		}
		if got, err := w.Wishes(t.Context(), e.Store(), home); err != nil || len(got) != 0 {
			t.Errorf("another store reads %v, %v", got, err)
		}
		part, err := w.exportWishes(t.Context(), customersapi.Viewed{In: w.in, Customer: lea})
		if list, _ := part.Data.([]exportedWish); err != nil || len(list) != 2 || list[0].Product != "oil" {
			t.Errorf("the file of her data has %+v, %v", part, err)
		}
	})
}

// A list has an end, reads in few statements however long it is, and a guest's
// is swept once nobody comes back to it.
func TestWishesEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		lea := auth.CustomerID(e.DB.IDs().Next())
		var slugs []string
		for i := range maxWishes {
			o := w.mug
			o.Variant, o.Product = catalogapi.VariantID(e.DB.IDs().Next()), catalogapi.ProductID(e.DB.IDs().Next())
			slugs = append(slugs, w.named(o, fmt.Sprint("mug-", i)).Slug)
		}
		v := w.wishes(t, slugs...)
		w.named(w.oil, "oil")
		if _, err := w.Wish(t.Context(), w.in, v, Wanted{Slug: "oil"}); !errors.Is(err, errWishesFull) {
			t.Errorf("one more: %v", err)
		}
		if _, err := w.Wish(t.Context(), w.in, v, Wanted{Slug: slugs[0]}); err != nil {
			t.Errorf("one of them again: %v", err)
		}
		ctx, n := db.WithCounter(t.Context())
		if list, err := w.Wishes(ctx, w.in, v); err != nil || len(list) != maxWishes || n.N() > 2 { // catalogue and stock are others' statements
			t.Errorf("%d wishes in %d statements, %v", len(list), n.N(), err)
		}
		own := w.wishes(t, "oil")
		own.Customer = lea
		w.list(t, own)
		both := v
		both.Customer = lea
		if list, err := w.Wishes(t.Context(), w.in, both); err != nil || len(list) != maxWishes {
			t.Errorf("together they are %d, %v", len(list), err)
		}
		guest := w.wishes(t, "oil")
		e.Clock.Advance(wishLife + time.Hour)
		if err := w.Sweep(t.Context(), w.in); err != nil {
			t.Fatal(err)
		}
		if got := w.list(t, guest); got != "" {
			t.Errorf("a forgotten list is %q", got)
		}
		own.Token = ""
		if list, err := w.Wishes(t.Context(), w.in, own); err != nil || len(list) != maxWishes {
			t.Errorf("the customer's has %d, %v", len(list), err)
		}
	})
}

// The hearts, the list and the way into the cart work with forms alone.
func TestWishPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		mug, _ := w.named(w.mug, "mug"), w.named(w.oil, "oil")
		b := serve(t, w)
		b.see("/wishlist", "Nothing on your wish list yet", "/account/login?next=/wishlist")
		b.post("/wishlist", 200, url.Values{"add": {"mug~" + mug.Variant.String()}, "back": {"/wishlist"}}, "Mug", "Move to cart")
		b.post("/wishlist", 404, url.Values{"add": {"oil"}, "back": {"//evil.example/wishlist"}}) // it leads nowhere else
		b.post("/wishlist", 404, url.Values{"add": {"nothing"}, "back": {"/wishlist"}}, "orders.unknown_product")
		b.post("/wishlist/move", 200, url.Values{"product": {mug.Product.String()}}, "Oil", "18.50")
		b.see("/cart", "Mug", "24.00")
		b.post("/wishlist/move", 404, url.Values{"product": {mug.Product.String()}})
		b.post("/wishlist/move", 404, url.Values{"product": {"nonsense"}})
		w.stock.Put(w.oil.Variant, 0)
		b.see("/wishlist", "Sold out.")
		w.catalog.Remove(w.oil.Variant)
		b.see("/wishlist", "A product that is no longer there", "No longer for sale.")
		b.post("/wishlist/remove", 200, url.Values{"product": {w.oil.Product.String()}}, "Nothing on your wish list yet")
		w.stock.Put(mug.Variant, 5)
		b.post("/wishlist", 200, url.Values{"add": {"mug"}, "back": {"/wishlist"}}, "Move to cart")
		b.post("/wishlist", 200, url.Values{"remove": {"mug~x"}, "back": {"/wishlist"}}, "Nothing on your wish list yet")
	})
}
