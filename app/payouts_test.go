package app

import (
	"testing"
	"time"

	"orion/kit/page"
	"orion/modules/payments"
)

// What a shopper paid is in the balance, and days later in a payout that leads back to
// the payment.
func TestPayouts(t *testing.T) {
	t.Parallel()
	eachTill(t, func(t *testing.T, x *till) {
		x.buys("4242424242424242")
		paid := x.latest()

		x.signsIn("/store/login", "manager@maison-kirchberg.example")
		eval[string](x.browser, `document.cookie = 'lang=en; path=/'`)
		x.open("/store/payments/payouts")
		x.sees("Nothing was paid out yet")
		x.clock.Advance(72 * time.Hour)
		x.open("/store/payments/payouts")
		x.sees("Paid out")
		x.picture("payouts")
		x.clicks(`main tbody a`)
		x.sees(paid.Reference)
		x.picture("payout")
		x.clicks(`main tbody a`)
		x.until("the payment", `location.pathname.endsWith('`+paid.ID.String()+`')`)

		f, err := x.a.modules.payments.PayoutsOf(t.Context(), x.in, payments.Stripe, payments.Cut{Limit: 5})
		if err != nil || len(f.Payouts.All) != 1 || f.Payouts.All[0].Amount.Minor >= paid.Captured.Minor {
			t.Errorf("%+v, %v: of %v a fee is kept", f, err, paid.Captured)
		}
		if all, err := x.a.modules.payments.Differences(t.Context(), x.in, true, page.Request{}); err != nil || len(all.Items) != 0 {
			t.Errorf("%+v, %v", all, err)
		}
	})
}
