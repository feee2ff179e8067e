package orders

import (
	"context"
	"testing"
	"time"

	"orion/kit/dbtest"
	"orion/modules/inventory/inventoryapi"
	"orion/modules/orders/ordersapi"
	"orion/modules/payments/paymentsapi"
)

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

// What was promised can be taken back, and what was given back can come again. The
// order says so, and who owes pays.
func TestTakenBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		tell := func(o Order, do moving, minor int64) Order {
			w.hear(t, func(ctx context.Context, tx tx) error {
				return w.onPayment(ctx, tx, paymentsapi.Changed{Kind: causeKind, For: int64(o.ID), Amount: eur(minor)}, do)
			})
			return w.again(t, o)
		}
		last := func(o Order) Moment {
			d, err := w.Dossier(t.Context(), w.in, o.ID)
			if err != nil || len(d.Story) == 0 {
				t.Fatal(err)
			}
			return d.Story[len(d.Story)-1]
		}
		t.Run("what was held", func(t *testing.T) {
			o := tell(w.order(t, w.mug), w.authorised, 2890)
			if o.Status != ordersapi.Processing {
				t.Fatalf("%s", o.Status)
			}
			o = tell(o, w.failed, 2890)
			if what := last(o).What; o.Status != ordersapi.Processing || what != PromiseLost {
				t.Errorf("%s, %s", o.Status, what)
			}
			if step, err := w.Pay(t.Context(), w.in, o); err != nil || step.Status != paymentsapi.Pending {
				t.Errorf("the buyer cannot pay: %+v, %v", step, err)
			}
			if o = w.pays(t, o); o.Payment.Paid != eur(2890) || o.Status != ordersapi.Processing {
				t.Errorf("%+v", o.Payment)
			}
			if _, err := w.Pay(t.Context(), w.in, o); err == nil {
				t.Error("what is paid can be paid again")
			}
		})
		t.Run("what went back", func(t *testing.T) {
			o := w.pays(t, w.order(t, w.mug))
			o = tell(tell(o, w.refunded, 890), w.refundUndone, 890)
			if m := last(o); !o.Payment.Refunded.IsZero() || m.What != RefundUndone || m.Detail.Amount != eur(890) {
				t.Errorf("%+v, %+v", o.Payment, m)
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
