package paypal_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/db/migrate"
	"orion/kit/dbtest"
	"orion/kit/event"
	"orion/kit/i18n"
	"orion/kit/job"
	"orion/kit/module"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paypal"
	"orion/modules/payments/paytest"
	"orion/modules/payments/paytest/paypalspec"
	"orion/modules/tenancy/tenancyapi"
)

const (
	client  = "AY-client-orion"
	secret  = "EK-secret-orion"
	webhook = "8PT597110X687430LKGECATA"
)

type tx = *db.Tx[tenant.Store]

var plan = migrate.Plan{Steps: []migrate.Step{job.Migrate}, Lines: []migrate.Line{
	{Module: "event", Files: event.Files},
	{Module: paymentsapi.Code, Files: payments.Files},
}}

// bundle is a store that is paid through a PayPal of ours.
type bundle struct {
	*dbtest.Env
	m       *payments.Module
	in      tenant.Store
	far     *paytest.PayPal
	url     string // of far
	account paypal.Account
	audit   audit
	payer   auth.CustomerID // for whom payments are opened; zero is a guest
	reader  auth.CustomerID // who visits the pages; zero is a guest
	next    int64
}

func setup(t *testing.T, e *dbtest.Env) *bundle {
	t.Helper()
	paypalspec.Load(t)
	b := &bundle{Env: e, in: e.Store(), account: paypal.Account{Client: client, Secret: secret, Webhook: webhook, Sandbox: true}}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { b.far.ServeHTTP(w, r) }))
	b.url = "http://" + server.Listener.Addr().String()
	b.far = paytest.NewPayPal(e.Clock, b.url)
	b.far.Open(paytest.PayPalAccount{Client: client, Secret: secret, Webhook: webhook})
	server.Start()
	t.Cleanup(server.Close)

	queue, err := job.NewQueue(e.DB, nil)
	if err != nil {
		t.Fatal(err)
	}
	words, err := i18n.Load(payments.Files)
	if err != nil {
		t.Fatal(err)
	}
	gateway := paypal.New(paypal.Options{
		Base: b.url, Clock: e.Clock, HTTP: paypalspec.Transport{T: t, Next: &http.Transport{DisableKeepAlives: true}},
		Account: func(in tenant.Store) (paypal.Account, bool) {
			return b.account, in.ID() == b.in.ID() && b.account.Secret != ""
		},
		Address: func(_ context.Context, _ tenant.Store, path string) string { return "https://shop.test" + path },
	})
	b.m = payments.New(payments.Needs{
		Kit: module.Kit{
			DB: e.DB, Clock: e.Clock, Jobs: queue, Events: event.NewBus(e.DB, queue, nil), Bundle: words, Log: slog.New(slog.DiscardHandler),
			Sign: auth.NewSigner([]byte("0123456789abcdef"), e.Clock), Settings: settings{},
		},
		Audit: &b.audit, Gateways: []payments.Gateway{gateway},
		Patience: payments.Patience{Tries: 2, Pause: time.Microsecond, Deadline: 500 * time.Millisecond, Whole: 3 * time.Second},
	})
	return b
}

// settings are those that nobody changed.
type settings struct{}

func (settings) Raw(string, tenant.Store) string { return "" }

// audit remembers what was written into the audit log.
type audit struct {
	mu  sync.Mutex
	all []tenancyapi.Entry
}

func (a *audit) Record(_ context.Context, _ tx, e tenancyapi.Entry) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.all = append(a.all, e)
	return nil
}

