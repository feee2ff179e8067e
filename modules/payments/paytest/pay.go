package paytest

import (
	"fmt"
	"html"
	"net/http"
	"strings"

	"orion/kit/money"
)

func (s *Stripe) confirmIntent(c call) (any, *Problem) {
	if bad := c.p.only("payment_method", "return_url", "client_secret", "expand[*]", "expand"); bad != nil {
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
	if m := c.p.get("payment_method"); m != "" {
		i.Method = &m
	}
	if i.Method == nil {
		return nil, invalid("parameter_missing", "payment_method", "You cannot confirm this PaymentIntent because it's missing a payment method.")
	}
	with, known := c.a.card(*i.Method)
	if !known {
		return nil, missing("payment_method", *i.Method)
	}
	if i.Automatic != nil && c.p.get("return_url") == "" && !c.public {
		return nil, invalid("parameter_missing", "return_url", "This PaymentIntent is configured to accept payment methods that redirect: a return_url is needed.")
	}
	i.LastError, i.back = nil, c.p.get("return_url")
	if with.challenge {
		i.Status, i.NextAction = needsAction, &nextAction{Type: "redirect_to_url"}
		i.NextAction.Redirect.URL = s.base + "/challenge/" + i.ID + "/" + i.ClientSecret
		i.NextAction.Redirect.Return = c.p.text("return_url")
		s.tell(c.a, "payment_intent.requires_action", *i)
		return *i, nil
	}
	if bad := s.charge(c, i, with); bad != nil {
		return nil, bad
	}
	return *i, nil
}

// charge lets a card's bank decide.
func (s *Stripe) charge(c call, i *Intent, with card) *Problem {
	i.NextAction = nil
	if with.decline != "" {
		p := &Problem{Type: "card_error", Code: "card_declined", Decline: with.decline, Message: "Your card was declined.", status: http.StatusPaymentRequired}
		return s.fail(c.a, i, p)
	}
	taken := i.Amount
	if c.wrong {
		taken++
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
	s.tell(c.a, "payment_intent.succeeded", *i)
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
	s.tell(c.a, "payment_intent.succeeded", *i)
	return *i, nil
}

// challenged finds the intent of a challenge's page; the books are locked.
func (s *Stripe) challenged(r *http.Request) (*account, *Intent, bool) {
	for _, a := range s.accounts {
		if i, bad := a.intent(r.PathValue("id")); bad == nil && i.ClientSecret == r.PathValue("secret") {
			return a, i, true
		}
	}
	return nil, nil, false
}

// showChallenge is the page of a card's bank.
func (s *Stripe) showChallenge(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, i, ok := s.challenged(r)
	if !ok {
		unknownRoute(r).write(w)
		return
	}
	pageHeaders(w, fileTypes[".html"])
	_, _ = fmt.Fprintf(w, `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Test bank</title>
<link rel="stylesheet" href="/%s/frame.css">
<main class="bank"><h1>Test bank</h1><p>Do you pay %s? This is a demo: no money moves.</p>
<form method="post"><button class="is-main" name="answer" value="approve">Approve</button><button name="answer" value="refuse">Refuse</button></form></main></html>`,
		train, html.EscapeString(i.spelled()))
}

// spelled is an intent's amount as people read it.
func (i *Intent) spelled() string {
	c, err := money.ParseCurrency(strings.ToUpper(i.Currency))
	if err != nil {
		return fmt.Sprint(i.Amount, " ", i.Currency)
	}
	return money.New(i.Amount, c).Decimal() + " " + string(c)
}

// postChallenge is the payer's answer to the bank.
func (s *Stripe) postChallenge(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, i, ok := s.challenged(r)
	if !ok {
		unknownRoute(r).write(w)
		return
	}
	result := "failed"
	if i.Status == needsAction {
		if s.authenticate(a, i, r.PostFormValue("answer") == "approve") {
			result = succeeded
		}
	} else if i.Status == succeeded || i.Status == needsCapture {
		result = succeeded
	}
	if to := i.returns(result); to != "" {
		http.Redirect(w, r, to, http.StatusSeeOther)
		return
	}
	_, _ = fmt.Fprintln(w, result)
}

// authenticate goes on with a challenged intent and tells whether it was paid.
func (s *Stripe) authenticate(a *account, i *Intent, approved bool) bool {
	if !approved {
		s.fail(a, i, &Problem{
			Type: "invalid_request_error", Code: "payment_intent_authentication_failure",
			Message: "The provided PaymentMethod has failed authentication.",
		})
		return false
	}
	with, _ := a.card(*i.Method)
	return s.charge(call{a: a}, i, with) == nil
}
