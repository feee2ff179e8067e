package stripe_test

import (
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/money"
	"orion/modules/payments/paymentsapi"
	"orion/modules/payments/paytest"
)

// heard lets some pay without coming back, and has the gateway tell of it while no job
// runs. It gives the payments and the gateway's names of them.
func (b *bundle) heard(t *testing.T, n int) (ids []paymentsapi.PaymentID, intents []string) {
	t.Helper()
	site := b.site(t)
	for range n {
		id := b.open(t, money.New(1999, "EUR"))
		b.start(t, id)
		i := b.answered(t)
		ids, intents = append(ids, id), append(intents, i)
		all := b.messagesOf(i)
		if len(all) < 2 {
			t.Fatalf("%d messages about a payment", len(all))
		}
		for _, m := range all {
			if code := b.post(site, m); code != http.StatusOK {
				t.Fatalf("a message was answered with %d", code)
			}
		}
	}
	return ids, intents
}

// answered pays the newest intent, whose bank asks, and gives its name.
func (b *bundle) answered(t *testing.T) string {
	t.Helper()
	i := b.pay(t, "pm_card_authenticationRequired")
	b.answer(t, i, "approve")
	return i.ID
}

// What waits is heeded together, and the gateway is asked once about each payment,
// however often it told of it.
func TestEventsTogether(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		ids, _ := b.heard(t, 5)
		asked := b.far.Requests()
		b.work(t)
		if n := int(b.far.Requests() - asked); n != len(ids) {
			t.Errorf("the gateway was asked %d times about %d payments", n, len(ids))
		}
		if got := b.events(t); slices.ContainsFunc(got, func(s string) bool { return s != "done" }) {
			t.Error(got)
		}
		b.proven(t, ids...)
	})
}

// A payment about which nobody can tell holds up no other, and its own events go on
// waiting.
func TestEventsBesideOneWithoutAnswer(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		ids, intents := b.heard(t, 4)
		b.far.Play(paytest.Fault{Do: paytest.FailBefore, On: "GET /v1/payment_intents/" + intents[1], Times: 1000})
		b.work(t)
		for n, id := range ids {
			if p := b.payment(t, id); (p.Status == paymentsapi.Captured) != (n != 1) {
				t.Errorf("payment %d: %s", n, p.Status)
			}
		}
		if !slices.Contains(b.events(t), "waiting") {
			t.Error("an event without an answer was ended")
		}
		b.far.Heal()
		e.Clock.Advance(time.Minute) // its fuse is whole again
		b.resolve(t, 1)
		b.proven(t, ids...)
	})
}

// A payment that cannot be settled, as when its row was damaged, keeps no other of those
// that are heeded with it from being settled.
func TestEventsBesideOneThatFails(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		ids, _ := b.heard(t, 4)
		b.do(t, func(tx tx) error {
			_, err := db.Exec(t.Context(), tx, damage, db.Args{"id": ids[1]})
			return err
		})
		b.work(t)
		for n, id := range ids {
			if p := b.payment(t, id); (p.Status == paymentsapi.Captured) != (n != 1) {
				t.Errorf("payment %d: %s", n, p.Status)
			}
		}
		if !slices.Contains(b.events(t), "waiting") {
			t.Error("an event that was not settled was ended")
		}
	})
}

// Many events and many servers that heed them: each payment is captured once.
func TestEventsTogetherOnTwoServers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		b := setup(t, e)
		ids, _ := b.heard(t, 20)
		other := &bundle{Env: b.Env, m: b.another(t), in: b.in}
		var both sync.WaitGroup
		for _, one := range []*bundle{b, other} {
			both.Go(func() { one.work(t) })
		}
		both.Wait()
		b.work(t)
		captured := slices.DeleteFunc(b.told(t), func(s string) bool { return s != paymentsapi.WasCaptured{}.EventName() })
		if len(captured) != len(ids) {
			t.Errorf("%d of %d payments were told to be captured", len(captured), len(ids))
		}
		b.proven(t, ids...)
	})
}
