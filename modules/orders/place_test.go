package orders

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/paymentsapi"
)

func TestPlace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		o := w.order(t, w.mug, w.oil)
		if o.Number != "1001" || o.Status != ordersapi.Pending {
			t.Errorf("order %s is %s", o.Number, o.Status)
		}
		if diff := cmp.Diff(w.again(t, o), o); diff != "" {
			t.Errorf("what is stored differs from what was answered (-stored +answered):\n%s", diff)
		}
		// 24.00 + 18.50 + 4.90; 17 % of mug and delivery, 3 % of the oil.
		want := []int64{4250, 490, 4740, 420 + 54}
		got := []int64{o.Totals.Goods.Minor, o.Totals.Delivery.Minor, o.Totals.Total.Minor, o.Totals.Tax.Minor}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("totals (-want +got):\n%s", diff)
		}
		if n := w.stock.Held(o.cause(), w.mug.Variant); n != 1 {
			t.Errorf("%d mugs are held", n)
		}
		if p := w.payments.For(causeKind, int64(o.ID)); len(p) != 1 || p[0].Amount != eur(4740) || p[0].ID != o.Payment.ID {
			t.Errorf("payments %+v", p)
		}
		d, err := w.Dossier(t.Context(), w.in, o.ID)
		if err != nil || len(d.Story) != 1 || d.Story[0].What != TookPlace || d.Story[0].Actor != "Léa Schmit" {
			t.Errorf("story %+v, %v", d.Story, err)
		}
	})
}

func TestPlaceTakesAFixedNumberOfStatements(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		v := w.ready(t, w.mug, w.oil, w.song)
		ctx, count := db.WithCounter(t.Context())
		if _, err := w.Place(ctx, w.in, Placing{Visit: v, Key: "k"}); err != nil {
			t.Fatal(err)
		}
		if n := count.N(); n > 10 { // the rest of the 20 belongs to the other modules
			t.Errorf("%d statements", n)
		}
	})
}

func TestOneKeyMakesOneOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		v := w.ready(t, w.mug)
		var wg sync.WaitGroup
		receipts := make([]Receipt, 20)
		for i := range receipts {
			wg.Go(func() {
				r, err := w.Place(t.Context(), w.in, Placing{Visit: v, Key: "one", Seen: eur(2890)})
				if err != nil {
					t.Error(err)
				}
				receipts[i] = r
			})
		}
		wg.Wait()
		fresh := 0
		for _, r := range receipts {
			if r.Order.ID != receipts[0].Order.ID || r.Order.Number != "1001" {
				t.Errorf("another order: %s", r.Order.Number)
			}
			if !r.Repeat {
				fresh++
			}
		}
		list, err := w.Orders(t.Context(), w.in, Query{})
		if err != nil || len(list.Items) != 1 || fresh != 1 {
			t.Errorf("%d orders, %d fresh, %v", len(list.Items), fresh, err)
		}
		if _, err := w.Place(t.Context(), w.in, Placing{Visit: v, Key: "one", Seen: eur(9)}); !errors.Is(err, errKeyReused) {
			t.Errorf("the key with another body: %v", err)
		}
		if _, err := w.Place(t.Context(), w.in, Placing{Visit: v, Key: "two"}); !errors.Is(err, errEmpty) {
			t.Errorf("the cart with another key: %v", err)
		}
	})
}

func TestTwoKeysMakeOneOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		v := w.ready(t, w.mug)
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() {
				_, errs[i] = w.Place(t.Context(), w.in, Placing{Visit: v, Key: string(rune('a' + i))})
			})
		}
		wg.Wait()
		placed := 0
		for _, err := range errs {
			switch {
			case err == nil:
				placed++
			case !errors.Is(err, errOrdered) && !errors.Is(err, errEmpty):
				t.Error(err)
			}
		}
		if placed != 1 {
			t.Errorf("%d orders of one cart", placed)
		}
	})
}

func TestPlaceRefuses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		t.Run("a price that rose since the buyer saw it", func(t *testing.T) {
			v := w.ready(t, w.mug)
			if _, err := w.Place(t.Context(), w.in, Placing{Visit: v, Key: "k", Seen: eur(2500)}); !errors.Is(err, errTotal) {
				t.Error(err)
			}
		})
		t.Run("goods that are gone, and leaves no hole in the numbers", func(t *testing.T) {
			v := w.ready(t, w.oil)
			w.stock.Put(w.oil.Variant, 0)
			if _, err := w.Place(t.Context(), w.in, Placing{Visit: v, Key: "k"}); !errors.Is(err, errChanged) {
				t.Error(err)
			}
			if o := w.order(t, w.mug); o.Number != "1001" {
				t.Errorf("the first order is %s", o.Number)
			}
		})
		t.Run("a checkout that is not complete, by field", func(t *testing.T) {
			v := w.filled(t, w.mug)
			_, err := w.Place(t.Context(), w.in, Placing{Visit: v, Key: "k"})
			var names []string
			for _, f := range fault.As(err).Fields {
				names = append(names, f.Name)
			}
			want := []string{"email", "name", "terms", "address.name", "address.line1", "address.postal_code", "address.city", "delivery", "payment"}
			if diff := cmp.Diff(want, names); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
		t.Run("no cart", func(t *testing.T) {
			if _, err := w.Place(t.Context(), w.in, Placing{Visit: w.visit(""), Key: "k"}); !errors.Is(err, errEmpty) {
				t.Error(err)
			}
		})
	})
}

