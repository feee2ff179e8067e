package stripe

import (
	"context"

	api "github.com/stripe/stripe-go/v85"

	"orion/kit/tenant"
	"orion/modules/payments"
)

// Movements implements payments.Reconciler: the intents of a span that took money,
// and the refunds.
func (g *Gateway) Movements(ctx context.Context, in tenant.Store, s payments.Span, each func(payments.Movement) error) error {
	c, _, ok := g.client(in)
	if !ok {
		return errNoAccount
	}
	within := &api.RangeQueryParams{GreaterThanOrEqual: s.From.Unix(), LesserThanOrEqual: s.To.Unix()}
	taken := &api.PaymentIntentListParams{CreatedRange: within}
	taken.Limit = api.Int64(100)
	for i, err := range c.V1PaymentIntents.List(ctx, taken).All(ctx) {
		if err != nil {
			return hear(err).err
		}
		if i.AmountReceived == 0 {
			continue
		}
		mv := payments.Movement{External: i.ID, Key: i.Metadata[keyName], Amount: amount(i.AmountReceived, i.Currency)}
		if err := each(mv); err != nil {
			return err
		}
	}
	given := &api.RefundListParams{CreatedRange: within}
	given.Limit = api.Int64(100)
	for r, err := range c.V1Refunds.List(ctx, given).All(ctx) {
		if err != nil {
			return hear(err).err
		}
		if r.Status != api.RefundStatusSucceeded || r.PaymentIntent == nil {
			continue
		}
		mv := payments.Movement{External: r.ID, Key: r.Metadata[keyName], Refund: true, Charge: r.PaymentIntent.ID, Amount: amount(r.Amount, r.Currency)}
		if err := each(mv); err != nil {
			return err
		}
	}
	return nil
}
