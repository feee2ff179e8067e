package paypal_test

import (
	"strings"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
)

func TestApproved(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.open(t, money.New(1999, "EUR"))
		for range 2 { // a double click makes no second order
			if step := b.start(t, id); step.Status != paymentsapi.Pending || !strings.HasPrefix(step.RedirectPath, "/pay/") {
				t.Fatalf("%+v", step)
			}
		}
		o := b.newest(t)
		if n := len(b.far.Orders(client)); n != 1 || !strings.HasPrefix(o.Return, "https://shop.test/pay/") || o.Cancel != "https://shop.test/orders/x" || o.About != "1001" {
			t.Fatalf("%d orders: %+v", n, o)
		}
		if r := b.look(t, id); r.Turn != b.url+"/checkoutnow?token="+o.ID {
			t.Errorf("%+v", r)
		}
		if to := b.choose(t, "cancel"); to != "https://shop.test/orders/x?token="+o.ID {
			t.Errorf("who cancels is led to %s", to)
		}
		b.choose(t, "approve")
		if r := b.look(t, id); r.Status != paymentsapi.Captured || r.Turn != "" {
			t.Errorf("%+v", r)
		}
		b.refund(t, id, 999)
		b.resolve(t, 0)
		if p := b.payment(t, id); p.Status != paymentsapi.PartiallyRefunded {
			t.Errorf("%+v", p)
		}
		b.refund(t, id, 1000)
		b.resolve(t, 0)
		if p := b.payment(t, id); p.Status != paymentsapi.Refunded {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
	})
}

// A card that is declined leaves the order open: the payer chooses another at PayPal.
func TestDeclinedThenPaid(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		for range 2 {
			b.choose(t, "decline")
			r := b.look(t, id)
			if r.Status != paymentsapi.Pending || r.Turn != b.url+"/checkoutnow?token="+b.newest(t).ID || r.Problem != "instrument_declined" {
				t.Fatalf("%+v", r)
			}
		}
		b.choose(t, "approve")
		if r := b.look(t, id); r.Status != paymentsapi.Captured || len(b.far.Orders(client)) != 1 {
			t.Errorf("%+v", r)
		}
		b.proven(t, id)
	})
}

// Nobody comes back from PayPal: the job finds out by itself, and takes the money.
func TestTheTabIsClosed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.choose(t, "approve")
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
			hold   bool
			picks  string // empty: not approved
			looks  bool   // and came back
			status paymentsapi.Status
		}{
			{false, "", false, paymentsapi.Cancelled},
			{false, "approve", false, paymentsapi.Cancelled}, // approved, and not taken yet
			{true, "approve", true, paymentsapi.Cancelled},   // held, and let go
			{false, "approve", true, paymentsapi.Captured},   // too late
		} {
			b.account.Hold = c.hold
			id := b.open(t, money.New(1999, "EUR"))
			b.start(t, id)
			if c.picks != "" {
				b.choose(t, c.picks)
			}
			if c.looks {
				b.look(t, id)
			}
			err := cancel(t, b, id)
			if (err != nil) != (c.status == paymentsapi.Captured) {
				t.Error(err)
			}
			b.resolve(t, 0)
			if p := b.payment(t, id); p.Status != c.status {
				t.Errorf("%+v: %+v", c, p)
			}
			b.proven(t, id)
		}
	})
}

func cancel(t *testing.T, b *bundle, id paymentsapi.PaymentID) (err error) {
	t.Helper()
	b.do(t, func(tx tx) error {
		err = b.m.Cancel(t.Context(), tx, id)
		return nil
	})
	return err
}

// What was given up is approved after all, and PayPal tells: nothing is taken.
func TestApprovedAfterItWasGivenUp(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		given := b.open(t, money.New(1999, "EUR"))
		b.start(t, given)
		if err := cancel(t, b, given); err != nil {
			t.Fatal(err)
		}
		b.resolve(t, 0)
		b.choose(t, "approve")
		b.told(t, site)
		if p := b.payment(t, given); p.Status != paymentsapi.Cancelled {
			t.Errorf("%+v", p)
		}
		// The payer left, and comes back the next morning to an order that lapsed.
		left := b.open(t, money.New(1999, "EUR"))
		b.start(t, left)
		b.Clock.Advance(4 * time.Hour)
		b.resolve(t, 0)
		if p := b.payment(t, left); p.Status != paymentsapi.Failed {
			t.Errorf("%+v", p)
		}
		b.start(t, left)
		b.choose(t, "approve")
		if r := b.look(t, left); r.Status != paymentsapi.Captured || len(b.detail(t, left).Attempts) != 2 {
			t.Errorf("%+v", r)
		}
		b.proven(t, given, left)
	})
}

