package certify

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"sync"
	"time"
)

// settleWithin is how long the books of both sides may take to agree behind the last
// kill: a minute until it is looked, and the work of that.
const settleWithin = 2 * time.Minute

// Kill lets shoppers pay by card and staff give money back while the server is killed
// again and again. In the end every order that is paid was taken once, one to one, every
// refund went out once, and the books of both sides agree.
func Kill(ctx context.Context, p Program, b *Bank, s Sizes) (f Finding, err error) {
	f = Finding{Suite: "double charge", What: fmt.Sprintf("%d kills while %d shoppers pay by card and staff give back", s.Rounds, payers)}
	var server *Server
	up := func() error {
		if server, err = p.Start(ctx, b.Host, "ORION_SERVICES_STRIPE="+b.Gateway); err != nil {
			return err
		}
		return b.Gate.lead(server)
	}
	for round := range s.Rounds {
		if err := up(); err != nil {
			return f, err
		}
		s.progress(fmt.Sprintf("kill %d of %d", round+1, s.Rounds))
		if err := b.round(ctx, server, round, s.Seed); err != nil {
			return f, err
		}
	}
	if err := up(); err != nil {
		return f, err
	}
	defer server.Kill()
	found, err := b.settles(ctx)
	f.say(found...)
	taken, back := b.Moved()
	f.Saw = fmt.Sprintf("%d orders were paid and %d amounts given back, one to one", taken, back)
	if taken < 8 || back == 0 {
		f.say(fmt.Sprintf("only %d orders were paid and %d amounts given back, which shows nothing", taken, back))
	}
	return f, err
}

// payers are at once.
const payers = 4

// round lets shoppers pay and staff give back until the server is killed.
func (b *Bank) round(ctx context.Context, s *Server, round int, seed uint64) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	var wg sync.WaitGroup
	enough, failed := make(chan struct{}, 1000), make(chan error, payers)
	for n := range payers {
		chance := rand.New(rand.NewPCG(seed, uint64(round*payers+n))) //nolint:gosec // it is to be repeated
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				o, err := s.Order(ctx, Purchase{b.Variant, b.Method, "stripe", fmt.Sprintf("m%d-s%d-%d", round, n, i)})
				if err == nil {
					err = b.pays(ctx, s, o, chance)
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
				b.GiveBack(ctx)
			}
		}
	})
	var err error
	for range 6 + round%7 { // never at the same moment
		select {
		case <-enough:
		case <-ctx.Done():
			err = fmt.Errorf("nobody can buy: %w", errors.Join(ctx.Err(), first(failed)))
		}
	}
	_ = b.Gate.lead(nil)
	s.Kill()
	cancel()
	wg.Wait()
	return err
}

func first(errs chan error) error {
	select {
	case err := <-errs:
		return err
	default:
		return nil
	}
}

// settles waits until the books agree, and gives what does not, with what still waits.
func (b *Bank) settles(ctx context.Context) ([]string, error) {
	for end := time.Now().Add(settleWithin); ; {
		found, err := b.Problems(ctx)
		if err != nil || len(found) == 0 {
			return nil, err
		}
		if time.Now().After(end) {
			waiting, err := b.Waiting(ctx)
			return append(found, waiting...), err
		}
		time.Sleep(time.Second)
	}
}

// Ledger plants mistakes in the books, which the suites before must see, and takes
// them away again.
func Ledger(ctx context.Context, b *Bank) (f Finding, err error) {
	f = Finding{Suite: "ledger", What: "mistakes that are planted in the books are found"}
	var id, order int64
	pick := fmt.Sprintf("SELECT id, for_id FROM payments_payments WHERE store_id = %d AND method = 'stripe' AND captured > refunded + aside ORDER BY id LIMIT 1", b.In)
	if err := b.Tables.Each(ctx, pick, func(scan func(...any) error) error { return scan(&id, &order) }); err != nil {
		return f, err
	}
	if id == 0 {
		return f, errors.New("no payment was captured, so no mistake can be planted")
	}
	mistakes := []struct{ what, plant, mend string }{
		{"a payment without its entry", "UPDATE payments_payments SET captured = captured - 1 WHERE id = %[1]d", "UPDATE payments_payments SET captured = captured + 1 WHERE id = %[1]d"},
		{"an entry that does not sum to zero", "UPDATE payments_entries SET amount = amount + 1 WHERE payment_id = %[1]d AND account = 'store'", "UPDATE payments_entries SET amount = amount - 1 WHERE payment_id = %[1]d AND account = 'store'"},
		{"an order that is paid otherwise", "UPDATE orders_orders SET paid_minor = paid_minor + 1 WHERE id = %[2]d", "UPDATE orders_orders SET paid_minor = paid_minor - 1 WHERE id = %[2]d"},
	}
	for _, m := range mistakes {
		for _, text := range []string{m.plant, m.mend} {
			if err := b.Tables.Write(ctx, fmt.Sprintf(text+"/* %[1]d %[2]d */", id, order)); err != nil {
				return f, fmt.Errorf("plant %s: %w", m.what, err)
			}
			found, err := b.Problems(ctx)
			if err != nil {
				return f, err
			}
			if seen := len(found) > 0; seen != (text == m.plant) {
				f.say(fmt.Sprintf("%s, planted %t, is seen %t: %v", m.what, text == m.plant, seen, found))
			}
		}
	}
	// A charge with another key for the same payment.
	twice := url.Values{"amount": {"1990"}, "currency": {"eur"}, "confirm": {"true"}, "payment_method": {"pm_card_visa"}, "return_url": {"http://x.test"}, "metadata[orion_payment]": {paymentText(id)}}
	if _, err := b.asks(ctx, b.Key, "/v1/payment_intents", twice); err != nil {
		return f, fmt.Errorf("charge twice: %w", err)
	}
	found, err := b.Problems(ctx)
	if len(found) != 1 || !strings.Contains(found[0], "2 times") {
		f.say(fmt.Sprintf("a payment that was taken twice is not seen: %v", found))
	}
	f.Saw = fmt.Sprintf("%d of %d", len(mistakes)+1-len(f.Problems), len(mistakes)+1)
	return f, err
}
