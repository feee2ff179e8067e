package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

// roundsVar is how often the server is killed; a suite that proves more than one that
// runs every time has 100.
const roundsVar = "ORION_TEST_ROUNDS"

func killRounds(t *testing.T) int {
	n, err := strconv.Atoi(os.Getenv(roundsVar))
	if err != nil && os.Getenv(roundsVar) != "" {
		t.Fatal(err)
	}
	return max(n, 3)
}

// bank is a store whose cards are paid at a double that outlives the server.
type bank struct {
	counter
	d    *double
	pool *sql.DB
	now  atomic.Pointer[url.URL] // where the server answers; nil while there is none
}

func openBank(t *testing.T, c counter) *bank {
	t.Helper()
	d, err := openDouble("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.server.Close() })
	b := &bank{counter: c, d: d, pool: owner(t, c.a)}
	// What the double has to tell goes to one address, whichever port the server has.
	gate := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		to := b.now.Load()
		if to == nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		(&httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) { p.SetURL(to); p.Out.Host = r.Host }, ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) {
			w.WriteHeader(http.StatusBadGateway)
		}}).ServeHTTP(w, r)
	}))
	t.Cleanup(gate.Close)
	_, port, _ := strings.Cut(strings.TrimPrefix(gate.URL, "http://"), ":")
	if err := c.a.takeCards(t.Context(), d, port); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	go d.Run(ctx, 50*time.Millisecond, func(error) {}) // what is not taken is sent again
	return b
}

// shown is a payment as the tables have it.
type shown struct {
	captured, refunded, amount, paid int64
	order                            string
}

// problems are all ways in which our books, the double's and the orders disagree.
func (b *bank) problems(ctx context.Context) ([]string, error) {
	rows, err := b.pool.QueryContext(ctx, fmt.Sprintf(`SELECT p.id, p.captured, p.refunded, p.amount, o.paid_minor, o.status
		FROM payments_payments p JOIN orders_orders o ON o.store_id = p.store_id AND o.id = p.for_id WHERE p.store_id = %d AND p.method = 'stripe'`, b.in.ID()))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	ours := map[string]shown{}
	for rows.Next() {
		var id paymentsapi.PaymentID
		var s shown
		if err := rows.Scan(&id, &s.captured, &s.refunded, &s.amount, &s.paid, &s.order); err != nil {
			return nil, err
		}
		ours[id.String()] = s
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	captured, refunded, times := map[string]int64{}, map[string]int64{}, map[string]int{}
	for _, e := range b.d.Ledger(key) {
		switch id := e.Metadata["orion_payment"]; e.Move {
		case paytest.Capture:
			captured[id] += e.Amount
			times[id]++
		case paytest.GiveBack:
			refunded[id] += e.Amount
		}
	}
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for id := range captured {
		if _, known := ours[id]; !known {
			say("%s was taken, and no order wants it", id)
		}
	}
	for id, p := range ours {
		switch {
		case times[id] > 1:
			say("%s was taken %d times", id, times[id])
		case p.captured != captured[id], p.refunded != refunded[id]:
			say("%s: %d taken and %d given back, the gateway has %d and %d", id, p.captured, p.refunded, captured[id], refunded[id])
		case p.paid != p.captured:
			say("%s: %d taken, and its order has %d", id, p.captured, p.paid)
		case p.captured > 0 && p.order == "pending", p.captured == 0 && p.order != "pending" && p.order != "cancelled":
			say("%s: %d taken, and its order is %s", id, p.captured, p.order)
		case p.captured > 0 && p.order == "cancelled" && p.refunded != p.captured:
			say("%s is cancelled, and only %d of %d went back", id, p.refunded, p.captured)
		}
	}
	wrong, err := b.a.modules.payments.Check(ctx, b.in)
	if len(wrong) > 0 {
		say("the ledger of %v is not balanced", wrong)
	}
	levels, failed := b.a.modules.inventory.Check(ctx, b.in)
	if len(levels) > 0 {
		say("movements do not add up to levels: %v", levels)
	}
	return out, errors.Join(err, failed)
}

// A server that is killed again and again while shoppers pay by card and staff give
// money back: in the end every order that is paid was taken once, one to one, every
// refund went out once, and the books of both sides agree.
func TestKilledServerLosesNoMoney(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": sqliteDemo, "postgres": postgresDemo} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, data := dsn(t), t.TempDir()
			rounds := killRounds(t)
			b := openBank(t, sellOne(t, still(t, address), int64(1000*rounds)))
			up := func() child {
				p := startChild(t, data, address, "ORION_SERVICES_STRIPE="+b.d.base, "ORION_SECRET="+testSecret)
				at, err := url.Parse(p.base)
				if err != nil {
					t.Fatal(err)
				}
				b.now.Store(at)
				return p
			}
			for round := range rounds {
				p := up()
				b.round(t, p, round)
				b.now.Store(nil)
			}
			p := up()
			defer p.kill()
			b.settles(t)
			b.wouldSee(t)
		})
	}
}

