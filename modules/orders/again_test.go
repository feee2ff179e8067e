package orders

import (
	"net/url"
	"strings"
	"testing"

	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/tenant"
	"orion/modules/catalog/catalogapi"
	"orion/modules/orders/ordersapi"
)

// Buying again takes what can still be had, at today's prices, on top of what is
// in the cart already.
func TestBuyAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		o := w.order(t, w.mug, w.oil, w.song)
		w.catalog.Remove(w.oil.Variant)
		w.mug.Unit = eur(2500)
		w.catalog.Put(w.mug)
		v := w.visit("")
		a, err := w.BuyAgain(t.Context(), w.in, v, o.ID)
		if err != nil || a.Added != 2 || a.Left != 1 || a.Token == "" {
			t.Fatalf("%+v, %v", a, err)
		}
		v.Token = a.Token
		if a, err = w.BuyAgain(t.Context(), w.in, v, o.ID); err != nil || a.Token != v.Token {
			t.Fatalf("a second time: %+v, %v", a, err)
		}
		c, err := w.Cart(t.Context(), w.in, v)
		if err != nil {
			t.Fatal(err)
		}
		got := map[catalogapi.VariantID]int64{}
		for _, i := range c.Items {
			got[i.Variant] = i.Quantity
		}
		if len(got) != 2 || got[w.mug.Variant] != 2 || got[w.song.Variant] != 2 {
			t.Errorf("in the cart: %v", got)
		}
		if goods, err := c.Goods("EUR"); err != nil || goods != eur(2*2500+2*500) {
			t.Errorf("costs %v, %v", goods, err)
		}
	})
}

// A buyer ends an order as long as nothing was paid; its goods are free again.
func TestWithdraw(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		o := w.order(t, w.mug)
		if o, err := w.Withdraw(t.Context(), w.in, o.ID); err != nil || o.Status != ordersapi.Cancelled || o.Reason != "orders.reason_buyer" {
			t.Errorf("%s for %q, %v", o.Status, o.Reason, err)
		}
		if _, err := w.Withdraw(t.Context(), w.in, o.ID); fault.As(err).Code != "orders.too_late_to_cancel" {
			t.Errorf("a second time: %v", err)
		}
		paid := w.pays(t, w.order(t, w.mug))
		if _, err := w.Withdraw(t.Context(), w.in, paid.ID); fault.As(err).Code != "orders.too_late_to_cancel" {
			t.Errorf("after it was paid: %v", err)
		}
		if got := w.again(t, paid); got.Status != ordersapi.Processing {
			t.Errorf("the paid order is %s", got.Status)
		}
		for _, entry := range w.log.entries {
			if entry.Action == MayCancel.Code {
				t.Error("the log of what staff do has what a buyer did")
			}
		}
	})
}

// The page of an order says how far it is and offers what its state allows;
// its buttons do it.
func TestOrderPageLeadsOn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		w.need.Contact = func(tenant.Store) bool { return true }
		b := serve(t, w)
		o := w.order(t, w.mug)
		path := w.Path(w.in, o.ID)
		b.see(path, `class="stepper"`, "On its way", "Cancel this order", "/contact?", "order="+o.Number)
		b.post(path+"/again", 200, nil, `class="cart-lines"`, "Mug")
		page := b.post(path+"/cancel", 200, nil, "The customer no longer wanted it.", "Buy again")
		if strings.Contains(page, `class="stepper"`) || strings.Contains(page, "Cancel this order") {
			t.Error("a cancelled order goes on")
		}
		paid := w.pays(t, w.order(t, w.mug))
		if page := b.see(w.Path(w.in, paid.ID), "Ask to cancel it"); strings.Contains(page, "Cancel this order") || strings.Contains(page, "Send something back") {
			t.Error("what is not allowed is offered")
		}
		for _, act := range []string{"/again", "/cancel"} {
			b.post("/orders/"+url.PathEscape("forged.token")+act, 404, nil)
		}
	})
}

// Quantities follow the product's rules on the page of the cart and in REST.
func TestQuantityRules(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		w.mug.MinQty, w.mug.Step, w.mug.MaxQty = 2, 2, 6
		w.catalog.Put(w.mug)
		b := serve(t, w)
		form := func(n string) url.Values { return url.Values{"variant": {w.mug.Variant.String()}, "quantity": {n}} }
		b.post("/cart/add", 200, form("2"), "Sold from 2 pieces on", "At most 6 per order", "Sold in packs of 2", `step="2"`, `min="2"`, `max="6"`)
		for _, n := range []string{"3", "8"} {
			b.post("/cart/set", 200, form(n))
			if page := b.see("/cart"); !strings.Contains(page, `value="2"`) {
				t.Errorf("%s are in the cart", n)
			}
		}
		v := w.visit("")
		for n, want := range map[int64]string{3: "orders.wrong_step", 8: "orders.too_many"} {
			if _, err := w.Add(t.Context(), w.in, v, Pick{Variant: w.mug.Variant, Quantity: n}); fault.As(err).Code != want {
				t.Errorf("adding %d: %v, want %s", n, err, want)
			}
		}
	})
}
