package paypal_test

import (
	"sync"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
)

// Everybody who needs a token waits for one call, and one is used until it ends.
func TestOneTokenForAll(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		var ids []paymentsapi.PaymentID
		for range 12 {
			ids = append(ids, b.open(t, money.New(1999, "EUR")))
		}
		all := func() {
			var group sync.WaitGroup
			for _, id := range ids {
				group.Go(func() {
					if _, err := b.m.Start(t.Context(), b.in, id); err != nil {
						t.Error(err)
					}
					if _, err := b.m.Look(t.Context(), b.in, id); err != nil {
						t.Error(err)
					}
				})
			}
			group.Wait()
		}
		b.far.Play(paytest.Fault{Do: paytest.Delay, On: "POST /v1/oauth2/token", Wait: 50 * time.Millisecond})
		for n, what := range []func(){func() {}, func() { b.far.Revoke() }, func() { b.Clock.Advance(9 * time.Hour) }} {
			what()
			if all(); b.far.Granted() != int64(n+1) {
				t.Errorf("%d tokens were given, not %d", b.far.Granted(), n+1)
			}
		}
		if n := len(b.far.Orders(client)); n != len(ids) {
			t.Errorf("%d orders", n)
		}
	})
}
