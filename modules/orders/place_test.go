package orders

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/modules/orders/ordersapi"
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
			want := []string{"email", "name", "address.name", "address.line1", "address.postal_code", "address.city", "delivery", "payment", "terms"}
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

// Of two steps of a checkout that are sent at once, none undoes the other.
func TestStepsAtOnceAreAllKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		v := w.filled(t, w.mug)
		var wg sync.WaitGroup
		for _, edit := range []func(*Checkout){
			func(c *Checkout) { c.Contact = lea.Contact },
			func(c *Checkout) { c.Address = lea.Address },
			func(c *Checkout) { c.Payment = lea.Payment },
		} {
			wg.Go(func() {
				if _, err := w.Amend(t.Context(), w.in, v, edit); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		q, err := w.Amend(t.Context(), w.in, v, func(*Checkout) {})
		if diff := cmp.Diff(lea, q.Checkout); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
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
