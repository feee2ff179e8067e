// Package disputesapi is what other modules may hear of disputes, in which a payer's
// bank takes back what was paid, or asks about it.
package disputesapi

import (
	"time"

	"orion/modules/payments/paymentsapi"
)

// WasDisputed is told when a payer's bank claims an amount, or asks about it. What
// began as a question is told again when it becomes a claim.
type WasDisputed struct {
	paymentsapi.Changed           // its reason is the bank's, as a stable code such as "fraudulent"
	Inquiry             bool      `json:"inquiry,omitempty"` // the bank only asks; no money moves
	DueAt               time.Time `json:"due_at,omitzero"`   // until when it can be answered
}

// EventName implements event.Payload.
func (WasDisputed) EventName() string { return "payments.disputed.v1" }

// Outcome is how a dispute ended.
type Outcome string

// The outcomes of a dispute.
const (
	Won     Outcome = "won"     // the amount is the store's
	Lost    Outcome = "lost"    // the payer has it back
	Dropped Outcome = "dropped" // a question that came to nothing
)

// DisputeClosed is told when a dispute has ended. What was lost may be won later after
// all: then it is told again. What the payment has lost is asked of paymentsapi.Payments.
type DisputeClosed struct {
	paymentsapi.Changed
	Outcome Outcome `json:"outcome"`
}

// EventName implements event.Payload.
func (DisputeClosed) EventName() string { return "payments.dispute_closed.v1" }
