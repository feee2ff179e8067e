// Package paypal takes payments through PayPal: an order per attempt, which its payer
// approves on PayPal's own page, and which is captured as soon as we hear of that by
// whatever way.
package paypal

import (
	"context"
	"crypto/x509"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"orion/kit/clock"
	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/payments"
)

// Code is the gateway's code.
const Code = payments.PayPal

// Where PayPal itself is asked: with real money, and without.
const (
	Live    = "https://api-m.paypal.com"
	Sandbox = "https://api-m.sandbox.paypal.com"
)

// Account is a store's account at PayPal.
type Account struct {
	Client  string // identifier of the app
	Secret  string
	Webhook string // identifier of the address at which PayPal tells
	Sandbox bool   // no real money moves
	Hold    bool   // amounts are held, and taken later
}

// Options are what the gateway is given.
type Options struct {
	Base    string // address of the interface; empty is PayPal's, with and without real money
	HTTP    http.RoundTripper
	Clock   clock.Clock
	Roots   *x509.CertPool                        // whose certificates sign messages of PayPal's; nil is the system's
	Account func(in tenant.Store) (Account, bool) // false when the store has none
	// Address is the whole address of a path of the store's pages, as its payer sees it.
	Address func(ctx context.Context, in tenant.Store, path string) string
}

// Gateway is PayPal as a gateway of payments.
type Gateway struct {
	o      Options
	http   *http.Client
	tokens tokens
	certs  certificates
}

var (
	_ payments.Gateway    = (*Gateway)(nil)
	_ payments.Canceller  = (*Gateway)(nil)
	_ payments.Capturer   = (*Gateway)(nil)
	_ payments.Fitter     = (*Gateway)(nil)
	_ payments.Listener   = (*Gateway)(nil)
	_ payments.Checker    = (*Gateway)(nil)
	_ payments.Reconciler = (*Gateway)(nil)
	_ payments.Saver      = (*Gateway)(nil)
	_ payments.Reuser     = (*Gateway)(nil)
)

