package orders

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/modules/customers/customersapi"
)

func (w *world) forgets(t *testing.T, o Order) error {
	t.Helper()
	return db.Do(t.Context(), w.DB, w.in, func(tx tx) error {
		return w.forgetBuyer(t.Context(), tx, customersapi.Erased{Customer: o.Customer, Email: "lea@example.lu"})
	})
}

// An order that was sent keeps what the invoice says and forgets the rest, also
// who paid, what was remarked, the cart that it came from and what was wished
// for; no mail is written any more.
func TestForget(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := telling(t, e)
		ctx := t.Context()
		v := w.filled(t, w.mug)
		c := lea
		c.Method, c.Note, c.Contact.Phone = w.post, "Ring twice", "+352 621 000"
		c.Billing = &customersapi.Address{Name: "Schmit & Co", Line1: "1, rue du Fort", Postal: "L-1616", City: "Luxembourg", Country: "LU", Phone: "+352 621 111"}
		if _, err := w.Save(ctx, w.in, v, c, ContactPart, AddressPart, DeliveryPart, PaymentPart); err != nil {
			t.Fatal(err)
		}
		placed, err := w.Place(ctx, w.in, Placing{Visit: v, Key: v.Token})
		if err != nil {
			t.Fatal(err)
		}
		o := w.pays(t, placed.Order)
		if _, err := w.Note(ctx, w.in, o.ID, "called about the colour", staff); err != nil {
			t.Fatal(err)
		}
		if err := w.forgets(t, o); !errors.Is(err, errUnderWay) {
			t.Errorf("while it is to be sent: %v", err)
		}
		if w.again(t, o).Contact.Email == "" {
			t.Error("it was forgotten all the same")
		}
		if _, err := w.Ship(ctx, w.in, o.ID, Shipment{}, staff); err != nil {
			t.Fatal(err)
		}
		again := w.visit("")
		again.Holder = Holder{Customer: o.Customer}
		if _, err := w.Add(ctx, w.in, again, Pick{Variant: w.oil.Variant, Quantity: 1}); err != nil {
			t.Fatal(err)
		}
		w.named(w.mug, "mug")
		if _, err := w.Wish(ctx, w.in, again, Wanted{Slug: "mug"}); err != nil {
			t.Fatal(err)
		}
		if err := w.forgets(t, o); err != nil {
			t.Fatal(err)
		}

		got := w.again(t, o)
		if got.Contact != (Contact{Name: "Schmit & Co", Terms: true}) || got.Delivery != (customersapi.Address{Postal: "L-2445", Country: "LU"}) || got.Note != "" {
			t.Errorf("it still knows %+v, %+v, %q", got.Contact, got.Delivery, got.Note)
		}
		want := *c.Billing
		want.Phone = ""
		if got.Billing != want || got.Totals.Total != o.Totals.Total || len(got.Lines) != 1 {
			t.Errorf("the invoice would say %+v, %v", got.Billing, got.Totals.Total)
		}
		d, err := w.Desk(ctx, w.in, o.ID, Query{})
		if err != nil {
			t.Fatal(err)
		}
		story, err := json.Marshal(d.Story)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(story), "colour") || d.Story[len(d.Story)-1].What != Forgotten {
			t.Errorf("its story is %s", story)
		}
		if list, err := w.Orders(ctx, w.in, Query{Text: "lea@example.lu"}); err != nil || len(list.Items) > 0 {
			t.Errorf("the address finds %+v, %v", list.Items, err)
		}
		if gone := w.payments.Forgotten(); len(gone) != 1 || gone[0] != o.Payment.ID {
			t.Errorf("payments forgot %v", gone)
		}
		if left := w.list(t, again); left != "" {
			t.Errorf("wished for: %s", left)
		}
		if q, err := w.Cart(ctx, w.in, again); err != nil || len(q.Items) > 0 {
			t.Errorf("in the cart: %+v, %v", q.Items, err)
		}
	})
}