func (b *bundle) open(t *testing.T, amount money.Amount) paymentsapi.PaymentID {
	t.Helper()
	b.next++
	p, err := db.Write(t.Context(), b.DB, b.in, func(tx tx) (paymentsapi.Payment, error) {
		return b.m.Open(t.Context(), tx, paymentsapi.Charge{
			Kind: "order", ID: b.next, Reference: "1001", Amount: amount, Method: paypal.Code, Email: "anna@example.com", Lang: i18n.En, Customer: b.payer, Return: "/orders/x",
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

func (b *bundle) start(t *testing.T, id paymentsapi.PaymentID) paymentsapi.Step {
	t.Helper()
	s, err := b.m.Start(t.Context(), b.in, id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (b *bundle) payment(t *testing.T, id paymentsapi.PaymentID) paymentsapi.Payment {
	t.Helper()
	p, err := db.Read(t.Context(), b.DB, b.in, func(tx tx) (paymentsapi.Payment, error) { return b.m.Payment(t.Context(), tx, id) })
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (b *bundle) do(t *testing.T, fn func(tx tx) error) {
	t.Helper()
	if err := db.Do(t.Context(), b.DB, b.in, fn); err != nil {
		t.Fatal(err)
	}
}

func (b *bundle) refund(t *testing.T, id paymentsapi.PaymentID, minor int64) {
	t.Helper()
	b.do(t, func(tx tx) error { return b.m.Refund(t.Context(), tx, id, money.New(minor, "EUR"), "sent back") })
}

// resolve lets the job work now, and some times more as time goes by.
func (b *bundle) resolve(t *testing.T, minutes int) {
	t.Helper()
	for range minutes + 1 {
		if _, err := b.m.Resolve(t.Context(), b.in); err != nil {
			t.Fatal(err)
		}
		b.Clock.Advance(time.Minute)
	}
}

// newest is the order that was made last.
func (b *bundle) newest(t *testing.T) paytest.Order {
	t.Helper()
	all := b.far.Orders(client)
	if len(all) == 0 {
		t.Fatal("there is no order")
	}
	return all[len(all)-1]
}

// choose is what the payer picks on PayPal's page for the newest order; it gives
// where they are led.
func (b *bundle) choose(t *testing.T, pick string) string {
	t.Helper()
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := browser.PostForm(b.url+"/checkoutnow?token="+b.newest(t).ID, url.Values{"answer": {pick}})
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		t.Fatal(res.Status)
	}
	return res.Header.Get("Location")
}

// look is what happens when the payer's browser comes back.
func (b *bundle) look(t *testing.T, id paymentsapi.PaymentID) payments.Receipt {
	t.Helper()
	r, err := b.m.Look(t.Context(), b.in, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// paid is a payment that both books have.
func (b *bundle) paid(t *testing.T, amount money.Amount) paymentsapi.PaymentID {
	t.Helper()
	id := b.open(t, amount)
	b.start(t, id)
	b.choose(t, "approve")
	if r := b.look(t, id); r.Status != paymentsapi.Captured || r.Captured != amount {
		t.Fatalf("%+v", r)
	}
	return id
}

// detail is a payment as staff see it.
func (b *bundle) detail(t *testing.T, id paymentsapi.PaymentID) payments.Detail {
	t.Helper()
	d, err := b.m.Detail(t.Context(), b.in, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// proven holds our books against the gateway's: what was captured and given back
// there is what stands here, for each payment.
func (b *bundle) proven(t *testing.T, ids ...paymentsapi.PaymentID) {
	t.Helper()
	captured, refunded := map[string]int64{}, map[string]int64{}
	for _, e := range b.far.Ledger(client) {
		switch e.Move {
		case paytest.Capture:
			captured[e.Order] += e.Amount.Minor
		case paytest.GiveBack:
			refunded[e.Order] += e.Amount.Minor
		}
	}
	for _, id := range ids {
		p, there, back := b.payment(t, id), int64(0), int64(0)
		for _, a := range b.detail(t, id).Attempts {
			there, back = there+captured[a.Ref], back+refunded[a.Ref]
		}
		if p.Captured.Minor != there || p.Refunded.Minor != back {
			t.Errorf("%s: we have %v and %v back, the gateway has %d and %d", id, p.Captured, p.Refunded, there, back)
		}
	}
	wrong, err := b.m.Check(t.Context(), b.in)
	if err != nil || len(wrong) > 0 {
		t.Errorf("out of balance: %v %v", wrong, err)
	}
}
