package payments_test

import (
	"testing"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/page"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
)

// Who paid, and what was told banks of them, is forgotten with two statements for many
// payments; what was paid, and others, stay.
func TestForget(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		ids := []paymentsapi.PaymentID{b.open(t, payments.BankTransfer, 6475), b.open(t, payments.BankTransfer, 100)}
		other := b.open(t, payments.BankTransfer, 200)
		ctx, n := db.WithCounter(t.Context())
		if err := db.Do(ctx, b.DB, b.in, func(tx tx) error { return b.m.Forget(ctx, tx, ids...) }); err != nil {
			t.Fatal(err)
		}
		if n.N() != 2 {
			t.Errorf("it took %d statements", n.N())
		}
		list, err := b.m.Payments(t.Context(), b.in, payments.Wanted{}, page.Request{Limit: 10})
		if err != nil || len(list.Items) != 3 {
			t.Fatal(list.Items, err)
		}
		for _, p := range list.Items {
			if known := p.Email != ""; known != (p.ID == other) {
				t.Errorf("of %s the address is %q", p.ID, p.Email)
			}
		}
	})
}
