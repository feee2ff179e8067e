package paytest

import (
	"net/http"
)

func (s *Stripe) confirmIntent(c call) (any, *Problem) {
	if bad := c.p.only("payment_method", "return_url", "client_secret", "use_stripe_sdk", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	i, bad := c.reachable()
	if bad != nil {
		return nil, bad
	}
	return s.confirm(c, i)
}

// confirm tries to pay an intent: the card's bank says yes, no, or asks the payer.
func (s *Stripe) confirm(c call, i *Intent) (any, *Problem) {
	switch i.Status {
	case needsMethod, needsConfirm, needsAction:
	default:
		return nil, unexpected(i, "confirm")
	}
	id := c.p.get("payment_method")
	if id == "" && i.Method != nil {
		id = *i.Method
	}
	if id == "" {
		return nil, invalid("parameter_missing", "payment_method", "You cannot confirm this PaymentIntent because it's missing a payment method.")
	}
	m, bad := s.usable(c.a, id, i.Customer)
	if bad != nil {
		return nil, bad
	}
	i.Method = &m.ID
	if i.Automatic != nil && c.p.get("return_url") == "" && !c.public {
		return nil, invalid("parameter_missing", "return_url", "This PaymentIntent is configured to accept payment methods that redirect: a return_url is needed.")
	}
	i.LastError, i.back = nil, c.backTo()
	if m.card.challenge {
		i.Status, i.NextAction = needsAction, s.asks(c, i.ID, i.ClientSecret)
		s.tell(c.a, "payment_intent.requires_action", *i)
		return *i, nil
	}
	if bad := s.charge(c, i, m); bad != nil {
		return nil, bad
	}
	return *i, nil
}

// charge lets a card's bank decide.
func (s *Stripe) charge(c call, i *Intent, with *Method) *Problem {
	i.NextAction = nil
	if why := with.card.decline; why != "" {
		p := &Problem{Type: "card_error", Code: "card_declined", Decline: why, Message: "Your card was declined.", status: http.StatusPaymentRequired}
		return s.fail(c.a, i, p)
	}
	taken := i.Amount
	if c.wrong {
		taken++
	}
	if with.Customer == nil {
		with.used = true
		if i.FutureUsage != nil && i.Customer != nil {
			s.attach(c.a, with, *i.Customer)
		}
	}
	id := s.newID("ch")
	i.LatestCharge = &id
	s.book(c.a, i, Authorise, taken)
	if i.CaptureMethod == "manual" {
		i.Status, i.AmountCapturable = needsCapture, taken
		s.tell(c.a, "payment_intent.amount_capturable_updated", *i)
		return nil
	}
	i.Status, i.AmountReceived = succeeded, taken
	s.book(c.a, i, Capture, taken)
	i.takeFee(s, c.a)
	s.tell(c.a, "payment_intent.succeeded", *i)
	s.regret(c.a, i)
	return nil
}

// fail writes down that an attempt to pay failed; another may follow.
func (s *Stripe) fail(a *account, i *Intent, p *Problem) *Problem {
	kept := *p
	i.Status, i.NextAction, i.Method, i.LastError = needsMethod, nil, nil, &kept
	s.tell(a, "payment_intent.payment_failed", *i)
	shown := *i
	p.Intent = &shown
	return p
}

func (s *Stripe) captureIntent(c call) (any, *Problem) {
	if bad := c.p.only("amount_to_capture", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	i, bad := c.a.intent(c.id)
	if bad != nil {
		return nil, bad
	}
	if i.Status != needsCapture {
		return nil, unexpected(i, "capture")
	}
	amount, bad := c.p.number("amount_to_capture", i.AmountCapturable)
	if bad != nil {
		return nil, bad
	}
	if amount < 1 || amount > i.AmountCapturable {
		return nil, invalid("amount_too_large", "amount_to_capture", "The amount to capture is more than is held.")
	}
	if c.wrong {
		amount--
	}
	s.book(c.a, i, Capture, amount)
	if rest := i.AmountCapturable - amount; rest > 0 {
		s.book(c.a, i, Release, rest) // as long as nobody asked for more captures
	}
	i.Status, i.AmountCapturable, i.AmountReceived = succeeded, 0, amount
	i.takeFee(s, c.a)
	s.tell(c.a, "payment_intent.succeeded", *i)
	s.regret(c.a, i)
	return *i, nil
}
