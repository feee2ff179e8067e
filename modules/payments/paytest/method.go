package paytest

import (
	"cmp"
	"slices"
	"strings"
)

// Method is what a payer pays with.
type Method struct {
	ID       string  `json:"id"`
	Object   string  `json:"object"`
	Type     string  `json:"type"`
	Created  int64   `json:"created"`
	Live     bool    `json:"livemode"`
	Customer *string `json:"customer"` // for whom it is saved
	Card     struct {
		Brand       string `json:"brand"`
		Last4       string `json:"last4"`
		ExpMonth    int64  `json:"exp_month"`
		ExpYear     int64  `json:"exp_year"`
		Fingerprint string `json:"fingerprint"` // the same for every method of one card
	} `json:"card"`

	card card
	used bool // what was used or let go without being saved cannot be used again
}

func (s *Stripe) createMethod(c call) (any, *Problem) {
	if bad := c.p.only("type", "card[number]", "card[exp_month]", "card[exp_year]", "card[cvc]", "billing_details[*]", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	if c.p.get("type") != "card" {
		return nil, invalid("parameter_missing", "type", "Only cards are known here.")
	}
	known, ok := cards[c.p.get("card[number]")]
	if !ok {
		return nil, &Problem{Type: "card_error", Code: "incorrect_number", Param: "number", Message: "Your card number is incorrect.", status: 402, early: true}
	}
	month, bad := c.p.number("card[exp_month]", 12)
	if bad != nil {
		return nil, bad
	}
	year, bad := c.p.number("card[exp_year]", 2034)
	if bad != nil {
		return nil, bad
	}
	m := s.newMethod(c.a, known)
	m.Card.ExpMonth, m.Card.ExpYear = month, year
	return *m, nil
}

func (s *Stripe) newMethod(a *account, with card) *Method {
	m := &Method{ID: s.newID("pm"), Object: "payment_method", Type: "card", Created: s.now(), card: with}
	m.Card.Brand, m.Card.Last4, m.Card.ExpMonth, m.Card.ExpYear, m.Card.Fingerprint = with.brand, with.last4, 12, 2034, "fp_"+with.brand+with.last4
	a.methods[m.ID] = m
	return m
}

// method finds a payment method; the names of test cards make a new one each time.
func (s *Stripe) method(a *account, id string) (*Method, *Problem) {
	if number, ok := methods[id]; ok {
		return s.newMethod(a, cards[number]), nil
	}
	if m, ok := a.methods[id]; ok {
		return m, nil
	}
	return nil, missing("payment_method", id)
}

// usable is the payment method with which something of a customer is to be
// confirmed; nil is nobody's.
func (s *Stripe) usable(a *account, id string, of *string) (*Method, *Problem) {
	m, bad := s.method(a, id)
	switch {
	case bad != nil:
		return nil, bad
	case m.Customer != nil && (of == nil || *of != *m.Customer):
		return nil, refused("", "The provided PaymentMethod belongs to a Customer: it can be used with that one alone.")
	case m.used:
		return nil, refused("", "The provided PaymentMethod was previously used or detached from a Customer, and may not be used again.")
	}
	return m, nil
}

// attach saves a method for a customer.
func (s *Stripe) attach(a *account, m *Method, customer string) {
	m.Customer, m.used = &customer, false
	s.tell(a, "payment_method.attached", *m)
}

func (s *Stripe) retrieveMethod(c call) (any, *Problem) {
	m, ok := c.a.methods[c.id]
	if !ok {
		return nil, missing("payment_method", c.id)
	}
	return *m, nil
}

func (s *Stripe) attachMethod(c call) (any, *Problem) {
	if bad := c.p.only("customer", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	customer := c.p.get("customer")
	if !slices.Contains(c.a.customerIDs(), customer) {
		return nil, missing("customer", customer)
	}
	m, bad := s.usable(c.a, c.id, &customer)
	if bad != nil {
		return nil, bad
	}
	if bad := m.card.saves(); bad != nil {
		return nil, bad
	}
	s.attach(c.a, m, customer)
	return *m, nil
}

// saves is what a card's bank says when it is to be saved.
func (c card) saves() *Problem {
	if c.decline == "" || c.attaches {
		return nil
	}
	return &Problem{Type: "card_error", Code: "card_declined", Decline: c.decline, Message: "Your card was declined.", status: 402}
}

func (s *Stripe) detachMethod(c call) (any, *Problem) {
	if bad := c.p.only("expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	m, ok := c.a.methods[c.id]
	switch {
	case !ok:
		return nil, missing("payment_method", c.id)
	case m.Customer == nil:
		return nil, refused("", "The payment method you provided is not attached to a customer so detachment is impossible.")
	}
	m.Customer, m.used = nil, true
	s.tell(c.a, "payment_method.detached", *m)
	return *m, nil
}

func (s *Stripe) listMethods(c call) (any, *Problem) {
	if bad := c.p.only("customer", "type", "limit", "starting_after", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	return list{Object: "list", URL: "/v1/payment_methods", Data: c.a.saved(c.p.get("customer"))}, nil
}

// saved are a customer's methods, the newest first; everybody's without one.
func (a *account) saved(customer string) []Method {
	out := []Method{}
	for _, m := range a.methods {
		if m.Customer != nil && (customer == "" || *m.Customer == customer) {
			out = append(out, *m)
		}
	}
	slices.SortFunc(out, func(x, y Method) int { return cmp.Or(cmp.Compare(y.Created, x.Created), strings.Compare(y.ID, x.ID)) })
	return out
}

// Saved are the methods that an account keeps for customers, the newest first.
func (s *Stripe) Saved(secret string) []Method {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.of(secret).saved("")
}

// Customer is somebody whose methods can be saved.
type Customer struct {
	ID       string            `json:"id"`
	Object   string            `json:"object"`
	Created  int64             `json:"created"`
	Live     bool              `json:"livemode"`
	Metadata map[string]string `json:"metadata"`
}

func (s *Stripe) createCustomer(c call) (any, *Problem) {
	if bad := c.p.only("email", "name", "description", "metadata[*]", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	who := Customer{ID: s.newID("cus"), Object: "customer", Created: s.now(), Metadata: c.p.metadata()}
	c.a.customers = append(c.a.customers, who)
	return who, nil
}

func (a *account) customerIDs() (out []string) {
	for _, c := range a.customers {
		out = append(out, c.ID)
	}
	return out
}

// Customers are an account's customers, the oldest first.
func (s *Stripe) Customers(secret string) []Customer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.of(secret).customers)
}
