package app

import (
	"strings"
	"testing"
	"time"

	"orion/kit/page"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
)

// dispute waits until the only dispute of the store stands so.
func (x *till) dispute(want payments.DisputeStatus) payments.DisputeDetail {
	x.t.Helper()
	m := x.a.modules.payments
	var got payments.DisputeDetail
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		for _, read := range []func() (page.Page[payments.Disputed], error){
			func() (page.Page[payments.Disputed], error) {
				return m.OpenDisputes(x.t.Context(), x.in, page.Request{})
			},
			func() (page.Page[payments.Disputed], error) {
				return m.ClosedDisputes(x.t.Context(), x.in, page.Request{})
			},
		} {
			found, err := read()
			if err != nil {
				x.t.Fatal(err)
			}
			if len(found.Items) == 0 {
				continue
			}
			if got, err = m.Dispute(x.t.Context(), x.in, found.Items[0].ID); err != nil {
				x.t.Fatal(err)
			}
			if got.Status == want {
				return got
			}
		}
	}
	x.t.Fatalf("the dispute is %q, not %q", got.Status, want)
	return got
}

// A card whose bank takes the money back: staff are told, answer with what the store
// knows, and win; the order tells of it.
func TestDisputes(t *testing.T) {
	t.Parallel()
	eachTill(t, func(t *testing.T, x *till) {
		x.buys("4000000000000259")
		if n, err := x.d.Deliver(t.Context()); n == 0 || err != nil {
			t.Fatal(n, err)
		}
		d := x.dispute(payments.NeedsResponse)
		if p := x.latest(); p.Disputed != p.Amount || p.Status != paymentsapi.Captured {
			t.Errorf("%+v", p)
		}
		var mails int
		find := "SELECT COUNT(*) FROM mail_messages WHERE message_key LIKE 'payments.opened/%' AND body_text NOT LIKE '%lea@example.com%' AND body_text NOT LIKE '%Schmit%'"
		if err := owner(t, x.a).QueryRowContext(t.Context(), find).Scan(&mails); err != nil || mails != 1 {
			t.Errorf("staff got %d mails, %v", mails, err)
		}

		x.signsIn("/store/login", "manager@maison-kirchberg.example")
		eval[string](x.browser, `document.cookie = 'lang=en; path=/'`)
		x.open("/store/payments/disputes")
		x.sees("8 days left")
		x.picture("disputes")
		x.open("/store/payments/disputes/" + d.ID.String())
		x.sees("The card’s owner says that they did not buy this.")
		for name, want := range map[string]string{"email": "lea@example.com", "customer": "Léa Schmit", "address": "12, rue des Roses", "product": d.Reference} {
			if got := eval[string](x.browser, `document.querySelector('[name="`+name+`"]').value`); !strings.Contains(got, want) {
				t.Errorf("%s is %q", name, got)
			}
		}
		x.picture("dispute")
		x.typed("explanation", "winning_evidence")
		eval[string](x.browser, `window.confirm = () => true, ''`)
		x.clicks(`form[action$="/contest"] button.btn-primary`)
		x.dispute(payments.DisputeWon)
		x.open("/store/payments/disputes/" + d.ID.String())
		x.sees("The bank decided for you.")
		if p := x.latest(); !p.Disputed.IsZero() || !p.Lost.IsZero() {
			t.Errorf("%+v", p)
		}
		x.proven()
		x.open("/store/payments/" + d.Payment.String())
		x.sees("Dispute won")
	})
}
