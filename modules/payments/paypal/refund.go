package paypal

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"orion/kit/tenant"
	"orion/modules/payments"
)

// Refund implements payments.Gateway. Refunds of ours are looked for in the order
// before one is asked for, so that no key has to be remembered for longer than an
// answer takes.
func (g *Gateway) Refund(ctx context.Context, in tenant.Store, r payments.RefundRequest) (payments.Snapshot, error) {
	c, ok := g.client(in)
	if !ok {
		return unknown, nil // until the store has an account again: it is the payer's money
	}
	if r.External != "" {
		var back piece
		err := c.do(ctx, request{method: http.MethodGet, path: "/v2/payments/refunds/" + r.External}, &back)
		switch {
		case err == nil:
			return back.refunded(r.Key), nil
		case hear(err).absent:
			return payments.Snapshot{Outcome: payments.Elsewhere}, nil
		}
		return unknown, err
	}
	amount, ok := write(r.Amount)
	if !ok {
		return payments.Snapshot{Outcome: payments.Declined, Reason: "amount_not_possible"}, nil
	}
	o, err := c.find(ctx, r.Charge.External)
	switch {
	case err != nil && hear(err).absent:
		return payments.Snapshot{Outcome: payments.Elsewhere}, nil
	case err != nil:
		return unknown, err
	}
	d := o.done()
	if i := slices.IndexFunc(d.Refunds, func(p piece) bool { return p.CustomID == r.Key }); i >= 0 {
		return d.Refunds[i].refunded(r.Key), nil
	}
	i := slices.IndexFunc(d.Captures, func(p piece) bool { return p.Status == "COMPLETED" || p.Status == "PARTIALLY_REFUNDED" })
	if i < 0 {
		return payments.Snapshot{Outcome: payments.Declined, Reason: "capture_fully_refunded"}, nil
	}
	var back piece
	err = c.do(ctx, request{http.MethodPost, "/v2/payments/captures/" + d.Captures[i].ID + "/refund", r.Key, map[string]any{
		"amount": amount, "custom_id": r.Key,
	}}, &back)
	if err == nil {
		return back.refunded(r.Key), nil
	}
	if said := hear(err); said.final && !said.absent {
		return payments.Snapshot{Outcome: payments.Declined, Reason: said.reason()}, nil
	}
	return unknown, err
}

// refunded is how a refund of ours stands.
func (p piece) refunded(key string) payments.Snapshot {
	s := payments.Snapshot{Outcome: payments.Unknown, External: p.ID, Key: key}
	switch p.Status {
	case "COMPLETED":
		s.Outcome, s.Amount = payments.Succeeded, read(p.Amount)
	case "PENDING":
		s.Outcome = payments.Processing
	case "FAILED":
		s.Outcome, s.Reason = payments.Declined, strings.ToLower(p.Details.Reason)
	case "CANCELLED":
		s.Outcome, s.Reason = payments.Voided, "cancelled"
	}
	return s
}
