package stripe

import (
	"context"

	api "github.com/stripe/stripe-go/v85"

	"orion/kit/tenant"
	"orion/modules/payments"
)

// Refund implements payments.Gateway.
func (g *Gateway) Refund(ctx context.Context, in tenant.Store, r payments.RefundRequest) (payments.Snapshot, error) {
	unknown := payments.Snapshot{Outcome: payments.Unknown}
	c, a, ok := g.client(in)
	if !ok {
		return unknown, nil // until the store has an account again: it is the payer's money
	}
	if r.External != "" {
		back, err := c.V1Refunds.Retrieve(ctx, r.External, nil)
		if err != nil {
			return hear(err).asked()
		}
		return refunded(back), nil
	}
	minor, ok := units(r.Amount)
	if !ok {
		return payments.Snapshot{Outcome: payments.Declined, Reason: "amount_not_possible"}, nil
	}
	if g.since(r.At) > forgets {
		if back, err := findRefund(ctx, c, r); err != nil || back != nil {
			return refunded(back), err
		}
	}
	p := &api.RefundCreateParams{
		PaymentIntent: api.String(r.Charge.External), Amount: api.Int64(minor), Metadata: map[string]string{keyName: r.Key},
	}
	switch with, err := g.returnsFee(ctx, c, a, r.Charge.External); {
	case err != nil:
		return unknown, hear(err).err
	case with: // the platform gives back its part of what is given back
		p.RefundApplicationFee = api.Bool(true)
	}
	p.SetIdempotencyKey(r.Key)
	back, err := c.V1Refunds.Create(ctx, p)
	if err == nil {
		return refunded(back), nil
	}
	said := hear(err)
	if !said.broken {
		return said.snapshot()
	}
	// It may have been given all the same, and its key answers 500 for ever.
	back, err = findRefund(ctx, c, r)
	switch {
	case err == nil && back == nil && said.again:
		return payments.Snapshot{Outcome: payments.Declined, Reason: "gateway_error"}, nil
	case err == nil && back == nil:
		err = said.err
	}
	return refunded(back), err
}

// findRefund looks for a refund by our key; nil is none.
func findRefund(ctx context.Context, c *api.Client, r payments.RefundRequest) (*api.Refund, error) {
	p := &api.RefundListParams{PaymentIntent: api.String(r.Charge.External)}
	p.Limit = api.Int64(100)
	for back, err := range c.V1Refunds.List(ctx, p).All(ctx) {
		if err != nil {
			return nil, hear(err).err
		}
		if back.Metadata[keyName] == r.Key {
			return back, nil
		}
	}
	return nil, nil
}

// refunded is how a refund stands; nil is one of which nothing is known.
func refunded(r *api.Refund) payments.Snapshot {
	if r == nil {
		return payments.Snapshot{Outcome: payments.Unknown}
	}
	s := payments.Snapshot{Outcome: payments.Unknown, External: r.ID, Key: r.Metadata[keyName]}
	switch r.Status {
	case api.RefundStatusSucceeded:
		s.Outcome, s.Amount = payments.Succeeded, amount(r.Amount, r.Currency)
	case api.RefundStatusPending, api.RefundStatusRequiresAction:
		s.Outcome = payments.Processing
	case api.RefundStatusFailed:
		s.Outcome, s.Reason = payments.Declined, string(r.FailureReason)
	case api.RefundStatusCanceled:
		s.Outcome, s.Reason = payments.Voided, "cancelled"
	}
	return s
}
