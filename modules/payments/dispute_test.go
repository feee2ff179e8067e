package payments_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/fault"
	"orion/kit/money"
	"orion/kit/page"
	"orion/kit/tenant"
	"orion/modules/payments"
	"orion/modules/payments/paymentsapi"
)

// charged is a payment that the far gateway took under a name.
func (b *bundle) charged(t *testing.T, minor int64) (paymentsapi.PaymentID, string) {
	t.Helper()
	name := fmt.Sprintf("pi_%d", b.next)
	b.far.answer = payments.Snapshot{Outcome: payments.Succeeded, External: name}
	id := b.open(t, "far", minor)
	b.start(t, id)
	return id, name
}

func (b *bundle) says(s payments.DisputeSnapshot) error {
	s.Outcome = payments.Succeeded
	return b.m.SettleDispute(context.Background(), b.in, "far", s)
}

func (b *bundle) holds(t *testing.T, id paymentsapi.PaymentID, held, lost int64) {
	t.Helper()
	if p := b.payment(t, id); p.Disputed.Minor != held || p.Lost.Minor != lost {
		t.Errorf("%v are claimed and %v lost, not %d and %d", p.Disputed, p.Lost, held, lost)
	}
	b.balanced(t)
}

// Whatever the order in which what a gateway said arrives, also late and twice, it ends
// as the gateway ended.
func TestNewsOfADisputeInAnyOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		course := []payments.DisputeStatus{payments.InquiryOpen, payments.NeedsResponse, payments.DisputeReviewed, payments.DisputeLost, payments.DisputeWon}
		for n := range 60 {
			steps := slices.Clone(course[:2+n%4])
			end := steps[len(steps)-1]
			rand.New(rand.NewPCG(uint64(n), 7)).Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] }) //nolint:gosec // which order does not matter
			id, charge := b.charged(t, 1000)
			for _, s := range append(steps, steps[0]) {
				told := payments.DisputeSnapshot{External: "dp_" + charge, Charge: charge, Amount: money.New(700, "EUR"), Status: s, Reason: "fraudulent", OpenedAt: e.Clock.Now()}
				if err := b.says(told); err != nil {
					t.Fatal(err)
				}
			}
			want := map[payments.DisputeStatus][2]int64{payments.NeedsResponse: {700, 0}, payments.DisputeReviewed: {700, 0}, payments.DisputeLost: {0, 700}}[end]
			if p := b.payment(t, id); p.Disputed.Minor != want[0] || p.Lost.Minor != want[1] {
				t.Errorf("%v ends with %v and %v", steps, p.Disputed, p.Lost)
			}
		}
		b.balanced(t)
	})
}

// Staff give money back while banks claim it, all at once: together it is never more
// than what came in.
func TestDisputesBesideRefunds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		for round := range 5 {
			id, charge := b.charged(t, 1000)
			var group sync.WaitGroup
			for n := range 6 {
				group.Go(func() {
					_ = b.refund(t.Context(), id, 300) // some are too much
				})
				group.Go(func() {
					s := payments.DisputeSnapshot{External: fmt.Sprintf("dp_%d_%d", round, n), Charge: charge, Amount: money.New(400, "EUR"), Status: payments.NeedsResponse, Reason: "fraudulent", OpenedAt: e.Clock.Now()}
					if err := b.says(s); err != nil {
						t.Error(err)
					}
				})
			}
			group.Wait()
			b.resolve(t)
			p := b.payment(t, id)
			sum := p.Refunded.Minor + p.Disputed.Minor + p.Lost.Minor
			if sum > 1000 || sum < 600 || p.Disputed.Minor != 400*(p.Disputed.Minor/400) {
				t.Errorf("%+v", p)
			}
			b.balanced(t)
		}
		if found, err := b.m.Differences(t.Context(), b.in, true, page.Request{}); err != nil || len(found.Items) == 0 {
			t.Errorf("no bank claimed too much: %v", err)
		}
	})
}

