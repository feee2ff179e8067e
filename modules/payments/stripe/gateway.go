// Package stripe takes payments through Stripe: an intent per attempt, confirmed
// in the payer's browser, so that no card number ever comes to us.
package stripe

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	api "github.com/stripe/stripe-go/v85"

	"orion/kit/clock"
	"orion/kit/tenant"
	"orion/modules/payments"
)

// Code is the gateway's code.
const Code = payments.Stripe

// Account is a store's account at Stripe.
type Account struct {
	Public  string   // key of browsers: "pk_live_…", "pk_test_…"
	Secret  string   // key of servers: "sk_live_…", "sk_test_…", or a restricted one, "rk_…"
	Signing []string // secrets that sign webhooks; two while one takes over from the other
	Manual  bool     // amounts are held, and taken later

	// Of an account under a platform's, whose keys those above are:
	Connected string // "acct_…"
	Waits     bool   // it takes nothing yet
	Fee       int64  // what the platform keeps of what is paid, in hundredths of a percent
}

// Live tells whether real money moves.
func (a Account) Live() bool { return strings.Contains(a.Secret, "_live_") }

// paired tells whether both keys are of the same mode.
func (a Account) paired() bool { return strings.Contains(a.Public, "_live_") == a.Live() }

// Options are what the gateway is given.
type Options struct {
	Base    string // address of the interface; empty is Stripe's
	HTTP    *http.Client
	Clock   clock.Clock
	Account func(in tenant.Store) (Account, bool) // false when the store has none
	// Umbrella is the platform's account, under which it opens accounts for stores; false
	// when there is none.
	Umbrella func(in tenant.Store) (Account, bool)
	Page     func(in tenant.Store, payment string) string // path of the page on which a payment is confirmed
	// Address is the whole address of a path of the store's pages; empty when nobody can tell.
	Address func(ctx context.Context, in tenant.Store, path string) string
}

// Gateway is Stripe as a gateway of payments.
type Gateway struct {
	o        Options
	backends *api.Backends
}

var (
	_ payments.Gateway   = (*Gateway)(nil)
	_ payments.Canceller = (*Gateway)(nil)
	_ payments.Capturer  = (*Gateway)(nil)
	_ payments.Fitter    = (*Gateway)(nil)
	_ payments.Listener  = (*Gateway)(nil)
	_ payments.Confirmer = (*Gateway)(nil)
	_ payments.Checker   = (*Gateway)(nil)

	_ payments.Reconciler = (*Gateway)(nil)
	_ payments.Disputer   = (*Gateway)(nil)
	_ payments.Remitter   = (*Gateway)(nil)

	_ payments.Saver     = (*Gateway)(nil)
	_ payments.Reuser    = (*Gateway)(nil)
	_ payments.Collector = (*Gateway)(nil)

	_ payments.Onboarder = (*Gateway)(nil)
	_ payments.Sorter    = (*Gateway)(nil)
)

// New makes the gateway. Nothing is asked of Stripe yet. Repetitions and
// deadlines are the caller's, so that they are the same for all gateways.
func New(o Options) *Gateway {
	return &Gateway{o: o, backends: o.backends(o.HTTP)}
}

// Descriptor implements payments.Gateway.
func (g *Gateway) Descriptor() payments.Descriptor {
	return payments.Descriptor{Code: Code, Icon: "credit-card"}
}

const (
	keyName     = "orion_key"     // metadata: the attempt's or refund's key
	paymentName = "orion_payment" // metadata: the payment's public identifier

	// forgets is when Stripe may have forgotten a key, with an hour to spare:
	// after that a request is looked for before it is repeated.
	forgets = 23 * time.Hour
	// arrives is how long a request may take to arrive. Should one come later after
	// all, its intent takes nothing: no browser ever learned its secret.
	arrives = 30 * time.Second
	// retries is how long a step is asked for under the same key.
	retries = 10 * time.Second
	// early is how far before our time theirs may be.
	early = 5 * time.Minute
)

func (g *Gateway) since(at time.Time) time.Duration { return g.o.Clock.Now().Sub(at) }

// notSetUp is the answer where a store has no account.
var notSetUp = payments.Snapshot{Outcome: payments.Declined, Reason: "not_set_up"}

// Create implements payments.Gateway: an intent that the payer confirms on the
// page. By itself it takes nothing.
func (g *Gateway) Create(ctx context.Context, in tenant.Store, r payments.Request) (payments.Snapshot, error) {
	c, a, ok := g.client(in)
	if !ok {
		return notSetUp, nil
	}
	minor, ok := units(r.Amount)
	if !ok {
		return payments.Snapshot{Outcome: payments.Declined, Reason: "amount_not_possible"}, nil
	}
	if g.since(r.At) > forgets {
		return g.Fetch(ctx, in, payments.Ref{Key: r.Key, At: r.At})
	}
	p := &api.PaymentIntentCreateParams{
		Amount: api.Int64(minor), Currency: api.String(strings.ToLower(string(r.Amount.Currency))), Description: api.String(r.Reference),
		AutomaticPaymentMethods: &api.PaymentIntentCreateAutomaticPaymentMethodsParams{Enabled: api.Bool(true)},
		Metadata:                map[string]string{keyName: r.Key, paymentName: r.Payment},
	}
	if fee, ok := a.fee(r.Amount); ok {
		p.ApplicationFeeAmount = api.Int64(fee)
	}
	if a.Manual {
		p.CaptureMethod = api.String(string(api.PaymentIntentCaptureMethodManual))
	}
	p.SetIdempotencyKey(r.Key)
	i, err := c.V1PaymentIntents.Create(ctx, p)
	if err == nil {
		return g.snapshot(in, i), nil
	}
	said := hear(err)
	if said.locked {
		return notSetUp, nil
	}
	if said.broken { // it may be there all the same, and its key answers 500 for ever
		if i, err := g.find(ctx, c, r.Key, r.At); err == nil && i != nil {
			return g.snapshot(in, i), nil
		}
	}
	return said.snapshot()
}

