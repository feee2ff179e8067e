package certify

import (
	"context"
	"errors"
	"strings"

	"orion/modules/payments/stripe"
)

// Visit is a shopper with one order, which they pay in steps.
type Visit struct {
	b      *Bank
	s      *Server
	method string
	order  Bought
	path   string       // of the page on which it is paid; empty before Begins
	card   confirmation // of a form of Stripe's
	there  string       // PayPal's name of it
}

// Visit orders something that is to be paid by a method.
func (b *Bank) Visit(ctx context.Context, s *Server, method, key string) (*Visit, error) {
	o, err := s.Order(ctx, Purchase{b.Variant, b.Method, method, key})
	return &Visit{b: b, s: s, method: method, order: o}, err
}

// Number is the order's.
func (v *Visit) Number() string { return v.order.Number }

// Begins opens the page on which it is paid. An error is a page that does not lead on,
// as while the gateway does not answer.
func (v *Visit) Begins(ctx context.Context) (err error) {
	path := ""
	if v.method == stripe.Code {
		v.card, path, err = v.s.begins(ctx, v.order)
	} else {
		v.there, path, err = v.s.goes(ctx, v.order)
	}
	if strings.HasPrefix(path, "/pay/") {
		v.path = strings.Replace(path, "/pay/form/", "/pay/", 1)
	}
	return err
}

var errNotBegun = errors.New("the shopper has not seen where to pay")

// Agrees is what they do at the gateway.
func (v *Visit) Agrees(ctx context.Context) error {
	switch {
	case v.method == stripe.Code && v.card.intent != "":
		return v.b.confirms(ctx, v.card)
	case v.there != "":
		return v.b.chooses(ctx, v.there, "approve")
	}
	return errNotBegun
}

// Returns is the page to which they come back.
func (v *Visit) Returns(ctx context.Context) error {
	if v.path == "" {
		return nil
	}
	_, err := v.s.page(ctx, v.path)
	return err
}
