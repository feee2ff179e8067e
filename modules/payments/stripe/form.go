package stripe

import (
	"context"
	"net/url"
	"strings"

	api "github.com/stripe/stripe-go/v85"

	"orion/kit/tenant"
	"orion/modules/payments"
)

// Form implements payments.Confirmer: the intent's secret, for the browser of its
// payer, and where the Payment Element comes from.
func (g *Gateway) Form(ctx context.Context, in tenant.Store, ref payments.Ref) (payments.Form, error) {
	c, a, ok := g.client(in)
	if !ok {
		return payments.Form{Snapshot: payments.Snapshot{Outcome: payments.Unknown}}, nil
	}
	i, s, err := g.fetch(ctx, c, ref)
	if i == nil {
		return payments.Form{Snapshot: s}, err
	}
	f := g.element()
	f.Snapshot, f.Key, f.Account, f.Secret, f.Test = g.snapshot(in, i), a.Public, a.Connected, i.ClientSecret, !a.Live()
	f.Asks = i.Status == api.PaymentIntentStatusRequiresAction
	return f, nil
}

// element is where browsers find the Payment Element. Stripe's own script needs
// these hosts: https://docs.stripe.com/security/guide#content-security-policy.
// Whoever stands in for Stripe has all under its one address.
func (g *Gateway) element() payments.Form {
	_, train, _ := strings.Cut(api.APIVersion, ".")
	if Itself(g.o.Base) {
		scripts := []string{"https://js.stripe.com", "https://*.js.stripe.com"}
		return payments.Form{
			Script: "https://js.stripe.com/" + train + "/stripe.js", Scripts: scripts,
			Frames: append(scripts, "https://hooks.stripe.com"), Calls: []string{api.APIURL},
		}
	}
	u, err := url.Parse(g.o.Base)
	if err != nil {
		return payments.Form{}
	}
	own := []string{u.Scheme + "://" + u.Host}
	return payments.Form{Script: own[0] + "/" + train + "/stripe.js", Scripts: own, Frames: own}
}

// Itself tells whether an address of the interface is Stripe's own, and of nobody
// who stands in for it.
func Itself(base string) bool { return base == "" || strings.TrimSuffix(base, "/") == api.APIURL }