func TestDeferredOrdersDoNotWait(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		v := w.filled(t, w.mug)
		c := lea
		c.Method, c.Payment = w.post, "on_delivery"
		if _, err := w.Save(t.Context(), w.in, v, c); err != nil {
			t.Fatal(err)
		}
		r, err := w.Place(t.Context(), w.in, Placing{Visit: v, Key: "k"})
		if err != nil || r.Order.Status != ordersapi.Processing {
			t.Fatalf("%s, %v", r.Order.Status, err)
		}
		if o := w.pays(t, r.Order); o.Status != ordersapi.Processing || o.Payment.Paid != eur(2890) || o.PaidAt.IsZero() {
			t.Errorf("after the courier brought the money: %+v", o.Payment)
		}
	})
}

func TestPaid(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		t.Run("in time", func(t *testing.T) {
			o := w.pays(t, w.order(t, w.mug))
			if o.Status != ordersapi.Processing || o.Payment.Paid != eur(2890) || w.people.Totals(o.Customer).Minor != 2890 {
				t.Errorf("%s, %+v", o.Status, o.Payment)
			}
		})
		t.Run("after the hold ended, goods still there", func(t *testing.T) {
			o := w.order(t, w.mug)
			w.stock.Expire(o.cause())
			o = w.pays(t, o)
			if o.Status != ordersapi.Processing || w.stock.Held(o.cause(), w.mug.Variant) != 1 {
				t.Errorf("%s", o.Status)
			}
		})
		t.Run("after the hold ended, goods sold: cancelled and refunded", func(t *testing.T) {
			o := w.order(t, w.oil)
			w.stock.Expire(o.cause())
			w.stock.Put(w.oil.Variant, 0)
			o = w.pays(t, o)
			if o.Status != ordersapi.Cancelled || o.Reason != reasonSoldOut || w.payment(t, o).Refunded.Minor != o.Totals.Total.Minor {
				t.Errorf("%s %s, refunded %d", o.Status, o.Reason, w.payment(t, o).Refunded.Minor)
			}
		})
		t.Run("after it was cancelled: refunded", func(t *testing.T) {
			o := w.order(t, w.mug)
			if _, err := w.Cancel(t.Context(), w.in, o.ID, "changed my mind", staff); err != nil {
				t.Fatal(err)
			}
			o = w.pays(t, o)
			if o.Status != ordersapi.Cancelled || w.payment(t, o).Refunded.Minor != 2890 {
				t.Errorf("%s, refunded %d", o.Status, w.payment(t, o).Refunded.Minor)
			}
		})
	})
}

func TestExpired(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		expire := func(o Order) Order {
			w.stock.Expire(o.cause())
			w.hear(t, func(ctx context.Context, tx tx) error {
				return w.onExpired(ctx, tx, inventoryapi.Expired{Kind: causeKind, ID: int64(o.ID)})
			})
			return w.again(t, o)
		}
		t.Run("an order that nobody paid ends", func(t *testing.T) {
			o := expire(w.order(t, w.mug))
			if o.Status != ordersapi.Cancelled || o.Reason != reasonUnpaid || w.payment(t, o).Status != paymentsapi.Cancelled {
				t.Errorf("%s %s", o.Status, o.Reason)
			}
		})
		t.Run("a payment under way keeps the goods until patience is over", func(t *testing.T) {
			o := w.order(t, w.mug)
			w.tries(t, o)
			if o = expire(o); o.Status != ordersapi.Pending || o.HoldLost || w.stock.Held(o.cause(), w.mug.Variant) != 1 {
				t.Errorf("%s, lost %v", o.Status, o.HoldLost)
			}
			w.Clock.Advance(15 * 24 * time.Hour)
			if o = expire(o); o.Status != ordersapi.Cancelled {
				t.Errorf("%s after two weeks", o.Status)
			}
		})
		t.Run("an order under way without goods ends with a decline", func(t *testing.T) {
			o := w.order(t, w.oil)
			w.tries(t, o)
			w.stock.Put(w.oil.Variant, 0)
			o = expire(o)
			if o.Status != ordersapi.Pending || !o.HoldLost {
				t.Fatalf("%s, lost %v", o.Status, o.HoldLost)
			}
			w.hear(t, func(ctx context.Context, tx tx) error {
				return w.onPayment(ctx, tx, paymentsapi.Changed{Kind: causeKind, For: int64(o.ID)}, w.failed)
			})
			if o = w.again(t, o); o.Status != ordersapi.Cancelled {
				t.Errorf("%s", o.Status)
			}
		})
		t.Run("a paid order does not care", func(t *testing.T) {
			o := expire(w.pays(t, w.order(t, w.mug)))
			if o.Status != ordersapi.Processing {
				t.Errorf("%s", o.Status)
			}
		})
		t.Run("a decline in time leaves a second try", func(t *testing.T) {
			o := w.order(t, w.mug)
			w.hear(t, func(ctx context.Context, tx tx) error {
				return w.onPayment(ctx, tx, paymentsapi.Changed{Kind: causeKind, For: int64(o.ID)}, w.failed)
			})
			step, err := w.Pay(t.Context(), w.in, w.again(t, o))
			if err != nil || step.Status != paymentsapi.Pending {
				t.Errorf("%+v, %v", step, err)
			}
		})
	})
}

func TestHoldLastsAsLongAsConfigured(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		w.need.Kit.Config.Reservation = 40 * time.Minute
		_ = db.Do(t.Context(), e.DB, w.in, func(tx tx) error {
			if got := w.hold(tx, Order{Status: ordersapi.Pending}).Until; got != dbtest.Start.Add(40*time.Minute) {
				t.Errorf("until %v", got)
			}
			if got := w.hold(tx, Order{Status: ordersapi.Processing}).Until; !got.IsZero() {
				t.Errorf("a promised order is held until %v", got)
			}
			return nil
		})
	})
}
