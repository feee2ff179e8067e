// Package paymentstest is a payments module in memory, for the tests of modules
// that sell things.
package paymentstest

import (
	"context"
	"slices"
	"sync"

	"orion/kit/db"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

type tx = *db.Tx[tenant.Store]

var (
	errNoPayment = fault.New(fault.NotFound, "payments.no_payment")
	errCaptured  = fault.New(fault.Rule, "payments.already_captured")
	errTooMuch   = fault.New(fault.Rule, "payments.refund_too_much")
	errMethod    = fault.New(fault.Invalid, "payments.unknown_method")
)

// Payments are payments in memory. What a rolled-back transaction did to them
// stays. Events are the test's to publish. The zero value is ready; it is safe
// for concurrent use.
type Payments struct {
	// Step is what Start and Next answer; the zero value is a payment that waits.
	Step paymentsapi.Step

	mu        sync.Mutex
	forgotten []paymentsapi.PaymentID
	all       map[paymentsapi.PaymentID]paymentsapi.Payment
}

var (
	_ paymentsapi.Payments = (*Payments)(nil)
	_ paymentsapi.Refunds  = (*Payments)(nil)
	_ paymentsapi.Starter  = (*Payments)(nil)
)

var methods = []paymentsapi.Method{
	{Code: "card", Name: "Card"},
	{Code: "on_delivery", Name: "On delivery", Deferred: true},
}

// Methods implements paymentsapi.Payments with "card" and "on_delivery".
func (p *Payments) Methods(context.Context, tx, money.Amount, i18n.Lang) ([]paymentsapi.Method, error) {
	return methods, nil
}

// Open implements paymentsapi.Payments.
func (p *Payments) Open(_ context.Context, tx tx, c paymentsapi.Charge) (paymentsapi.Payment, error) {
	if c.Method != methods[0].Code && c.Method != methods[1].Code {
		return paymentsapi.Payment{}, errMethod
	}
	v := paymentsapi.Payment{
		ID: paymentsapi.PaymentID(tx.NewID()), Kind: c.Kind, For: c.ID, Method: c.Method, Status: paymentsapi.Open, Amount: c.Amount,
		Captured: money.New(0, c.Amount.Currency), Refunded: money.New(0, c.Amount.Currency), OpenedAt: tx.Now(),
	}
	return v, p.put(v)
}

// Payment implements paymentsapi.Payments.
func (p *Payments) Payment(_ context.Context, _ tx, id paymentsapi.PaymentID) (paymentsapi.Payment, error) {
	return p.Find(id)
}

// Find is Payment without a transaction.
func (p *Payments) Find(id paymentsapi.PaymentID) (paymentsapi.Payment, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	v, ok := p.all[id]
	if !ok {
		return v, errNoPayment
	}
	return v, nil
}

// For are the payments of a thing.
func (p *Payments) For(kind string, id int64) []paymentsapi.Payment {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []paymentsapi.Payment
	for _, v := range p.all {
		if v.Kind == kind && v.For == id {
			out = append(out, v)
		}
	}
	return out
}

// Cancel implements paymentsapi.Payments.
func (p *Payments) Cancel(_ context.Context, _ tx, id paymentsapi.PaymentID) error {
	v, err := p.Find(id)
	if err != nil {
		return err
	}
	if v.Captured.IsPositive() {
		return errCaptured
	}
	v.Status = paymentsapi.Cancelled
	return p.put(v)
}

// Refund implements paymentsapi.Refunds; it is done at once.
func (p *Payments) Refund(_ context.Context, _ tx, id paymentsapi.PaymentID, amount money.Amount, _ string) error {
	v, err := p.Find(id)
	if err != nil {
		return err
	}
	back, err := v.Refunded.Add(amount)
	if err != nil {
		return err
	}
	if !amount.IsPositive() || back.Minor > v.Captured.Minor-v.Disputed.Minor-v.Lost.Minor {
		return errTooMuch
	}
	v.Refunded, v.Status = back, paymentsapi.PartiallyRefunded
	if back == v.Captured {
		v.Status = paymentsapi.Refunded
	}
	return p.put(v)
}

// Claim is what the payer's bank claims of a payment from now on, and what it has.
func (p *Payments) Claim(id paymentsapi.PaymentID, disputed, lost money.Amount) error {
	v, err := p.Find(id)
	if err != nil {
		return err
	}
	v.Disputed, v.Lost = disputed, lost
	return p.put(v)
}

// Settle implements paymentsapi.Refunds.
func (p *Payments) Settle(_ context.Context, _ tx, id paymentsapi.PaymentID, _ string) error {
	_, err := p.Capture(id)
	return err
}

// Forget implements paymentsapi.Refunds; Forgotten has whom.
func (p *Payments) Forget(_ context.Context, _ tx, ids ...paymentsapi.PaymentID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forgotten = append(p.forgotten, ids...)
	return nil
}

// Forgotten are the payments whose payers are forgotten.
func (p *Payments) Forgotten() []paymentsapi.PaymentID {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.forgotten)
}

// Capture takes a payment's whole amount and gives the event to publish.
func (p *Payments) Capture(id paymentsapi.PaymentID) (paymentsapi.WasCaptured, error) {
	v, err := p.Find(id)
	if err != nil {
		return paymentsapi.WasCaptured{}, err
	}
	v.Captured, v.Status = v.Amount, paymentsapi.Captured
	return paymentsapi.WasCaptured{Changed: paymentsapi.Changed{Payment: id, Kind: v.Kind, For: v.For, Amount: v.Amount}}, p.put(v)
}

// Start implements paymentsapi.Starter with Step.
func (p *Payments) Start(_ context.Context, _ tenant.Store, id paymentsapi.PaymentID) (paymentsapi.Step, error) {
	v, err := p.Find(id)
	if err != nil || p.Step.Status != "" {
		return p.Step, err
	}
	if v.Status == paymentsapi.Open {
		v.Status = paymentsapi.Pending
	}
	return paymentsapi.Step{Status: v.Status}, p.put(v)
}

// Next implements paymentsapi.Starter.
func (p *Payments) Next(_ context.Context, _ tx, id paymentsapi.PaymentID) (paymentsapi.Step, error) {
	v, err := p.Find(id)
	if err != nil || p.Step.Status != "" {
		return p.Step, err
	}
	return paymentsapi.Step{Status: v.Status}, nil
}

func (p *Payments) put(v paymentsapi.Payment) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.all == nil {
		p.all = map[paymentsapi.PaymentID]paymentsapi.Payment{}
	}
	p.all[v.ID] = v
	return nil
}
