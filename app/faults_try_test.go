package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"orion/app/certify"
	"orion/kit/auth"
	"orion/kit/clock"
	"orion/kit/db/aside"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/payments"
	"orion/modules/payments/paypal"
	"orion/modules/payments/paytest"
)

// faulty is what is asked of either double.
type faulty interface {
	Play(faults ...paytest.Fault)
	Heal()
	Release()
	Struck() int
	Deliver(ctx context.Context) (int, error)
}

// ordeal is a store of the program in which gateways fail.
type ordeal struct {
	*certify.Bank
	a       *App
	in      tenant.Store
	clock   *clock.Shifted
	method  string
	far     faulty
	server  *certify.Server
	answers *certify.Answers
	orders  int
}

// brisk is a patience with which a suite of many silences ends soon.
var brisk = payments.Patience{Deadline: 400 * time.Millisecond, Tries: 2, Pause: time.Millisecond, Whole: 800 * time.Millisecond}

func openTrial(t *testing.T, dsn, method string) *ordeal {
	t.Helper()
	x := &ordeal{clock: clock.NewShifted(clock.System()), method: method, answers: certify.NewAnswers(10 * time.Second)}
	d := doubles{cards: &double{}, wallet: &wallet{}}
	var err error
	if d.cards.base, d.cards.server, err = stand("127.0.0.1:0", func(base string) http.Handler {
		d.cards.Stripe = paytest.New(x.clock, base)
		return d.cards
	}); err != nil {
		t.Fatal(err)
	}
	if d.wallet.base, d.wallet.server, err = stand("127.0.0.1:0", func(base string) http.Handler {
		d.wallet.PayPal = paytest.NewPayPal(x.clock, base)
		return d.wallet
	}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.close() })
	conf := settings(t, t.TempDir(), dsn)
	conf.Services.Stripe, conf.Services.PayPal = d.cards.base, d.wallet.base
	if x.a, err = Open(t.Context(), conf, Options{Log: slog.New(slog.DiscardHandler), Clock: x.clock, Patience: brisk}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.a.Close(context.Background()) })
	port := serve(t, x.a)
	if err := x.a.takeCards(t.Context(), d.cards, port); err != nil {
		t.Fatal(err)
	}
	if err := x.a.takePayPal(t.Context(), d.wallet, port); err != nil {
		t.Fatal(err)
	}
	tables, err := aside.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tables.Close() })
	c, err := x.a.sellOne(t.Context(), tables, 10000)
	if err != nil {
		t.Fatal(err)
	}
	if x.Bank, err = x.a.bankAt(c, d); err != nil {
		t.Fatal(err)
	}
	if _, x.in, err = x.a.store(trialStore); err != nil {
		t.Fatal(err)
	}
	if x.far = d.cards; method == paypal.Code {
		x.far = d.wallet
	}
	x.server = certify.At("http://127.0.0.1:"+port, c.Host, x.answers)
	x.work(t, 0)
	return x
}

// holds has amounts held from now on, or taken at once.
func (x *ordeal) holds(t *testing.T, hold bool) {
	t.Helper()
	if err := x.a.enterKeys(t.Context(), x.in, map[string]any{"stripe_hold": hold, "paypal_hold": hold}); err != nil {
		t.Fatal(err)
	}
}

// work lets time go by and all jobs work that are due then.
func (x *ordeal) work(t *testing.T, d time.Duration) {
	t.Helper()
	x.clock.Advance(d)
	if err := x.a.runner.Shift(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := x.a.runner.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := x.a.runner.Drain(ctx); err != nil {
		t.Fatal(err)
	}
}

// visits is a shopper who has ordered.
func (x *ordeal) visits(t *testing.T) *certify.Visit {
	t.Helper()
	x.orders++
	v, err := x.Visit(t.Context(), x.server, x.method, fmt.Sprintf("fault-%d", x.orders))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// pays is a payer with whom nothing goes wrong.
func (x *ordeal) pays(t *testing.T, v *certify.Visit) {
	t.Helper()
	for _, step := range []func(context.Context) error{v.Begins, v.Agrees, v.Returns} {
		if err := step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// latest is the payment of the newest order.
func (x *ordeal) latest(t *testing.T) payments.Listed {
	t.Helper()
	found, err := x.a.modules.payments.Payments(t.Context(), x.in, payments.Wanted{Method: x.method}, page.Request{Limit: 1})
	if err != nil || len(found.Items) == 0 {
		t.Fatal("no payment", err)
	}
	return found.Items[0]
}

// deliver sends what the gateway has to tell. Some of it is refused, as it should be.
func (x *ordeal) deliver(t *testing.T) {
	t.Helper()
	_, _ = x.far.Deliver(t.Context())
}

// begun is how far a shopper and the staff came before something fails.
func (x *ordeal) begun(t *testing.T, m moment) *certify.Visit {
	t.Helper()
	v := x.visits(t)
	switch m {
	case creating:
	case capturing, refunding, tellingCaptured, tellingRefunded:
		x.pays(t, v)
		x.deliver(t)
		x.work(t, 0)
	default:
		if err := v.Begins(t.Context()); err != nil {
			t.Fatal(err)
		}
		x.deliver(t)
	}
	return v
}

// fails does what fails. That the payer's browser sees it is not worth a word.
func (x *ordeal) fails(t *testing.T, m moment, v *certify.Visit) {
	t.Helper()
	ctx := t.Context()
	switch m {
	case creating:
		_ = v.Begins(ctx)
	case agreeing, holding, asking:
		soon, cancel := context.WithTimeout(ctx, time.Second) // payers do not wait for ever
		_ = v.Agrees(soon)
		cancel()
		_ = v.Returns(ctx)
	case heeding, tellingPaid:
		_ = v.Agrees(ctx) // and closes the tab
		x.deliver(t)
	case capturing, tellingCaptured:
		if err := x.a.modules.payments.CaptureAs(ctx, x.in, auth.SystemActor, x.latest(t).ID); err != nil {
			t.Error(err)
		}
		x.deliver(t)
	case refunding, tellingRefunded:
		back := payments.Return{Payment: x.latest(t).ID, Amount: money.New(500, "EUR"), Reason: "a dent"}
		if err := x.a.modules.payments.RefundAs(ctx, x.in, auth.SystemActor, back); err != nil {
			t.Error(err)
		}
		x.work(t, 0)
		x.deliver(t)
	}
	x.work(t, 0)
}

// try is one fault at one moment.
func (x *ordeal) try(t *testing.T, m moment, f paytest.Fault) {
	t.Helper()
	v, struck := x.begun(t, m), x.far.Struck()
	x.far.Play(f)
	x.fails(t, m, v)
	if f.Times == always && !m.told() { // it lasts, and shoppers look again
		for range 3 {
			x.work(t, 5*time.Minute)
			_ = v.Returns(t.Context())
		}
	}
	if x.far.Struck() == struck {
		t.Error("nothing failed")
	}
	x.far.Heal()
	x.far.Release()
	open := x.settles(t)
	for _, p := range open {
		t.Error(p)
	}
	x.ended(t, m, f.Do, v)
}

// settles lets a minute go by behind the gateway's return, and gives what is open then.
// The jobs that look for what is due run every fifteen seconds.
func (x *ordeal) settles(t *testing.T) (open []string) {
	t.Helper()
	for second := 0; ; second += 15 {
		x.deliver(t)
		x.work(t, 0)
		var err error
		if open, err = x.All(t.Context(), x.clock.Now()); err != nil {
			t.Fatal(err)
		}
		if len(open) == 0 || second == 60 {
			return open
		}
		x.work(t, 15*time.Second)
	}
}
