package payments

import (
	"strings"

	"orion/kit/fault"
	"orion/kit/tenant"
)

// Stripe is the code of the gateway whose keys stand among the settings.
const Stripe = "stripe"

// StripeAccount is a store's account at Stripe, as its settings have it.
type StripeAccount struct {
	Public  string   // key of browsers
	Secret  string   // key of servers
	Signing []string // secrets that sign its messages; two while one takes over from the other
	Hold    bool     // amounts are held, and taken by staff

	// Of an account that the store's platform opened for it:
	Connected string // Stripe's name of it; the keys are the platform's
	Active    bool   // it can be paid
	Fee       int64  // what the platform keeps, in hundredths of a percent
}

// StripeAccount is the account of a store, with keys of its own or under its platform's;
// its keys are empty where there is none. It is there also while the store offers it to
// nobody, for what is under way.
func (m *Module) StripeAccount(in tenant.Store) StripeAccount {
	c := m.settings.Of(in)
	own, above := c.ownKeys().account(c.StripeHold), c.platformKeys().account(c.StripeHold)
	if own.Public != "" || own.Secret != "" {
		return own
	}
	under, ok := m.under(in, Stripe, above.Public)
	if !ok || above.Secret == "" {
		return own
	}
	above.Connected, above.Active, above.Fee = under.External, under.Active, c.ConnectFee
	return above
}

// keysOfStripe are the keys of an account at Stripe, with the settings in which they stand
// by the beginning of their names.
type keysOfStripe struct{ at, public, secret, signing, signingWas string }

func (c Config) ownKeys() keysOfStripe {
	return keysOfStripe{"stripe_", strings.TrimSpace(c.StripePublic), string(c.StripeSecret), string(c.StripeSigning), string(c.StripeSigningWas)}
}

func (k keysOfStripe) account(hold bool) StripeAccount {
	a := StripeAccount{Public: k.public, Secret: k.secret, Hold: hold}
	for _, s := range []string{k.signing, k.signingWas} {
		if s != "" {
			a.Signing = append(a.Signing, s)
		}
	}
	return a
}

// validate looks whether each key stands where it belongs.
func (k keysOfStripe) validate(bad *fault.Error) *fault.Error {
	if k.public != "" && stripeMode(k.public, "pk") == "" {
		bad = bad.Field(k.at+"publishable_key", "payments.bad_stripe_public")
	}
	if k.secret != "" && stripeMode(k.secret, "sk", "rk") == "" {
		bad = bad.Field(k.at+"secret_key", "payments.bad_stripe_secret")
	}
	if k.signing != "" && !strings.HasPrefix(k.signing, "whsec_") {
		bad = bad.Field(k.at+"webhook_secret", "payments.bad_stripe_signing")
	}
	if k.signingWas != "" && !strings.HasPrefix(k.signingWas, "whsec_") {
		bad = bad.Field(k.at+"webhook_secret_was", "payments.bad_stripe_signing")
	}
	return bad
}

// check holds the keys against each other when they are saved: both or none, and of the
// same kind, for with one of each nobody could pay. A platform may change its part of them
// later; then cards are not offered, and all else goes on.
func (k keysOfStripe) check(bad *fault.Error) *fault.Error {
	switch {
	case k.public != "" && k.secret == "":
		bad = bad.Field(k.at+"secret_key", "form.required")
	case k.public == "" && k.secret != "":
		bad = bad.Field(k.at+"publishable_key", "form.required")
	case stripeMode(k.public, "pk") != stripeMode(k.secret, "sk", "rk"):
		bad = bad.Field(k.at+"publishable_key", "payments.bad_stripe_pair")
	}
	return bad
}

// stripeMode is "test" or "live" for a key of one of these kinds, else nothing.
func stripeMode(key string, kinds ...string) string {
	for _, kind := range kinds {
		for _, mode := range []string{"test", "live"} {
			if rest, ok := strings.CutPrefix(key, kind+"_"+mode+"_"); ok && rest != "" {
				return mode
			}
		}
	}
	return ""
}