func TestPending(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.choose(t, "slow")
		if r := b.look(t, id); r.Status != paymentsapi.Pending || r.Turn != "" {
			t.Errorf("%+v", r)
		}
		b.resolve(t, 4)
		b.refund(t, id, 500)
		b.resolve(t, 0)
		if p := b.payment(t, id); p.Status != paymentsapi.Captured || p.Refunded.Minor != 0 {
			t.Errorf("a refund that is pending counts: %+v", p)
		}
		b.resolve(t, 3)
		if p := b.payment(t, id); p.Refunded.Minor != 500 {
			t.Errorf("%+v", p)
		}
		b.proven(t, id)
	})
}

func TestAnotherAmountIsAnIncident(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		b.far.Play(paytest.Fault{Do: paytest.WrongAmount, On: "POST /v2/checkout/orders/*/capture"})
		b.choose(t, "approve")
		b.resolve(t, 2)
		if d := b.detail(t, id); d.Captured.Minor != 0 || d.Attempts[0].Status != "mismatch" {
			t.Errorf("%+v", d)
		}
		b.start(t, id)
		if d := b.detail(t, id); len(d.Attempts) != 1 {
			t.Errorf("money that came stands apart, and another try is begun: %+v", d.Attempts)
		}
		held := b.open(t, money.New(1999, "EUR"))
		b.account.Hold = true
		b.start(t, held)
		b.choose(t, "approve")
		if r := b.look(t, held); r.Status != paymentsapi.Authorised {
			t.Fatalf("%+v", r)
		}
		b.far.Play(paytest.Fault{Do: paytest.WrongAmount, On: "POST /v2/payments/authorizations/*/capture"})
		if err := b.m.CaptureAs(t.Context(), b.in, boss, held); err != nil {
			t.Error(err)
		}
		if d := b.detail(t, held); d.Captured.Minor != 0 || d.Attempts[0].Status != "mismatch" {
			t.Errorf("%+v", d)
		}
	})
}

// What was begun at another account is not known at this one, which answers all the
// same; and keys that stopped working lose no refund.
func TestAccounts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		mine := b.account
		paid, open := b.paid(t, money.New(1999, "EUR")), b.open(t, money.New(700, "EUR"))
		b.start(t, open)
		b.far.Open(paytest.PayPalAccount{Client: "other", Secret: "other"})
		b.account.Client, b.account.Secret = "other", "other"
		for range 6 {
			b.look(t, open)
		}
		if d := b.detail(t, open); d.Attempts[0].Status != "requires_action" {
			t.Errorf("nobody knows, and it is %+v", d.Attempts)
		}
		b.refund(t, paid, 500)
		b.resolve(t, 0)
		for _, key := range []string{"", "revoked"} {
			b.account.Secret = "other"
			id := b.open(t, money.New(1999, "EUR"))
			b.account.Secret = key
			if step := b.start(t, id); step.Status != paymentsapi.Failed {
				t.Errorf("with key %q: %+v", key, step)
			}
		}
		b.account = mine
		b.resolve(t, 4)
		if p := b.payment(t, paid); p.Refunded.Minor != 500 {
			t.Errorf("%+v", p)
		}
		for _, a := range []money.Amount{money.New(500, "JPY"), money.New(50000, "HUF"), money.New(1, "CHF")} {
			b.paid(t, a)
		}
		for _, a := range []money.Amount{money.New(50050, "HUF"), money.New(5120, "KWD")} {
			if step := b.start(t, b.open(t, a)); step.Status != paymentsapi.Failed {
				t.Errorf("%v: %+v", a, step)
			}
		}
		last := b.open(t, money.New(1999, "EUR"))
		b.account.Sandbox = false // keys that move money are not shown to who stands in for PayPal
		asked := b.far.Requests()
		if step := b.start(t, last); step.Status != paymentsapi.Failed || b.far.Requests() != asked {
			t.Errorf("%+v", step)
		}
	})
}
