package paytest

import (
	"cmp"
	"maps"
	"time"
)

// The states of a dispute.
const (
	askedFor    = "warning_needs_response"
	askedReview = "warning_under_review"
	askedClosed = "warning_closed"
	needsAnswer = "needs_response"
	underReview = "under_review"
	disputeWon  = "won"
	disputeLost = "lost"
)

// Dispute is money that a card's bank takes back, as the gateway shows it.
type Dispute struct {
	ID         string            `json:"id"`
	Object     string            `json:"object"`
	Amount     int64             `json:"amount"`
	Balance    []balanceMove     `json:"balance_transactions"`
	Charge     *string           `json:"charge"`
	Created    int64             `json:"created"`
	Currency   string            `json:"currency"`
	Evidence   map[string]string `json:"evidence"`
	Details    evidenceDetails   `json:"evidence_details"`
	Refundable bool              `json:"is_charge_refundable"`
	Live       bool              `json:"livemode"`
	Metadata   map[string]string `json:"metadata"`
	Intent     string            `json:"payment_intent"`
	Reason     string            `json:"reason"`
	Status     string            `json:"status"`
}

type balanceMove struct {
	ID     string `json:"id"`
	Object string `json:"object"`
	Amount int64  `json:"amount"`
	Kind   string `json:"type"`

	Created int64 `json:"created"`
}

type evidenceDetails struct {
	DueBy    int64 `json:"due_by"`
	Has      bool  `json:"has_evidence"`
	PastDue  bool  `json:"past_due"`
	Submits  int64 `json:"submission_count"`
	Enhanced any   `json:"enhanced_eligibility"`
}

// answerTime is how long a shop has to answer a dispute.
const answerTime = 9 * 24 * time.Hour

// Claim is what a card's bank says of a payment. The zero value takes all of it back.
type Claim struct {
	Amount  int64  // 0 is all
	Reason  string // empty is "fraudulent"
	Inquiry bool   // it only asks
}

// Dispute has a card's bank take money of an intent back, or ask about it; false where
// the account has no such intent.
func (s *Stripe) Dispute(secret, intent string, c Claim) (Dispute, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.of(secret)
	i, bad := a.intent(intent)
	if bad != nil {
		return Dispute{}, false
	}
	return *s.dispute(a, i, c), true
}

func (s *Stripe) dispute(a *account, i *Intent, c Claim) *Dispute {
	d := &Dispute{
		ID: s.newID("dp"), Object: "dispute", Amount: cmp.Or(c.Amount, i.AmountReceived-i.refunded), Balance: []balanceMove{}, Charge: i.LatestCharge, Created: s.now(),
		Currency: i.Currency, Evidence: map[string]string{}, Metadata: map[string]string{}, Intent: i.ID, Reason: cmp.Or(c.Reason, "fraudulent"), Status: needsAnswer,
	}
	d.Details.DueBy = s.clock.Now().Add(answerTime).Unix()
	a.disputes = append(a.disputes, d)
	if c.Inquiry {
		d.Status, d.Refundable = askedFor, true
		s.tell(a, "charge.dispute.created", *d)
		return d
	}
	s.withdraw(a, i, d)
	s.tell(a, "charge.dispute.created", *d)
	s.tell(a, "charge.dispute.funds_withdrawn", *d)
	return d
}

// regret has the bank of a card that is made for it dispute what was just paid.
func (s *Stripe) regret(a *account, i *Intent) {
	if m, ok := a.methods[*i.Method]; ok && m.card.claim != nil {
		s.dispute(a, i, *m.card.claim)
	}
}

// withdraw takes what is disputed from the account.
func (s *Stripe) withdraw(a *account, i *Intent, d *Dispute) {
	d.Balance = append(d.Balance, balanceMove{s.newID("txn"), "balance_transaction", -d.Amount, "adjustment", s.now()})
	d.Refundable = false
	s.book(a, i, Withdraw, d.Amount)
}

// Decide ends a dispute, for the shop or for the payer; an inquiry comes to nothing
// when it is won, and becomes a dispute when it is lost.
func (s *Stripe) Decide(secret, dispute string, won bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.of(secret)
	d, bad := a.dispute(dispute)
	if bad == nil {
		s.decide(a, d, won)
	}
	return bad == nil
}

