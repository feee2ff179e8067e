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
// its keys are empty where there is none. It is there also while the store offers it to nobody, for what is under way.
func (m *Module) StripeAccount(in tenant.Store) StripeAccount {
	c := m.settings.Of(in)
	a := StripeAccount{Public: strings.TrimSpace(c.StripePublic), Secret: string(c.StripeSecret), Hold: c.StripeHold}
	for _, s := range []string{string(c.StripeSigning), string(c.StripeSigningWas)} {
		if s != "" {
			a.Signing = append(a.Signing, s)
		}
	}
	if a.Public != "" || a.Secret != "" {
		return a
	}
	above := c.umbrella()
	under, ok := m.under(in, Stripe, above.Public)
	if !ok || above.Secret == "" {
		return a
	}
	above.Connected, above.Active, above.Fee = under.External, under.Active, c.ConnectFee
	return above
}

// validateStripe looks whether each key stands where it belongs.
func (c Config) validateStripe(bad *fault.Error) *fault.Error {
	if public := strings.TrimSpace(c.StripePublic); public != "" && stripeMode(public, "pk") == "" {
		bad = bad.Field("stripe_publishable_key", "payments.bad_stripe_public")
	}
	if secret := string(c.StripeSecret); secret != "" && stripeMode(secret, "sk", "rk") == "" {
		bad = bad.Field("stripe_secret_key", "payments.bad_stripe_secret")
	}
	if s := string(c.StripeSigning); s != "" && !strings.HasPrefix(s, "whsec_") {
		bad = bad.Field("stripe_webhook_secret", "payments.bad_stripe_signing")
	}
	if s := string(c.StripeSigningWas); s != "" && !strings.HasPrefix(s, "whsec_") {
		bad = bad.Field("stripe_webhook_secret_was", "payments.bad_stripe_signing")
	}
	return bad
}

// checkStripe holds the keys against each other when they are saved: both or none, and
// of the same kind, for with one of each nobody could pay. A platform may change its
// part of them later; then cards are not offered, and all else goes on.
func (c Config) checkStripe(bad *fault.Error) *fault.Error {
	public, secret := strings.TrimSpace(c.StripePublic), string(c.StripeSecret)
	switch {
	case public != "" && secret == "":
		bad = bad.Field("stripe_secret_key", "form.required")
	case public == "" && secret != "":
		bad = bad.Field("stripe_publishable_key", "form.required")
	case stripeMode(public, "pk") != stripeMode(secret, "sk", "rk"):
		bad = bad.Field("stripe_publishable_key", "payments.bad_stripe_pair")
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
