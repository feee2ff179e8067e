package payments

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

// Remitter is a gateway that pays what it took for a store out to the store's bank.
type Remitter interface {
	// Balance is what a store has at the gateway.
	Balance(ctx context.Context, in tenant.Store) (Balance, error)
	// Payouts are the store's, the newest first.
	Payouts(ctx context.Context, in tenant.Store, c Cut) (Payouts, error)
	// Payout is one with what it is made of, the newest first; it is ErrNoPayout when
	// the store has none of that name.
	Payout(ctx context.Context, in tenant.Store, name string, c Cut) (Payout, Lines, error)
}

// ErrNoPayout is the answer to a name that no payout of the store has.
var ErrNoPayout = fault.New(fault.NotFound, "payments.no_payout")

// Cut is a part of a list that the gateway has.
type Cut struct {
	After string // the gateway's name of the one before; empty is from the newest
	Limit int    // at most 100
}

// Balance is what a store has at a gateway, in each currency.
type Balance struct {
	Available []money.Amount // is paid out next
	Pending   []money.Amount // is not the store's to have yet
}

// Payouts is a part of the list of payouts.
type Payouts struct {
	All  []Payout
	More bool
}

// PayoutStatus is where a payout stands.
type PayoutStatus string

// The states of a payout.
const (
	PayoutPending  PayoutStatus = "pending"    // made, and not sent to the bank
	PayoutOnItsWay PayoutStatus = "in_transit" // the bank has it
	PayoutPaid     PayoutStatus = "paid"       // to be there by its day of arrival; it may still come back
	PayoutFailed   PayoutStatus = "failed"     // the bank refused it, and the money is back in the balance
	PayoutCanceled PayoutStatus = "canceled"
)

// Payout is an amount that goes from a gateway to a store's bank.
type Payout struct {
	ID      string // the gateway's name of it
	Status  PayoutStatus
	Amount  money.Amount // negative is taken from the bank; of another currency than ours, or one that cannot be said, it is the zero value
	MadeAt  time.Time
	Arrives time.Time // the day, in UTC
	Reason  string    // of one that failed, the gateway's word for it
}

// Lines is a part of what a payout is made of.
type Lines struct {
	All  []Line
	More bool
}

// Line is a change of the balance that a payout brings to the bank.
type Line struct {
	ID     string // the gateway's name of it
	Kind   LineKind
	What   string // the gateway's word for it
	Charge string // the gateway's name of the request that it belongs to; empty when to none
	Gross  money.Amount
	Fee    money.Amount // what the gateway keeps of it
	Net    money.Amount
	At     time.Time

	// Of our payment, when it is one:
	Payment   paymentsapi.PaymentID
	Reference string
}

// LineKind is what a line is about.
type LineKind string

// The kinds of lines.
const (
	LinePayment LineKind = "payment"
	LineRefund  LineKind = "refund"
	LineDispute LineKind = "dispute"
	LineFee     LineKind = "fee" // by itself, as for a month
	LineOther   LineKind = "other"
)

// remitters are the gateways that pay out.
func (m *Module) remitters() []Gateway {
	var out []Gateway
	for _, g := range m.gateways {
		if _, ok := g.(Remitter); ok {
			out = append(out, g)
		}
	}
	return out
}

// remitter is the gateway of a name, if the store has an account there.
func (m *Module) remitter(in tenant.Store, gateway string) (Remitter, error) {
	g, _ := m.gateway(gateway)
	p, ok := g.(Remitter)
	if c, checks := g.(Checker); !ok || checks && c.Mode(in) == "" {
		return nil, errNoListener
	}
	return p, nil
}

// Funds are a store's balance at a gateway and its payouts, as the gateway says.
type Funds struct {
	Balance
	Payouts
}

// PayoutsOf asks a gateway for a store's balance and payouts. It waits for an answer as
// long as a payer would.
func (m *Module) PayoutsOf(ctx context.Context, in tenant.Store, gateway string, c Cut) (f Funds, err error) {
	g, err := m.remitter(in, gateway)
	if err != nil {
		return f, err
	}
	ctx, cancel := context.WithTimeout(ctx, m.patience.Whole)
	defer cancel()
	if f.Balance, err = g.Balance(ctx, in); err != nil {
		return f, err
	}
	f.Payouts, err = g.Payouts(ctx, in, c)
	return f, err
}

// PayoutOf asks a gateway what a payout is made of, and says which payments of ours that
// are: one statement.
func (m *Module) PayoutOf(ctx context.Context, in tenant.Store, gateway, name string, c Cut) (p Payout, l Lines, err error) {
	g, err := m.remitter(in, gateway)
	if err != nil {
		return p, l, err
	}
	asked, cancel := context.WithTimeout(ctx, m.patience.Whole)
	defer cancel()
	if p, l, err = g.Payout(asked, in, name, c); err != nil {
		return p, l, err
	}
	var charges []string
	for _, line := range l.All {
		if line.Charge != "" {
			charges = append(charges, line.Charge)
		}
	}
	if len(charges) == 0 {
		return p, l, nil
	}
	known, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (map[string]paidFor, error) { return paidForBy(ctx, tx, gateway, charges) })
	for i, line := range l.All {
		l.All[i].Payment, l.All[i].Reference = known[line.Charge].payment, known[line.Charge].reference
	}
	return p, l, err
}
