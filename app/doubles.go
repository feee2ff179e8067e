package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"orion/app/demo"
	"orion/kit/auth"
	"orion/kit/clock"
	"orion/kit/tenant"
	"orion/kit/web"
	"orion/modules/core"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paypal"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
	"orion/modules/tenancy"
)

// double is a Stripe of our own on this machine, which takes no money.
type double struct {
	*paytest.Stripe
	base   string
	server *http.Server
}

// wallet is a PayPal of our own on this machine, which takes no money either.
type wallet struct {
	*paytest.PayPal
	base   string
	server *http.Server
}

// tellEvery is how often a double sends what it has to tell.
const tellEvery = time.Second

// openDouble serves a double of Stripe on an address of this machine.
func openDouble(addr string) (*double, error) {
	d := &double{}
	var err error
	d.base, d.server, err = stand(addr, func(base string) http.Handler {
		d.Stripe = paytest.New(clock.System(), base)
		return d
	})
	return d, err
}

// openWallet serves a double of PayPal on an address of this machine.
func openWallet(addr string) (*wallet, error) {
	w := &wallet{}
	var err error
	w.base, w.server, err = stand(addr, func(base string) http.Handler {
		w.PayPal = paytest.NewPayPal(clock.System(), base)
		return w
	})
	return w, err
}

// stand serves what stands in for somebody until it is closed.
func stand(addr string, makes func(base string) http.Handler) (string, *http.Server, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return "", nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	base := "http://" + l.Addr().String()
	s := &http.Server{Handler: makes(base), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = s.Serve(l) }() // until it is closed
	return base, s, nil
}

// teller is a double that tells.
type teller interface {
	Run(ctx context.Context, every time.Duration, failed func(error))
}

// tell sends a double's messages until ctx ends.
func tell(ctx context.Context, d teller, log *slog.Logger) {
	d.Run(ctx, tellEvery, func(err error) { log.DebugContext(ctx, "a message of the double was not taken", "error", err.Error()) })
}

// doubles are those of the demo; one is nil where somebody else was chosen.
type doubles struct {
	cards  *double
	wallet *wallet
}

// openDoubles stands in for those who would be asked themselves otherwise.
func (r *run) openDoubles() (d doubles, err error) {
	if stripe.Itself(r.config.Services.Stripe) {
		if d.cards, err = openDouble("127.0.0.1:0"); err != nil {
			return d, err
		}
		r.config.Services.Stripe = d.cards.base
	}
	if paypal.Itself(r.config.Services.PayPal) {
		if d.wallet, err = openWallet("127.0.0.1:0"); err != nil {
			return d, errors.Join(err, d.close())
		}
		r.config.Services.PayPal = d.wallet.base
	}
	return d, nil
}

func (d doubles) close() error {
	var wrong []error
	if d.cards != nil {
		wrong = append(wrong, d.cards.server.Close())
	}
	if d.wallet != nil {
		wrong = append(wrong, d.wallet.server.Close())
	}
	return errors.Join(wrong...)
}

// begin opens the accounts of the demo's stores, and lets the doubles tell.
func (d doubles) begin(ctx context.Context, a *App, port string, log *slog.Logger) error {
	if d.cards != nil {
		if err := a.takeCards(ctx, d.cards, port); err != nil {
			return err
		}
		if err := a.takeFees(ctx, d.cards, port); err != nil {
			return err
		}
		go tell(ctx, d.cards, log)
	}
	if d.wallet != nil {
		if err := a.takePayPal(ctx, d.wallet, port); err != nil {
			return err
		}
		go tell(ctx, d.wallet, log)
	}
	return nil
}

// takeCards gives every store of the demo an account at the double of Stripe, unless
// its staff have entered keys of their own. port is where the program answers.
func (a *App) takeCards(ctx context.Context, d *double, port string) error {
	return a.eachDemoStore(func(shop *web.Shop, in tenant.Store) error {
		keys := demo.Keys(shop.Code)
		switch now := a.modules.payments.StripeAccount(in); {
		case now.Secret == keys.Secret:
		case now.Secret == "", now.Connected != "" && strings.HasPrefix(now.Secret, demo.StripeSecret): // the double forgets accounts under others
			if err := a.enterKeys(ctx, in, stripeKeys(keys)); err != nil {
				return err
			}
		default:
			return nil
		}
		keys.Hook = a.hook(shop, in, port, stripe.Code)
		d.Open(keys)
		return nil
	})
}

