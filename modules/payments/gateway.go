package payments

import (
	"context"
	"time"

	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/tenant"
)

// Gateway is somebody who takes money for a store. Its methods may be slow and
// may not answer: they are called outside transactions, with a deadline, and
// again with the same key until an answer is known. A Go error is a mistake in
// the program; whatever the gateway says, or fails to say, is an Outcome.
type Gateway interface {
	Descriptor() Descriptor
	// Create asks for an amount. The same key never asks twice.
	Create(ctx context.Context, in tenant.Store, r Request) (Snapshot, error)
	// Fetch tells how a request stands, and does what is left to do once its payer has
	// agreed. It is the only way out of Unknown. A Ref without a key names something
	// that the gateway told of and we may not have asked for: it is only looked at.
	Fetch(ctx context.Context, in tenant.Store, ref Ref) (Snapshot, error)
	// Refund gives a captured amount back. The same key never gives twice.
	Refund(ctx context.Context, in tenant.Store, r RefundRequest) (Snapshot, error)
}

// Canceller is a gateway that can be told not to take the money any more.
type Canceller interface {
	// Cancel answers with how the request stands, which may be that it is too late.
	Cancel(ctx context.Context, in tenant.Store, ref Ref) (Snapshot, error)
}

// Fitter is a gateway that does not take every amount.
type Fitter interface {
	Fits(a money.Amount) bool
}

// Capturer is a gateway that can hold an amount and take it later.
type Capturer interface {
	// Capture takes all that is held. It can be asked any number of times.
	Capture(ctx context.Context, in tenant.Store, ref Ref) (Snapshot, error)
}

// Confirmer is a gateway that draws a form of its own on a page of ours, so that
// what the payer types never comes to us.
type Confirmer interface {
	// Form tells how a request stands, and how its form is shown.
	Form(ctx context.Context, in tenant.Store, ref Ref) (Form, error)
}

// Form is what a page needs to show a gateway's form.
type Form struct {
	Snapshot
	Script  string // address of the gateway's script
	Key     string // names the store's account to browsers
	Account string // under the one that Key names; empty is that one itself
	Secret  string // of this request, for its payer's browser alone
	Test    bool   // no money moves
	Asks    bool   // the payer's bank asks: the script shows it before anything else
	// Addresses that the page may load scripts and frames from, and call.
	Scripts, Frames, Calls []string
}

// Descriptor says what a gateway is and can do.
type Descriptor struct {
	Code     string // "bank_transfer"
	Icon     string // of kit/ui/icon
	Deferred bool   // paid later: the order goes on without waiting for money
	Local    bool   // answers without leaving the program; staff tell when money came
}

// Request asks a gateway for an amount.
type Request struct {
	Key       string    // names this request for ever
	At        time.Time // when it was first asked for; gateways forget keys
	Payment   string    // public identifier, for the gateway's records
	Reference string    // what the payer sees
	Amount    money.Amount
	Email     string
	Lang      i18n.Lang
	Return    string // path to which the payer's browser comes back
	Back      string // path to which it goes when the payer does not want to pay that way
}

// Ref names a request to the gateway that got it.
type Ref struct {
	Key      string    // ours
	External string    // the gateway's, empty when it never answered
	At       time.Time // when it was first asked for
}

// RefundRequest asks a gateway to give something back.
type RefundRequest struct {
	Ref        // of the refund
	Charge Ref // of the request that took the money
	Amount money.Amount
	Reason string
}

// Outcome is what is known of a request.
type Outcome string

// The outcomes of a request. Unknown is one of them: no answer is neither yes
// nor no.
const (
	Unknown        Outcome = "unknown"         // no answer, or none that we understand
	Elsewhere      Outcome = "elsewhere"       // the account that we ask has no such request: nothing is known of it
	RequiresAction Outcome = "requires_action" // the payer has to do something at the gateway
	Processing     Outcome = "pending"         // the gateway works on it
	Declined       Outcome = "declined"        // it will not happen
	Voided         Outcome = "cancelled"       // it was taken back before it happened
	Held           Outcome = "authorised"      // the amount is held for us
	Succeeded      Outcome = "succeeded"       // the amount is ours, or given back
)

// Snapshot is how a request stands at the gateway.
type Snapshot struct {
	Outcome      Outcome
	External     string
	Key          string       // ours, where the gateway repeats it
	Amount       money.Amount // held or taken; zero when nothing was
	Redirect     string       // where the payer goes on; empty when nothing is to do
	Instructions string       // for the payer, in the words of the request's language
	Reason       string       // of a decline: a stable code such as "declined"
	Saved        *SavedMethod // what the gateway remembers from it; nil is nothing
}
