package orders

import (
	"net/url"
	"testing"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/modules/catalog/catalogapi"
	"orion/modules/customers/customersapi"
)

func TestFreeDelivery(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		of := func(n int64, o catalogapi.Offer, country string) Cart {
			return Cart{Items: []Item{{Variant: o.Variant, Quantity: n, Seen: o.Unit, Offer: o}}, Checkout: Checkout{Address: customersapi.Address{Country: country}}}
		}
		free := func(c Cart) Free {
			t.Helper()
			f, err := w.FreeDelivery(t.Context(), w.in, c, w.shop)
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		for name, tc := range map[string]struct {
			cart Cart
			want Free
		}{
			"some is missing at home":        {of(1, w.mug, ""), Free{Known: true, Missing: eur(7600)}},
			"reached":                        {of(5, w.mug, "LU"), Free{Known: true, Reached: true, Missing: eur(0)}},
			"no threshold abroad":            {of(5, w.mug, "DE"), Free{Missing: eur(0)}},
			"nothing is delivered of a song": {of(1, w.song, ""), Free{}},
			"nothing in it":                  {Cart{}, Free{}},
		} {
			if got := free(tc.cart); got != tc.want {
				t.Errorf("%s: %+v, want %+v", name, got, tc.want)
			}
		}

		ctx, count := db.WithCounter(t.Context())
		if _, err := w.FreeDelivery(ctx, w.in, of(1, w.mug, ""), w.shop); err != nil || count.N() != 0 {
			t.Errorf("%d statements, %v", count.N(), err)
		}
		d, err := w.Method(t.Context(), w.in, w.post)
		if err != nil {
			t.Fatal(err)
		}
		d.Zones[0].FreeFrom = 5000
		if _, err := w.SaveMethod(t.Context(), w.in, d, staff); err != nil {
			t.Fatal(err)
		}
		if got := free(of(1, w.mug, "")); got.Missing != eur(2600) {
			t.Errorf("after a change %v is missing", got.Missing)
		}
	})
}

// A page without scripts: the cart says what is missing for free delivery, what
// one piece costs, and counts right on the page that follows a change.
func TestCartPageSaysTheRules(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := setup(t, e)
		b := serve(t, w)
		pick := url.Values{"variant": {w.mug.Variant.String()}, "quantity": {"2"}}
		b.post("/cart/add", 200, pick, "€52.00 more and delivery is free.", "€24.00 each")
		pick.Set("quantity", "5")
		b.post("/cart/set", 200, pick, "Delivery is free.")
		at, err := url.Parse(b.base)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range b.http.Jar.Cookies(at) {
			if c.Name == countCookie && c.Value != "5" {
				t.Errorf("the browser counts %s", c.Value)
			}
		}
	})
}