// takeFees gives every platform of the demo an account at the double of Stripe, under
// which its stores can have theirs; it keeps 1.5 %. One that has keys already is left alone.
func (a *App) takeFees(ctx context.Context, d *double, port string) error {
	seen := map[tenant.PlatformID]bool{}
	return a.eachDemoStore(func(shop *web.Shop, in tenant.Store) error {
		if seen[in.Platform()] {
			return nil
		}
		seen[in.Platform()] = true
		all := a.modules.tenancy.Platforms()
		at := slices.IndexFunc(all, func(p tenancy.Platform) bool { return p.ID == in.Platform() })
		if at < 0 {
			return nil // it is switched off
		}
		p := all[at]
		keys := demo.PlatformKeys(p.Code)
		switch a.modules.payments.StripePlatform(in).Secret {
		case keys.Secret:
		case "":
			raw, err := json.Marshal(map[string]any{
				"connect_publishable_key": keys.Public, "connect_secret_key": keys.Secret, "connect_webhook_secret": keys.Signing[0], "connect_fee": 150,
			})
			if err != nil {
				return fmt.Errorf("write the settings of payments: %w", err)
			}
			if err := a.modules.core.SaveFor(ctx, core.OfPlatform(in.Platform()), auth.SystemActor, paymentsapi.Code, raw); err != nil {
				return err
			}
		default:
			return nil
		}
		keys.Hook = "http://" + a.modules.tenancy.PlatformHost(p) + ":" + port + "/hooks/" + stripe.Code
		d.Open(keys)
		return nil
	})
}

// takePayPal is takeCards for PayPal.
func (a *App) takePayPal(ctx context.Context, w *wallet, port string) error {
	return a.eachDemoStore(func(shop *web.Shop, in tenant.Store) error {
		keys := demo.PayPalKeys(shop.Code)
		switch a.modules.payments.PayPalAccount(in).Client {
		case keys.Client:
		case "":
			if err := a.enterKeys(ctx, in, payPalKeys(keys)); err != nil {
				return err
			}
		default:
			return nil
		}
		keys.Hook = a.hook(shop, in, port, paypal.Code)
		w.Open(keys)
		return nil
	})
}

func (a *App) eachDemoStore(do func(shop *web.Shop, in tenant.Store) error) error {
	for _, shop := range a.modules.tenancy.Shops() {
		if !strings.HasPrefix(shop.HeroImage, demo.Prefix) {
			continue
		}
		if err := do(shop, a.scope(shop)); err != nil {
			return err
		}
	}
	return nil
}

// hook is the address at which a double tells a store.
func (a *App) hook(shop *web.Shop, in tenant.Store, port, gateway string) string {
	return "http://" + a.modules.tenancy.Host(shop) + ":" + port + a.hookPath(in, gateway)
}

// hookPath is hook on the store's own host.
func (a *App) hookPath(in tenant.Store, gateway string) string {
	return "/store" + a.modules.payments.HookPath(in, gateway)
}

func stripeKeys(keys paytest.Account) map[string]any {
	return map[string]any{"stripe_publishable_key": keys.Public, "stripe_secret_key": keys.Secret, "stripe_webhook_secret": keys.Signing[0]}
}

func payPalKeys(keys paytest.PayPalAccount) map[string]any {
	return map[string]any{"paypal_client_id": keys.Client, "paypal_secret": keys.Secret, "paypal_webhook_id": keys.Webhook, "paypal_sandbox": true}
}

// enterKeys does what staff do in the settings.
func (a *App) enterKeys(ctx context.Context, in tenant.Store, keys map[string]any) error {
	now := map[string]any{}
	if raw := a.modules.core.Raw(paymentsapi.Code, in); raw != "" {
		if err := json.Unmarshal([]byte(raw), &now); err != nil {
			return fmt.Errorf("read the settings of payments: %w", err)
		}
	}
	maps.Copy(now, keys)
	raw, err := json.Marshal(now)
	if err != nil {
		return fmt.Errorf("write the settings of payments: %w", err)
	}
	return a.modules.core.Save(ctx, in, auth.SystemActor, paymentsapi.Code, raw)
}
