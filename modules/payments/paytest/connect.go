package paytest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// connected is what an account has that was opened by another, which is above it.
type connected struct {
	above    *account
	id       string
	created  int64
	metadata map[string]string
	answered bool // its owner has told who they are
	looking  bool // the gateway looks at it yet
	toldAt   int64
	left     bool // its owner has ended it
	link     string
	back     string
}

func (s *Stripe) createAccount(c call) (any, *Problem) {
	if bad := c.p.only("country", "capabilities[*][requested]", "controller[*][*]", "metadata[*]", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	country := c.p.get("country")
	switch {
	case c.a.above != nil:
		return nil, forbidden()
	case len(country) != 2:
		return nil, invalid("parameter_invalid_string", "country", "Country must be a two-letter code.")
	case c.p.get("controller[losses][payments]") != "stripe" || c.p.get("controller[fees][payer]") != "account" || c.p.get("controller[stripe_dashboard][type]") != "full":
		return nil, invalid("", "controller", "This double opens accounts with a dashboard of their own only.")
	}
	a := &account{
		Account: Account{Country: country, Closed: true}, methods: map[string]*Method{}, keys: map[string]*kept{},
		connected: connected{above: c.a, id: s.newID("acct") + strconv.FormatInt(s.now(), 36), created: s.now(), metadata: c.p.metadata()},
	}
	s.accounts = append(s.accounts, a)
	return a.shown(), nil
}

// told is the account whose address is told what happens: that above another is told for it.
func (a *account) told() *account {
	if a.above != nil {
		return a.above
	}
	return a
}

// under finds an account that the call's own may speak for.
func (s *Stripe) under(above *account, id string) (*account, *Problem) {
	for _, a := range s.accounts {
		if a.above == above && a.id == id && !a.left {
			return a, nil
		}
	}
	return nil, &Problem{
		Type: "invalid_request_error", Code: "account_invalid", status: http.StatusForbidden, early: true,
		Message: "The provided key does not have access to account '" + id + "' (or that account does not exist).",
	}
}

func (s *Stripe) retrieveUnder(c call) (any, *Problem) {
	if bad := c.p.only("expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	a, bad := s.under(c.a, c.id)
	if bad != nil {
		return nil, bad
	}
	return a.shown(), nil
}

func (s *Stripe) listAccounts(c call) (any, *Problem) {
	if bad := c.p.only("created[gte]", "created[lte]", "limit", "starting_after", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	var all []accountOut
	for _, a := range s.accounts {
		if a.above == c.a && !a.left {
			all = append(all, a.shown())
		}
	}
	return some(c, "/v1/accounts", all, func(a accountOut) (string, int64) { return a.ID, a.Created })
}

// shown is how an account is told about.
func (a *account) shown() accountOut {
	cards := "active"
	switch {
	case a.above != nil && a.Closed && a.looking:
		cards = "pending"
	case a.Cardless, a.above != nil && a.Closed:
		cards = "inactive"
	}
	out := accountOut{
		ID: a.id, Object: "account", Capabilities: map[string]string{"card_payments": cards}, ChargesEnabled: !a.Closed, PayoutsEnabled: !a.Closed,
		Country: a.country(), Currency: a.currency(), Submitted: !a.Closed || a.answered, Created: a.created, Metadata: a.metadata, Wanted: requirements{Due: []string{}},
	}
	if a.above == nil {
		out.ID = "acct_" + a.Public
		return out
	}
	switch {
	case !a.answered:
		out.Wanted = requirements{Due: []string{"business_profile.url", "external_account", "tos_acceptance.date"}, Reason: "requirements.past_due"}
	case a.looking:
		out.Wanted.Reason = "requirements.pending_verification"
	}
	return out
}

func (s *Stripe) createLink(c call) (any, *Problem) {
	if bad := c.p.only("account", "type", "return_url", "refresh_url", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	a, bad := s.under(c.a, c.p.get("account"))
	if bad != nil {
		return nil, bad
	}
	back, err := url.Parse(c.p.get("return_url"))
	if err != nil || back.Host == "" || c.p.get("type") != "account_onboarding" || c.p.get("refresh_url") == "" {
		return nil, invalid("url_invalid", "return_url", "Not a valid URL")
	}
	a.link, a.back = s.newID("l"), back.String()
	return map[string]any{"object": "account_link", "created": s.now(), "expires_at": s.now() + 300, "url": s.base + "/onboard/" + a.id + "/" + a.link}, nil
}

// invited is the account of an owner's page; the books are locked.
func (s *Stripe) invited(r *http.Request) (*account, bool) {
	at := slices.IndexFunc(s.accounts, func(a *account) bool {
		return a.above != nil && a.link != "" && a.id == r.PathValue("id") && a.link == r.PathValue("link")
	})
	if at < 0 {
		return nil, false
	}
	return s.accounts[at], true
}

const ownerPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Test Stripe: your account</title>
<link rel="stylesheet" href="/` + train + `/frame.css">
<main class="bank"><h1>Your account</h1><p>Stripe asks here who you are and where your money goes. This is a demo: there is nothing to tell, and no money moves.</p>
<form method="post"><button class="is-main" name="answer" value="all">Tell all</button><button name="answer" value="slow">Tell all, and let Stripe look first</button><button name="answer" value="later">Go on later</button></form></main></html>`

// showOwner is the page on which an account's owner tells who they are.
func (s *Stripe) showOwner(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.invited(r); !ok {
		unknownRoute(r).write(w)
		return
	}
	pageHeaders(w, fileTypes[".html"])
	_, _ = fmt.Fprint(w, ownerPage)
}

func (s *Stripe) postOwner(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := s.invited(r)
	if !ok {
		unknownRoute(r).write(w)
		return
	}
	a.link = "" // it is good once
	if answer := r.PostFormValue("answer"); answer != "later" {
		a.answered, a.looking, a.Closed, a.toldAt = true, answer == "slow", answer == "slow", s.now()
		s.tell(a, "account.updated", a.shown())
	}
	http.Redirect(w, r, a.back, http.StatusSeeOther)
}

// Approve ends the gateway's look at an account.
func (s *Stripe) Approve(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.of(id); a.above != nil && a.answered {
		s.approve(a)
	}
}

func (s *Stripe) approve(a *account) {
	a.looking, a.Closed = false, false
	s.tell(a, "account.updated", a.shown())
}

// Leave ends what an account has with the one above it, as its owner can.
func (s *Stripe) Leave(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.of(id); a.above != nil {
		s.tell(a, "account.application.deauthorized", map[string]any{"id": "ca_" + a.above.Public, "object": "application"})
		a.left = true
	}
}

// Connected are the accounts that one has opened, the oldest first.
func (s *Stripe) Connected(secret string) (ids []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	above := s.of(secret)
	for _, a := range s.accounts {
		if a.above != nil && a.above == above {
			ids = append(ids, a.id)
		}
	}
	return ids
}

// withFee notes what the account above keeps.
func (i *Intent) withFee(c call) *Problem {
	if c.a.above != nil && c.a.Closed {
		return refused("account_invalid", "Your account cannot currently make charges.")
	}
	if !c.p.has("application_fee_amount") {
		return nil
	}
	fee, bad := c.p.number("application_fee_amount", 0)
	switch {
	case bad != nil:
		return bad
	case c.a.above == nil:
		return invalid("", "application_fee_amount", "Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment or a destination payment.")
	case fee < 1 || fee > i.Amount:
		return invalid("parameter_invalid_integer", "application_fee_amount", "The fee must be positive and no more than the amount.")
	}
	i.Fee = &fee
	return nil
}

// takeFee books what the account above keeps of what was taken.
func (i *Intent) takeFee(s *Stripe, a *account) {
	if i.Fee != nil && *i.Fee > 0 {
		s.book(a, i, TakeFee, *i.Fee)
	}
}

// returnFee gives back the part of the fee that an amount has of what was taken.
func (i *Intent) returnFee(s *Stripe, a *account, amount int64) {
	part := *i.Fee * amount / i.AmountReceived
	if i.refunded == i.AmountReceived { // all that is left
		part = *i.Fee - i.feeReturned
	}
	i.feeReturned += part
	if part > 0 {
		s.book(a, i, ReturnFee, part)
	}
}
