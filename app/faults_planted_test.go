package app

import (
	"testing"
	"time"

	"orion/app/certify"
	"orion/kit/auth"
	"orion/kit/money"
	"orion/modules/payments"
	"orion/modules/payments/paypal"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

// What TestFaults looks for is found where it is: mistakes that are planted in the tables
// and at the gateways, a gateway that does not come back, and an answer that is late.
func TestFaultsArePlanted(t *testing.T) {
	t.Parallel()
	eachDemo(t, func(t *testing.T, dsn string) {
		x := openTrial(t, dsn, paypal.Code)
		for _, x.method = range []string{stripe.Code, paypal.Code} {
			x.pays(t, x.visits(t))
			back := payments.Return{Payment: x.latest(t).ID, Amount: money.New(500, "EUR"), Reason: "a dent"}
			if err := x.a.modules.payments.RefundAs(t.Context(), x.in, auth.SystemActor, back); err != nil {
				t.Fatal(err)
			}
			x.work(t, 0)
		}
		v := x.visits(t) // and is not paid
		if open := x.settles(t); len(open) > 0 {
			t.Fatal(open)
		}

		x.server.Note(certify.NewAnswers(0))
		_ = v.Begins(t.Context())
		if late := x.server.Note(x.answers).Late(); len(late) == 0 {
			t.Error("an answer that is late is not seen")
		}
		x.far.Play(paytest.Fault{Do: paytest.FailBefore, On: "* /v2/*/*/*/*", Times: always}, paytest.Fault{Do: paytest.FailBefore, On: "GET /v2/*/*/*", Times: always})
		if err := v.Agrees(t.Context()); err != nil {
			t.Fatal(err)
		}
		if open := x.settles(t); len(open) == 0 {
			t.Error("what is never settled is not seen")
		}
		x.far.Heal()
		if open := x.settles(t); len(open) > 0 {
			t.Error(open)
		}
		x.visits(t)
		kept(t, 0)(certify.Ledger(t.Context(), x.Bank))
	})
}

// However the gateway hangs, an answer to a shopper waits for one call of it, and a call
// ends by itself: see TestACallEnds.
func TestShoppersWaitForOneCall(t *testing.T) {
	t.Parallel()
	for _, method := range []string{stripe.Code, paypal.Code} {
		t.Run(method, func(t *testing.T) {
			t.Parallel()
			x := openTrial(t, sqliteDemo(t), method)
			v := x.visits(t)
			if err := v.Begins(t.Context()); err != nil {
				t.Fatal(err)
			}
			x.far.Play(paytest.Fault{Do: paytest.Hold, Times: always})
			t.Cleanup(x.far.Release)
			for what, step := range map[string]func() error{
				"the page": func() error { return v.Returns(t.Context()) },
				"again":    func() error { return v.Begins(t.Context()) },
			} {
				before, began := x.far.Struck(), time.Now()
				_ = step()
				if n := x.far.Struck() - before; n > 2*brisk.Tries {
					t.Errorf("%s waits for %d calls, %s", what, n, time.Since(began))
				}
			}
		})
	}
}
