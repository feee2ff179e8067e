package orders

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/page"
	"orion/modules/orders/ordersapi"
)

// numbers are the orders that a query finds.
func (w *world) numbers(t *testing.T, q Query) string {
	t.Helper()
	found, err := w.Orders(t.Context(), w.in, q)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range found.Items {
		out = append(out, r.Number)
	}
	return strings.Join(out, " ")
}

func TestDeskFilters(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		w.order(t, w.mug)                           // 1001, unpaid
		paid := w.bought(t)                         // 1002
		gone := w.pays(t, w.order(t, w.mug))        // 1003
		w.pays(t, w.order(t, w.song))               // 1004, nothing to deliver
		back := w.pays(t, w.order(t, w.mug, w.mug)) // 1005
		if _, err := w.Ship(t.Context(), w.in, gone.ID, Shipment{}, staff); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Refund(t.Context(), w.in, back.ID, Refunding{Amount: eur(100)}, staff); err != nil {
			t.Fatal(err)
		}
		w.gaveBack(t, back, eur(100))
		if _, err := w.Pack(t.Context(), w.in, []ordersapi.OrderID{paid.ID}, staff); err != nil {
			t.Fatal(err)
		}
		now := e.Clock.Now()
		for want, q := range map[string]Query{
			"1001":                {Money: Unpaid},
			"1004 1003 1002":      {Money: Settled},
			"1005":                {Money: PartlyReturned},
			"1005 1003 1002 1001": {Country: "LU"},
			"":                    {Country: "DE"},
			"1002":                {Packed: Ready},
			"1005 1004 1003 1001": {Packed: ToPack},
			"1003":                {Statuses: []ordersapi.Status{ordersapi.Shipped}, Method: w.post},
			"1005 1004":           {Since: now.Add(-time.Hour), Until: now.Add(time.Hour), Request: page.Request{Limit: 2}},
		} {
			if got := w.numbers(t, q); got != want {
				t.Errorf("%+v: %q, want %q", q, got, want)
			}
		}
		if got := w.numbers(t, Query{Until: now.Add(-time.Hour)}); got != "" {
			t.Errorf("before the first: %q", got)
		}
		d, err := w.Desk(t.Context(), w.in, paid.ID, Query{Country: "LU"})
		if err != nil || d.Newer != gone.ID || d.Older.IsZero() {
			t.Errorf("newer %v, older %v, %v", d.Newer, d.Older, err)
		}
		if d, err = w.Desk(t.Context(), w.in, paid.ID, Query{Packed: Ready}); err != nil || !d.Newer.IsZero() || !d.Older.IsZero() {
			t.Errorf("alone in the filter: newer %v, older %v, %v", d.Newer, d.Older, err)
		}
	})
}

func TestPack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		unpaid, paid := w.order(t, w.mug), w.bought(t)
		ids := []ordersapi.OrderID{unpaid.ID, paid.ID, 77}
		done, err := w.Pack(t.Context(), w.in, ids, staff)
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, d := range done {
			if d.Err != nil {
				codes = append(codes, d.Err.Code)
				continue
			}
			codes = append(codes, "")
		}
		if diff := cmp.Diff([]string{"orders.not_packable", "", "orders.unknown"}, codes); diff != "" {
			t.Error(diff)
		}
		if !w.again(t, paid).Packed || w.again(t, unpaid).Packed {
			t.Error("the wrong one is packed")
		}
		if _, err := w.Unpack(t.Context(), w.in, ids[1:2], staff); err != nil || w.again(t, paid).Packed {
			t.Errorf("still packed, %v", err)
		}
		if _, err := w.Pack(t.Context(), w.in, nil, staff); err == nil {
			t.Error("none is taken")
		}
		if _, err := w.Pack(t.Context(), w.in, make([]ordersapi.OrderID, MostAtOnce+1), staff); err == nil {
			t.Error("too many are taken")
		}
		if _, err := w.Pack(t.Context(), w.in, ids[1:2], staff); err != nil {
			t.Fatal(err)
		}
		mugs := map[LineID]int64{paid.Lines[0].ID: 1}
		if o, err := w.Ship(t.Context(), w.in, paid.ID, Shipment{Lines: mugs}, staff); err != nil || o.Packed {
			t.Errorf("what is left of a parcel is packed: %v, %v", o.Packed, err)
		}
	})
}

func TestDeskPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		unpaid, one, two := w.order(t, w.mug), w.bought(t), w.pays(t, w.order(t, w.oil, w.song))
		b := serve(t, w)
		ids := url.Values{"id": {one.ID.String(), two.ID.String()}}

		b.see("/store/orders?money=paid&country=LU", "1002", "1003", `country=LU&amp;money=paid`)
		b.see("/store/orders?method="+w.post.String()+"&from=2020-01-01&until=2020-01-02", "No orders match")
		b.see("/store/orders/"+one.ID.String()+"?money=paid", `/orders/`+two.ID.String()+`?money=paid`)

		slips := b.see("/store/orders/packing-slips?"+ids.Encode(), "Packing slip", "12, rue des Roses", "Mug", "Oil")
		if n := strings.Count(slips, "<article"); n != 2 {
			t.Errorf("%d slips for two orders", n)
		}
		if strings.Contains(slips, "Song") || strings.Contains(slips, "24.00") {
			t.Error("a slip has a price, or what is not packed")
		}
		b.post("/store/orders/pack?view=to_ship", 200, ids, "Packed")
		b.see("/store/orders?view=packed", "1002", "1003")
		b.post("/store/orders/unpack?"+ids.Encode(), 200, nil)
		b.see("/store/orders?view=packed", "No orders match")

		ids.Add("id", unpaid.ID.String())
		b.see("/store/orders/ship?"+ids.Encode(), "Ship 2 orders", "nothing to be shipped", "tracking."+one.ID.String())
		ids.Set("tracking."+one.ID.String(), "LU77")
		b.post("/store/orders/ship", 200, ids, "2 of 3 done", "Not done", "1001")
		d, err := w.Dossier(t.Context(), w.in, one.ID)
		if err != nil || d.Status != ordersapi.Shipped || d.Parcels[0].Tracking != "LU77" {
			t.Errorf("%s, %+v, %v", d.Status, d.Parcels, err)
		}
		b.post("/store/orders/ship", 422, url.Values{}, "No order is chosen")
	})
}

func TestDeskStatements(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		o := w.bought(t)
		ids := []ordersapi.OrderID{o.ID}
		for range 3 {
			ids = append(ids, w.bought(t).ID)
		}
		for name, c := range map[string]struct {
			most int
			read func(context.Context) error
		}{
			"list":  {3, func(ctx context.Context) error { _, err := w.Overview(ctx, w.in, Query{}, "EUR"); return err }},
			"order": {7, func(ctx context.Context) error { _, err := w.Desk(ctx, w.in, o.ID, Query{}); return err }},
			"slips": {3, func(ctx context.Context) error { _, _, err := w.Chosen(ctx, w.in, ids); return err }},
		} {
			w.methods.InvalidateAll()
			ctx, n := db.WithCounter(t.Context())
			if err := c.read(ctx); err != nil || n.N() > c.most {
				t.Errorf("%s: %d statements, want at most %d; %v", name, n.N(), c.most, err)
			}
		}
	})
}
