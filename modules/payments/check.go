package payments

import (
	"context"

	"orion/kit/money"
	"orion/kit/tenant"
)

// Checker is a gateway at which a store has an account, with keys that may be
// wrong.
type Checker interface {
	// Ready tells whether the store has what the gateway needs to be offered. It
	// asks nobody.
	Ready(in tenant.Store) bool
	// Mode is "test", "live", or nothing where the store has no account.
	Mode(in tenant.Store) string
	// Check asks the gateway what is wrong with the account, the worst first.
	Check(ctx context.Context, in tenant.Store, w Wish) []Finding
	// Events are what the store's address has to be told of.
	Events() []string
}

// Wish is what an account has to be good for.
type Wish struct {
	Hook     string // path at which the gateway is to tell, of any host
	Currency money.Currency
}

// Grade is how bad a finding is.
type Grade string

// The grades of findings.
const (
	Fine  Grade = "fine"
	Doubt Grade = "doubt" // it works, and not as it should; or nobody could tell
	Wrong Grade = "wrong" // nobody can pay, or we do not hear of it
)

// Finding is something that a check found. What it is called, and how it is
// mended, are the words "payments.check." and its code, and the same with "_fix".
type Finding struct {
	Code  string
	Grade Grade
	Args  []any // of both words
}

// checkers are the gateways whose accounts can be checked.
func (m *Module) checkers() []Gateway {
	var out []Gateway
	for _, g := range m.gateways {
		if _, ok := g.(Checker); ok {
			out = append(out, g)
		}
	}
	return out
}

// CheckAccount asks a gateway what is wrong with a store's account. It waits for
// an answer as long as a payer would.
func (m *Module) CheckAccount(ctx context.Context, in tenant.Store, gateway string, currency money.Currency) ([]Finding, error) {
	g, _ := m.gateway(gateway)
	c, ok := g.(Checker)
	if !ok {
		return nil, errNoListener
	}
	ctx, cancel := context.WithTimeout(ctx, m.patience.Whole)
	defer cancel()
	return c.Check(ctx, in, Wish{Hook: m.hookOf(in, gateway), Currency: currency}), nil
}

// offers tells whether a store's payers may choose a gateway for an amount.
func (m *Module) offers(in tenant.Store, g Gateway, amount money.Amount) bool {
	if c, ok := g.(Checker); ok && !c.Ready(in) {
		return false
	}
	return m.settings.Of(in).offers(g.Descriptor().Code, amount)
}

// wordsOf are the word that a method is called by at the checkout, and the one that
// describes it.
func (m *Module) wordsOf(in tenant.Store, g Gateway) (name, description string) {
	code := "payments.method." + g.Descriptor().Code
	if c, ok := g.(Checker); ok && c.Mode(in) == "test" {
		return code, code + "_test"
	}
	return code, code + "_help"
}
