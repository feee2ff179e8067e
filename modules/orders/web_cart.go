package orders

import (
	"strconv"
	"time"

	"orion/kit/id"
	"orion/kit/web"
	"orion/modules/catalog/catalogapi"
	"orion/modules/orders/ordersui"
)

const (
	cartCookie  = "orion_cart"
	countCookie = "orion_cart_count" // spares every other page a look at the database
)

type shopper = *web.Ctx[web.Storefront]

func (m *Module) storefrontRoutes(mux *web.Mux[web.Storefront]) {
	mux.Get("/cart", web.Public, m.cartPage)
	mux.Post("/cart/add", web.Public, m.cartAdd)
	mux.Post("/cart/set", web.Public, m.cartSet)
	mux.Post("/cart/remove", web.Public, m.cartRemove)
	mux.Get(wishPath, web.Public, m.wishesPage)
	mux.Post(wishPath, web.Public, m.wishPost)
	mux.Post(wishPath+"/remove", web.Public, m.wishRemove)
	mux.Post(wishPath+"/move", web.Public, m.wishMove)
	mux.Get("/checkout", web.Public, m.checkoutPage)
	mux.Post("/checkout", web.Public.Limit(60, time.Minute), m.checkoutPost)
	mux.Get("/orders/{token}", web.Public, m.orderPage)
	mux.Post("/orders/{token}/again", web.Public.Limit(20, time.Minute), m.orderAgain)
	mux.Post("/orders/{token}/cancel", web.Public.Limit(20, time.Minute), m.orderWithdraw)
	mux.Post("/orders/{token}/pay", web.Public.Limit(20, time.Minute), m.orderPay)
	mux.Get("/account/orders", web.SignedIn, m.historyPage)
}

func visitOf(c shopper) Visit {
	return Visit{
		Holder: Holder{Token: c.Cookie(cartCookie), Customer: c.As.Customer.ID},
		Shop:   shopOf(c.As.Shop, c.Origin()), Lang: c.Words.Lang(),
	}
}

func (m *Module) cartPage(c shopper) error {
	cart, err := m.Cart(c.Context(), c.As.In, visitOf(c))
	if err != nil {
		return err
	}
	goods, err := cart.Goods(c.As.Shop.Currency)
	if err != nil {
		return err
	}
	m.keepCount(c, cart.Count())
	if !c.As.Customer.ID.IsZero() && c.Cookie(cartCookie) != "" {
		c.SetCookie(cartCookie, "", -1) // it was merged
	}
	free, err := m.FreeDelivery(c.Context(), c.As.In, cart, visitOf(c).Shop)
	if err != nil {
		return err
	}
	view := ordersui.Cart{Items: itemViews(cart.Items, c.Words), Goods: goods, Ready: cart.Ready(), Free: free.Reached}
	for k, i := range cart.Items {
		view.Items[k].Supply = m.supplyWords(c, i)
	}
	view.Arrives = arrivalWords("orders.promise", cart.Arrival(func(p Parcel) Arrival { return m.Arrival(c.As.In, p, c.As.Shop.Country) }, visitOf(c).Shop), c.Words)
	if free.Known && !free.Reached {
		view.Missing = free.Missing
	}
	// What a search engine sees is always the empty cart.
	return c.Page(web.Head{Title: c.Words.T("orders.cart"), NoIndex: len(cart.Items) == 0, Active: "/cart"}, ordersui.CartPage(view))
}

func (m *Module) cartAdd(c shopper) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	p := Pick{Quantity: 1}
	if f.Has("quantity") {
		p.Quantity = f.Int("quantity")
	}
	if p.Variant, err = parseVariant(f.Text("variant")); err != nil {
		return err
	}
	token, err := m.Add(c.Context(), c.As.In, visitOf(c), p)
	if err != nil {
		return refused(c, err, c.URL("/cart"))
	}
	if token != "" && token != c.Cookie(cartCookie) {
		c.SetCookie(cartCookie, token, cartLife)
	}
	n, err := strconv.ParseInt(c.Cookie(countCookie), 10, 64)
	if err != nil || n < 0 {
		n = 0
	}
	m.keepCount(c, n+p.Quantity)
	c.Flash("ok", "orders.added")
	return c.Redirect("/cart")
}

func (m *Module) cartSet(c shopper) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	return m.changeCart(c, f.Text("variant"), f.Int("quantity"))
}

func (m *Module) cartRemove(c shopper) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	return m.changeCart(c, f.Text("variant"), 0)
}

func (m *Module) changeCart(c shopper, variant string, quantity int64) error {
	v, err := parseVariant(variant)
	if err != nil {
		return err
	}
	if err := m.Set(c.Context(), c.As.In, visitOf(c), Pick{Variant: v, Quantity: quantity}); err != nil {
		return refused(c, err, c.URL("/cart"))
	}
	n, err := m.Count(c.Context(), c.As.In, visitOf(c).Holder)
	if err != nil {
		return err
	}
	m.keepCount(c, n) // the page that comes next shows what the browser says
	return c.Redirect("/cart")
}

func (m *Module) keepCount(c shopper, n int64) {
	if text := strconv.FormatInt(n, 10); text != c.Cookie(countCookie) {
		c.SetCookie(countCookie, text, cartLife)
	}
}

// parseVariant gives the answer to an unknown variant for a malformed one too.
func parseVariant(s string) (catalogapi.VariantID, error) {
	var v catalogapi.VariantID
	if err := v.UnmarshalText([]byte(s)); err != nil || v.IsZero() {
		return 0, errNotSold
	}
	return v, nil
}

// parseID reads an identifier of an address; a malformed one is unknown.
func parseID[K id.Kind](s string) (id.ID[K], error) {
	v, err := id.Parse[K](s)
	if err != nil {
		return 0, errUnknown
	}
	return v, nil
}
