package app

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"orion/app/demo"
	"orion/kit/auth"
	"orion/kit/clock"
	"orion/kit/module"
	"orion/kit/tenant"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

// stripe takes payments for the stores that have an account there. The demo's
// accounts are known to the double alone, so nobody outside is asked about them; and
// keys that move money are shown to Stripe itself and to nobody else.
func (m *modules) stripe(k module.Kit) *stripe.Gateway {
	itself := stripe.Itself(k.Config.Services.Stripe)
	return stripe.New(stripe.Options{
		Base: k.Config.Services.Stripe, Clock: k.Clock,
		Account: func(in tenant.Store) (stripe.Account, bool) {
			a := m.payments.StripeAccount(in)
			account := stripe.Account{Public: a.Public, Secret: a.Secret, Signing: a.Signing, Manual: a.Hold}
			if a.Secret == "" || itself && strings.HasPrefix(a.Secret, demo.StripeSecret) || !itself && account.Live() {
				return stripe.Account{}, false
			}
			return account, true
		},
		Page: func(in tenant.Store, payment string) string { return m.payments.FormPath(in, payment) },
	})
}

// double is a Stripe of our own on this machine, which takes no money.
type double struct {
	*paytest.Stripe
	base   string
	server *http.Server
}

// tellEvery is how often a double sends what it has to tell.
const tellEvery = time.Second

// openDouble serves a double on an address of this machine.
func openDouble(addr string) (*double, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	d := &double{base: "http://" + l.Addr().String()}
	d.Stripe = paytest.New(clock.System(), d.base)
	d.server = &http.Server{Handler: d, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = d.server.Serve(l) }() // until it is closed
	return d, nil
}

// tell sends the double's messages until ctx ends.
func (d *double) tell(ctx context.Context, log *slog.Logger) {
	d.Run(ctx, tellEvery, func(err error) { log.DebugContext(ctx, "a message of the double was not taken", "error", err.Error()) })
}

// takeCards gives every store of the demo an account at the double, unless its
// staff have entered keys of their own. port is where the program answers.
func (a *App) takeCards(ctx context.Context, d *double, port string) error {
	for _, shop := range a.modules.tenancy.Shops() {
		if !strings.HasPrefix(shop.HeroImage, demo.Prefix) {
			continue
		}
		in, keys := a.scope(shop), demo.Keys(shop.Code)
		switch a.modules.payments.StripeAccount(in).Secret {
		case keys.Secret:
		case "":
			if err := a.enterKeys(ctx, in, keys); err != nil {
				return err
			}
		default:
			continue
		}
		keys.Hook = "http://" + a.modules.tenancy.Host(shop) + ":" + port + "/store" + a.modules.payments.HookPath(in, stripe.Code)
		d.Open(keys)
	}
	return nil
}

// enterKeys does what staff do in the settings.
func (a *App) enterKeys(ctx context.Context, in tenant.Store, keys paytest.Account) error {
	now := map[string]any{}
	if raw := a.modules.core.Raw(paymentsapi.Code, in); raw != "" {
		if err := json.Unmarshal([]byte(raw), &now); err != nil {
			return fmt.Errorf("read the settings of payments: %w", err)
		}
	}
	now["stripe_publishable_key"], now["stripe_secret_key"], now["stripe_webhook_secret"] = keys.Public, keys.Secret, keys.Signing[0]
	raw, err := json.Marshal(now)
	if err != nil {
		return fmt.Errorf("write the settings of payments: %w", err)
	}
	return a.modules.core.Save(ctx, in, auth.SystemActor, paymentsapi.Code, raw)
}