// Fetch implements payments.Gateway.
func (g *Gateway) Fetch(ctx context.Context, in tenant.Store, ref payments.Ref) (payments.Snapshot, error) {
	c, _, ok := g.client(in)
	if !ok {
		return payments.Snapshot{Outcome: payments.Unknown}, nil
	}
	i, s, err := g.fetch(ctx, c, ref)
	if i == nil {
		return s, err
	}
	return g.snapshot(in, i), nil
}

// Cancel implements payments.Canceller. What was taken meanwhile stays taken.
func (g *Gateway) Cancel(ctx context.Context, in tenant.Store, ref payments.Ref) (payments.Snapshot, error) {
	return g.move(ctx, in, ref, func(c *api.Client, i *api.PaymentIntent) (*api.PaymentIntent, error) {
		switch i.Status {
		case api.PaymentIntentStatusSucceeded, api.PaymentIntentStatusCanceled, api.PaymentIntentStatusProcessing:
			return i, nil
		}
		p := &api.PaymentIntentCancelParams{CancellationReason: api.String("abandoned")}
		p.SetIdempotencyKey(g.once(ref, "cancel"))
		return c.V1PaymentIntents.Cancel(ctx, i.ID, p)
	})
}

// Capture implements payments.Capturer.
func (g *Gateway) Capture(ctx context.Context, in tenant.Store, ref payments.Ref) (payments.Snapshot, error) {
	return g.move(ctx, in, ref, func(c *api.Client, i *api.PaymentIntent) (*api.PaymentIntent, error) {
		if i.Status != api.PaymentIntentStatusRequiresCapture {
			return i, nil
		}
		p := &api.PaymentIntentCaptureParams{}
		p.SetIdempotencyKey(g.once(ref, "capture"))
		return c.V1PaymentIntents.Capture(ctx, i.ID, p)
	})
}

// once is the key of a step that an intent takes at most once, whatever its key. It
// changes by and by, because a step that failed with 500 fails again for as long as its
// key is remembered.
func (g *Gateway) once(ref payments.Ref, step string) string {
	return ref.Key + "-" + step + "-" + strconv.FormatInt(int64(g.since(ref.At)/retries), 36)
}

// hourly is once for what could be there twice, such as somebody's number.
func (g *Gateway) hourly(ref payments.Ref, step string) string {
	return ref.Key + "-" + step + "-" + strconv.FormatInt(int64(g.since(ref.At)/time.Hour), 10)
}

// move does a step of a request's intent, and tells how it stands then.
func (g *Gateway) move(ctx context.Context, in tenant.Store, ref payments.Ref, do func(*api.Client, *api.PaymentIntent) (*api.PaymentIntent, error)) (payments.Snapshot, error) {
	c, _, ok := g.client(in)
	if !ok {
		return payments.Snapshot{Outcome: payments.Unknown}, nil
	}
	i, s, err := g.fetch(ctx, c, ref)
	if i == nil {
		return s, err
	}
	i, failed := do(c, i)
	if failed == nil {
		return g.snapshot(in, i), nil
	}
	s, err = g.Fetch(ctx, in, ref) // the step may have been done, or be impossible now
	if err == nil && s.Outcome == payments.Held {
		return payments.Snapshot{Outcome: payments.Unknown}, hear(failed).err
	}
	return s, err
}

// fetch finds a request's intent. Without one the snapshot is what is known.
func (g *Gateway) fetch(ctx context.Context, c *api.Client, ref payments.Ref) (*api.PaymentIntent, payments.Snapshot, error) {
	unknown := payments.Snapshot{Outcome: payments.Unknown}
	if ref.External != "" {
		p := &api.PaymentIntentRetrieveParams{}
		p.AddExpand("payment_method") // which may have been saved
		i, err := c.V1PaymentIntents.Retrieve(ctx, ref.External, p)
		if err != nil {
			s, err := hear(err).asked()
			return nil, s, err
		}
		if ref.Key != "" && i.Metadata[keyName] != ref.Key {
			return nil, unknown, errOther
		}
		return i, unknown, nil
	}
	i, err := g.find(ctx, c, ref.Key, ref.At)
	switch {
	case err != nil:
		return nil, unknown, err
	case i == nil && g.since(ref.At) > arrives:
		return nil, payments.Snapshot{Outcome: payments.Declined, Reason: "not_received"}, nil
	case i == nil:
		return nil, payments.Snapshot{Outcome: payments.Elsewhere}, nil
	}
	return i, unknown, nil
}

// searched is how many intents are looked through for one that did not answer.
const searched = 5000

// find looks for the intent of a key among those made since; nil is none.
func (g *Gateway) find(ctx context.Context, c *api.Client, key string, since time.Time) (*api.PaymentIntent, error) {
	p := &api.PaymentIntentListParams{CreatedRange: &api.RangeQueryParams{GreaterThanOrEqual: since.Add(-early).Unix()}}
	p.Limit = api.Int64(100)
	n := 0
	for i, err := range c.V1PaymentIntents.List(ctx, p).All(ctx) {
		if err != nil {
			return nil, hear(err).err
		}
		if i.Metadata[keyName] == key {
			return i, nil
		}
		if n++; n == searched {
			return nil, errTooMany
		}
	}
	return nil, nil
}
