package orders

import (
	"context"
	"testing"

	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/money"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/disputesapi"
	"orion/modules/payments/paymentsapi"
)

// claims lets the buyer's bank claim and keep amounts of an order's payment, and tells.
func (w *world) claims(t *testing.T, o Order, disputed, lost int64, do moving) Order {
	t.Helper()
	if err := w.payments.Claim(o.Payment.ID, eur(disputed), eur(lost)); err != nil {
		t.Fatal(err)
	}
	w.hear(t, func(ctx context.Context, tx tx) error {
		return w.onPayment(ctx, tx, paymentsapi.Changed{Payment: o.Payment.ID, Kind: causeKind, For: int64(o.ID), Amount: eur(max(disputed, lost))}, do)
	})
	return w.again(t, o)
}

// What the buyer's bank takes back is counted once, cannot be given back again, and is
// the store's again when it is won after all; staff read of it, and buyers do not.
func TestDisputed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		o := w.pays(t, w.order(t, w.mug))
		o = w.claims(t, o, 890, 0, noteDispute(false))
		if o.Payment.Lost.Minor != 0 || o.Status != ordersapi.Processing || o.Payment.standing(o.Totals.Total) != Settled {
			t.Errorf("%s %+v", o.Status, o.Payment)
		}
		for range 2 { // told twice
			o = w.claims(t, o, 0, 890, w.disputeClosed(disputesapi.Lost))
		}
		if o.Payment.Lost != eur(890) || o.refundable() != eur(2000) || o.Payment.standing(o.Totals.Total) != ChargedBack || w.people.Totals(o.Customer).Minor != 2000 {
			t.Errorf("%+v, bought for %v", o.Payment, w.people.Totals(o.Customer))
		}
		if _, err := w.Refund(t.Context(), w.in, o.ID, Refunding{Amount: eur(2890), Reason: "kind"}, staff); fault.As(err) == nil {
			t.Error("what the bank has is given back")
		}
		o = w.claims(t, o, 0, 0, w.disputeClosed(disputesapi.Won))
		if !o.Payment.Lost.IsZero() || o.refundable() != eur(2890) || w.people.Totals(o.Customer).Minor != 2890 {
			t.Errorf("%+v", o.Payment)
		}
		d, err := w.Dossier(t.Context(), w.in, o.ID)
		if err != nil {
			t.Fatal(err)
		}
		words := w.need.Kit.Bundle.In("en")
		if all, theirs := storyView(d.Story, words, true), storyView(d.Story, words, false); len(all)-len(theirs) != 4 {
			t.Errorf("%d and %d: %q", len(all), len(theirs), all[0].Title)
		}
	})
}

// An order is cancelled while the bank claims a part: the rest goes back, and the part
// once it was won.
func TestCancelledWhileDisputed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		o := w.pays(t, w.order(t, w.mug))
		o = w.claims(t, o, 890, 0, noteDispute(false))
		if _, err := w.Cancel(t.Context(), w.in, o.ID, "not in stock", staff); err != nil {
			t.Fatal(err)
		}
		back := func() money.Amount { return w.payment(t, o).Refunded }
		if back() != eur(2000) {
			t.Errorf("%v went back", back())
		}
		w.claims(t, o, 0, 0, w.disputeClosed(disputesapi.Won))
		if back() != eur(2890) {
			t.Errorf("%v went back", back())
		}
	})
}

// What is known of a sale is there for the bank.
func TestProof(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		o := w.pays(t, w.order(t, w.mug))
		if _, err := w.Ship(t.Context(), w.in, o.ID, Shipment{Carrier: "Post", Tracking: "RR 1"}, staff); err != nil {
			t.Fatal(err)
		}
		p, err := w.Proof(t.Context(), w.in, o.ID)
		if err != nil || p.Email != o.Contact.Email || p.Customer != o.Contact.Name || p.Carrier != "Post" || p.Tracking != "RR 1" || p.ShippedOn == "" || p.Product == "" || p.Address == "" {
			t.Errorf("%+v %v", p, err)
		}
	})
}
