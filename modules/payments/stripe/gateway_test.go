package stripe_test

import (
	"net/http"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
)

func TestCard(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.open(t, money.New(1999, "EUR"))
		for range 2 { // a double click makes no second intent
			if step := b.start(t, id); step.Status != paymentsapi.Pending || step.RedirectPath != b.m.FormPath(b.in, id.String()) {
				t.Fatalf("%+v", step)
			}
		}
		if n := len(b.far.Intents(secret)); n != 1 {
			t.Fatalf("%d intents", n)
		}
		for _, no := range []string{"pm_card_visa_chargeDeclined", "pm_card_authenticationRequired"} {
			i := b.pay(t, no)
			if i.NextAction != nil {
				b.answer(t, i, "refuse")
			}
			if r, err := b.m.Look(t.Context(), b.in, id); err != nil || r.Status != paymentsapi.Pending {
				t.Errorf("after %s: %+v %v", no, r, err)
			}
		}
		if step := b.start(t, id); step.RedirectPath != b.m.FormPath(b.in, id.String()) {
			t.Errorf("another card cannot be tried: %+v", step)
		}
		b.answer(t, b.pay(t, "pm_card_authenticationRequired"), "approve")
		if r, err := b.m.Look(t.Context(), b.in, id); err != nil || r.Status != paymentsapi.Captured {
			t.Errorf("%+v %v", r, err)
		}
		b.refund(t, id, 999)
		b.resolve(t, 0)
		if p := b.payment(t, id); p.Status != paymentsapi.PartiallyRefunded {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
	})
}

// Nobody comes back from the challenge: the job finds out by itself.
func TestTheTabIsClosed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.answer(t, b.pay(t, "pm_card_authenticationRequired"), "approve")
		b.resolve(t, 1)
		if p := b.payment(t, id); p.Status != paymentsapi.Captured {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
	})
}

func TestCancel(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		for _, c := range []struct {
			manual bool
			card   string // empty: not confirmed
			status paymentsapi.Status
			there  string
		}{
			{false, "", paymentsapi.Cancelled, "canceled"},
			{true, "pm_card_visa", paymentsapi.Cancelled, "canceled"},  // held, and let go
			{false, "pm_card_visa", paymentsapi.Captured, "succeeded"}, // too late
		} {
			b.account.Manual = c.manual
			id := b.open(t, money.New(1999, "EUR"))
			b.start(t, id)
			if c.card != "" {
				b.pay(t, c.card)
			}
			if c.manual {
				if r, err := b.m.Look(t.Context(), b.in, id); err != nil || r.Status != paymentsapi.Authorised {
					t.Errorf("%+v %v", r, err)
				}
			}
			b.do(t, func(tx tx) error { return b.m.Cancel(t.Context(), tx, id) })
			b.resolve(t, 0)
			if p := b.payment(t, id); p.Status != c.status || b.newest(t).Status != c.there {
				t.Errorf("%+v: %+v, there %s", c, p, b.newest(t).Status)
			}
			b.proven(t, id)
		}
		left := b.open(t, money.New(1999, "EUR"))
		b.start(t, left)
		b.Clock.Advance(25 * time.Hour)
		b.resolve(t, 0)
		if p := b.payment(t, left); p.Status != paymentsapi.Failed || b.newest(t).Status != "canceled" {
			t.Errorf("a payer who left can still pay: %+v", p)
		}
	})
}

func TestPendingRefund(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.pay(t, "pm_card_pendingRefund")
		if _, err := b.m.Look(t.Context(), b.in, id); err != nil {
			t.Fatal(err)
		}
		b.refund(t, id, 500)
		b.resolve(t, 0)
		if p := b.payment(t, id); p.Refunded.Minor != 0 {
			t.Errorf("a refund that is pending counts: %+v", p)
		}
		b.resolve(t, 3)
		if p := b.payment(t, id); p.Refunded.Minor != 500 {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
	})
}

// A refund was given, and a minute later the bank sends it back.
func TestRefundComesBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.pay(t, "pm_card_refundFail")
		if _, err := b.m.Look(t.Context(), b.in, id); err != nil {
			t.Fatal(err)
		}
		b.refund(t, id, 500)
		b.resolve(t, 0)
		if p := b.payment(t, id); p.Refunded.Minor != 500 {
			t.Fatalf("%+v", p)
		}
		b.Clock.Advance(time.Minute)
		b.far.Ledger(secret) // time does its work
		all := b.messagesOf(b.newest(t).ID)
		for range 2 {
			if code := b.post(site, all[len(all)-1]); code != http.StatusOK {
				t.Error(code)
			}
			b.work(t)
		}
		d, err := b.m.Detail(t.Context(), b.in, id)
		if err != nil || d.Refunded.Minor != 0 || d.Refundable.Minor != 1999 || d.Status != paymentsapi.Captured || d.Refunds[0].Status != payments.RefundFailed {
			t.Errorf("%+v %v", d, err)
		}
		b.proven(t, id)
		b.refund(t, id, 1999)
		b.resolve(t, 0)
		if p := b.payment(t, id); p.Refunded.Minor != 1999 {
			t.Errorf("what came back cannot be given again: %+v", p)
		}
	})
}

