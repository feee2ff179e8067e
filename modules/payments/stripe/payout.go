package stripe

import (
	"context"
	"time"

	api "github.com/stripe/stripe-go/v85"

	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/payments"
)

// Balance implements payments.Remitter.
func (g *Gateway) Balance(ctx context.Context, in tenant.Store) (payments.Balance, error) {
	c, _, ok := g.client(in)
	if !ok {
		return payments.Balance{}, errNoAccount
	}
	have, err := c.V1Balance.Retrieve(ctx, nil)
	if err != nil {
		return payments.Balance{}, hear(err).err
	}
	sums := func(all []*api.BalanceAmount) (out []money.Amount) {
		for _, a := range all {
			if sum := amount(a.Amount, a.Currency); sum.Currency != "" {
				out = append(out, sum)
			}
		}
		return out
	}
	return payments.Balance{Available: sums(have.Available), Pending: sums(have.Pending)}, nil
}

// Payouts implements payments.Remitter.
func (g *Gateway) Payouts(ctx context.Context, in tenant.Store, cut payments.Cut) (out payments.Payouts, err error) {
	c, _, ok := g.client(in)
	if !ok {
		return out, errNoAccount
	}
	p := &api.PayoutListParams{}
	part(&p.ListParams, cut)
	for one, err := range c.V1Payouts.List(ctx, p).All(ctx) {
		if err != nil {
			return out, hear(err).err
		}
		if out.More = len(out.All) == cut.Limit; out.More {
			break
		}
		out.All = append(out.All, payout(one))
	}
	return out, nil
}

// Payout implements payments.Remitter.
func (g *Gateway) Payout(ctx context.Context, in tenant.Store, name string, cut payments.Cut) (p payments.Payout, l payments.Lines, err error) {
	c, _, ok := g.client(in)
	if !ok {
		return p, l, errNoAccount
	}
	one, err := c.V1Payouts.Retrieve(ctx, name, nil)
	if err != nil {
		if said := hear(err); !said.absent {
			return p, l, said.err
		}
		return p, l, payments.ErrNoPayout
	}
	p = payout(one)
	made := &api.BalanceTransactionListParams{Payout: api.String(one.ID)}
	part(&made.ListParams, cut)
	made.AddExpand("data.source")
	for x, err := range c.V1BalanceTransactions.List(ctx, made).All(ctx) {
		if err != nil {
			return p, l, hear(err).err
		}
		if x.Type == api.BalanceTransactionTypePayout {
			continue // it is what the others come to
		}
		if l.More = len(l.All) == cut.Limit; l.More {
			break
		}
		l.All = append(l.All, line(x))
	}
	return p, l, nil
}

// part is where a list begins. One more is asked for than is wanted, and the payout itself.
func part(p *api.ListParams, c payments.Cut) {
	p.Limit = api.Int64(min(int64(c.Limit)+2, 100))
	if c.After != "" {
		p.StartingAfter = api.String(c.After)
	}
}

func payout(p *api.Payout) payments.Payout {
	out := payments.Payout{
		ID: p.ID, Status: payments.PayoutStatus(p.Status), Amount: amount(p.Amount, p.Currency), MadeAt: time.Unix(p.Created, 0), Arrives: time.Unix(p.ArrivalDate, 0).UTC(),
	}
	if p.Status == api.PayoutStatusFailed {
		out.Reason = string(p.FailureCode)
	}
	return out
}

func line(x *api.BalanceTransaction) payments.Line {
	l := payments.Line{
		ID: x.ID, Kind: payments.LineOther, What: string(x.ReportingCategory), At: time.Unix(x.Created, 0),
		Gross: amount(x.Amount, x.Currency), Fee: amount(x.Fee, x.Currency), Net: amount(x.Net, x.Currency),
	}
	// https://docs.stripe.com/reports/reporting-categories
	switch x.ReportingCategory {
	case "charge", "charge_failure":
		l.Kind = payments.LinePayment
	case "refund", "refund_failure", "partial_capture_reversal":
		l.Kind = payments.LineRefund
	case "dispute", "dispute_reversal":
		l.Kind = payments.LineDispute
	case "fee", "network_cost", "tax":
		l.Kind = payments.LineFee
	}
	var of *api.PaymentIntent
	switch s := x.Source; {
	case s == nil:
	case s.Charge != nil:
		of = s.Charge.PaymentIntent
	case s.Refund != nil:
		of = s.Refund.PaymentIntent
	case s.Dispute != nil:
		of = s.Dispute.PaymentIntent
	}
	if of != nil {
		l.Charge = of.ID
	}
	return l
}
