package app

import (
	"strings"
	"testing"

	"orion/app/demo"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

// A store without keys of its own opens an account under its platform's: staff click,
// tell the gateway who they are on its page, come back, and a guest pays by card. The
// money is the store's, the platform keeps its fee and gives it back with what is given
// back, and the gateway tells the platform's address.
func TestStoreTakesCardsUnderItsPlatform(t *testing.T) {
	t.Parallel()
	eachTill(t, func(t *testing.T, x *till) {
		if err := x.a.takeFees(t.Context(), x.d, x.base[strings.LastIndexByte(x.base, ':')+1:]); err != nil {
			t.Fatal(err)
		}
		if err := x.a.enterKeys(t.Context(), x.in, map[string]any{"stripe_publishable_key": "", "stripe_secret_key": "", "stripe_webhook_secret": ""}); err != nil {
			t.Fatal(err)
		}
		x.signsIn("/store/login", "owner@kirchberg.example")
		eval[string](x.browser, `document.cookie = 'lang=en; path=/'`)
		x.open("/store/payments/connections")
		x.sees("You need no keys")
		x.sees("1.5")
		x.clicks(`form[action$="/connections/account"] button`)
		x.sees("This is a demo: there is nothing to tell")
		x.clicks(`button[value="later"]`)
		x.sees("wants to know 3 more things")
		x.clicks(`form[action$="/connections/account"] button`)
		x.sees("This is a demo: there is nothing to tell")
		x.clicks(`button[value="all"]`)
		x.sees("Takes payments")
		x.clicks(`form[action$="/connections/check"] button`)
		x.sees("The keys are for tests")

		x.orders()
		x.types("4242424242424242")
		x.thanked()
		x.becomes(paymentsapi.Captured)
		if n, err := x.d.Deliver(t.Context()); n == 0 || err != nil {
			t.Errorf("the platform's address took %d messages: %v", n, err)
		}
		p := x.latest()
		x.open("/store/payments/" + p.ID.String())
		x.typed("amount", "5.00")
		x.typed("reason", "A scratch")
		x.clicks(`form[action$="/refund"] button`)
		x.becomes(paymentsapi.PartiallyRefunded)

		above := demo.PlatformKeys("main").Secret
		own := x.d.Connected(above)
		if len(own) != 1 || len(x.d.Ledger(above)) != 0 || len(x.d.Ledger(key)) != 0 {
			t.Fatalf("accounts %v, and money elsewhere", own)
		}
		sums := map[paytest.Move]int64{}
		for _, e := range x.d.Ledger(own[0]) {
			sums[e.Move] += e.Amount
		}
		fee, err := p.Captured.Share(150)
		if err != nil {
			t.Fatal(err)
		}
		if sums[paytest.Capture] != p.Captured.Minor || sums[paytest.GiveBack] != 500 || sums[paytest.TakeFee] != fee.Minor || sums[paytest.ReturnFee] != fee.Minor*500/p.Captured.Minor {
			t.Errorf("%s of %v: %v", stripe.Code, p.Captured, sums)
		}
	})
}
