package payments_test

import (
	"context"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/auth"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/money"
	"orion/kit/tenant"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
)

// held is a payment whose amount is held.
func (b *bundle) held(t *testing.T) paymentsapi.PaymentID {
	t.Helper()
	id := b.open(t, payments.Test, 1999)
	b.start(t, id)
	if err := b.m.Choose(t.Context(), b.in, id, payments.ChooseHold); err != nil {
		t.Fatal(err)
	}
	if r, err := b.m.Look(t.Context(), b.in, id); err != nil || r.Status != paymentsapi.Authorised {
		t.Fatalf("%+v %v", r, err)
	}
	return id
}

func TestHeldMoneyIsTaken(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		ada := auth.Actor{Kind: "user", Name: "Ada"}
		id := b.held(t)
		var again atomic.Int64
		parallel(4, 4, func(int) {
			switch err := b.m.CaptureAs(t.Context(), b.in, ada, id); {
			case err == nil:
			case fault.As(err).Code == "payments.nothing_held": // somebody was faster
				again.Add(1)
			default:
				t.Error(err)
			}
		})
		if p := b.payment(t, id); p.Status != paymentsapi.Captured || p.Captured.Minor != 1999 || again.Load() == 4 {
			t.Errorf("%+v", p)
		}
		if err := b.m.CaptureAs(t.Context(), b.in, ada, id); fault.As(err).Code != "payments.nothing_held" {
			t.Error(err)
		}
		if diff := cmp.Diff([]string{"payments.authorised.v1", "payments.captured.v1"}, b.events(t)); diff != "" {
			t.Error(diff)
		}

		for _, none := range []paymentsapi.PaymentID{b.open(t, payments.Test, 500), b.open(t, payments.BankTransfer, 500)} {
			if err := b.m.CaptureAs(t.Context(), b.in, ada, none); fault.As(err).Code != "payments.nothing_held" {
				t.Error(err)
			}
		}
		gone := b.held(t)
		if err := b.cancel(t.Context(), gone); err != nil {
			t.Fatal(err)
		}
		if err := b.m.CaptureAs(t.Context(), b.in, ada, gone); fault.As(err).Code != "payments.nothing_held" {
			t.Error("what was cancelled is taken", err)
		}
		e.Clock.Advance(time.Minute)
		b.resolve(t)
		if p := b.payment(t, gone); p.Status != paymentsapi.Cancelled || p.Captured.Minor != 0 {
			t.Errorf("%+v", p)
		}
		b.balanced(t)
	})
}

func TestStaffTakeWhatIsHeld(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.held(t)
		page := "/store/payments/" + id.String()
		if _, body, _ := ask(t, site(t, b, "payments.view"), page, nil); strings.Contains(body, "/capture") {
			t.Error("who may only look can take it")
		}
		s := site(t, b, "payments.view", "payments.settle")
		if status, body, _ := ask(t, s, page, nil); status != 200 || !strings.Contains(body, page+"/capture") || !strings.Contains(body, "is held for you") {
			t.Error(status, body)
		}
		if status, _, to := ask(t, s, page+"/capture", url.Values{}); status != 303 || to != page {
			t.Error(status, to)
		}
		if status, body, _ := ask(t, s, page, nil); status != 200 || strings.Contains(body, page+"/capture") {
			t.Error(status, body)
		}
		if status, _, _ := ask(t, s, page+"/capture", url.Values{}); status != 400 {
			t.Errorf("taken twice: %d", status)
		}
	})
}

// holdingGateway takes what it holds, and loses its first answer.
type holdingGateway struct {
	*farGateway
	calls int
}

func (g *holdingGateway) Capture(context.Context, tenant.Store, payments.Ref) (payments.Snapshot, error) {
	if g.calls++; g.calls == 1 {
		return payments.Snapshot{Outcome: payments.Unknown}, nil
	}
	s := g.farGateway.answer
	s.Outcome = payments.Succeeded
	return s, nil
}

// What was held for longer than unanswered payments are asked about is taken
// all the same, also when the first answer is lost.
func TestWhatWasHeldForLongIsTaken(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		far := &holdingGateway{farGateway: newFar("holding")}
		far.answer = payments.Snapshot{Outcome: payments.Held, Amount: money.New(1000, "EUR")}
		b := setupWith(t, e, payments.Patience{Tries: 1}, far)
		id := b.open(t, "holding", 1000)
		b.start(t, id)
		e.Clock.Advance(6 * 24 * time.Hour)
		if err := b.m.CaptureAs(t.Context(), b.in, auth.SystemActor, id); err != nil {
			t.Fatal(err)
		}
		if p := b.payment(t, id); p.Status != paymentsapi.Authorised {
			t.Fatalf("%+v", p)
		}
		e.Clock.Advance(2 * time.Minute)
		b.resolve(t)
		if p := b.payment(t, id); p.Status != paymentsapi.Captured {
			t.Errorf("%+v", p)
		}
		b.balanced(t)
	})
}
