package payments

import (
	"strings"

	"orion/kit/fault"
	"orion/kit/tenant"
)

// StripePlatform is the account at Stripe of a store's platform; its keys are empty where
// there is none.
func (m *Module) StripePlatform(in tenant.Store) StripeAccount { return m.settings.Of(in).umbrella() }

// StripeUmbrella is StripePlatform for a store that takes payments under it; its keys are
// empty where the store has keys of its own.
func (m *Module) StripeUmbrella(in tenant.Store) StripeAccount {
	c := m.settings.Of(in)
	if c.StripePublic != "" || c.StripeSecret != "" {
		return StripeAccount{}
	}
	return c.umbrella()
}

func (c Config) umbrella() StripeAccount {
	a := StripeAccount{Public: strings.TrimSpace(c.ConnectPublic), Secret: string(c.ConnectSecret), Hold: c.StripeHold}
	for _, s := range []string{string(c.ConnectSigning), string(c.ConnectSigningWas)} {
		if s != "" {
			a.Signing = append(a.Signing, s)
		}
	}
	return a
}

// validateConnect looks whether each of the platform's keys stands where it belongs.
func (c Config) validateConnect(bad *fault.Error) *fault.Error {
	if public := strings.TrimSpace(c.ConnectPublic); public != "" && stripeMode(public, "pk") == "" {
		bad = bad.Field("connect_publishable_key", "payments.bad_stripe_public")
	}
	if secret := string(c.ConnectSecret); secret != "" && stripeMode(secret, "sk", "rk") == "" {
		bad = bad.Field("connect_secret_key", "payments.bad_stripe_secret")
	}
	if s := string(c.ConnectSigning); s != "" && !strings.HasPrefix(s, "whsec_") {
		bad = bad.Field("connect_webhook_secret", "payments.bad_stripe_signing")
	}
	if s := string(c.ConnectSigningWas); s != "" && !strings.HasPrefix(s, "whsec_") {
		bad = bad.Field("connect_webhook_secret_was", "payments.bad_stripe_signing")
	}
	if c.ConnectFee < 0 || c.ConnectFee > mostFee {
		bad = bad.Field("connect_fee", "form.too_large", "max", mostFee)
	}
	return bad
}

// mostFee is the largest fee that a platform may choose, in hundredths of a percent: half
// of what is paid.
const mostFee = 50_00

// checkConnect holds the platform's keys against each other when they are saved.
func (c Config) checkConnect(bad *fault.Error) *fault.Error {
	public, secret := strings.TrimSpace(c.ConnectPublic), string(c.ConnectSecret)
	switch {
	case public != "" && secret == "":
		bad = bad.Field("connect_secret_key", "form.required")
	case public == "" && secret != "":
		bad = bad.Field("connect_publishable_key", "form.required")
	case stripeMode(public, "pk") != stripeMode(secret, "sk", "rk"):
		bad = bad.Field("connect_publishable_key", "payments.bad_stripe_pair")
	}
	return bad
}
