package payments

import (
	"context"
	"time"

	"orion/kit/money"
	"orion/kit/tenant"
)

// Disputer is a gateway at which a payer's bank can take money back.
type Disputer interface {
	// Dispute tells how a dispute stands, by the gateway's name of it.
	Dispute(ctx context.Context, in tenant.Store, external string) (DisputeSnapshot, error)
	// Disputes calls each for every dispute that was opened in a span of time, in any
	// order. An error of each ends it.
	Disputes(ctx context.Context, in tenant.Store, s Span, each func(DisputeSnapshot) error) error
	// Contest sends the bank what speaks for the store. The same key never sends twice.
	Contest(ctx context.Context, in tenant.Store, a Answer) (DisputeSnapshot, error)
	// Concede leaves the money to the payer. It can be asked any number of times.
	Concede(ctx context.Context, in tenant.Store, a Answer) (DisputeSnapshot, error)
}

// Answer is what a store says to a dispute.
type Answer struct {
	Ref      // of the answer: our key, and the gateway's name of the dispute
	Evidence // of one that is contested
}

// Evidence is what a store tells a payer's bank, as texts. An empty one is not told.
type Evidence struct {
	Explanation string `json:"explanation,omitempty"` // why the payment is good, in the store's words
	Product     string `json:"product,omitempty"`     // what was sold
	Customer    string `json:"customer,omitempty"`    // name
	Email       string `json:"email,omitempty"`
	Address     string `json:"address,omitempty"` // to which it was sent
	Carrier     string `json:"carrier,omitempty"`
	Tracking    string `json:"tracking,omitempty"`
	ShippedOn   string `json:"shipped_on,omitempty"`
	Refusal     string `json:"refusal,omitempty"`   // why nothing is given back
	Duplicate   string `json:"duplicate,omitempty"` // how it differs from the payment that it is said to repeat
}

// DisputeStatus is where a dispute stands at the gateway.
type DisputeStatus string

// The states of a dispute. An inquiry asks before money is taken back, and may become
// a dispute.
const (
	InquiryOpen     DisputeStatus = "warning_needs_response"
	InquiryReviewed DisputeStatus = "warning_under_review"
	InquiryClosed   DisputeStatus = "warning_closed"
	NeedsResponse   DisputeStatus = "needs_response"
	DisputeReviewed DisputeStatus = "under_review"
	DisputeLost     DisputeStatus = "lost"
	DisputeWon      DisputeStatus = "won"
)

// DisputeSnapshot is how a dispute stands at the gateway.
type DisputeSnapshot struct {
	// Outcome is Succeeded when the gateway says how it stands; else it is Unknown,
	// Elsewhere, or Declined when it did not take an answer, and the rest says nothing.
	Outcome  Outcome
	Problem  string // why an answer was not taken: the gateway's code
	External string
	Charge   string // the gateway's name of the request whose money is disputed
	Amount   money.Amount
	Status   DisputeStatus
	Reason   string    // the gateway's code, "fraudulent"
	DueAt    time.Time // until when it can be answered; zero is not at all
	OpenedAt time.Time
	Answer   string // key of the answer that has arrived; empty when none of ours has
}
