package paytest

import "time"

// Refund is an amount that goes back, as the gateway shows it.
type Refund struct {
	ID       string            `json:"id"`
	Object   string            `json:"object"`
	Amount   int64             `json:"amount"`
	Charge   *string           `json:"charge"`
	Created  int64             `json:"created"`
	Currency string            `json:"currency"`
	Failure  *string           `json:"failure_reason,omitempty"`
	Metadata map[string]string `json:"metadata"`
	Intent   *string           `json:"payment_intent"`
	Reason   *string           `json:"reason"`
	Status   string            `json:"status"`
}

// slow is how long a pending refund takes, one that does not arrive to come back, and the
// look at an account.
const slow = time.Minute

// unknownReason is why a refund came back, as Stripe says it.
var unknownReason = "unknown"

func (s *Stripe) createRefund(c call) (any, *Problem) {
	if bad := c.p.only("payment_intent", "amount", "reason", "refund_application_fee", "metadata[*]", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	i, bad := c.a.intent(c.p.get("payment_intent"))
	if bad != nil {
		return nil, bad
	}
	claimed := c.a.claimed(i)
	left := i.AmountReceived - i.refunded - claimed
	amount, bad := c.p.number("amount", left)
	switch {
	case bad != nil:
		return nil, bad
	case i.Status != succeeded:
		return nil, refused("", "This PaymentIntent does not have a successful charge to refund.")
	case claimed > 0 && amount > left:
		return nil, refused("charge_disputed", "The charge has been charged back; cannot issue a refund.")
	case c.p.get("refund_application_fee") == "true" && i.Fee == nil:
		return nil, invalid("", "refund_application_fee", "The charge has no application fee to refund.")
	case left == 0:
		return nil, refused("charge_already_refunded", "Charge has already been refunded.")
	case amount < 1:
		return nil, invalid("parameter_invalid_integer", "amount", "Invalid positive integer")
	case amount > left:
		return nil, refused("", "Refund amount is greater than unrefunded amount on charge")
	}
	if c.wrong {
		amount--
	}
	r := &Refund{
		ID: s.newID("re"), Object: "refund", Amount: amount, Charge: i.LatestCharge, Created: s.now(), Currency: i.Currency,
		Metadata: c.p.metadata(), Intent: &i.ID, Reason: c.p.text("reason"), Status: succeeded,
	}
	i.refunded += amount
	if c.p.get("refund_application_fee") == "true" {
		i.returnFee(s, c.a, amount)
	}
	c.a.refunds = append(c.a.refunds, r)
	if c.a.methods[*i.Method].card.slow {
		r.Status = "pending"
	} else {
		s.book(c.a, i, GiveBack, amount)
	}
	s.tell(c.a, "refund.created", *r)
	return *r, nil
}

// tick lets time do its work; the books are locked.
func (s *Stripe) tick() {
	for _, a := range s.accounts {
		if a.looking && !s.clock.Now().Before(time.Unix(a.toldAt, 0).Add(slow)) {
			s.approve(a)
		}
		for _, r := range a.refunds {
			if s.clock.Now().Before(time.Unix(r.Created, 0).Add(slow)) {
				continue
			}
			i, _ := a.intent(*r.Intent)
			with := a.methods[*i.Method].card
			switch {
			case r.Status == "pending":
				r.Status = succeeded
				s.book(a, i, GiveBack, r.Amount)
				s.tell(a, "refund.updated", *r)
			case r.Status == succeeded && with.bounces:
				r.Status, r.Failure = "failed", &unknownReason
				i.refunded -= r.Amount
				s.book(a, i, GiveBack, -r.Amount)
				s.tell(a, "refund.failed", *r)
			}
		}
	}
}

func (s *Stripe) retrieveRefund(c call) (any, *Problem) {
	for _, r := range c.a.refunds {
		if r.ID == c.id {
			return *r, nil
		}
	}
	return nil, missing("refund", c.id)
}

func (s *Stripe) listRefunds(c call) (any, *Problem) {
	if bad := c.p.only("payment_intent", "created[gte]", "created[lte]", "limit", "starting_after", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	of := those(c.a.refunds, func(r *Refund) bool { return !c.p.has("payment_intent") || *r.Intent == c.p.get("payment_intent") })
	return some(c, "/v1/refunds", of, func(r Refund) (string, int64) { return r.ID, r.Created })
}