// What cannot be right is not booked, and people look at it: another currency, and an
// amount that has changed.
func TestDisputeThatIsOtherwise(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		id, charge := b.charged(t, 1000)
		s := payments.DisputeSnapshot{External: "dp_1", Charge: charge, Amount: money.New(400, "USD"), Status: payments.NeedsResponse, OpenedAt: e.Clock.Now()}
		if err := b.says(s); err != nil {
			t.Fatal(err)
		}
		b.holds(t, id, 0, 0)
		s.External, s.Amount = "dp_2", money.New(400, "EUR")
		if err := b.says(s); err != nil {
			t.Fatal(err)
		}
		b.holds(t, id, 400, 0)
		s.Amount = money.New(500, "EUR")
		if err := b.says(s); err != nil {
			t.Fatal(err)
		}
		b.holds(t, id, 400, 0)
		found, err := b.m.Differences(t.Context(), b.in, true, page.Request{})
		if err != nil || len(found.Items) != 2 {
			t.Fatal(found.Items, err)
		}
		if d := found.Items[0]; d.Kind != payments.OtherDispute || d.Ours.Minor != 400 || d.Theirs.Minor != 500 {
			t.Errorf("%+v", d)
		}
		s.Charge = "pi_of_others"
		if err := b.says(s); err != nil {
			t.Fatal(err)
		}
		b.holds(t, id, 400, 0)
	})
}

var plants = fstest.MapFS{"sql/plant.sql": {Data: []byte(`
-- name: plant_lost
UPDATE payments_payments SET lost = 300 WHERE store_id = :store_id;

-- name: plant_held
UPDATE payments_disputes SET held = held + 1 WHERE store_id = :store_id;

-- name: plant_entry
UPDATE payments_entries SET account = 'store' WHERE store_id = :store_id AND kind = 'dispute' AND account = 'disputed';

-- name: plant_too_much
UPDATE payments_payments SET lost = 700 WHERE store_id = :store_id;
`)}}

// What Check is there to see, it sees; and the table itself refuses what it can.
func TestPlantedDisputes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		for _, name := range []string{"plant_lost", "plant_held", "plant_entry"} {
			b := setup(t, e)
			id, charge := b.charged(t, 1000)
			s := payments.DisputeSnapshot{External: "dp_" + name, Charge: charge, Amount: money.New(400, "EUR"), Status: payments.NeedsResponse, OpenedAt: e.Clock.Now()}
			if err := b.says(s); err != nil {
				t.Fatal(err)
			}
			b.balanced(t)
			if err := b.plant(t, name); err != nil {
				t.Fatal(err)
			}
			if wrong, err := b.m.Check(t.Context(), b.in); err != nil || !slices.Equal(wrong, []paymentsapi.PaymentID{id}) {
				t.Errorf("%s is not seen: %v %v", name, wrong, err)
			}
			if err := b.plant(t, "plant_too_much"); err == nil {
				t.Error("more can be lost than came in")
			}
			if err := b.refund(t.Context(), id, 700); fault.As(err) == nil {
				t.Error("what is claimed is given back")
			}
		}
	})
}

func (b *bundle) plant(t *testing.T, name string) error {
	t.Helper()
	return db.Do(t.Context(), b.DB, b.in, func(tx tx) error {
		_, err := db.Exec(t.Context(), tx, db.Must[tenant.Store](plants, name), nil)
		return err
	})
}

// Open disputes are listed by when they have to be answered, page by page, and those
// that nobody can answer come last.
func TestDisputesArePaged(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		_, charge := b.charged(t, 1000)
		for n, days := range []int{5, 0, 2, 9, 2} {
			s := payments.DisputeSnapshot{External: fmt.Sprintf("dp_%d", n), Charge: charge, Amount: money.New(100, "EUR"), Status: payments.NeedsResponse, OpenedAt: e.Clock.Now()}
			if days > 0 {
				s.DueAt = e.Clock.Now().Add(time.Duration(days) * 24 * time.Hour)
			}
			if err := b.says(s); err != nil {
				t.Fatal(err)
			}
		}
		var got []string
		for after := ""; ; {
			found, err := b.m.OpenDisputes(t.Context(), b.in, page.Request{After: after, Limit: 2})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range found.Items {
				got = append(got, d.External)
			}
			if after = found.Next; after == "" {
				break
			}
		}
		if want := []string{"dp_2", "dp_4", "dp_0", "dp_3", "dp_1"}; !slices.Equal(got, want) {
			t.Error(got)
		}
		if n, err := b.m.WaitingDisputes(t.Context(), b.in); n != 4 || err != nil {
			t.Errorf("%d wait, %v", n, err)
		}
	})
}