// Somebody took a part of what is held on the gateway's own pages: people look.
func TestPartOfWhatIsHeld(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.account.Manual = true
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		i := b.pay(t, "pm_card_visa")
		if r, err := b.m.Look(t.Context(), b.in, id); err != nil || r.Status != paymentsapi.Authorised {
			t.Fatalf("%+v %v", r, err)
		}
		b.server(t, "/v1/payment_intents/"+i.ID+"/capture", "amount_to_capture=900")
		b.Clock.Advance(time.Hour)
		b.resolve(t, 1)
		d, err := b.m.Detail(t.Context(), b.in, id)
		if err != nil || d.Captured.Minor != 0 || d.Attempts[0].Status != "mismatch" || d.Capturable {
			t.Errorf("%+v %v", d, err)
		}
	})
}

func TestAnotherAmountIsAnIncident(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.far.Play(paytest.Fault{Do: paytest.WrongAmount, On: "POST /v1/payment_intents/*/confirm"})
		b.pay(t, "pm_card_visa")
		b.resolve(t, 2)
		d, err := b.m.Detail(t.Context(), b.in, id)
		if err != nil || d.Captured.Minor != 0 || d.Attempts[0].Status != "mismatch" {
			t.Errorf("%+v %v", d, err)
		}
		b.start(t, id)
		if d, err := b.m.Detail(t.Context(), b.in, id); err != nil || len(d.Attempts) != 1 {
			t.Errorf("money that came stands apart, and another try is begun: %+v %v", d.Attempts, err)
		}
	})
}

// What was begun at another account is not known at this one, which answers all the
// same: others pay meanwhile, and nothing is said of what nobody knows.
func TestAnotherAccountKnowsNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.far.Open(paytest.Account{Secret: "sk_test_other", Public: "pk_test_other", Signing: []string{"whsec_other"}})
		b.account.Secret, b.account.Public = "sk_test_other", "pk_test_other"
		for range 4 {
			if _, err := b.m.Look(t.Context(), b.in, id); err != nil {
				t.Fatal(err)
			}
		}
		if step := b.start(t, b.open(t, money.New(500, "EUR"))); step.RedirectPath == "" {
			t.Errorf("others cannot pay: %+v", step)
		}
		if d, err := b.m.Detail(t.Context(), b.in, id); err != nil || d.Attempts[0].Status != "requires_action" {
			t.Errorf("nobody knows, and it is %+v %v", d.Attempts, err)
		}
	})
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		for _, key := range []string{"", "sk_test_revoked"} {
			b.account.Secret = secret
			id := b.open(t, money.New(1999, "EUR"))
			b.account.Secret = key
			if step := b.start(t, id); step.Status != paymentsapi.Failed {
				t.Errorf("with key %q: %+v", key, step)
			}
		}
		b.account.Secret = secret
		for _, a := range []money.Amount{money.New(1_000_000_00, "EUR"), money.New(1001, "KWD")} {
			if step := b.start(t, b.open(t, a)); step.Status != paymentsapi.Failed {
				t.Errorf("%v: %+v", a, step)
			}
		}
		for _, a := range []money.Amount{money.New(500, "JPY"), money.New(5120, "KWD"), money.New(500, "ISK")} {
			id := b.open(t, a)
			b.start(t, id)
			b.pay(t, "pm_card_visa")
			if r, err := b.m.Look(t.Context(), b.in, id); err != nil || r.Captured != a {
				t.Errorf("%v: %+v %v", a, r, err)
			}
		}
		// A key that stopped working does not lose a refund.
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.pay(t, "pm_card_visa")
		if _, err := b.m.Look(t.Context(), b.in, id); err != nil {
			t.Fatal(err)
		}
		b.account.Secret = "sk_test_revoked"
		b.refund(t, id, 500)
		b.resolve(t, 0)
		b.account.Secret = secret
		b.resolve(t, 4)
		if p := b.payment(t, id); p.Refunded.Minor != 500 {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
	})
}
