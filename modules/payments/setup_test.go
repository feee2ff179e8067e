package payments_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"testing"
	"testing/fstest"
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
	"orion/modules/tenancy/tenancyapi"
)

type tx = *db.Tx[tenant.Store]

var plan = migrate.Plan{Steps: []migrate.Step{job.Migrate}, Lines: []migrate.Line{
	{Module: "event", Files: event.Files},
	{Module: paymentsapi.Code, Files: payments.Files},
}}

// bundle is one store that takes payments.
type bundle struct {
	*dbtest.Env
	m    *payments.Module
	in   tenant.Store
	far  *farGateway
	near *farGateway // another one
	next int64
}

func setup(t *testing.T, e *dbtest.Env) *bundle {
	t.Helper()
	return setupWith(t, e, payments.Patience{Tries: 2, Pause: time.Microsecond})
}

func setupWith(t *testing.T, e *dbtest.Env, patience payments.Patience, more ...payments.Gateway) *bundle {
	t.Helper()
	queue, err := job.NewQueue(e.DB, nil)
	if err != nil {
		t.Fatal(err)
	}
	words, err := i18n.Load(payments.Files)
	if err != nil {
		t.Fatal(err)
	}
	b := &bundle{Env: e, in: e.Store(), far: newFar("far"), near: newFar("near")}
	bus := event.NewBus(e.DB, queue, nil)
	b.m = payments.New(payments.Needs{
		Kit: module.Kit{
			DB: e.DB, Clock: e.Clock, Jobs: queue, Events: bus, Bundle: words, Log: slog.New(slog.DiscardHandler),
			Sign: auth.NewSigner([]byte("0123456789abcdef"), e.Clock), Settings: settings{},
		},
		Audit: silent{}, Gateways: append([]payments.Gateway{b.far, b.near}, more...), Patience: patience,
	})
	return b
}

// events are the names of what was told so far, the oldest first.
func (b *bundle) events(t *testing.T) []string {
	t.Helper()
	out, err := db.Read(t.Context(), b.DB, b.in, func(tx tx) ([]string, error) {
		return db.All(t.Context(), tx, eventNames, nil, func(r db.Row) (s string, err error) { return s, r.Scan(&s) })
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var eventNames = db.Must[tenant.Store](fstest.MapFS{"sql/events.sql": {Data: []byte(`
-- name: event_names
SELECT name FROM event_events WHERE store_id = :store_id ORDER BY id
`)}}, "event_names")

func (b *bundle) charge(method string, minor int64) paymentsapi.Charge {
	b.next++
	return paymentsapi.Charge{
		Kind: "order", ID: b.next, Reference: "1001", Amount: money.New(minor, "EUR"), Method: method,
		Email: "anna@example.com", Lang: i18n.En, Return: "/orders/x",
	}
}

func (b *bundle) open(t *testing.T, method string, minor int64) paymentsapi.PaymentID {
	t.Helper()
	p, err := db.Write(t.Context(), b.DB, b.in, func(tx tx) (paymentsapi.Payment, error) {
		return b.m.Open(t.Context(), tx, b.charge(method, minor))
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

func (b *bundle) settle(ctx context.Context, id paymentsapi.PaymentID) error {
	return db.Do(ctx, b.DB, b.in, func(tx tx) error { return b.m.Settle(ctx, tx, id, "seen") })
}

func (b *bundle) cancel(ctx context.Context, id paymentsapi.PaymentID) error {
	return db.Do(ctx, b.DB, b.in, func(tx tx) error { return b.m.Cancel(ctx, tx, id) })
}

func (b *bundle) refund(ctx context.Context, id paymentsapi.PaymentID, minor int64) error {
	return db.Do(ctx, b.DB, b.in, func(tx tx) error { return b.m.Refund(ctx, tx, id, money.New(minor, "EUR"), "sent back") })
}

func (b *bundle) resolve(t *testing.T) {
	t.Helper()
	if _, err := b.m.Resolve(t.Context(), b.in); err != nil {
		t.Fatal(err)
	}
}

func (b *bundle) balanced(t *testing.T) {
	t.Helper()
	wrong, err := b.m.Check(t.Context(), b.in)
	if err != nil || len(wrong) > 0 {
		t.Fatalf("out of balance: %v %v", wrong, err)
	}
}

// settings turn everything on.
type settings struct{}

func (settings) Raw(string, tenant.Store) string {
	raw, _ := json.Marshal(payments.Config{
		BankTransfer: true, Holder: "Kirchberg Sàrl", IBAN: "LU280019400644750000", BIC: "BCEELULL",
		OnDelivery: true, Test: true, LateMinutes: 5,
	})
	return string(raw)
}

type silent struct{}

func (silent) Record(context.Context, tx, tenancyapi.Entry) error { return nil }

// farGateway is a gateway whose answers a test decides. It takes money once per
// key, whatever it answers.
type farGateway struct {
	code    string
	mu      sync.Mutex
	answer  payments.Snapshot // to Create, when it is not lost
	lost    int               // so many answers do not arrive
	state   map[string]payments.Snapshot
	refunds map[string]int64
	refusal bool // of refunds
	short   bool // one unit less goes back than was asked for
	asked   int
}

func newFar(code string) *farGateway {
	return &farGateway{code: code, state: map[string]payments.Snapshot{}, refunds: map[string]int64{}}
}

func (g *farGateway) Descriptor() payments.Descriptor { return payments.Descriptor{Code: g.code} }

func (g *farGateway) say(key string, s payments.Snapshot) payments.Snapshot {
	g.asked++
	if g.lost > 0 {
		g.lost--
		return payments.Snapshot{Outcome: payments.Unknown}
	}
	return s
}

func (g *farGateway) Create(_ context.Context, _ tenant.Store, r payments.Request) (payments.Snapshot, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, known := g.state[r.Key]; !known {
		s := g.answer
		if s.Amount.Currency == "" && s.Outcome == payments.Succeeded {
			s.Amount = r.Amount
		}
		g.state[r.Key] = s
	}
	return g.say(r.Key, g.state[r.Key]), nil
}

func (g *farGateway) Fetch(_ context.Context, _ tenant.Store, ref payments.Ref) (payments.Snapshot, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	s, known := g.state[ref.Key]
	if !known {
		s = payments.Snapshot{Outcome: payments.Declined, Reason: "not_received"}
	}
	return g.say(ref.Key, s), nil
}

func (g *farGateway) Refund(_ context.Context, _ tenant.Store, r payments.RefundRequest) (payments.Snapshot, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.refusal {
		return payments.Snapshot{Outcome: payments.Declined, Reason: "too_late"}, nil
	}
	g.refunds[r.Key] = r.Amount.Minor
	if g.short {
		r.Amount.Minor--
	}
	return g.say(r.Key, payments.Snapshot{Outcome: payments.Succeeded, Amount: r.Amount}), nil
}

// becomes changes how every request stands.
func (g *farGateway) becomes(s payments.Snapshot) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for k := range g.state {
		g.state[k] = s
	}
}

func (g *farGateway) given() (sum int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, n := range g.refunds {
		sum += n
	}
	return sum
}
