package payments

import (
	"strings"

	"orion/kit/fault"
	"orion/kit/module"
	"orion/kit/tenant"
)

// PayPal is the code of the gateway whose keys stand among the settings.
const PayPal = "paypal"

// PayPalAccount is a store's account at PayPal, as its settings have it.
type PayPalAccount struct {
	Client  string // identifier of the app
	Secret  string
	Webhook string // identifier of the address at which PayPal tells
	Sandbox bool   // no real money moves
	Hold    bool   // amounts are held, and taken by staff
}

// PayPalAccount is the account of a store; its keys are empty where there is none.
// It is there also while the store offers it to nobody, for what is under way.
func (m *Module) PayPalAccount(in tenant.Store) PayPalAccount {
	c := m.settings.Of(in)
	return PayPalAccount{
		Client: strings.TrimSpace(c.PayPalClient), Secret: string(c.PayPalSecret), Webhook: strings.TrimSpace(c.PayPalWebhook),
		Sandbox: c.PayPalSandbox, Hold: c.PayPalHold,
	}
}

// validatePayPal looks whether each key can be one.
func (c Config) validatePayPal(bad *fault.Error) *fault.Error {
	if strings.ContainsAny(strings.TrimSpace(c.PayPalClient), " :\t\r\n") {
		bad = bad.Field("paypal_client_id", "payments.bad_paypal_client")
	}
	if strings.ContainsAny(string(c.PayPalSecret), " \t\r\n") {
		bad = bad.Field("paypal_secret", "payments.bad_paypal_secret")
	}
	if id := strings.TrimSpace(c.PayPalWebhook); strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
		bad = bad.Field("paypal_webhook_id", "payments.bad_paypal_webhook")
	}
	return bad
}

// checkPayPal wants both keys or none when they are saved: with one nobody could pay.
func (c Config) checkPayPal(bad *fault.Error) *fault.Error {
	client, secret := strings.TrimSpace(c.PayPalClient), string(c.PayPalSecret)
	switch {
	case client != "" && secret == "":
		return bad.Field("paypal_secret", "form.required")
	case client == "" && secret != "":
		return bad.Field("paypal_client_id", "form.required")
	}
	return bad
}

// checkKeys holds keys against each other when they are saved. A platform may change
// its part of them later; then what needs them is not offered, and all else goes on.
func (c Config) checkKeys() error {
	return c.checkPayPal(c.platformKeys().check(c.ownKeys().check(module.ErrSettings))).OrNil()
}
