package stripe_test

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
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
	"orion/modules/payments/paytest"
	"orion/modules/payments/paytest/stripespec"
	"orion/modules/payments/stripe"
	"orion/modules/tenancy/tenancyapi"
)

const (
	secret = "sk_test_orion"
	public = "pk_test_orion"
)

type tx = *db.Tx[tenant.Store]

var plan = migrate.Plan{Steps: []migrate.Step{job.Migrate}, Lines: []migrate.Line{
	{Module: "event", Files: event.Files},
	{Module: paymentsapi.Code, Files: payments.Files},
}}

// bundle is a store that is paid through a Stripe of ours.
type bundle struct {
	*dbtest.Env
	m       *payments.Module
	in      tenant.Store
	far     *paytest.Stripe
	url     string // of far
	account stripe.Account
	audit   audit
	next    int64
	payer   auth.CustomerID // for whom payments are opened; zero is a guest

	kept  kept   // settings
	under string // the store's account under its platform's, where it has one
}

func setup(t *testing.T, e *dbtest.Env) *bundle {
	t.Helper()
	stripespec.Load(t)
	b := &bundle{Env: e, in: e.Store(), account: stripe.Account{Public: public, Secret: secret, Signing: []string{"whsec_new", "whsec_old"}}}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { b.far.ServeHTTP(w, r) }))
	b.url = "http://" + server.Listener.Addr().String()
	b.far = paytest.New(e.Clock, b.url)
	b.far.Open(paytest.Account{Secret: secret, Public: public, Signing: []string{"whsec_new"}})
	server.Start()
	t.Cleanup(server.Close)
	b.m = b.another(t)
	return b
}

// another is the module as a further server has it.
func (b *bundle) another(t *testing.T) *payments.Module {
	t.Helper()
	var m *payments.Module
	queue, err := job.NewQueue(b.DB, nil)
	if err != nil {
		t.Fatal(err)
	}
	words, err := i18n.Load(payments.Files)
	if err != nil {
		t.Fatal(err)
	}
	gateway := stripe.New(stripe.Options{
		Base: b.url, Clock: b.Clock,
		HTTP: &http.Client{Transport: stripespec.Transport{T: t, Next: &http.Transport{DisableKeepAlives: true}}},
		Account: func(in tenant.Store) (stripe.Account, bool) {
			if in.ID() == b.in.ID() && b.account.Secret != "" {
				return b.account, true
			}
			a := m.StripeAccount(in)
			return stripe.Account{
				Public: a.Public, Secret: a.Secret, Signing: a.Signing, Manual: a.Hold, Connected: a.Connected, Waits: a.Connected != "" && !a.Active, Fee: a.Fee,
			}, a.Secret != ""
		},
		Umbrella: func(in tenant.Store) (stripe.Account, bool) {
			a := m.StripeUmbrella(in)
			return stripe.Account{Public: a.Public, Secret: a.Secret, Signing: a.Signing}, a.Secret != ""
		},
		Page:    func(in tenant.Store, payment string) string { return m.FormPath(in, payment) },
		Address: func(_ context.Context, _ tenant.Store, path string) string { return "http://shop.example" + path },
	})
	m = payments.New(payments.Needs{
		Kit: module.Kit{
			DB: b.DB, Clock: b.Clock, Jobs: queue, Events: event.NewBus(b.DB, queue, nil), Bundle: words, Log: slog.New(slog.DiscardHandler),
			Sign: auth.NewSigner([]byte("0123456789abcdef"), b.Clock), Settings: &b.kept,
		},
		Audit: &b.audit, Gateways: []payments.Gateway{gateway},
		Keep: b.kept.keep, System: b.Gate.System(), Scope: func(p tenant.Platform, store tenant.StoreID) (tenant.Store, bool) {
			return b.in, store == b.in.ID() && p.ID() == b.in.Platform()
		},
		Patience: payments.Patience{Tries: 2, Pause: time.Microsecond, Deadline: 500 * time.Millisecond, Whole: 3 * time.Second},
	})
	return m
}

// kept are the settings of a store, by module.
type kept struct {
	mu  sync.Mutex
	all map[string]string
}

// Raw implements module.Source.
func (k *kept) Raw(code string, _ tenant.Store) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.all[code]
}

func (k *kept) set(code string, v any) {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all == nil {
		k.all = map[string]string{}
	}
	k.all[code] = string(raw)
}

func (k *kept) keep(_ context.Context, tx tx, name string, fact func() (any, error)) error {
	v, err := fact()
	if err == nil {
		tx.AfterCommit(func() { k.set(name, v) })
	}
	return err
}

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
			Kind: "order", ID: b.next, Reference: "1001", Amount: amount, Method: stripe.Code, Email: "anna@example.com", Lang: i18n.En, Customer: b.payer, Return: "/orders/x",
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

// books names the store's account to the double.
func (b *bundle) books() string { return cmp.Or(b.under, secret) }

// newest is the intent that was made last.
func (b *bundle) newest(t *testing.T) paytest.Intent {
	t.Helper()
	all := b.far.Intents(b.books())
	if len(all) == 0 {
		t.Fatal("there is no intent")
	}
	return all[len(all)-1]
}

// pay is what the payer's browser does: it confirms the newest intent with a
// card and gives the intent's new state.
func (b *bundle) pay(t *testing.T, card string) paytest.Intent {
	t.Helper()
	i := b.newest(t)
	form := url.Values{"client_secret": {i.ClientSecret}, "payment_method": {card}, "return_url": {"http://shop.example/pay"}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url+"/v1/payment_intents/"+i.ID+"/confirm", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+public)
	if b.under != "" {
		r.Header.Set("Stripe-Account", b.under)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK && res.StatusCode != http.StatusPaymentRequired {
		var what any
		_ = json.NewDecoder(res.Body).Decode(&what)
		t.Fatal(res.Status, what)
	}
	return b.newest(t)
}

// answer is what the payer says to the bank that asks.
func (b *bundle) answer(t *testing.T, i paytest.Intent, pick string) {
	t.Helper()
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := browser.PostForm(i.Bank(), url.Values{"answer": {pick}})
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
}

// proven holds our books against the gateway's: what was captured and given back
// there is what stands here, for each payment.
func (b *bundle) proven(t *testing.T, ids ...paymentsapi.PaymentID) {
	t.Helper()
	captured, refunded := map[string]int64{}, map[string]int64{}
	for _, e := range b.far.Ledger(b.books()) {
		switch e.Move {
		case paytest.Capture:
			captured[e.Metadata["orion_payment"]] += e.Amount
		case paytest.GiveBack:
			refunded[e.Metadata["orion_payment"]] += e.Amount
		}
	}
	for _, id := range ids {
		p := b.payment(t, id)
		if p.Captured.Minor != captured[id.String()] || p.Refunded.Minor != refunded[id.String()] {
			t.Errorf("%s: we have %v and %v back, the gateway has %d and %d", id, p.Captured, p.Refunded, captured[id.String()], refunded[id.String()])
		}
	}
	wrong, err := b.m.Check(t.Context(), b.in)
	if err != nil || len(wrong) > 0 {
		t.Errorf("out of balance: %v %v", wrong, err)
	}
}
