package orders

import (
	"strings"
	"testing"

	"orion/kit/dbtest"
	"orion/kit/i18n"
	"orion/kit/modtest"
)

func TestBuyersAreWrittenTo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := telling(t, e)
		v := w.ready(t, w.mug)
		v.Lang = i18n.De
		r, err := w.Place(t.Context(), w.in, Placing{Visit: v, Key: "k"})
		if err != nil {
			t.Fatal(err)
		}
		o := w.pays(t, r.Order)
		if _, err := w.Ship(t.Context(), w.in, o.ID, Shipment{Carrier: "POST", Tracking: "LU1"}, staff); err != nil {
			t.Fatal(err)
		}
		modtest.Settle(t, e, w.need.Kit, w.Definition())
		sent := w.need.Kit.Mail.(*modtest.Mails).Sent
		want := []string{"Ihre Bestellung 1001 bei Maison", "Bestellung 1001 ist bestätigt", "Bestellung 1001 ist unterwegs"}
		for _, subject := range want {
			found := false
			for _, m := range sent {
				if m.Subject != subject {
					continue
				}
				found = true
				link := w.shop.Origin + w.Path(w.in, o.ID)
				if m.To != "lea@example.lu" || !strings.Contains(m.Text, link) || !strings.Contains(m.HTML, link) || !strings.Contains(m.Text, "28,90") {
					t.Errorf("%s to %s:\n%s", m.Subject, m.To, m.Text)
				}
			}
			if !found {
				t.Errorf("nobody wrote %q", subject)
			}
		}
		if len(sent) != len(want) {
			t.Errorf("%d mails", len(sent))
		}
	})
}

// Who pays on delivery gets one mail that says it all, and not two at once.
func TestOneMailForWhoPaysOnDelivery(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		w := telling(t, e)
		v, c := w.ready(t, w.mug), lea
		c.Payment, c.Method = "on_delivery", w.post
		if _, err := w.Save(t.Context(), w.in, v, c); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Place(t.Context(), w.in, Placing{Visit: v, Key: "k"}); err != nil {
			t.Fatal(err)
		}
		modtest.Settle(t, e, w.need.Kit, w.Definition())
		sent := w.need.Kit.Mail.(*modtest.Mails).Sent
		if len(sent) != 1 || !strings.Contains(sent[0].Text, "We get it ready now") {
			t.Errorf("%d mails: %v", len(sent), sent)
		}
	})
}
