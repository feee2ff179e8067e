package demo

import (
	"strings"

	"orion/modules/payments/paytest"
)

// StripeSecret is how the secret keys of the demo's stores begin. Only a double
// of Stripe knows them.
const StripeSecret = "sk_test_oriondemo_" //nolint:gosec // made up: only the double knows keys that begin like that

// Keys are those of a demo store's account at a double of Stripe.
func Keys(store string) paytest.Account {
	return paytest.Account{Secret: StripeSecret + store, Public: "pk_test_oriondemo_" + store, Signing: []string{"whsec_oriondemo_" + store}}
}

// PlatformKeys are those of the account at a double of Stripe under which a demo platform
// opens accounts for its stores.
func PlatformKeys(platform string) paytest.Account { return Keys("platform_" + platform) }

// PayPalClient is how the client identifiers of the demo's stores begin. Only a double
// of PayPal knows them.
const PayPalClient = "AYoriondemo-"

// PayPalKeys are those of a demo store's account at a double of PayPal.
func PayPalKeys(store string) paytest.PayPalAccount {
	return paytest.PayPalAccount{Client: PayPalClient + store, Secret: "EKoriondemo-" + store, Webhook: "8PT597110X687430L" + strings.ToUpper(store)}
}
