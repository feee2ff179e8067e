package orders

import (
	"cmp"
	"crypto/rand"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"orion/kit/fault"
	"orion/kit/money"
	"orion/kit/ui"
	"orion/kit/web"
	"orion/kit/web/form"
	"orion/modules/customers/customersapi"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/orders/ordersui"
)

// steps are the sections of the checkout: what is checked when each is sent,
// and where the buyer goes on.
var steps = map[string]struct {
	parts []Part
	next  string
}{
	"contact":  {[]Part{ContactPart}, "address"},
	"address":  {[]Part{AddressPart}, "delivery"},
	"delivery": {[]Part{AddressPart, DeliveryPart}, "payment"},
	"place":    {[]Part{ContactPart, AddressPart, DeliveryPart, PaymentPart}, ""},
}

func (m *Module) checkoutPage(c shopper) error {
	if c.As.Customer.ID != 0 && c.Cookie(cartCookie) != "" {
		return c.Redirect("/cart") // merges it first
	}
	q, err := m.Quote(c.Context(), c.As.In, visitOf(c))
	if err != nil {
		return err
	}
	if !q.Cart.Ready() {
		return c.Redirect("/cart")
	}
	return m.showCheckout(c, http.StatusOK, q, nil)
}

func (m *Module) checkoutPost(c shopper) error {
	f, err := c.Form()
	if err != nil {
		return err
	}
	at, known := steps[f.Text("step")]
	if !known {
		at = steps["place"]
	}
	q, err := m.Save(c.Context(), c.As.In, visitOf(c), checkoutOf(f), at.parts...)
	switch {
	case errors.Is(err, errEmpty):
		return c.Redirect("/cart")
	case err != nil:
		return m.checkoutAgain(c, q, err)
	case at.next != "":
		return c.Redirect("/checkout#" + at.next)
	}
	return m.buy(c, f, q)
}

// buy places the order and leads the buyer to the payment. When an earlier try
// placed it, its page is the answer.
func (m *Module) buy(c shopper, f *form.Form, q Quote) error {
	seen, err := strconv.ParseInt(f.Text("seen"), 10, 64)
	if err != nil {
		seen = -1
	}
	r, err := m.Place(c.Context(), c.As.In, Placing{Visit: visitOf(c), Key: f.Text("key"), Seen: money.New(seen, c.As.Shop.Currency)})
	switch {
	case errors.Is(err, inventoryapi.ErrShort), errors.Is(err, errChanged):
		c.Flash("bad", "orders.cart_changed")
		return c.Redirect("/cart")
	case err != nil:
		return m.checkoutAgain(c, q, err)
	}
	c.SetCookie(cartCookie, "", -1)
	m.keepCount(c, 0)
	page := m.Path(c.As.In, r.Order.ID)
	if r.Repeat {
		return c.Redirect(page)
	}
	step, err := m.Pay(c.Context(), c.As.In, r.Order)
	if err == nil && step.RedirectPath != "" {
		page = step.RedirectPath
	}
	return c.Redirect(page) // whatever the gateway said, the order stands and can be paid from its page
}

// checkoutAgain shows the checkout with what is wrong, and what was typed.
func (m *Module) checkoutAgain(c shopper, q Quote, err error) error {
	f := fault.As(err)
	if f.Kind == fault.Internal || f.Kind == fault.NotFound || q.Cart.ID.IsZero() {
		return err
	}
	return m.showCheckout(c, web.StatusOf(f.Kind), q, f)
}

// terms is where the conditions of sale are read.
func (m *Module) terms(c shopper, conf Config) string {
	if conf.TermsPath != "" || m.need.Terms == nil {
		return conf.TermsPath
	}
	return m.need.Terms(c)
}

func (m *Module) showCheckout(c shopper, status int, q Quote, wrong *fault.Error) error {
	w, typed := c.Words, q.Checkout
	v := ordersui.Checkout{
		State: ui.Form{Fault: wrong}, Email: typed.Contact.Email, Name: typed.Contact.Name, Phone: typed.Contact.Phone,
		Terms: typed.Contact.Terms, Marketing: typed.Contact.Marketing, SignedIn: !c.As.Customer.ID.IsZero(),
		Address: addressView(typed.Address), OtherBill: typed.Billing != nil, Countries: countryOptions(q.Reach, w.Lang()),
		Physical: q.Physical, Payment: q.Method.Code, Note: typed.Note, TermsHref: m.terms(c, q.Config),
		Key: rand.Text(), Seen: strconv.FormatInt(q.Totals.Total.Minor, 10),
		Sums: sumsView(q.Totals, q.carrier(w.Lang()).Name, q.Config.ShowNet, w), Items: itemViews(q.Cart.Items, w),
	}
	if typed.Contact.Email == "" {
		v.Email, v.Name = c.As.Customer.Email, c.As.Customer.Name
	}
	if typed.Billing != nil {
		v.Billing = addressView(*typed.Billing)
	}
	for _, choice := range q.Choices {
		v.Choices = append(v.Choices, ui.Option{
			Value: choice.Method.ID.String(), Label: choice.Method.Name.In(w.Lang()), Detail: cmp.Or(promisedTo(choice.Method.Pickup, choice.Arrival, w), choice.Method.Promise.In(w.Lang())), Side: price(choice.Price, w.Money, w.T("orders.free")),
		})
	}
	if q.Choice != nil {
		v.Delivery = q.Choice.Method.ID.String()
	}
	for _, p := range q.Methods {
		v.Methods = append(v.Methods, ui.Option{Value: p.Code, Label: p.Name, Detail: p.Description})
	}
	return c.PageStatus(status, web.Head{Title: w.T("orders.checkout"), NoIndex: true, Body: "plain"}, ordersui.CheckoutPage(v))
}

func price(a money.Amount, write func(money.Amount) string, free string) string {
	if a.IsZero() {
		return free
	}
	return write(a)
}

// checkoutOf reads the whole form, whichever section was sent.
func checkoutOf(f *form.Form) Checkout {
	c := Checkout{
		Contact: Contact{Email: strings.ToLower(f.Text("email")), Name: f.Text("name"), Phone: f.Text("phone"), Terms: f.Bool("terms"), Marketing: f.Bool("marketing")},
		Address: addressOf(f, "address"), Payment: f.Text("payment"), Note: f.Long("note", maxNote),
	}
	_ = c.Method.UnmarshalText([]byte(f.Text("delivery"))) // a forged one is no choice
	if f.Bool("other_billing") {
		b := addressOf(f, "billing")
		c.Billing = &b
	}
	return c
}

func addressOf(f *form.Form, prefix string) customersapi.Address {
	at := func(name string) string { return f.Text(prefix + "." + name) }
	return customersapi.Address{
		Name: at("name"), Company: at("company"), Line1: at("line1"), Line2: at("line2"),
		Postal: at("postal_code"), City: at("city"), Country: at("country"),
	}
}
