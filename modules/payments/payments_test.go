package payments_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
)

func TestMethods(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		got, err := db.Read(t.Context(), b.DB, b.in, func(tx tx) (codes []string, err error) {
			ms, err := b.m.Methods(t.Context(), tx, money.New(1999, "EUR"), i18n.En)
			for _, m := range ms {
				codes = append(codes, m.Code)
			}
			return codes, err
		})
		if diff := cmp.Diff([]string{"far", "near", "bank_transfer", "on_delivery", "test"}, got); diff != "" || err != nil {
			t.Error(diff, err)
		}
		err = db.Do(t.Context(), b.DB, b.in, func(tx tx) error {
			_, err := b.m.Open(t.Context(), tx, b.charge("cheque", 100))
			return err
		})
		if fault.As(err).Code != "payments.unknown_method" {
			t.Error(err)
		}
	})
}

func TestBankTransfer(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id := b.open(t, payments.BankTransfer, 6475)
		ctx, n := db.WithCounter(t.Context())
		for range 2 {
			step, err := b.m.Start(ctx, b.in, id)
			if err != nil || step.Status != paymentsapi.Pending || step.RedirectPath != "" || !strings.Contains(step.Instructions, "LU28 0019 4006 4475 0000") {
				t.Errorf("%+v %v", step, err)
			}
		}
		if n.N() != 6 {
			t.Errorf("starting and looking again took %d statements", n.N())
		}
		e.Clock.Advance(time.Hour)
		if n, err := b.m.Resolve(t.Context(), b.in); n != 0 || err != nil {
			t.Errorf("a bank transfer is asked about: %d %v", n, err)
		}
		if err := b.settle(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if err := b.cancel(t.Context(), id); fault.As(err).Code != "payments.already_captured" {
			t.Error(err)
		}
		if err := b.refund(t.Context(), id, 475); err != nil {
			t.Fatal(err)
		}
		got := b.payment(t, id)
		want := paymentsapi.Payment{
			ID: id, Kind: "order", For: 1, Method: payments.BankTransfer, Status: paymentsapi.PartiallyRefunded,
			Amount: money.New(6475, "EUR"), Captured: money.New(6475, "EUR"), Refunded: money.New(475, "EUR"), Disputed: money.New(0, "EUR"), Lost: money.New(0, "EUR"), OpenedAt: dbtest.Start,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"payments.captured.v1", "payments.refunded.v1"}, b.events(t)); diff != "" {
			t.Error(diff)
		}
		b.balanced(t)
	})
}

func TestDoubleSettleHasOneEffect(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		for _, started := range []bool{true, false} {
			id := b.open(t, payments.BankTransfer, 5000)
			if started {
				b.start(t, id)
			}
			parallel(8, 16, func(int) {
				if err := b.settle(t.Context(), id); err != nil {
					t.Error(err)
				}
			})
			if p := b.payment(t, id); p.Captured.Minor != 5000 || p.Status != paymentsapi.Captured {
				t.Errorf("%+v", p)
			}
		}
		if diff := cmp.Diff([]string{"payments.captured.v1", "payments.captured.v1"}, b.events(t)); diff != "" {
			t.Error(diff)
		}
		b.balanced(t)
	})
}

func TestLostAnswerIsResolved(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.far.answer = payments.Snapshot{Outcome: payments.Succeeded}
		b.far.lost = 3
		id := b.open(t, "far", 1999)
		if step := b.start(t, id); step.Status != paymentsapi.Pending || !strings.HasPrefix(step.RedirectPath, "/pay/") {
			t.Fatalf("%+v", step)
		}
		b.resolve(t) // not due yet
		if b.far.asked != 2 {
			t.Errorf("asked %d times", b.far.asked)
		}
		e.Clock.Advance(2*time.Minute + time.Second)
		b.resolve(t) // the first answer of two is lost
		if p := b.payment(t, id); p.Status != paymentsapi.Captured {
			t.Errorf("%+v", p)
		}
		if len(b.far.state) != 1 {
			t.Error("the gateway was asked for the money twice")
		}
		e.Clock.Advance(time.Hour)
		b.resolve(t)
		if b.far.asked != 4 {
			t.Errorf("asked %d times: what is over is asked about", b.far.asked)
		}
		b.balanced(t)
	})
}

func TestNeverSentIsDeclinedAndTriedAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.far.answer = payments.Snapshot{Outcome: payments.Declined, Reason: "declined"}
		id := b.open(t, "far", 1999)
		if step := b.start(t, id); step.Status != paymentsapi.Failed {
			t.Fatalf("%+v", step)
		}
		b.far.answer = payments.Snapshot{Outcome: payments.Succeeded}
		if step := b.start(t, id); step.Status != paymentsapi.Captured {
			t.Fatalf("%+v", step)
		}
		if diff := cmp.Diff([]string{"payments.failed.v1", "payments.captured.v1"}, b.events(t)); diff != "" {
			t.Error(diff)
		}
		b.balanced(t)
	})
}

func TestAnotherAmountIsNotBooked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.far.answer = payments.Snapshot{Outcome: payments.Succeeded, Amount: money.New(199, "EUR")}
		id := b.open(t, "far", 1999)
		b.start(t, id)
		if p := b.payment(t, id); p.Status != paymentsapi.Pending || p.Captured.Minor != 0 {
			t.Errorf("%+v", p)
		}
		if got := b.events(t); len(got) != 0 {
			t.Error(got)
		}
	})
}

func TestCancelAndLateSuccess(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.far.answer = payments.Snapshot{Outcome: payments.Processing}
		id := b.open(t, "far", 1999)
		b.start(t, id)
		if err := errors.Join(b.cancel(t.Context(), id), b.cancel(t.Context(), id)); err != nil {
			t.Fatal(err)
		}
		if p := b.payment(t, id); p.Status != paymentsapi.Cancelled {
			t.Errorf("%+v", p)
		}
		b.far.becomes(payments.Snapshot{Outcome: payments.Succeeded, Amount: money.New(1999, "EUR")})
		e.Clock.Advance(time.Minute)
		b.resolve(t)
		if p := b.payment(t, id); p.Status != paymentsapi.Captured {
			t.Errorf("the money came and nobody knows: %+v", p)
		}
		if diff := cmp.Diff([]string{"payments.captured.v1"}, b.events(t)); diff != "" {
			t.Error(diff)
		}
		unpaid := b.open(t, payments.OnDelivery, 500)
		if err := b.cancel(t.Context(), unpaid); err != nil {
			t.Fatal(err)
		}
		if _, err := b.m.Start(t.Context(), b.in, unpaid); fault.As(err).Code != "payments.cancelled" {
			t.Error(err)
		}
		b.balanced(t)
	})
}

func TestPaidTwiceGoesBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.far.answer = payments.Snapshot{Outcome: payments.Processing}
		id := b.open(t, "far", 1000)
		b.start(t, id)
		b.far.becomes(payments.Snapshot{Outcome: payments.Declined, Reason: "declined"})
		e.Clock.Advance(time.Minute)
		b.resolve(t)
		b.far.answer = payments.Snapshot{Outcome: payments.Succeeded}
		b.start(t, id)
		first := b.m.Attempts(t.Context(), b.in, id)
		b.far.becomes(payments.Snapshot{Outcome: payments.Succeeded, Amount: money.New(1000, "EUR")})
		if err := b.m.Recheck(t.Context(), b.in, first[len(first)-1]); err != nil {
			t.Fatal(err)
		}
		b.resolve(t)
		p := b.payment(t, id)
		if p.Status != paymentsapi.Captured || p.Captured.Minor != 2000 || p.Refunded.Minor != 1000 || b.far.given() != 1000 {
			t.Errorf("%+v, %d given back", p, b.far.given())
		}
		if diff := cmp.Diff([]string{"payments.failed.v1", "payments.captured.v1"}, b.events(t)); diff != "" {
			t.Error(diff)
		}
		b.balanced(t)
	})
}

func TestCaptureSurvivesOlderNews(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		b.far.answer = payments.Snapshot{Outcome: payments.Processing}
		id := b.open(t, "far", 1000)
		b.start(t, id)
		b.far.becomes(payments.Snapshot{Outcome: payments.Succeeded, Amount: money.New(1000, "EUR")})
		parallel(4, 8, func(int) {
			if _, err := b.m.Look(t.Context(), b.in, id); err != nil {
				t.Error(err)
			}
		})
		b.far.becomes(payments.Snapshot{Outcome: payments.Processing})
		if err := b.m.Recheck(t.Context(), b.in, b.m.Attempts(t.Context(), b.in, id)[0]); err != nil {
			t.Fatal(err)
		}
		if p := b.payment(t, id); p.Status != paymentsapi.Captured || p.Captured.Minor != 1000 {
			t.Errorf("%+v", p)
		}
		if diff := cmp.Diff([]string{"payments.captured.v1"}, b.events(t)); diff != "" {
			t.Error(diff)
		}
		b.balanced(t)
	})
}
