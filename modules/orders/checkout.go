package orders

import (
	"net/mail"
	"strings"

	"orion/kit/fault"
	"orion/kit/letters"
	"orion/modules/customers/customersapi"
)

var errCheckout = fault.New(fault.Invalid, "orders.invalid_checkout")

// Checkout is what a buyer has said so far. It is kept on the cart as it was
// typed, so that a reload loses nothing; each part is checked when it is sent
// and all of them when the order is placed.
type Checkout struct {
	Contact Contact              `json:"contact"`
	Address customersapi.Address `json:"address"`
	// Billing is where the invoice goes, nil when it goes with the goods.
	Billing *customersapi.Address `json:"billing,omitempty"`
	Method  MethodID              `json:"method"`
	Payment string                `json:"payment"`
	Note    string                `json:"note,omitempty"`
}

// Contact is who buys, and what they agreed to.
type Contact struct {
	Email     string `json:"email"`
	Name      string `json:"name"`
	Phone     string `json:"phone,omitempty"`
	Terms     bool   `json:"terms"`     // accepted the conditions of sale
	Marketing bool   `json:"marketing"` // wants news
}

// Part is a section of the checkout.
type Part uint8

// The sections, in their order.
const (
	ContactPart Part = iota
	AddressPart
	DeliveryPart
	PaymentPart
)

const (
	maxText = 200
	maxNote = 1000
)

// billing is where the invoice goes.
func (c Checkout) billing() customersapi.Address {
	if c.Billing != nil {
		return *c.Billing
	}
	return c.Address
}

// tidy trims what was typed and cuts what nobody types, so that it can be kept.
func (c Checkout) tidy() Checkout {
	for _, s := range []*string{&c.Contact.Email, &c.Contact.Name, &c.Contact.Phone, &c.Payment} {
		*s = clip(*s, maxText)
	}
	c.Note = clip(c.Note, maxNote)
	c.Address = tidyAddress(c.Address)
	if c.Billing != nil {
		b := tidyAddress(*c.Billing)
		c.Billing = &b
	}
	return c
}

func tidyAddress(a customersapi.Address) customersapi.Address {
	for _, s := range []*string{&a.Name, &a.Company, &a.Line1, &a.Line2, &a.Postal, &a.City, &a.Phone} {
		*s = clip(*s, maxText)
	}
	a.Country = strings.ToUpper(clip(a.Country, 2))
	return a
}

func clip(s string, limit int) string {
	return letters.Clip(strings.TrimSpace(strings.ToValidUTF8(s, "")), limit)
}

// check refuses a checkout whose parts are not complete. What depends on the
// store, such as whether a method delivers there, is the quote's to say.
func (c Checkout) check(q Quote, parts ...Part) error {
	bad := errCheckout
	for _, p := range parts {
		switch p {
		case ContactPart:
			bad = c.Contact.check(bad)
		case AddressPart:
			if q.Physical && !q.pickup() {
				bad = checkAddress(bad, "address", c.Address)
			}
			if c.Billing != nil || !q.Physical || q.pickup() {
				bad = checkAddress(bad, q.billingField(), c.billing())
			}
		case DeliveryPart:
			if q.Physical && q.Choice == nil {
				bad = bad.Field("delivery", "orders.choose_delivery")
			}
		case PaymentPart:
			if q.Method.Code == "" {
				bad = bad.Field("payment", "orders.choose_payment")
			}
			if !c.Contact.Terms { // they stand beside the button that buys
				bad = bad.Field("terms", "orders.accept_terms")
			}
		}
	}
	return bad.OrNil()
}

func (c Contact) check(bad *fault.Error) *fault.Error {
	switch a, err := mail.ParseAddress(c.Email); {
	case c.Email == "":
		bad = bad.Field("email", "form.required")
	case err != nil, a.Address != c.Email, !strings.Contains(c.Email[strings.LastIndex(c.Email, "@"):], "."):
		bad = bad.Field("email", "form.bad_email")
	}
	if c.Name == "" {
		bad = bad.Field("name", "form.required")
	}
	return bad
}

func checkAddress(bad *fault.Error, prefix string, a customersapi.Address) *fault.Error {
	for _, f := range []struct{ name, value string }{
		{"name", a.Name}, {"line1", a.Line1}, {"postal_code", a.Postal}, {"city", a.City},
	} {
		if f.value == "" {
			bad = bad.Field(prefix+"."+f.name, "form.required")
		}
	}
	if !isCountry(a.Country) {
		bad = bad.Field(prefix+".country", "form.choose")
	}
	return bad
}
