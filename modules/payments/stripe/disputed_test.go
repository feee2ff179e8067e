package stripe_test

import (
	"testing"

	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/money"
	"orion/modules/payments"
	"orion/modules/payments/paytest"
)

// What is not ours is looked at, and nothing is done.
func TestDisputeOfOthers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		b.server(t, "/v1/payment_intents", "amount=1000&currency=eur&confirm=true&payment_method=pm_card_createDispute&return_url=http://x.example")
		b.heed(t, site, b.newest(t))
		for _, status := range b.events(t) {
			if status != "foreign" {
				t.Error(status)
			}
		}
		if c := b.compare(t); c.Status != payments.Compared {
			t.Errorf("%+v", c)
		}
		if all := b.disputes(t, true); len(all) != 0 {
			t.Errorf("%+v", all)
		}
	})
}

// A bank claims more than is left, because some of it went back before: nothing is
// booked, and people look at it.
func TestDisputeOfMoreThanIsThere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		id, i := b.paid(t, 1999, "pm_card_visa")
		b.refund(t, id, 500)
		b.work(t)
		b.claim(t, i.ID, paytest.Claim{Amount: 1999})
		b.heed(t, site, i)
		b.ours(t, id, 0, 0)
		b.proven(t, id)
		all := b.differences(t, true)
		if len(all) != 1 || all[0].Kind != payments.OtherDispute || all[0].Theirs.Minor != 1999 || all[0].Ours.Minor != 1499 || all[0].Payment != id {
			t.Errorf("%+v", all)
		}
		if d := b.disputed(t); d.Booked || d.Status != payments.NeedsResponse {
			t.Errorf("%+v", d)
		}
	})
}

// A refund was on its way when the bank claimed the money: the gateway refuses it, and
// the claim is booked once the amount is free again.
func TestDisputeBeforeARefundArrives(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		site := b.site(t)
		id, i := b.paid(t, 1999, "pm_card_visa")
		b.refund(t, id, 500) // set aside, and not sent yet
		b.claim(t, i.ID, paytest.Claim{Amount: 1999})
		b.heed(t, site, i)
		b.resolve(t, 0)
		b.stands(t, id, 1999, 0)
		if p := b.payment(t, id); p.Refunded.Minor != 0 {
			t.Errorf("%+v", p)
		}
		if all := b.differences(t, true); len(all) != 0 {
			t.Errorf("%+v", all)
		}
		err := b.m.RefundAs(t.Context(), b.in, boss, payments.Return{Payment: id, Amount: money.New(1, "EUR"), Reason: "kind"})
		if fault.As(err).Code != "payments.refund_disputed" {
			t.Errorf("what the bank claims is given back: %v", err)
		}
	})
}

// What a bank took, and gave again, stands in the balance that is paid out.
func TestDisputeInTheBalance(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		_, d := b.inDispute(t)
		fee := int64(54)
		if f := b.funds(t, payments.Cut{Limit: 20}); len(f.Pending) != 1 || f.Pending[0].Minor != -fee {
			t.Errorf("%+v", f)
		}
		b.far.Decide(secret, d.External, true)
		if f := b.funds(t, payments.Cut{Limit: 20}); len(f.Pending) != 1 || f.Pending[0].Minor != 1999-fee {
			t.Errorf("%+v", f)
		}
	})
}
