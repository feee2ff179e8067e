package payments

import (
	"context"

	"orion/kit/db"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
)

// Attempts are a payment's attempts, the latest first.
func (m *Module) Attempts(ctx context.Context, in tenant.Store, id paymentsapi.PaymentID) []AttemptID {
	all, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) ([]attempt, error) { return attemptsOf(ctx, tx, id) })
	if err != nil {
		panic(err)
	}
	var out []AttemptID
	for _, a := range all {
		out = append(out, a.ID)
	}
	return out
}

// Recheck asks the gateway about an attempt that is over, as its own late news
// would make us.
func (m *Module) Recheck(ctx context.Context, in tenant.Store, id AttemptID) error {
	a, err := db.Read(ctx, m.need.Kit.DB, in, func(tx tx) (attempt, error) { return findAttempt(ctx, tx, id) })
	if err != nil {
		return err
	}
	g, _ := m.gateway(a.Gateway)
	s := m.ask(ctx, in, g, a, false)
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		_, err := m.settle(ctx, tx, a, s)
		return err
	})
}

// Choose picks an outcome on the test gateway's page.
func (m *Module) Choose(ctx context.Context, in tenant.Store, id paymentsapi.PaymentID, c Choice) error {
	r, err := m.receipt(ctx, in, id)
	if err != nil {
		return err
	}
	return m.test.choose(ctx, in, r.attempt.Key, c)
}

// SettleDispute takes in what a gateway said of a dispute.
func (m *Module) SettleDispute(ctx context.Context, in tenant.Store, gateway string, s DisputeSnapshot) error {
	return db.Do(ctx, m.need.Kit.DB, in, func(tx tx) error {
		_, err := m.settleDispute(ctx, tx, gateway, s)
		return err
	})
}
