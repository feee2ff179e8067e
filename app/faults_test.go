package app

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"orion/modules/payments/paypal"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

// moment is when something fails: a call of ours, or of the payer's browser, or a message.
type moment string

// The moments. What is asked for a message is the question that a message leads to, since
// what it says is never believed.
const (
	creating  moment = "create"
	agreeing  moment = "confirm"
	asking    moment = "ask"
	holding   moment = "hold"
	capturing moment = "capture"
	refunding moment = "refund"
	heeding   moment = "ask for a message"

	tellingPaid     moment = "message of the payment"
	tellingCaptured moment = "message of the capture"
	tellingRefunded moment = "message of the refund"
)

// held are moments of amounts that are held first.
func (m moment) held() bool { return m == holding || m == capturing || m == tellingCaptured }

func (m moment) told() bool {
	return m == tellingPaid || m == tellingCaptured || m == tellingRefunded
}

// patterns are what a fault strikes at, by gateway and moment.
var patterns = map[string]map[moment]string{
	stripe.Code: {
		creating: "POST /v1/payment_intents", agreeing: "POST /v1/payment_intents/*/confirm", asking: "GET /v1/payment_intents/*",
		holding: "POST /v1/payment_intents/*/confirm", capturing: "POST /v1/payment_intents/*/capture", refunding: "POST /v1/refunds", heeding: "GET /v1/payment_intents/*",
		tellingPaid: "webhook payment_intent.succeeded", tellingCaptured: "webhook payment_intent.*", tellingRefunded: "webhook refund.*",
	},
	paypal.Code: {
		creating: "POST /v2/checkout/orders", agreeing: "POST /v2/checkout/orders/*/capture", asking: "GET /v2/checkout/orders/*",
		holding: "POST /v2/checkout/orders/*/authorize", capturing: "POST /v2/payments/authorizations/*/capture", refunding: "POST /v2/payments/captures/*/refund", heeding: "GET /v2/checkout/orders/*",
		tellingPaid: "webhook CHECKOUT.ORDER.APPROVED", tellingCaptured: "webhook PAYMENT.*", tellingRefunded: "webhook PAYMENT.CAPTURE.REFUNDED",
	},
}

// Of calls and of messages, each fault of the doubles; always is how often one strikes
// that lasts until the gateway is healthy again.
const always = 1 << 20

var strikes = map[paytest.Kind]int{
	paytest.DropBefore: always, paytest.DropAfter: always, paytest.Delay: 1, paytest.FailBefore: always, paytest.FailAfter: always, paytest.RateLimit: always,
	paytest.InUse: always, paytest.Forbid: always, paytest.Duplicate: 1, paytest.Reorder: 1, paytest.Hold: always, paytest.Tamper: always, paytest.WrongAmount: 1, paytest.Lose: always,
}

// meaningless says why a fault has no meaning at a moment; empty is one that has.
func meaningless(m moment, k paytest.Kind) string {
	switch {
	case m.told():
		switch k {
		case paytest.Lose, paytest.Duplicate, paytest.Reorder, paytest.Hold:
			return ""
		case paytest.Tamper:
			return ""
		case paytest.DropBefore:
			return "a message that does not arrive is lost: see lose"
		case paytest.DropAfter:
			return "a message whose answer is lost is sent again: see duplicate"
		case paytest.Delay:
			return "a message that takes long is held: see hold"
		case paytest.WrongAmount:
			return "no amount in a message is believed: see tamper"
		}
		return "it is we who answer messages: what fails is our question about them"
	case k == paytest.Lose:
		return "a call that does not arrive breaks off: see drop_before"
	case k == paytest.Reorder:
		return "each call waits for the answer of the one before; one that is overtaken was held: see hold"
	case k == paytest.WrongAmount && (m == asking || m == heeding):
		return "a question moves no amount"
	case k == paytest.Forbid && m != creating:
		return "keys that may not are one mistake of staff, and seen at the first call: see create"
	}
	return ""
}

// Each fault of the doubles at each call and message, with orders, stock, ledger and
// jobs as they are. Afterwards the gateway is healthy again, and a minute later nothing is
// open: who paid has an order, one to one, what was given back was given once, the ledger
// is balanced and no reservation outlives its time. No shopper ever waited for ten seconds.
func TestFaults(t *testing.T) {
	t.Parallel()
	// Most of the time gateways are waited for: all four do that in the place of one test.
	var four sync.WaitGroup
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": sqliteDemo, "postgres": postgresDemo} {
		for method := range patterns {
			four.Go(func() { t.Run(name+"/"+method, func(t *testing.T) { tryAll(t, openTrial(t, dsn(t), method)) }) })
		}
	}
	four.Wait()
}

// tryAll tries each fault at each moment of one gateway.
func tryAll(t *testing.T, x *ordeal) {
	t.Helper()
	for _, hold := range []bool{false, true} {
		x.holds(t, hold)
		for m := range patterns[x.method] {
			for k := range strikes {
				if m.held() != hold {
					continue
				}
				t.Run(fmt.Sprintf("%s/%s", m, k), func(t *testing.T) {
					if why := meaningless(m, k); why != "" {
						t.Log(why)
						return
					}
					x.try(t, m, paytest.Fault{Do: k, On: patterns[x.method][m], Times: strikes[k], Wait: 600 * time.Millisecond})
				})
			}
		}
	}
	if late := x.answers.Late(); len(late) > 0 || x.answers.Count() == 0 {
		t.Error(late, x.answers.Count())
	}
}
