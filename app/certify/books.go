package certify

import (
	"context"
	"fmt"

	"orion/kit/db/aside"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
)

// Bank is a store whose cards are paid at a double that outlives the server.
type Bank struct {
	Counter
	Double  *paytest.Stripe
	Gateway string // address of the double
	Key     string // of the store's account there
	Gate    *Gate  // through which the double tells
	Hook    string // path of the store at which it does
	// GiveBack lets staff give some of a captured payment back.
	GiveBack func(ctx context.Context)
}

// Counter is a store with one thing on sale.
type Counter struct {
	Host            string
	Variant, Method string
	Units           int64 // that there were when it began

	Tables *aside.Tables
	In     int64 // the store there
	// Check tells what the program itself finds wrong with its ledger and its stock.
	Check func(ctx context.Context) ([]string, error)
	// Left is how many units are left.
	Left func(ctx context.Context) (int64, error)
}

// sum is a payment as the tables have it.
type sum struct {
	captured, refunded, amount, paid int64
	order                            string
}

func (b *Bank) payments(ctx context.Context) (map[string]sum, error) {
	out := map[string]sum{}
	err := b.Tables.Each(ctx, fmt.Sprintf(`SELECT p.id, p.captured, p.refunded, p.amount, o.paid_minor, o.status
		FROM payments_payments p JOIN orders_orders o ON o.store_id = p.store_id AND o.id = p.for_id WHERE p.store_id = %d AND p.method = 'stripe'`, b.In),
		func(scan func(...any) error) error {
			var id paymentsapi.PaymentID
			var s sum
			err := scan(&id, &s.captured, &s.refunded, &s.amount, &s.paid, &s.order)
			out[id.String()] = s
			return err
		})
	return out, err
}

// Problems are all ways in which our books, the double's and the orders disagree.
func (b *Bank) Problems(ctx context.Context) ([]string, error) {
	ours, err := b.payments(ctx)
	if err != nil {
		return nil, err
	}
	captured, refunded, times := map[string]int64{}, map[string]int64{}, map[string]int{}
	for _, e := range b.Double.Ledger(b.Key) {
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
	wrong, err := b.Check(ctx)
	return append(out, wrong...), err
}

// Moved counts what the double took and gave back.
func (b *Bank) Moved() (taken, back int) {
	for _, e := range b.Double.Ledger(b.Key) {
		switch e.Move {
		case paytest.Capture:
			taken++
		case paytest.GiveBack:
			back++
		}
	}
	return taken, back
}

// Waiting names what is still to be done, for who looks for the reason.
func (b *Bank) Waiting(ctx context.Context) ([]string, error) {
	var out []string
	for what, query := range map[string]string{
		"event waits":     "SELECT CAST(event_id AS TEXT) || ' ' || subscriber || ' ' || state || ' ' || CAST(attempts AS TEXT) || ' ' || error FROM event_deliveries WHERE state <> 'done'",
		"job is not over": "SELECT CAST(id AS TEXT) || ' ' || CAST(state AS TEXT) || ' ' || CAST(attempt AS TEXT) || ' ' || CAST(args AS TEXT) FROM river_job WHERE finalized_at IS NULL",
	} {
		texts, err := b.Tables.Column(ctx, query+" LIMIT 40")
		if err != nil {
			return out, err
		}
		for _, text := range texts {
			out = append(out, what+": "+text)
		}
	}
	return out, nil
}