// round lets shoppers pay and staff give back until the server is killed.
func (b *bank) round(t *testing.T, p child, round int) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var wg sync.WaitGroup
	enough, failed := make(chan struct{}, 1000), make(chan error, 4)
	for s := range 4 {
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				o, err := p.order(ctx, purchase{b.variant.String(), b.method.String(), stripe.Code, fmt.Sprintf("m%d-s%d-%d", round, s, i)})
				if err == nil {
					err = b.pays(ctx, p, o)
				}
				if err != nil {
					failed <- err // mostly because the server is gone
					return
				}
				enough <- struct{}{}
			}
		})
	}
	wg.Go(func() {
		for range 5 {
			select {
			case <-ctx.Done():
				return
			case <-time.After(200 * time.Millisecond):
				b.givesBack(ctx)
			}
		}
	})
	for range 6 + round%7 { // never at the same moment
		select {
		case <-enough:
		case <-ctx.Done():
			t.Fatalf("nobody can buy: %v", <-failed)
		}
	}
	p.kill()
	cancel()
	wg.Wait()
}

// settles waits until the books agree, as long as a minute's check and its work take.
func (b *bank) settles(t *testing.T) {
	t.Helper()
	var last []string
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(time.Second) {
		found, err := b.problems(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if last = found; len(last) == 0 {
			break
		}
	}
	for _, p := range last {
		t.Error(p)
	}
	if len(last) > 0 {
		b.left(t)
	}
	taken, back := 0, 0
	for _, e := range b.d.Ledger(key) {
		switch e.Move {
		case paytest.Capture:
			taken++
		case paytest.GiveBack:
			back++
		}
	}
	t.Logf("%d orders were paid and %d amounts given back", taken, back)
	if taken < 8 || back == 0 {
		t.Error("that shows nothing")
	}
}

// wouldSee plants what the test looks for, and takes it away again.
func (b *bank) wouldSee(t *testing.T) {
	t.Helper()
	var id, order int64
	pick := fmt.Sprintf("SELECT id, for_id FROM payments_payments WHERE store_id = %d AND method = 'stripe' AND captured > refunded + aside ORDER BY id LIMIT 1", b.in.ID())
	if err := b.pool.QueryRow(pick).Scan(&id, &order); err != nil {
		t.Fatal(err)
	}
	for _, bug := range []struct{ plant, mend string }{
		{"UPDATE payments_payments SET captured = captured - 1 WHERE id = %[1]d", "UPDATE payments_payments SET captured = captured + 1 WHERE id = %[1]d"},
		{"UPDATE payments_entries SET amount = amount + 1 WHERE payment_id = %[1]d AND account = 'store'", "UPDATE payments_entries SET amount = amount - 1 WHERE payment_id = %[1]d AND account = 'store'"},
		{"UPDATE orders_orders SET paid_minor = paid_minor + 1 WHERE id = %[2]d", "UPDATE orders_orders SET paid_minor = paid_minor - 1 WHERE id = %[2]d"},
	} {
		for _, text := range []string{bug.plant, bug.mend} {
			if _, err := b.pool.ExecContext(t.Context(), fmt.Sprintf(text+"/* %[1]d %[2]d */", id, order)); err != nil {
				t.Fatal(err)
			}
			found, err := b.problems(t.Context())
			if err != nil || (len(found) == 0) != (text == bug.mend) {
				t.Errorf("%s: %v %v", text, found, err)
			}
		}
	}
	// A charge with another key for the same payment: the second is seen.
	form := url.Values{"amount": {"1990"}, "currency": {"eur"}, "confirm": {"true"}, "payment_method": {"pm_card_visa"}, "return_url": {"http://x.test"}, "metadata[orion_payment]": {paymentsapi.PaymentID(id).String()}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.d.base+"/v1/payment_intents", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(r)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatal(resp, err)
	}
	_ = resp.Body.Close()
	if found, err := b.problems(t.Context()); err != nil || len(found) != 1 || !strings.Contains(found[0], "2 times") {
		t.Errorf("taken twice: %v %v", found, err)
	}
}
