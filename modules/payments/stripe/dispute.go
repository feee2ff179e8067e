package stripe

import (
	"context"
	"time"

	api "github.com/stripe/stripe-go/v85"

	"orion/kit/tenant"
	"orion/modules/payments"
)

var noAnswer = payments.DisputeSnapshot{Outcome: payments.Unknown}

// Dispute implements payments.Disputer.
func (g *Gateway) Dispute(ctx context.Context, in tenant.Store, external string) (payments.DisputeSnapshot, error) {
	c, _, ok := g.client(in)
	if !ok {
		return noAnswer, nil
	}
	d, err := c.V1Disputes.Retrieve(ctx, external, nil)
	if err != nil {
		s, err := hear(err).asked()
		return payments.DisputeSnapshot{Outcome: s.Outcome}, err
	}
	return disputed(d), nil
}

// Disputes implements payments.Disputer.
func (g *Gateway) Disputes(ctx context.Context, in tenant.Store, s payments.Span, each func(payments.DisputeSnapshot) error) error {
	c, _, ok := g.client(in)
	if !ok {
		return errNoAccount
	}
	p := &api.DisputeListParams{CreatedRange: &api.RangeQueryParams{GreaterThanOrEqual: s.From.Unix(), LesserThanOrEqual: s.To.Unix()}}
	p.Limit = api.Int64(100)
	for d, err := range c.V1Disputes.List(ctx, p).All(ctx) {
		if err != nil {
			return hear(err).err
		}
		if err := each(disputed(d)); err != nil {
			return err
		}
	}
	return nil
}

// Contest implements payments.Disputer. A dispute takes evidence once: whether ours has
// arrived stands in its metadata, and is looked at before it is sent again.
func (g *Gateway) Contest(ctx context.Context, in tenant.Store, a payments.Answer) (payments.DisputeSnapshot, error) {
	return g.answer(ctx, in, a, func(c *api.Client) (*api.Dispute, error) {
		p := &api.DisputeUpdateParams{Evidence: evidence(a.Evidence), Submit: api.Bool(true), Metadata: map[string]string{keyName: a.Key}}
		p.SetIdempotencyKey(g.hourly(a.Ref, "contest"))
		return c.V1Disputes.Update(ctx, a.External, p)
	})
}

// Concede implements payments.Disputer.
func (g *Gateway) Concede(ctx context.Context, in tenant.Store, a payments.Answer) (payments.DisputeSnapshot, error) {
	return g.answer(ctx, in, a, func(c *api.Client) (*api.Dispute, error) {
		p := &api.DisputeCloseParams{}
		p.SetIdempotencyKey(g.hourly(a.Ref, "concede"))
		return c.V1Disputes.Close(ctx, a.External, p)
	})
}

// answer says something to a dispute that waits for it, unless it has arrived before.
func (g *Gateway) answer(ctx context.Context, in tenant.Store, a payments.Answer, say func(*api.Client) (*api.Dispute, error)) (payments.DisputeSnapshot, error) {
	c, _, ok := g.client(in)
	if !ok {
		return noAnswer, nil
	}
	now, err := g.Dispute(ctx, in, a.External)
	if err != nil || now.Outcome != payments.Succeeded || now.Answer == a.Key || now.Status != payments.NeedsResponse && now.Status != payments.InquiryOpen {
		return now, err
	}
	d, err := say(c)
	if err == nil {
		return disputed(d), nil
	}
	said := hear(err)
	if !said.final {
		return noAnswer, said.err
	}
	// One that was slow may have arrived before this one, which is refused then.
	if now, err = g.Dispute(ctx, in, a.External); err != nil || now.Answer == a.Key || now.Status == payments.DisputeLost {
		return now, err
	}
	return payments.DisputeSnapshot{Outcome: payments.Declined, Problem: said.reason}, nil
}

// evidence is what is told in Stripe's terms.
func evidence(e payments.Evidence) *api.DisputeUpdateEvidenceParams {
	some := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	return &api.DisputeUpdateEvidenceParams{
		UncategorizedText: some(e.Explanation), ProductDescription: some(e.Product), CustomerName: some(e.Customer), CustomerEmailAddress: some(e.Email),
		ShippingAddress: some(e.Address), ShippingCarrier: some(e.Carrier), ShippingTrackingNumber: some(e.Tracking), ShippingDate: some(e.ShippedOn),
		RefundRefusalExplanation: some(e.Refusal), DuplicateChargeExplanation: some(e.Duplicate),
	}
}

var disputeStates = map[api.DisputeStatus]payments.DisputeStatus{
	api.DisputeStatusWarningNeedsResponse: payments.InquiryOpen, api.DisputeStatusWarningUnderReview: payments.InquiryReviewed,
	api.DisputeStatusWarningClosed: payments.InquiryClosed, api.DisputeStatusNeedsResponse: payments.NeedsResponse,
	api.DisputeStatusUnderReview: payments.DisputeReviewed, api.DisputeStatusLost: payments.DisputeLost, api.DisputeStatusWon: payments.DisputeWon,
}

// disputed is how a dispute stands. One that was prevented is over before it began:
// whether money went says the balance.
func disputed(d *api.Dispute) payments.DisputeSnapshot {
	s := payments.DisputeSnapshot{
		Outcome: payments.Succeeded, External: d.ID, Amount: amount(d.Amount, d.Currency), Status: disputeStates[d.Status], Reason: string(d.Reason),
		OpenedAt: time.Unix(d.Created, 0).UTC(), Answer: d.Metadata[keyName],
	}
	if d.Status == api.DisputeStatusPrevented {
		s.Status = payments.InquiryClosed
		if withdrawn(d) {
			s.Status = payments.DisputeLost
		}
	}
	if s.Status == "" {
		s.Outcome = payments.Unknown // a state that this program does not know yet
	}
	if d.PaymentIntent != nil {
		s.Charge = d.PaymentIntent.ID
	}
	if e := d.EvidenceDetails; e != nil && e.DueBy > 0 {
		s.DueAt = time.Unix(e.DueBy, 0).UTC()
	}
	return s
}

// withdrawn tells whether money is out of the account because of a dispute.
func withdrawn(d *api.Dispute) bool {
	var sum int64
	for _, b := range d.BalanceTransactions {
		sum += b.Amount
	}
	return sum < 0
}
