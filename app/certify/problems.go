package certify

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paypal"
	"orion/modules/payments/paytest"
	"orion/modules/payments/stripe"
)

// sum is a payment as the tables have it.
type sum struct {
	method                                       string
	authorised, captured, refunded, amount, paid int64
	backs                                        int // amounts given back
	order                                        string
	incident                                     bool // staff were told that the gateway moved another amount
}

func (b *Bank) payments(ctx context.Context) (map[string]sum, error) {
	out := map[string]sum{}
	err := b.Tables.Each(ctx, fmt.Sprintf(`SELECT p.id, p.method, p.authorised, p.captured, p.refunded, p.amount, o.paid_minor, o.status,
		(SELECT COUNT(*) FROM payments_refunds r WHERE r.store_id = p.store_id AND r.payment_id = p.id AND r.status = 'done'),
		(SELECT COUNT(*) FROM payments_differences d WHERE d.store_id = p.store_id AND d.payment_id = p.id AND d.status = 'open')
		FROM payments_payments p JOIN orders_orders o ON o.store_id = p.store_id AND o.id = p.for_id WHERE p.store_id = %d AND p.method IN ('stripe', 'paypal')`, b.In),
		func(scan func(...any) error) error {
			var id paymentsapi.PaymentID
			var s sum
			var open int
			err := scan(&id, &s.method, &s.authorised, &s.captured, &s.refunded, &s.amount, &s.paid, &s.order, &s.backs, &open)
			s.incident = open > 0
			out[id.String()] = s
			return err
		})
	return out, err
}

// moved is what a gateway did with the money of a payment.
type moved struct {
	captured, refunded int64
	times, backs       int
}

func (m moved) and(move paytest.Move, minor int64) moved {
	switch move {
	case paytest.Capture:
		m.captured += minor
		m.times++
	case paytest.GiveBack:
		m.refunded += minor
		m.backs++
	}
	return m
}

// moves are what both gateways did, by the payment for which it was. What PayPal has
// names our attempts; what none of ours wanted stands under its own name.
func (b *Bank) moves(ctx context.Context) (map[string]moved, error) {
	out := map[string]moved{}
	for _, e := range b.Double.Ledger(b.Key) {
		id := e.Metadata["orion_payment"]
		out[id] = out[id].and(e.Move, e.Amount)
	}
	of := map[string]string{} // payments by the keys of their attempts
	err := b.Tables.Each(ctx, fmt.Sprintf("SELECT key, payment_id FROM payments_attempts WHERE store_id = %d AND gateway = 'paypal'", b.In), func(scan func(...any) error) error {
		var key string
		var id paymentsapi.PaymentID
		err := scan(&key, &id)
		of[key] = id.String()
		return err
	})
	for _, o := range b.Wallet.Orders(b.Client) {
		id, known := of[strings.TrimPrefix(o.CustomID, "over:")]
		if !known {
			id = "PayPal's order " + o.ID
		}
		of[o.ID] = id
	}
	for _, e := range b.Wallet.Ledger(b.Client) {
		id := of[e.Order]
		out[id] = out[id].and(e.Move, e.Amount.Minor)
	}
	return out, err
}

// Problems are all ways in which our books, the doubles' and the orders disagree.
func (b *Bank) Problems(ctx context.Context) ([]string, error) {
	there, err := b.moves(ctx)
	if err != nil {
		return nil, err
	}
	ours, err := b.payments(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for id, m := range there {
		if _, known := ours[id]; !known && m.times > 0 {
			say("%s was taken, and no order wants it", id)
		}
	}
	for id, p := range ours {
		m := there[id]
		switch {
		case m.times > 1:
			say("%s was taken %d times", id, m.times)
		case !p.incident && (p.captured != m.captured || p.refunded != m.refunded):
			say("%s: %d taken and %d given back, the gateway has %d and %d", id, p.captured, p.refunded, m.captured, m.refunded)
		case !p.incident && p.backs != m.backs:
			say("%s: given back %d times, the gateway has %d", id, p.backs, m.backs)
		case p.paid != p.captured:
			say("%s: %d taken, and its order has %d", id, p.captured, p.paid)
		case p.captured > 0 && p.order == "pending", p.authorised == 0 && p.order != "pending" && p.order != "cancelled":
			say("%s: %d taken, and its order is %s", id, p.captured, p.order)
		case p.captured > 0 && p.order == "cancelled" && p.refunded != p.captured:
			say("%s is cancelled, and only %d of %d went back", id, p.refunded, p.captured)
		}
	}
	wrong, err := b.Check(ctx)
	return append(out, wrong...), err
}

// Unsettled names what nobody knows yet although both gateways answer: what we asked for,
// what staff want taken or given back, what was told, what payers agreed to, and what one
// module has to tell another.
func (b *Bank) Unsettled(ctx context.Context) (out []string, err error) {
	for what, query := range map[string]string{
		"nobody knows of an attempt": "SELECT key || ' ' || status FROM payments_attempts WHERE store_id = %d AND status IN ('sent', 'unknown')",
		"what is held is not taken":  "SELECT key FROM payments_attempts WHERE store_id = %d AND take AND status = 'authorised'",
		"a refund waits":             "SELECT key FROM payments_refunds WHERE store_id = %d AND status = 'waiting' AND problem = ''",
		"a message waits":            "SELECT event || ' ' || kind FROM payments_events WHERE store_id = %d AND status = 'waiting'",
		"an event waits":             "SELECT subscriber || ' ' || error FROM event_deliveries WHERE store_id = %d AND state IN ('pending', 'dead')",
	} {
		texts, err := b.Tables.Column(ctx, fmt.Sprintf(query, b.In))
		if err != nil {
			return out, err
		}
		for _, text := range texts {
			out = append(out, what+": "+text)
		}
	}
	for _, o := range b.Wallet.Orders(b.Client) {
		if o.Agreed() && !strings.HasPrefix(o.CustomID, "over:") {
			out = append(out, "a payer agreed, and nothing is taken: "+o.CustomID)
		}
	}
	return out, nil
}

// Overdue names the reservations that hold goods although their time and a minute are
// over.
func (b *Bank) Overdue(ctx context.Context, now time.Time) ([]string, error) {
	held, err := b.Tables.Column(ctx, fmt.Sprintf(`SELECT 'a reservation outlives its time: ' || cause_name FROM inventory_reservations
		WHERE store_id = %d AND status = 'open' AND expires_at <= %d`, b.In, now.Add(-time.Minute).UnixMicro()))
	return held, err
}

// All are Problems, and what is unsettled or overdue by now.
func (b *Bank) All(ctx context.Context, now time.Time) (out []string, err error) {
	if out, err = b.Problems(ctx); err != nil {
		return out, err
	}
	open, err := b.Unsettled(ctx)
	if err != nil {
		return out, err
	}
	over, err := b.Overdue(ctx, now)
	return slices.Concat(out, open, over), err
}

// Moved counts what a double took and gave back.
func (b *Bank) Moved(method string) (taken, back int) {
	var m moved
	switch method {
	case stripe.Code:
		for _, e := range b.Double.Ledger(b.Key) {
			m = m.and(e.Move, e.Amount)
		}
	case paypal.Code:
		for _, e := range b.Wallet.Ledger(b.Client) {
			m = m.and(e.Move, e.Amount.Minor)
		}
	}
	return m.times, m.backs
}
