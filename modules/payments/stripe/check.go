package stripe

import (
	"context"
	"errors"
	"slices"
	"strings"

	api "github.com/stripe/stripe-go/v85"

	"orion/kit/tenant"
	"orion/modules/payments"
)

// events are what the address of a store has to be told of, so that money is
// known of without its payer's browser.
var events = []string{
	"payment_intent.succeeded", "payment_intent.payment_failed", "payment_intent.canceled", "payment_intent.processing",
	"payment_intent.amount_capturable_updated", "refund.created", "refund.updated", "refund.failed",
	"charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed", "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated",
}

// Events implements payments.Checker.
func (g *Gateway) Events() []string { return slices.Clone(events) }

// Ready implements payments.Checker.
func (g *Gateway) Ready(in tenant.Store) bool {
	a, _ := g.o.Account(in)
	return g.Mode(in) != "" && a.paired() && !a.Waits
}

// Mode implements payments.Checker.
func (g *Gateway) Mode(in tenant.Store) string {
	a, ok := g.o.Account(in)
	switch {
	case !ok || a.Secret == "" || a.Public == "":
		return ""
	case a.Live():
		return "live"
	}
	return "test"
}

func wrong(code string, args ...any) payments.Finding {
	return payments.Finding{Code: code, Grade: payments.Wrong, Args: args}
}

func doubt(code string, args ...any) payments.Finding {
	return payments.Finding{Code: code, Grade: payments.Doubt, Args: args}
}

// checkup is a look at a store's account.
type checkup struct {
	*Gateway
	c     *api.Client
	a     Account
	w     payments.Wish
	found []payments.Finding
}

// Check implements payments.Checker. It asks only what changes nothing.
func (g *Gateway) Check(ctx context.Context, in tenant.Store, w payments.Wish) []payments.Finding {
	c, a, ok := g.client(in)
	if !ok || a.Public == "" {
		return []payments.Finding{wrong("not_set_up")}
	}
	x := &checkup{Gateway: g, c: c, a: a, w: w}
	if !a.paired() {
		return []payments.Finding{wrong("other_mode")}
	}
	if x.account(ctx) {
		x.hook(ctx, in)
		x.public(ctx)
		x.rights(ctx)
	}
	slices.SortStableFunc(x.found, func(p, q payments.Finding) int { return grades[p.Grade] - grades[q.Grade] })
	if !slices.ContainsFunc(x.found, func(f payments.Finding) bool { return f.Grade == payments.Wrong || f.Code == "no_answer" }) {
		x.found = append([]payments.Finding{{Code: "works", Grade: payments.Fine}}, x.found...)
	}
	if !a.Live() {
		x.add(doubt("test_mode"))
	}
	return x.found
}

var grades = map[payments.Grade]int{payments.Wrong: 0, payments.Doubt: 1, payments.Fine: 2}

// add notes a finding; that nobody answers is said once.
func (x *checkup) add(f payments.Finding) {
	silent := func(g payments.Finding) bool { return g.Code == "no_answer" }
	if !silent(f) || !slices.ContainsFunc(x.found, silent) {
		x.found = append(x.found, f)
	}
}

// account looks at what the account can do, and tells whether it is worth to
// look further.
func (x *checkup) account(ctx context.Context) bool {
	account, err := x.c.V1Accounts.Retrieve(ctx, nil)
	if err != nil {
		f := trouble(err, "Account")
		x.add(f)
		return f.Code == "key_may_not"
	}
	switch {
	case !account.ChargesEnabled:
		x.add(wrong("not_activated"))
	case account.Capabilities != nil && account.Capabilities.CardPayments != api.AccountCapabilityStatusActive:
		x.add(wrong("no_cards"))
	}
	wanted := strings.ToLower(string(x.w.Currency))
	spec, err := x.c.V1CountrySpecs.Retrieve(ctx, account.Country, nil)
	switch {
	case err == nil && !slices.Contains(spec.SupportedPaymentCurrencies, api.Currency(wanted)):
		x.add(wrong("currency", "currency", x.w.Currency))
	case account.DefaultCurrency != "" && string(account.DefaultCurrency) != wanted:
		x.add(doubt("converted", "currency", x.w.Currency, "paid", strings.ToUpper(string(account.DefaultCurrency))))
	}
	return true
}

// above are what the address of a platform has to be told of besides.
var above = []string{"account.updated", "account.application.deauthorized"}

// hookAbove is hook of an account under a platform's. Whatever is wrong, it is the
// platform that mends it.
func (x *checkup) hookAbove(ctx context.Context, c *api.Client) {
	y := &checkup{Gateway: x.Gateway, c: c, a: Account{Signing: x.a.Signing}, w: x.w}
	y.hooks(ctx, append(slices.Clone(events), above...))
	switch {
	case slices.ContainsFunc(y.found, func(f payments.Finding) bool { return f.Grade == payments.Wrong }):
		x.add(wrong("above_hook"))
	case len(y.found) > 0:
		x.add(y.found[0])
	}
}

