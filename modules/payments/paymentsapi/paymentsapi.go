// Package paymentsapi is what other modules may ask of payments.
package paymentsapi

import (
	"context"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/money"
	"orion/kit/tenant"
)

// Code is the module's code.
const Code = "payments"

// PaymentID names a payment: everything that is tried and done to pay one thing.
type PaymentID = id.ID[paymentKind]

type paymentKind struct{}

// Prefix of payment identifiers.
func (paymentKind) Prefix() string { return "pay" }

// Status is the state of a payment as the ledger has it.
type Status string

// The states of a payment.
const (
	Open              Status = "open"       // nothing has been taken
	Pending           Status = "pending"    // under way, or unknown until the gateway tells
	Authorised        Status = "authorised" // held for us, to be captured
	Captured          Status = "captured"   // ours
	Failed            Status = "failed"     // the last attempt was declined; another may follow
	Cancelled         Status = "cancelled"
	PartiallyRefunded Status = "partially_refunded"
	Refunded          Status = "refunded"
)

// Method is a way to pay that a shopper may choose.
type Method struct {
	Code, Icon        string // "bank_transfer", "on_delivery", "test"
	Name, Description string // in the shopper's language
	Deferred          bool   // paid later: the order goes on without waiting for money
}

// Charge is what a payment is opened for.
type Charge struct {
	Kind      string // "order"
	ID        int64
	Reference string // what the payer sees, such as the order's number
	Amount    money.Amount
	Method    string
	Email     string
	Lang      i18n.Lang
	Customer  auth.CustomerID // who may use and save cards for it once signed in; zero is nobody
	Return    string          // path of the storefront to which the payer comes back, such as the order's page
}

// Payment is a payment as others see it.
type Payment struct {
	ID                 PaymentID
	Kind               string
	For                int64
	Method             string
	Status             Status
	Amount             money.Amount
	Captured, Refunded money.Amount
	Disputed, Lost     money.Amount // claimed by the payer's bank, and taken back by it; neither is counted as refunded
	OpenedAt           time.Time
}

// Payments opens and reads payments in the caller's transaction. No gateway is called there.
type Payments interface {
	Methods(ctx context.Context, tx *db.Tx[tenant.Store], amount money.Amount, lang i18n.Lang) ([]Method, error)
	Open(ctx context.Context, tx *db.Tx[tenant.Store], c Charge) (Payment, error)
	Payment(ctx context.Context, tx *db.Tx[tenant.Store], id PaymentID) (Payment, error)
	// Cancel ends a payment from which nothing was captured.
	Cancel(ctx context.Context, tx *db.Tx[tenant.Store], id PaymentID) error
}

// Refunds is what becomes of payments afterwards.
type Refunds interface {
	// Refund sets the amount aside and lets a job do the rest; payments.refunded.v1 tells when it is done.
	Refund(ctx context.Context, tx *db.Tx[tenant.Store], id PaymentID, amount money.Amount, reason string) error
	// Settle records money that arrived outside a gateway, such as a bank transfer.
	Settle(ctx context.Context, tx *db.Tx[tenant.Store], id PaymentID, note string) error
	// Forget removes the addresses of those who paid; their money stays.
	Forget(ctx context.Context, tx *db.Tx[tenant.Store], ids ...PaymentID) error
}

// Step is what the payer has to do next.
type Step struct {
	Status       Status
	RedirectPath string // where the payer goes on, relative to the store; empty when nothing is to do
	Instructions string // plain text to show, such as a bank account
}

// Starter leads the payer through a payment. Start talks to the gateway, so it is called outside transactions.
type Starter interface {
	// Start makes the first or next attempt, or goes on with one that is not over. It answers in
	// time also when the gateway does not: the payment is then pending until a job knows.
	Start(ctx context.Context, in tenant.Store, id PaymentID) (Step, error)
	// Next tells what the payer has to do now. It asks no gateway, so it is for pages that show the step again.
	Next(ctx context.Context, tx *db.Tx[tenant.Store], id PaymentID) (Step, error)
}

// Changed is the common part of the module's events.
type Changed struct {
	Payment PaymentID    `json:"payment"`
	Kind    string       `json:"kind"`
	For     int64        `json:"for"`
	Amount  money.Amount `json:"amount"` // of this change
	Reason  string       `json:"reason,omitempty"`
}

// EventEntity implements event.Payload: what was paid for, so that all about one order arrives in order.
func (c Changed) EventEntity() int64 { return c.For }

// WasAuthorised is told when an amount is held for us.
type WasAuthorised struct{ Changed }

// EventName implements event.Payload.
func (WasAuthorised) EventName() string { return "payments.authorised.v1" }

// WasCaptured is told when an amount is ours.
type WasCaptured struct{ Changed }

// EventName implements event.Payload.
func (WasCaptured) EventName() string { return "payments.captured.v1" }

// HasFailed is told when an attempt was declined, or what was held for us was let go.
type HasFailed struct{ Changed }

// EventName implements event.Payload.
func (HasFailed) EventName() string { return "payments.failed.v1" }

// WasRefunded is told when an amount was given back.
type WasRefunded struct{ Changed }

// EventName implements event.Payload.
func (WasRefunded) EventName() string { return "payments.refunded.v1" }

// RefundUndone is told when an amount that was given back did not arrive, and is the store's again.
type RefundUndone struct{ Changed }

// EventName implements event.Payload.
func (RefundUndone) EventName() string { return "payments.refund_undone.v1" }
