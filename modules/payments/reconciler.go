package payments

import (
	"context"
	"time"

	"orion/kit/money"
	"orion/kit/tenant"
)

// Reconciler is a gateway that lists what it did with a store's account, so that
// our books can be held against its.
type Reconciler interface {
	// Movements calls each for all money that was taken or given back in requests that
	// were made in a span of time, in any order. An error of each ends it.
	Movements(ctx context.Context, in tenant.Store, s Span, each func(Movement) error) error
}

// Span is a time from one moment until before another.
type Span struct{ From, To time.Time }

// margin is how far the clocks of two books may be apart.
const margin = time.Hour

// wide is a span with what may belong into it by the other clock.
func (s Span) wide() Span { return Span{From: s.From.Add(-margin), To: s.To.Add(margin)} }

// Movement is money that a gateway took for a store, or gave back.
type Movement struct {
	External string // the gateway's name of it
	Key      string // ours; empty when it was none of our requests
	Refund   bool
	Charge   string       // of a refund: the request that took the money
	Amount   money.Amount // of another currency, or one that cannot be said, it is the zero value
}

// reconcilers are the gateways whose books can be compared.
func (m *Module) reconcilers() []Gateway {
	var out []Gateway
	for _, g := range m.gateways {
		if _, ok := g.(Reconciler); ok {
			out = append(out, g)
		}
	}
	return out
}
