package payments_test

import (
	"testing"

	"orion/kit/dbtest"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
)

// A gateway that worked on a payment can want to see its payer after all.
func TestAfterTheGatewayItCanBeThePayersTurn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.far.answer = payments.Snapshot{Outcome: payments.Processing}
		id := b.open(t, "far", 1000)
		b.start(t, id)
		b.far.becomes(payments.Snapshot{Outcome: payments.RequiresAction, Redirect: "/there"})
		if r, err := b.m.Look(t.Context(), b.in, id); err != nil || r.Status != paymentsapi.Pending || r.Turn != "/there" {
			t.Errorf("%+v %v", r, err)
		}
		if step := b.start(t, id); step.RedirectPath != "/there" {
			t.Errorf("the payer is led in circles: %+v", step)
		}
		b.balanced(t)
	})
}
