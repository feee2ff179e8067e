package stripe

import (
	"context"
	"encoding/json"
	"time"

	api "github.com/stripe/stripe-go/v85"

	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/payments"
)

// umbrella speaks for the account of a store's platform itself.
func (g *Gateway) umbrella(in tenant.Store) (*api.Client, Account, bool) {
	if g.o.Umbrella == nil {
		return nil, Account{}, false
	}
	a, ok := g.o.Umbrella(in)
	if !ok || a.Secret == "" || !a.paired() {
		return nil, a, false
	}
	return g.as(a, a.Secret), a, true
}

// Umbrella implements payments.Onboarder: the key of browsers, which names account and
// mode and is no secret.
func (g *Gateway) Umbrella(in tenant.Store) string {
	if _, a, ok := g.umbrella(in); ok {
		return a.Public
	}
	return ""
}

// OpenAccount implements payments.Onboarder. The store's owner has a dashboard of their
// own, pays Stripe's fees, and answers for what payers take back: neither the platform's
// money nor its credit is at stake.
// https://docs.stripe.com/connect/migrate-to-controller-properties
func (g *Gateway) OpenAccount(ctx context.Context, in tenant.Store, o payments.Opening) (payments.Standing, error) {
	c, _, ok := g.umbrella(in)
	if !ok {
		return payments.Standing{Outcome: payments.Declined, Problem: "not_set_up"}, nil
	}
	if g.since(o.At) > arrives { // it may be there, and its key may be forgotten
		if s, err := g.Account(ctx, in, o.Ref); s.Outcome != payments.Elsewhere {
			return s, err
		}
	}
	wanted := &api.AccountCreateCapabilitiesParams{
		CardPayments: &api.AccountCreateCapabilitiesCardPaymentsParams{Requested: api.Bool(true)},
		Transfers:    &api.AccountCreateCapabilitiesTransfersParams{Requested: api.Bool(true)},
	}
	p := &api.AccountCreateParams{
		Country: api.String(o.Country), Capabilities: wanted, Metadata: map[string]string{keyName: o.Key},
		Controller: &api.AccountCreateControllerParams{
			Fees:            &api.AccountCreateControllerFeesParams{Payer: api.String(string(api.AccountControllerFeesPayerAccount))},
			Losses:          &api.AccountCreateControllerLossesParams{Payments: api.String(string(api.AccountControllerLossesPaymentsStripe))},
			StripeDashboard: &api.AccountCreateControllerStripeDashboardParams{Type: api.String(string(api.AccountControllerStripeDashboardTypeFull))},
		},
	}
	p.SetIdempotencyKey(g.hourly(o.Ref, "open"))
	a, err := c.V1Accounts.Create(ctx, p)
	if err == nil {
		return standing(a), nil
	}
	said := hear(err)
	switch {
	case said.locked:
		return payments.Standing{Outcome: payments.Declined, Problem: "key_may_not"}, nil
	case said.final:
		return payments.Standing{Outcome: payments.Declined, Problem: said.reason}, nil
	}
	return payments.Standing{Outcome: payments.Unknown}, said.err
}

// Account implements payments.Onboarder.
func (g *Gateway) Account(ctx context.Context, in tenant.Store, ref payments.Ref) (payments.Standing, error) {
	unknown := payments.Standing{Outcome: payments.Unknown}
	c, _, ok := g.umbrella(in)
	if !ok {
		return unknown, nil
	}
	if ref.External != "" {
		a, err := c.V1Accounts.GetByID(ctx, ref.External, nil)
		if err == nil {
			return standing(a), nil
		}
		// Stripe says 403 of an account that has left, and of one that never was ours.
		if said := hear(err); said.absent || said.apart {
			return payments.Standing{Outcome: payments.Elsewhere}, nil
		}
		return unknown, hear(err).err
	}
	p := &api.AccountListParams{CreatedRange: &api.RangeQueryParams{GreaterThanOrEqual: ref.At.Add(-early).Unix()}}
	p.Limit = api.Int64(100)
	n := 0
	for a, err := range c.V1Accounts.List(ctx, p).All(ctx) {
		if err != nil {
			return unknown, hear(err).err
		}
		if a.Metadata[keyName] == ref.Key {
			return standing(a), nil
		}
		if n++; n == searched {
			return unknown, errTooMany
		}
	}
	return payments.Standing{Outcome: payments.Elsewhere}, nil
}

// Invite implements payments.Onboarder. An address that is no longer good leads to the
// same page as one that was used, where the next is made.
func (g *Gateway) Invite(ctx context.Context, in tenant.Store, i payments.Invitation) (payments.Snapshot, error) {
	c, _, ok := g.umbrella(in)
	if !ok {
		return notSetUp, nil
	}
	back := g.o.Address(ctx, in, i.Back)
	p := &api.AccountLinkCreateParams{
		Account: api.String(i.External), Type: api.String(string(api.AccountLinkTypeAccountOnboarding)), ReturnURL: api.String(back), RefreshURL: api.String(back),
	}
	l, err := c.V1AccountLinks.Create(ctx, p)
	if err != nil {
		return hear(err).snapshot()
	}
	return payments.Snapshot{Outcome: payments.Succeeded, Redirect: l.URL}, nil
}

// Named implements payments.Onboarder.
func (g *Gateway) Named(body []byte) string {
	var e event
	if json.Unmarshal(body, &e) != nil {
		return ""
	}
	return e.Account
}

func standing(a *api.Account) payments.Standing {
	s := payments.Standing{
		Outcome: payments.Succeeded, External: a.ID, Told: a.DetailsSubmitted, Charges: a.ChargesEnabled, Payouts: a.PayoutsEnabled,
	}
	if r := a.Requirements; r != nil {
		s.Wanted, s.Stopped = int64(len(r.CurrentlyDue)), string(r.DisabledReason)
		if r.CurrentDeadline > 0 {
			s.WantedBy = time.Unix(r.CurrentDeadline, 0)
		}
	}
	return s
}

// fee is what the platform keeps of an amount; false is nothing.
func (a Account) fee(of money.Amount) (int64, bool) {
	if a.Connected == "" || a.Fee <= 0 {
		return 0, false
	}
	part, err := of.Share(a.Fee)
	if err != nil {
		return 0, false
	}
	return units(part)
}

// returnsFee tells whether an intent has a fee that goes back with what is given back. It
// is asked of Stripe, because another fee may hold by now.
func (g *Gateway) returnsFee(ctx context.Context, c *api.Client, a Account, intent string) (bool, error) {
	if a.Connected == "" {
		return false, nil
	}
	i, err := c.V1PaymentIntents.Retrieve(ctx, intent, nil)
	if err != nil {
		return false, err
	}
	return i.ApplicationFeeAmount > 0, nil
}
