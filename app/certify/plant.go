package certify

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// mistake is one that is planted in the tables, and how it is taken away again.
type mistake struct{ what, plant, mend string }

// scene is what mistakes are planted in: rows of one gateway.
type scene struct {
	payment, order, refund int64 // paid, and in part given back
	unpaid                 int64 // an order that nobody has paid; of either gateway
}

// mistakes are those of which each is seen, whichever gateway it is about.
func (s scene) mistakes() []mistake {
	swap := func(what, table, field, id string, to, from string) mistake {
		set := func(v string) string { return fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s", table, field, v, id) }
		return mistake{what, set(to), set(from)}
	}
	payment, refund := fmt.Sprintf("id = %d", s.payment), fmt.Sprintf("id = %d", s.refund)
	entry := fmt.Sprintf("payment_id = %d AND account = 'store' AND kind = 'capture'", s.payment)
	attempt := fmt.Sprintf("payment_id = %d AND status = ", s.payment)
	hold := fmt.Sprintf("cause_kind = 'order' AND cause_id = %d AND status = 'open'", s.unpaid)
	const long = "1000000000000" // microseconds: eleven days
	return []mistake{
		swap("a payment without its entry", "payments_payments", "captured", payment, "captured - 1", "captured + 1"),
		swap("an entry that does not sum to zero", "payments_entries", "amount", entry, "amount + 1", "amount - 1"),
		swap("an order that is paid otherwise", "orders_orders", "paid_minor", fmt.Sprintf("id = %d", s.order), "paid_minor + 1", "paid_minor - 1"),
		swap("an order that is paid without a capture", "orders_orders", "status", fmt.Sprintf("id = %d", s.unpaid), "'processing'", "'pending'"),
		swap("a refund that is lost", "payments_refunds", "status", refund, "'failed'", "'done'"),
		swap("a refund that is never settled", "payments_refunds", "status", refund, "'waiting'", "'done'"),
		{
			"an attempt that is never settled", "UPDATE payments_attempts SET status = 'unknown' WHERE " + attempt + "'succeeded'",
			"UPDATE payments_attempts SET status = 'succeeded' WHERE " + attempt + "'unknown'",
		},
		swap("a reservation that lives on", "inventory_reservations", "expires_at", hold, "expires_at - "+long, "expires_at + "+long),
	}
}

// find looks for what mistakes can be planted in.
func (b *Bank) find(ctx context.Context, method string) (s scene, err error) {
	paid := fmt.Sprintf(`SELECT p.id, p.for_id, r.id FROM payments_payments p JOIN payments_refunds r ON r.store_id = p.store_id AND r.payment_id = p.id AND r.status = 'done'
		WHERE p.store_id = %d AND p.method = '%s' AND p.captured > p.refunded + p.aside ORDER BY p.id LIMIT 1`, b.In, method)
	if err := b.Tables.Each(ctx, paid, func(scan func(...any) error) error { return scan(&s.payment, &s.order, &s.refund) }); err != nil {
		return s, err
	}
	unpaid := fmt.Sprintf(`SELECT o.id FROM orders_orders o JOIN inventory_reservations v ON v.store_id = o.store_id AND v.cause_kind = 'order' AND v.cause_id = o.id AND v.status = 'open'
		JOIN payments_payments p ON p.store_id = o.store_id AND p.for_id = o.id AND p.method IN ('stripe', 'paypal')
		WHERE o.store_id = %d AND o.status = 'pending' AND p.authorised = 0 AND v.expires_at IS NOT NULL ORDER BY o.id LIMIT 1`, b.In)
	if err := b.Tables.Each(ctx, unpaid, func(scan func(...any) error) error { return scan(&s.unpaid) }); err != nil {
		return s, err
	}
	if s.payment == 0 || s.unpaid == 0 {
		return s, fmt.Errorf("nothing was paid and given back by %s, or nothing is unpaid, so no mistake can be planted", method)
	}
	return s, nil
}

// Ledger plants mistakes in the books, which the suites before must see, and takes
// them away again; at the end come those that cannot be taken away.
func Ledger(ctx context.Context, b *Bank) (f Finding, err error) {
	f = Finding{Suite: "ledger", What: "mistakes that are planted in the books are found"}
	planted := 0
	for _, method := range methods {
		s, err := b.find(ctx, method)
		if err != nil {
			return f, err
		}
		for _, m := range s.mistakes() {
			planted++
			if err := b.plant(ctx, &f, method, m); err != nil {
				return f, err
			}
		}
		for _, m := range []struct {
			what, seen string
			do         func(ctx context.Context, method string, payment int64) error
		}{
			{"a refund that only the gateway has", "the gateway has", b.givesBack},
			{"a payment that is taken twice", "2 times", b.chargesTwice},
		} {
			planted++
			if err := m.do(ctx, method, s.payment); err != nil {
				return f, fmt.Errorf("plant %s: %w", m.what, err)
			}
			found, err := b.Problems(ctx)
			if err != nil {
				return f, err
			}
			if text := strings.Join(found, "\n"); !strings.Contains(text, paymentText(s.payment)) || !strings.Contains(text, m.seen) {
				f.say(fmt.Sprintf("%s (%s) is not seen: %s", m.what, method, text))
			}
		}
	}
	planted++
	late := NewAnswers(answerWithin)
	late.add("a page", answerWithin)
	if late.add("another", answerWithin+time.Microsecond); len(late.Late()) != 1 || late.Count() != 2 {
		f.say("an answer that is late is not seen")
	}
	f.Saw = fmt.Sprintf("%d of %d", planted-len(f.Problems), planted)
	return f, err
}

// plant makes a mistake, looks whether it is seen, and takes it away.
func (b *Bank) plant(ctx context.Context, f *Finding, method string, m mistake) error {
	before, err := b.All(ctx, time.Now())
	if err != nil {
		return err
	}
	for _, text := range []string{m.plant, m.mend} {
		if err := b.Tables.Write(ctx, text); err != nil {
			return fmt.Errorf("plant %s: %w", m.what, err)
		}
		found, err := b.All(ctx, time.Now())
		if err != nil {
			return err
		}
		if seen := len(found) > len(before); seen != (text == m.plant) {
			f.say(fmt.Sprintf("%s (%s), planted %t, is seen %t: %v", m.what, method, text == m.plant, seen, found))
		}
	}
	return nil
}