// New makes the gateway. Nothing is asked of PayPal yet.
func New(o Options) *Gateway {
	o.Base = strings.TrimSuffix(o.Base, "/")
	if o.Base == "" {
		o.Base = Live
	}
	return &Gateway{o: o, http: &http.Client{
		Transport: o.HTTP, Timeout: 30 * time.Second, // callers have shorter ones
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Itself tells whether an address of the interface is PayPal's own, and of nobody who
// stands in for it.
func Itself(base string) bool {
	base = strings.TrimSuffix(base, "/")
	return base == "" || base == Live || base == Sandbox
}

// Descriptor implements payments.Gateway.
func (g *Gateway) Descriptor() payments.Descriptor {
	return payments.Descriptor{Code: Code, Icon: "wallet"}
}

// client speaks for a store's account. Keys that move money are shown to PayPal itself,
// and only where money moves.
func (g *Gateway) client(in tenant.Store) (*client, bool) {
	a, ok := g.o.Account(in)
	if !ok || a.Client == "" || a.Secret == "" || g.o.Base != Live && !a.Sandbox {
		return nil, false
	}
	c := &client{g: g, a: a, base: g.o.Base}
	if g.o.Base == Live && a.Sandbox {
		c.base = Sandbox
	}
	return c, true
}

const (
	// forgets is when PayPal may have forgotten a key, with an hour to spare.
	forgets = 5 * time.Hour
	// arrives is how long a request may take to arrive. Should one come later after
	// all, its order takes nothing: no payer ever learned its address.
	arrives = 30 * time.Second
	// lapses is how long PayPal lets a payer approve an order.
	lapses = 3 * time.Hour
	// retries is how long a step is asked for under the same key.
	retries = 10 * time.Second
)

func (g *Gateway) since(at time.Time) time.Duration { return g.o.Clock.Now().Sub(at) }

var (
	unknown  = payments.Snapshot{Outcome: payments.Unknown}
	notSetUp = payments.Snapshot{Outcome: payments.Declined, Reason: "not_set_up"}

	errOther = errors.New("paypal: the order belongs to another request")
)

// locales are the languages of PayPal's pages; it has no Luxembourgish.
var locales = map[i18n.Lang]string{i18n.En: "en-GB", i18n.Fr: "fr-FR", i18n.De: "de-DE", i18n.Lb: "fr-FR"}

// Create implements payments.Gateway: an order that the payer approves at PayPal. By
// itself it takes nothing.
func (g *Gateway) Create(ctx context.Context, in tenant.Store, r payments.Request) (payments.Snapshot, error) {
	c, ok := g.client(in)
	if !ok {
		return notSetUp, nil
	}
	amount, ok := write(r.Amount)
	if !ok {
		return payments.Snapshot{Outcome: payments.Declined, Reason: "amount_not_possible"}, nil
	}
	if g.since(r.At) > forgets { // asked again, it would be a second order
		return g.Fetch(ctx, in, payments.Ref{Key: r.Key, At: r.At})
	}
	var o order
	err := c.do(ctx, request{http.MethodPost, "/v2/checkout/orders", r.Key, map[string]any{
		"intent":         intents[c.a.Hold],
		"purchase_units": []unit{{CustomID: r.Key, Description: r.Reference, Amount: amount}},
		"payment_source": map[string]any{"paypal": map[string]any{"experience_context": g.experience(ctx, in, trip{r.Return, r.Back, r.Lang})}},
	}}, &o)
	if err == nil {
		return c.advance(ctx, &o)
	}
	switch said := hear(err); {
	case said.locked:
		return notSetUp, nil
	case said.final:
		return payments.Snapshot{Outcome: payments.Declined, Reason: said.reason()}, nil
	}
	return unknown, err
}

// intents are what becomes of an order that is approved: by whether it is held first.
var intents = map[bool]string{false: "CAPTURE", true: "AUTHORIZE"}

// Fetch implements payments.Gateway. What a payer has approved is taken, or held: they
// may never come back to us. An order without a key of ours is only looked at, because
// the account may be used for other things, too.
func (g *Gateway) Fetch(ctx context.Context, in tenant.Store, ref payments.Ref) (payments.Snapshot, error) {
	return g.with(ctx, in, ref, func(c *client, o *order) (payments.Snapshot, error) {
		if ref.Key == "" {
			return o.snapshot(), nil
		}
		return c.advance(ctx, o)
	})
}

// Cancel implements payments.Canceller. What was taken meanwhile stays taken.
func (g *Gateway) Cancel(ctx context.Context, in tenant.Store, ref payments.Ref) (payments.Snapshot, error) {
	return g.with(ctx, in, ref, func(c *client, o *order) (payments.Snapshot, error) {
		held, is := o.held()
		switch {
		case is:
			return c.step(ctx, o, request{http.MethodPost, "/v2/payments/authorizations/" + held.ID + "/void", c.key(o, "void"), nil})
		case o.waits():
			return c.giveUp(ctx, o, "cancelled")
		}
		return o.snapshot(), nil
	})
}

// Capture implements payments.Capturer.
func (g *Gateway) Capture(ctx context.Context, in tenant.Store, ref payments.Ref) (payments.Snapshot, error) {
	return g.with(ctx, in, ref, func(c *client, o *order) (payments.Snapshot, error) {
		held, is := o.held()
		if !is {
			return o.snapshot(), nil
		}
		return c.step(ctx, o, request{
			http.MethodPost, "/v2/payments/authorizations/" + held.ID + "/capture", c.key(o, "take"),
			map[string]any{"amount": held.Amount, "final_capture": true},
		})
	})
}

// key is that of a step which an order takes at most once, whatever its key. It changes
// by and by, because a refusal may be remembered under it while the payer has chosen
// another way to pay.
func (c *client) key(o *order, step string) string {
	n := max(c.g.since(o.Created)/retries, 0)
	return o.key() + "-" + step + "-" + strconv.FormatInt(int64(n), 36)
}

// with finds a request's order and does something with it.
func (g *Gateway) with(ctx context.Context, in tenant.Store, ref payments.Ref, do func(*client, *order) (payments.Snapshot, error)) (payments.Snapshot, error) {
	c, ok := g.client(in)
	if !ok {
		return unknown, nil
	}
	if ref.External == "" {
		// Without an answer nobody learned where to approve the order, if there is one.
		if g.since(ref.At) > arrives {
			return payments.Snapshot{Outcome: payments.Declined, Reason: "not_received"}, nil
		}
		return payments.Snapshot{Outcome: payments.Elsewhere}, nil
	}
	o, err := c.find(ctx, ref.External)
	switch {
	case err != nil && hear(err).absent:
		return payments.Snapshot{Outcome: payments.Elsewhere}, nil
	case err != nil:
		return unknown, err
	case ref.Key != "" && o.key() != ref.Key:
		return unknown, errOther
	}
	return do(c, o)
}

// find reads an order by its own name, or by that of something done with it, such as
// "captures/2GG279541U471931P".
func (c *client) find(ctx context.Context, name string) (*order, error) {
	if strings.Contains(name, "/") {
		var part piece
		if err := c.do(ctx, request{method: http.MethodGet, path: "/v2/payments/" + name}, &part); err != nil {
			return nil, err
		}
		if name = part.About.Related.Order; name == "" {
			return nil, &Problem{Status: http.StatusNotFound, Name: "NO_ORDER"}
		}
	}
	var o order
	err := c.do(ctx, request{method: http.MethodGet, path: "/v2/checkout/orders/" + name}, &o)
	return &o, err
}
