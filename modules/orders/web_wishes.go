package orders

import (
	"cmp"
	"strings"

	"orion/kit/fault"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/modules/catalog/catalogapi"
	"orion/modules/orders/ordersui"
)

const (
	wishPath    = "/wishlist"
	wishCookie  = "orion_wishes"
	heartCookie = "orion_hearts" // spares every other page a look at the database
)

// wisher is the visit with the token of a wish list instead of a cart's.
func wisher(c shopper) Visit {
	v := visitOf(c)
	v.Token = c.Cookie(wishCookie)
	return v
}

func (m *Module) wishesPage(c shopper) error {
	list, err := m.Wishes(c.Context(), c.As.In, wisher(c))
	if err != nil {
		return err
	}
	known := !c.As.Customer.ID.IsZero()
	if known && c.Cookie(wishCookie) != "" {
		c.SetCookie(wishCookie, "", -1) // it was merged
	}
	full := ui.ReadHearts("", known)
	view := ordersui.Wishes{Guest: !known, Menu: m.accountMenu(c, wishPath)}
	for _, w := range list {
		if w.About.Slug != "" {
			full = full.With(w.About.Slug)
		}
		view.Items = append(view.Items, wishView(w, c))
	}
	keepHearts(c, full)
	return c.Page(web.Head{Title: c.Words.T("orders.wishes"), NoIndex: true, Active: wishPath}, ordersui.WishesPage(view))
}

// wishView is a wish as its page shows it.
func wishView(w Wish, c shopper) ordersui.Wish {
	v := ordersui.Wish{
		Product: w.Product.String(), Slug: w.About.Slug, Title: cmp.Or(w.About.Title, c.Words.T("orders.wish_gone_title")), Image: picture(w.About.Image),
		Price: w.Item.Offer.Unit, Before: w.Item.Offer.CompareAt, From: w.From, State: string(w.State()),
	}
	if w.State() != WishGone {
		v.Href = productPath(w.About.Slug)
	}
	if w.Choices == 1 {
		v.Options = w.Item.Offer.Options
		v.Image = cmp.Or(picture(w.Item.Offer.Image), v.Image)
	}
	if w.Item.Offer.UnitPer != "" {
		v.Notes = []string{c.Words.T("catalog.unit_price", "amount", c.Words.Money(w.Item.Offer.UnitPrice), "unit", c.Words.T("catalog.unit_"+w.Item.Offer.UnitPer))}
	}
	return v
}

// wishPost is what the hearts of all pages send.
func (m *Module) wishPost(c shopper) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	back := cmp.Or(f.Text("back"), c.URL(wishPath))
	if slug, _, _ := strings.Cut(f.Text("remove"), "~"); slug != "" {
		if err := m.Unwish(c.Context(), c.As.In, wisher(c), slug); err != nil {
			return err
		}
		keepHearts(c, hearts(c).Without(slug))
		c.Flash("ok", "orders.wish_removed")
		return c.RedirectTo(back)
	}
	slug, variant, _ := strings.Cut(f.Text("add"), "~")
	if slug == "" {
		return c.Redirect(wishPath) // the button was not said
	}
	want := Wanted{Slug: slug}
	want.Variant, _ = parseVariant(variant) // what is none was not chosen
	token, err := m.Wish(c.Context(), c.As.In, wisher(c), want)
	if err != nil {
		return refused(c, err, back)
	}
	if token != "" && token != c.Cookie(wishCookie) {
		c.SetCookie(wishCookie, token, wishLife)
	}
	keepHearts(c, hearts(c).With(slug))
	c.Flash("ok", "orders.wish_added")
	return c.RedirectTo(back)
}

func (m *Module) wishRemove(c shopper) error {
	product, slug, err := wishedProduct(c)
	if err != nil {
		return err
	}
	if err := m.Forget(c.Context(), c.As.In, wisher(c).Holder, product); err != nil {
		return err
	}
	keepHearts(c, hearts(c).Without(slug))
	c.Flash("ok", "orders.wish_removed")
	return c.Redirect(wishPath)
}

func (m *Module) wishMove(c shopper) error {
	product, slug, err := wishedProduct(c)
	if err != nil {
		return err
	}
	token, err := m.Move(c.Context(), c.As.In, Moving{Product: product, List: wisher(c), Cart: visitOf(c)})
	if err != nil {
		return refused(c, err, c.URL(wishPath))
	}
	if token != "" && token != c.Cookie(cartCookie) {
		c.SetCookie(cartCookie, token, cartLife)
	}
	n, err := m.Count(c.Context(), c.As.In, Holder{Token: cmp.Or(token, c.Cookie(cartCookie)), Customer: c.As.Customer.ID})
	if err != nil {
		return err
	}
	m.keepCount(c, n)
	keepHearts(c, hearts(c).Without(slug))
	c.Flash("ok", "orders.wish_moved")
	return c.Redirect(wishPath)
}

// wishedProduct reads the product that a form is about, and its name, which
// only the hearts need; a malformed one is on nobody's list.
func wishedProduct(c shopper) (p catalogapi.ProductID, slug string, err error) {
	f, err := c.Form()
	if err != nil {
		return 0, "", err
	}
	if err := p.UnmarshalText([]byte(f.Text("product"))); err != nil || p.IsZero() {
		return 0, "", errNoWish
	}
	return p, f.Text("slug"), nil
}

// hearts are the wishes as the visitor's browser remembers them.
func hearts(c shopper) ui.Hearts {
	return ui.ReadHearts(c.Cookie(heartCookie), !c.As.Customer.ID.IsZero())
}

func keepHearts(c shopper, h ui.Hearts) {
	text := h.Text(!c.As.Customer.ID.IsZero())
	switch {
	case text == c.Cookie(heartCookie):
	case text == "":
		c.SetCookie(heartCookie, "", -1)
	default:
		c.SetCookie(heartCookie, text, wishLife)
	}
}

// refused leads back to a page with the reason why nothing changed there.
func refused(c shopper, err error, back string) error {
	f := fault.As(err)
	switch f.Kind {
	case fault.Invalid, fault.Rule, fault.Conflict:
		kv := make([]any, 0, 2*len(f.Args))
		for k, v := range f.Args {
			kv = append(kv, k, v)
		}
		c.Flash("bad", f.Code, kv...)
		return c.RedirectTo(back)
	}
	return err
}
