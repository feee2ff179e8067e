package orders

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/money"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/paymentsapi"
)

// bought is a paid order of two mugs and one oil.
func (w *world) bought(t *testing.T) Order {
	t.Helper()
	return w.pays(t, w.order(t, w.mug, w.mug, w.oil))
}

func TestShip(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		o := w.bought(t)
		mugs := o.Lines[0].ID
		o, err := w.Ship(t.Context(), w.in, o.ID, Shipment{Lines: map[LineID]int64{mugs: 1}, Carrier: "POST", Tracking: "LU123"}, staff)
		if err != nil || o.Status != ordersapi.PartiallyShipped {
			t.Fatalf("%s, %v", o.Status, err)
		}
		if _, err := w.Ship(t.Context(), w.in, o.ID, Shipment{Lines: map[LineID]int64{mugs: 2}}, staff); !errors.Is(err, errShipment) {
			t.Errorf("two of one: %v", err)
		}
		if _, err := w.Cancel(t.Context(), w.in, o.ID, "", staff); !errors.Is(err, errMove) {
			t.Errorf("cancel what is under way: %v", err)
		}
		if o, err = w.Ship(t.Context(), w.in, o.ID, Shipment{}, staff); err != nil || o.Status != ordersapi.Shipped || o.ShippedAt.IsZero() {
			t.Fatalf("%s, %v", o.Status, err)
		}
		if _, err := w.Ship(t.Context(), w.in, o.ID, Shipment{}, staff); !errors.Is(err, errNothing) {
			t.Errorf("nothing left: %v", err)
		}
		if o, err = w.Deliver(t.Context(), w.in, o.ID, staff); err != nil || o.Status != ordersapi.Delivered {
			t.Fatalf("%s, %v", o.Status, err)
		}
		d, err := w.Dossier(t.Context(), w.in, o.ID)
		if err != nil || len(d.Parcels) != 2 || d.Parcels[0].Tracking != "LU123" {
			t.Errorf("%+v, %v", d.Parcels, err)
		}
		var story []string
		for _, m := range d.Story {
			story = append(story, m.What)
		}
		if diff := cmp.Diff([]string{TookPlace, GotPaid, WasShipped, WasShipped, WasDelivered}, story); diff != "" {
			t.Errorf("story (-want +got):\n%s", diff)
		}
		if left := w.stock.Left(w.mug.Variant); left != 8 {
			t.Errorf("%d mugs left of 10", left)
		}
	})
}

func TestStaffActsAreAudited(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		o := w.bought(t)
		w.log.entries = nil
		if _, err := w.Note(t.Context(), w.in, o.ID, "gift wrap", staff); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Ship(t.Context(), w.in, o.ID, Shipment{}, staff); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range w.log.entries {
			got = append(got, a.Actor.Name+" "+a.Action+" "+a.Title)
		}
		if diff := cmp.Diff([]string{"Lena orders.edit 1001", "Lena orders.ship 1001"}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestUnknownOrdersLookAlike(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		o := w.bought(t)
		other := e.Store()
		if _, err := w.Order(t.Context(), other, o.ID); !errors.Is(err, errUnknown) {
			t.Error(err)
		}
		if _, err := w.Ship(t.Context(), other, o.ID, Shipment{}, staff); !errors.Is(err, errUnknown) {
			t.Error(err)
		}
		if _, err := w.Ship(t.Context(), w.in, o.ID, Shipment{Lines: map[LineID]int64{77: 1}}, staff); !errors.Is(err, errUnknown) {
			t.Error(err)
		}
	})
}

func TestCancel(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		o := w.bought(t)
		o, err := w.Cancel(t.Context(), w.in, o.ID, "out of glaze", staff)
		if err != nil || o.Status != ordersapi.Cancelled || w.payment(t, o).Refunded.Minor != o.Totals.Total.Minor {
			t.Fatalf("%s, refunded %d, %v", o.Status, w.payment(t, o).Refunded.Minor, err)
		}
		if w.stock.Left(w.mug.Variant) != 10 {
			t.Error("the goods are not back")
		}
		w.gaveBack(t, o, o.Totals.Total)
		if o = w.again(t, o); o.Status != ordersapi.Cancelled || o.Payment.Refunded != o.Totals.Total || w.people.Totals(o.Customer).Minor != 0 {
			t.Errorf("%s, %+v, %d", o.Status, o.Payment, w.people.Totals(o.Customer).Minor)
		}
	})
}

// gaveBack lets payments tell that an amount has gone back.
func (w *world) gaveBack(t *testing.T, o Order, a money.Amount) {
	t.Helper()
	w.hear(t, func(ctx context.Context, tx tx) error {
		return w.onPayment(ctx, tx, paymentsapi.Changed{Kind: causeKind, For: int64(o.ID), Amount: a}, w.refunded)
	})
}

func TestRefund(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		o := w.bought(t) // 66.50 + 4.90
		if _, err := w.Ship(t.Context(), w.in, o.ID, Shipment{}, staff); err != nil {
			t.Fatal(err)
		}
		mugs := map[LineID]int64{o.Lines[0].ID: 1}
		o, err := w.Refund(t.Context(), w.in, o.ID, Refunding{Lines: mugs, Restock: true, Reason: "broken"}, staff)
		if err != nil || w.payment(t, o).Refunded.Minor != 2400 || w.stock.Left(w.mug.Variant) != 9 {
			t.Fatalf("refunded %d, %d mugs, %v", w.payment(t, o).Refunded.Minor, w.stock.Left(w.mug.Variant), err)
		}
		_, err = w.Refund(t.Context(), w.in, o.ID, Refunding{Amount: eur(4741)}, staff)
		if f := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Code != "orders.more_than_paid" {
			t.Errorf("more than is left, while the first is under way: %v", err)
		}
		w.gaveBack(t, o, eur(2400))
		if o = w.again(t, o); o.Status != ordersapi.Shipped || o.Payment.Refunded != eur(2400) {
			t.Errorf("%s, %v", o.Status, o.Payment.Refunded)
		}
		if _, err := w.Refund(t.Context(), w.in, o.ID, Refunding{Amount: eur(4740)}, staff); err != nil {
			t.Fatal(err)
		}
		w.gaveBack(t, o, eur(4740))
		if o = w.again(t, o); o.Status != ordersapi.Refunded || w.people.Totals(o.Customer).Minor != 0 {
			t.Errorf("%s, bought %d", o.Status, w.people.Totals(o.Customer).Minor)
		}
		if _, err := w.Refund(t.Context(), w.in, o.ID, Refunding{Amount: eur(1)}, staff); !errors.Is(err, errNothingPaid) {
			t.Errorf("nothing left: %v", err)
		}
	})
}