// hook looks whether Stripe tells us, and whether we can believe it.
func (x *checkup) hook(ctx context.Context, in tenant.Store) {
	if x.a.Connected == "" {
		x.hooks(ctx, events)
	} else if c, _, ok := x.umbrella(in); ok {
		x.hookAbove(ctx, c)
	}
}

func (x *checkup) hooks(ctx context.Context, wanted []string) {
	if len(x.a.Signing) == 0 {
		x.add(wrong("hook_secret"))
	}
	p := &api.WebhookEndpointListParams{}
	p.Limit = api.Int64(100)
	for e, err := range x.c.V1WebhookEndpoints.List(ctx, p).All(ctx) {
		if err != nil {
			x.add(trouble(err, "Webhook Endpoints"))
			return
		}
		if !strings.HasSuffix(e.URL, x.w.Hook) {
			continue
		}
		missing := slices.DeleteFunc(slices.Clone(wanted), func(n string) bool { return slices.Contains(e.EnabledEvents, n) })
		switch {
		case e.Status != "enabled":
			x.add(wrong("hook_off"))
		case len(missing) > 0 && !slices.Contains(e.EnabledEvents, "*"):
			x.add(wrong("hook_events", "events", strings.Join(missing, ", ")))
		}
		return
	}
	x.add(wrong("hook_missing"))
}

// public looks at the key of browsers: whether it is known, and, where there is
// an intent to try it on, whether it belongs to the same account.
func (x *checkup) public(ctx context.Context) {
	number, secret := "pi_none", "pi_none_secret_none"
	recent := &api.PaymentIntentListParams{}
	recent.Limit, recent.Single = api.Int64(1), true
	for i, err := range x.c.V1PaymentIntents.List(ctx, recent).All(ctx) {
		if err != nil {
			f := trouble(err, "PaymentIntents")
			if f.Code == "key_may_not" { // without them nobody can pay
				f.Grade = payments.Wrong
			}
			x.add(f)
			return
		}
		number, secret = i.ID, i.ClientSecret
	}
	browser := x.as(x.a, x.a.Public)
	_, err := browser.V1PaymentIntents.Retrieve(ctx, number, &api.PaymentIntentRetrieveParams{ClientSecret: api.String(secret)})
	switch e, ok := errors.AsType[*api.Error](err); {
	case err == nil:
	case ok && e.HTTPStatusCode == 401:
		x.add(wrong("public_wrong"))
	case ok && e.HTTPStatusCode == 404 && number != "pi_none":
		x.add(wrong("keys_apart"))
	case ok && e.HTTPStatusCode == 404:
	default:
		x.add(trouble(err, "PaymentIntents"))
	}
}

// rights looks at what a restricted key may do besides taking money. Whether it may write
// as well shows when it does.
func (x *checkup) rights(ctx context.Context) {
	if !strings.HasPrefix(x.a.Secret, "rk_") {
		return
	}
	one := api.ListParams{Limit: api.Int64(1), Single: true}
	for _, r := range []struct {
		what string
		ask  func() error
	}{
		{"SetupIntents", func() error {
			for _, err := range x.c.V1SetupIntents.List(ctx, &api.SetupIntentListParams{ListParams: one}).All(ctx) {
				return err
			}
			return nil
		}},
		{"Disputes", func() error {
			for _, err := range x.c.V1Disputes.List(ctx, &api.DisputeListParams{ListParams: one}).All(ctx) {
				return err
			}
			return nil
		}},
		{"Payouts", func() error {
			for _, err := range x.c.V1Payouts.List(ctx, &api.PayoutListParams{ListParams: one}).All(ctx) {
				return err
			}
			return nil
		}},
		{"Balance", func() error {
			_, err := x.c.V1Balance.Retrieve(ctx, nil)
			return err
		}},
	} {
		err := r.ask()
		if err == nil {
			continue
		}
		f := trouble(err, r.what)
		if f.Code == "key_may_not" {
			f.Code = "key_too_narrow"
		}
		x.add(f)
	}
}

// trouble is why a question was not answered. what names the permission of a
// restricted key as Stripe does.
func trouble(err error, what string) payments.Finding {
	e, ok := errors.AsType[*api.Error](err)
	switch {
	case ok && e.HTTPStatusCode == 401:
		return wrong("key_wrong")
	case ok && e.HTTPStatusCode == 403:
		return doubt("key_may_not", "what", what)
	case ok && e.Code == "testmode_charges_only":
		return wrong("not_activated")
	}
	return doubt("no_answer")
}
