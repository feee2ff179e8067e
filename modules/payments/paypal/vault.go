package paypal

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"orion/kit/i18n"
	"orion/kit/tenant"
	"orion/modules/payments"
)

// trip is how a payer goes to PayPal's own page and comes back from it.
type trip struct {
	Return, Back string // paths, with and without having agreed
	Lang         i18n.Lang
}

// experience says so to PayPal.
func (g *Gateway) experience(ctx context.Context, in tenant.Store, t trip) map[string]any {
	return map[string]any{
		"user_action": "PAY_NOW", "shipping_preference": "NO_SHIPPING", "locale": locales[t.Lang],
		"return_url": g.o.Address(ctx, in, t.Return), "cancel_url": g.o.Address(ctx, in, t.Back),
	}
}

// wallet is the payer's account at PayPal, as an order shows it.
type wallet struct {
	Email      string `json:"email_address"`
	Account    string `json:"account_id"`
	Attributes struct {
		Vault struct {
			ID     string `json:"id"`
			Status string `json:"status"`
		} `json:"vault"`
	} `json:"attributes"`
}

// vaulted is the wish to have an account remembered once it has paid. Each customer has
// a token of their own, also where two of them pay with one account: what one of them
// removes stays the other's.
var vaulted = map[string]any{
	"store_in_vault": "ON_SUCCESS", "usage_type": "MERCHANT", "customer_type": "CONSUMER", "permit_multiple_payment_tokens": true,
}

// saved is the account that PayPal remembers from an order, or is about to; nil is none.
func (o *order) saved() *payments.SavedMethod {
	w := o.Source.PayPal
	v, d := w.Attributes.Vault, o.done()
	if v.ID == "" && v.Status == "" || len(d.Captures)+len(d.Authorizations) == 0 {
		return nil
	}
	k := &payments.SavedMethod{Look: payments.Look{Brand: Code, Account: mask(w.Email), Fingerprint: w.Account}}
	if v.Status == "" || v.Status == "VAULTED" { // else it comes later, and so does its name
		k.External = v.ID
	}
	return k
}

// mask is an address by which its owner tells it from another one of theirs, and nobody
// else learns it.
func mask(email string) string {
	at := strings.LastIndex(email, "@")
	if at <= 0 {
		return ""
	}
	for _, first := range email[:at] {
		return string(first) + "…" + email[at:]
	}
	return ""
}

// Vault implements payments.Saver: the app, which names account and mode and is no
// secret. It outlives secrets, which are what is changed.
func (g *Gateway) Vault(in tenant.Store) string {
	c, ok := g.client(in)
	if !ok {
		return ""
	}
	return c.a.Client
}

// Enrol implements payments.Saver. PayPal knows its customers by itself, and learns
// nothing from us of who they are here: there is nobody to ask.
func (g *Gateway) Enrol(_ context.Context, in tenant.Store, ref payments.Ref) (payments.Snapshot, error) {
	if g.Vault(in) == "" {
		return notSetUp, nil
	}
	return payments.Snapshot{Outcome: payments.Succeeded, External: ref.Key}, nil
}

// Keep implements payments.Saver: it says anew how an order is going to be paid, with the
// wish or without. So it needs no key.
func (g *Gateway) Keep(ctx context.Context, in tenant.Store, ref payments.Ref, k payments.Keeping) (payments.Snapshot, error) {
	return g.with(ctx, in, ref, func(c *client, o *order) (payments.Snapshot, error) {
		if !o.open() || o.given() {
			return o.snapshot(), nil // too late
		}
		source := map[string]any{"experience_context": g.experience(ctx, in, trip{k.Return, k.Back, k.Lang})}
		if k.Payer != "" {
			source["attributes"] = map[string]any{"vault": vaulted}
		}
		now, err := c.confirm(ctx, o, source)
		if err == nil {
			return now.snapshot(), nil
		}
		if said := hear(err); said.final {
			return payments.Snapshot{Outcome: payments.Declined, Reason: said.reason()}, nil
		}
		return unknown, err
	})
}

// Reuse implements payments.Reuser. An order is taken once, whoever confirms it and how
// often; when PayPal wants to see the payer, the snapshot says where.
func (g *Gateway) Reuse(ctx context.Context, in tenant.Store, ref payments.Ref, r payments.Reuse) (payments.Snapshot, error) {
	return g.with(ctx, in, ref, func(c *client, o *order) (payments.Snapshot, error) {
		if !o.open() || o.given() {
			return c.advance(ctx, o)
		}
		now, failed := c.confirm(ctx, o, map[string]any{
			"vault_id": r.Method, "experience_context": g.experience(ctx, in, trip{r.Return, r.Back, r.Lang}),
		})
		if failed == nil {
			return c.advance(ctx, now)
		}
		said := hear(failed)
		if !said.final {
			return unknown, failed
		}
		now, err := c.find(ctx, o.ID) // it may be approved by now, or taken
		switch {
		case err != nil:
			return unknown, err
		case !now.open():
			return c.advance(ctx, now)
		}
		s := now.snapshot()
		if s.Reason = payments.Unusable; slices.Contains(choose, said.issue) {
			s.Reason = said.reason()
		}
		return s, nil
	})
}

// confirm says how an order that nobody approved yet is going to be paid.
func (c *client) confirm(ctx context.Context, o *order, source map[string]any) (*order, error) {
	var now order
	err := c.do(ctx, request{http.MethodPost, "/v2/checkout/orders/" + o.ID + "/confirm-payment-source", "", map[string]any{
		"payment_source": map[string]any{"paypal": source},
	}}, &now)
	if err != nil {
		return nil, err
	}
	if len(now.Units) == 0 {
		now.Units = slices.Clone(o.Units)
	}
	return o.became(now), nil
}

// Drop implements payments.Saver.
func (g *Gateway) Drop(ctx context.Context, in tenant.Store, ref payments.Ref) (payments.Snapshot, error) {
	c, ok := g.client(in)
	if !ok {
		return unknown, nil
	}
	err := c.do(ctx, request{method: http.MethodDelete, path: "/v3/vault/payment-tokens/" + url.PathEscape(ref.External)}, nil)
	if err == nil || hear(err).absent {
		return payments.Snapshot{Outcome: payments.Succeeded, External: ref.External}, nil
	}
	return unknown, err
}
