package payments

import (
	"strings"
	"time"

	"orion/kit/auth"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/money"
	"orion/modules/payments/paymentsapi"
)

// AttemptID names an attempt.
type AttemptID = id.ID[attemptKind]

// RefundID names a refund.
type RefundID = id.ID[refundKind]

type (
	attemptKind struct{}
	refundKind  struct{}
)

// Prefix of attempt identifiers.
func (attemptKind) Prefix() string { return "pat" }

// Prefix of refund identifiers.
func (refundKind) Prefix() string { return "prf" }

var (
	errNoPayment = fault.New(fault.NotFound, "payments.no_payment")
	errMethod    = fault.New(fault.Invalid, "payments.unknown_method")
	errCaptured  = fault.New(fault.Rule, "payments.already_captured")
	errNotLocal  = fault.New(fault.Rule, "payments.settled_by_gateway")
	errGuard     = fault.New(fault.Conflict, "payments.changed_meanwhile")
	errNotHeld   = fault.New(fault.Rule, "payments.nothing_held")
	errCancelled = fault.New(fault.Rule, "payments.cancelled")
)

// payment is one thing that is to be paid, with all that was done to pay it.
type payment struct {
	ID        paymentsapi.PaymentID
	Kind      string
	For       int64
	Reference string
	Method    string
	Status    paymentsapi.Status
	Amount    money.Amount
	totals
	Email     string
	Lang      i18n.Lang
	Customer  auth.CustomerID // who may use and save methods for it; zero is nobody
	Return    string          // path of the storefront to which the payer goes back
	Attempt   AttemptID       // the latest; zero before the first
	Tries     int64
	Cancelled bool
	Version   int64
	OpenedAt  time.Time
	ChangedAt time.Time
}

func newPayment(number paymentsapi.PaymentID, c paymentsapi.Charge) (payment, error) {
	if c.Amount.Minor < 0 || c.Amount.Currency == "" {
		return payment{}, errAmount
	}
	if c.Kind == "" || c.ID == 0 {
		return payment{}, errNoPayment
	}
	back := c.Return
	if !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") {
		back = "/"
	}
	return payment{
		ID: number, Kind: c.Kind, For: c.ID, Reference: c.Reference, Method: c.Method, Status: paymentsapi.Open,
		Amount: c.Amount, Email: c.Email, Lang: c.Lang, Customer: c.Customer, Return: back, Version: 1,
	}, nil
}

// money gives minor units the payment's currency.
func (p *payment) money(minor int64) money.Amount { return money.New(minor, p.Amount.Currency) }

// stand is the payment's state: what the ledger has comes before what the
// latest attempt says.
func (p *payment) stand(a attempt) paymentsapi.Status {
	switch {
	case p.Captured > 0 && p.Refunded == p.Captured:
		return paymentsapi.Refunded
	case p.Refunded > 0 && p.Captured-p.Refunded < p.Amount.Minor:
		return paymentsapi.PartiallyRefunded
	case p.Captured > 0 || a.Status == attemptSucceeded: // nothing to pay is paid, too
		return paymentsapi.Captured
	case p.Cancelled:
		return paymentsapi.Cancelled
	case p.Authorised > 0:
		return paymentsapi.Authorised
	case a.ID.IsZero():
		return paymentsapi.Open
	case a.Status == attemptDeclined || a.Status == attemptCancelled:
		return paymentsapi.Failed
	}
	return paymentsapi.Pending
}

func (p *payment) view() paymentsapi.Payment {
	return paymentsapi.Payment{
		ID: p.ID, Kind: p.Kind, For: p.For, Method: p.Method, Status: p.Status, Amount: p.Amount,
		Captured: p.money(p.Captured), Refunded: p.money(p.Refunded), Disputed: p.money(p.Disputed), Lost: p.money(p.Lost), OpenedAt: p.OpenedAt,
	}
}

func (p *payment) changed(minor int64, reason string) paymentsapi.Changed {
	return paymentsapi.Changed{Payment: p.ID, Kind: p.Kind, For: p.For, Amount: p.money(minor), Reason: reason}
}