func (s *Stripe) decide(a *account, d *Dispute, won bool) {
	i, _ := a.intent(d.Intent)
	inquiry := d.Status == askedFor || d.Status == askedReview
	switch {
	case inquiry && won:
		d.Status = askedClosed
	case inquiry:
		d.Status, d.Details.Submits, d.Details.Has = needsAnswer, 0, false
		d.Details.DueBy = s.clock.Now().Add(answerTime).Unix()
		s.withdraw(a, i, d)
		s.tell(a, "charge.dispute.updated", *d)
		s.tell(a, "charge.dispute.funds_withdrawn", *d)
		return
	case won:
		d.Status = disputeWon
		d.Balance = append(d.Balance, balanceMove{s.newID("txn"), "balance_transaction", d.Amount, "adjustment", s.now()})
		s.book(a, i, Reinstate, d.Amount)
		s.tell(a, "charge.dispute.funds_reinstated", *d)
	default:
		d.Status = disputeLost
	}
	s.tell(a, "charge.dispute.closed", *d)
}

func (a *account) dispute(id string) (*Dispute, *Problem) {
	for _, d := range a.disputes {
		if d.ID == id {
			return d, nil
		}
	}
	return nil, missing("dispute", id)
}

// claimed is what banks have of an intent's money, or may keep.
func (a *account) claimed(i *Intent) (sum int64) {
	for _, d := range a.disputes {
		if d.Intent == i.ID && (d.Status == needsAnswer || d.Status == underReview || d.Status == disputeLost) {
			sum += d.Amount
		}
	}
	return sum
}

// Disputes are an account's disputes, the oldest first.
func (s *Stripe) Disputes(secret string) []Dispute {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Dispute
	for _, d := range s.of(secret).disputes {
		shown := *d
		shown.Evidence, shown.Metadata = maps.Clone(d.Evidence), maps.Clone(d.Metadata)
		out = append(out, shown)
	}
	return out
}

func (s *Stripe) retrieveDispute(c call) (any, *Problem) {
	d, bad := c.a.dispute(c.id)
	if bad != nil {
		return nil, bad
	}
	return *d, nil
}

func (s *Stripe) listDisputes(c call) (any, *Problem) {
	if bad := c.p.only("payment_intent", "created[gte]", "created[lte]", "limit", "starting_after", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	of := those(c.a.disputes, func(d *Dispute) bool { return !c.p.has("payment_intent") || d.Intent == c.p.get("payment_intent") })
	return some(c, "/v1/disputes", of, func(d Dispute) (string, int64) { return d.ID, d.Created })
}

// updateDispute stages evidence, or sends it to the bank: as documented it then
// decides at once when the text says which way.
func (s *Stripe) updateDispute(c call) (any, *Problem) {
	if bad := c.p.only("evidence[*]", "submit", "metadata[*]", "expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	d, bad := c.a.dispute(c.id)
	if bad != nil {
		return nil, bad
	}
	told := c.p.under("evidence")
	if len(told) > 0 {
		switch {
		case d.Status != needsAnswer && d.Status != askedFor, d.Details.Submits > 0:
			return nil, refused("", "This dispute is already closed, or evidence for it has been submitted.")
		case s.now() > d.Details.DueBy:
			return nil, refused("", "This dispute's evidence submission deadline has passed.")
		}
	}
	for name, text := range c.p.metadata() {
		d.Metadata[name] = text
	}
	for name, text := range told {
		d.Evidence[name], d.Details.Has = text, true
	}
	if !d.Details.Has || c.p.get("submit") == "false" {
		s.tell(c.a, "charge.dispute.updated", *d)
		return *d, nil
	}
	d.Details.Submits++
	d.Status = map[string]string{needsAnswer: underReview, askedFor: askedReview}[d.Status]
	s.tell(c.a, "charge.dispute.updated", *d)
	switch d.Evidence["uncategorized_text"] {
	case "winning_evidence":
		s.decide(c.a, d, true)
	case "losing_evidence", "escalate_inquiry_evidence":
		s.decide(c.a, d, false)
	}
	return *d, nil
}

func (s *Stripe) closeDispute(c call) (any, *Problem) {
	if bad := c.p.only("expand[*]", "expand"); bad != nil {
		return nil, bad
	}
	d, bad := c.a.dispute(c.id)
	if bad != nil {
		return nil, bad
	}
	if d.Status != needsAnswer {
		return nil, refused("", "This dispute is already closed.")
	}
	s.decide(c.a, d, false)
	return *d, nil
}
