package payments

import (
	"strings"

	"orion/kit/fault"
	"orion/kit/tenant"
)

// StripePlatform is the account at Stripe of a store's platform; its keys are empty where
// there is none.
func (m *Module) StripePlatform(in tenant.Store) StripeAccount {
	return m.settings.Of(in).platformKeys().account(false)
}

// StripeUmbrella is StripePlatform for a store that takes payments under it; its keys are
// empty where the store has keys of its own.
func (m *Module) StripeUmbrella(in tenant.Store) StripeAccount {
	if own := m.settings.Of(in).ownKeys(); own.public != "" || own.secret != "" {
		return StripeAccount{}
	}
	return m.StripePlatform(in)
}

func (c Config) platformKeys() keysOfStripe {
	return keysOfStripe{"connect_", strings.TrimSpace(c.ConnectPublic), string(c.ConnectSecret), string(c.ConnectSigning), string(c.ConnectSigningWas)}
}

// mostFee is the largest fee that a platform may choose, in hundredths of a percent: half
// of what is paid.
const mostFee = 50_00

func (c Config) validateFee(bad *fault.Error) *fault.Error {
	if c.ConnectFee < 0 || c.ConnectFee > mostFee {
		bad = bad.Field("connect_fee", "form.too_large", "max", mostFee)
	}
	return bad
}
