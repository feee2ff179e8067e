package app

import (
	"fmt"
	"testing"

	"orion/app/certify"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

// ended tells whether an order became what it should. Who could not pay while the gateway
// failed pays now, and once.
func (x *ordeal) ended(t *testing.T, m moment, k paytest.Kind, v *certify.Visit) {
	t.Helper()
	p := x.latest(t)
	if p.Status == paymentsapi.Cancelled && m == creating { // the goods were held for so long only: they order again
		v = x.visits(t)
		p = x.latest(t)
	}
	if k == paytest.WrongAmount && m != creating {
		x.incident(t, p)
		return
	}
	switch p.Status {
	case paymentsapi.Open, paymentsapi.Pending, paymentsapi.Failed:
		x.pays(t, v)
		x.deliver(t)
		x.work(t, 0)
		p = x.latest(t)
	}
	if k == paytest.WrongAmount {
		x.incident(t, p)
		return
	}
	want, back := paymentsapi.Captured, int64(0)
	switch m {
	case holding:
		want = paymentsapi.Authorised
	case refunding, tellingRefunded:
		want, back = paymentsapi.PartiallyRefunded, 500
		if x.method == stripe.Code && m == refunding && k == paytest.FailBefore { // Stripe keeps a failure, and staff are told
			want, back = paymentsapi.Captured, 0
		}
	}
	if p.Status != want || p.Refunded.Minor != back {
		t.Errorf("the payment is %s, %v given back", p.Status, p.Refunded)
	}
	found, err := x.All(t.Context(), x.clock.Now())
	if err != nil || len(found) > 0 {
		t.Error(found, err)
	}
}

// incident wants staff to have been told that another amount moved, and nothing booked.
func (x *ordeal) incident(t *testing.T, p payments.Listed) {
	t.Helper()
	open, err := x.Tables.Column(t.Context(), fmt.Sprintf("SELECT kind FROM payments_differences WHERE store_id = %d AND payment_id = %d AND status = 'open'", x.In, int64(p.ID)))
	if err != nil || len(open) != 1 {
		t.Errorf("staff were told %v, %v", open, err)
	}
}
