package tenancy_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/dbtest"
	"orion/kit/seal"
	"orion/kit/tenant"
	"orion/modules/tenancy"
	"orion/modules/tenancy/tenancyapi"
)

var lea = auth.Actor{Kind: "customer", ID: "cus_lea", Name: "Léa Schmit"}

// trail is an audit log of some entries in two stores.
type trail struct {
	*dbtest.Env
	m *tenancy.Module
	t *testing.T
}

func eachTrail(t *testing.T, fn func(t *testing.T, l trail)) {
	t.Helper()
	dbtest.Each(t, plan, func(t *testing.T, e *dbtest.Env) {
		fn(t, trail{e, newModule(e, tenancy.Needs{}), t})
	})
}

func (l trail) write(in tenant.Store, entries ...tenancyapi.Entry) {
	l.t.Helper()
	must(l.t, db.Do(l.t.Context(), l.DB, in, func(tx *db.Tx[tenant.Store]) error {
		return l.m.RecordAll(l.t.Context(), tx, entries)
	}))
}

func (l trail) fill(n int) {
	l.t.Helper()
	stores := []tenant.Store{l.Store(), l.Store()}
	for from := 0; from < n; from += 1000 {
		var some []tenancyapi.Entry
		for i := from; i < min(from+1000, n); i++ {
			some = append(some, tenancyapi.Entry{
				Actor: auth.Actor{Kind: "user", ID: "usr_ada", Name: "Ada"}, Action: "orders.ship", Target: fmt.Sprintf("ord_%d", i),
				Title: fmt.Sprintf("Order %d", i), Before: map[string]any{"status": "paid"}, After: map[string]any{"status": "shipped", "n": i},
			})
		}
		l.write(stores[from/1000%2], some...)
		l.Clock.Advance(time.Second)
	}
	sealed, err := l.m.SealAudit(l.t.Context())
	must(l.t, err)
	if sealed != n {
		l.t.Fatalf("%d of %d entries were chained", sealed, n)
	}
}

// by hand is what somebody does who got into the database.
func (l trail) byHand(query string, args ...any) {
	l.t.Helper()
	res, err := l.DB.Pool().ExecContext(l.t.Context(), query, args...)
	must(l.t, err)
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		l.t.Fatalf("%s hits %d rows: %v", query, n, err)
	}
}

func (l trail) verify(known ...string) tenancy.Verdict {
	l.t.Helper()
	v, err := l.m.VerifyAudit(l.t.Context(), known...)
	must(l.t, err)
	return v
}

// troubles are what is wrong, in few words.
func troubles(v tenancy.Verdict) []string {
	var out []string
	for _, t := range v.Troubles {
		out = append(out, fmt.Sprintf("%s %d", t.What, t.Seq))
	}
	return out
}

// Of ten thousand entries every one that was tampered with is found, and no other.
func TestTamperedTrail(t *testing.T) {
	t.Parallel()
	eachTrail(t, func(t *testing.T, l trail) {
		l.fill(10_000)
		whole := l.verify()
		if whole.Found != 0 || whole.Chained != 10_000 || whole.Waiting != 0 || !strings.HasPrefix(whole.Head, "10000:") {
			t.Fatalf("untouched, the log is %+v", whole)
		}

		l.byHand(`UPDATE tenancy_audit SET actor_name = 'Eve' WHERE seq = 17`)
		l.byHand(`UPDATE tenancy_audit SET after = '{"status":"refunded"}' WHERE seq = 1000`)
		l.byHand(`UPDATE tenancy_audit SET at = at - 1 WHERE seq = 2500`)
		l.byHand(`UPDATE tenancy_audit SET store_id = 1 WHERE seq = 2600`)
		l.byHand(`DELETE FROM tenancy_audit WHERE seq = 4000`)
		l.byHand(`DELETE FROM tenancy_audit WHERE seq BETWEEN 5000 AND 5009`)
		for _, s := range []string{`-1 WHERE seq = 7000`, `7000 WHERE seq = 7001`, `7001 WHERE seq = -1`} { // two change places
			l.byHand(`UPDATE tenancy_audit SET seq = ` + s)
		}
		l.byHand(`UPDATE tenancy_audit SET title = '', before = NULL, after = NULL, salt = '' WHERE seq = 8000`)
		l.byHand(`DELETE FROM tenancy_audit WHERE seq = 9000`) // and something else in its place
		l.byHand(`INSERT INTO tenancy_audit (store_id, id, actor_kind, actor_id, actor_name, action, target, title, at, seq, hash, told, salt)
			SELECT store_id, 1, actor_kind, actor_id, actor_name, action, target, 'Order x', at, 9000, hash, told, salt FROM tenancy_audit WHERE seq = 9001`)
		l.byHand(`INSERT INTO tenancy_audit (store_id, id, actor_kind, actor_id, actor_name, action, target, title, at)
			SELECT store_id, 2, actor_kind, actor_id, actor_name, action, target, 'Order y', at - 7200000000 FROM tenancy_audit WHERE seq = 9500`)
		l.byHand(`DELETE FROM tenancy_audit WHERE seq > 9990`)

		v := l.verify(whole.Head)
		got := troubles(v)
		want := []string{
			"changed 17", "changed 1000", "changed 2500", "changed 2600", "missing 4000", "missing 5000", "changed 7000", "changed 7001",
			"changed 7002", "changed 9000", "changed 9001", "missing 9991", "head 0", "emptied 8000", "inserted 0",
		}
		if !slices.Equal(got, want) || v.Found != int64(len(want)) {
			t.Errorf("found\n%v, not\n%v", got, want)
		}
		if first := v.Troubles[0]; first.Seq != 17 || !strings.HasPrefix(first.Entry, "aud_") || !strings.Contains(first.Said, "ord_16, Eve") {
			t.Errorf("the first is told as %+v", first)
		}
	})
}

// Whoever makes the whole chain anew after a change does not have the key of its end.
func TestForgedEnd(t *testing.T) {
	t.Parallel()
	eachTrail(t, func(t *testing.T, l trail) {
		l.fill(3)
		l.byHand(`DELETE FROM tenancy_audit WHERE seq = 3`)
		l.byHand(`UPDATE tenancy_audit_heads SET seq = 2, hash = (SELECT hash FROM tenancy_audit WHERE seq = 2)`)
		if got := troubles(l.verify()); !slices.Equal(got, []string{"head 2"}) {
			t.Errorf("found %v", got)
		}
		l.write(l.Store(), tenancyapi.Entry{Actor: lea, Action: "orders.cancel"})
		if n, err := l.m.SealAudit(t.Context()); err == nil || n != 0 {
			t.Errorf("it was chained on: %d %v", n, err)
		}
		must(t, l.m.TrustAudit(t.Context())) // who looked into it
		if n, err := l.m.SealAudit(t.Context()); err != nil || n != 1 {
			t.Errorf("it goes on with %d %v", n, err)
		}
		if v := l.verify(); v.Found != 0 || v.Chained != 3 {
			t.Errorf("afterwards: %+v", v)
		}
	})
}

// The end is sealed with the newest key; one that is lost is told.
func TestKeysOfTheEnd(t *testing.T) {
	t.Parallel()
	eachTrail(t, func(t *testing.T, l trail) {
		with := func(keys ...string) *tenancy.Module {
			box, err := seal.New(keys...)
			must(t, err)
			return newModule(l.Env, tenancy.Needs{}, box)
		}
		l.m = with("old")
		l.fill(2)
		l.m = with("new", "old")
		if n, err := l.m.SealAudit(t.Context()); err != nil || n != 0 {
			t.Fatal(n, err)
		}
		l.m = with("new")
		if v := l.verify(); v.Found != 0 {
			t.Errorf("with the new key alone: %+v", v)
		}
		l.m = with("lost")
		if v := l.verify(); v.Found != 1 || v.Troubles[0].What != tenancy.TrailHead {
			t.Errorf("without the key: %+v", v)
		}
	})
}

// What the log says about somebody can be forgotten, chained or not, and holds.
func TestForgottenTrail(t *testing.T) {
	t.Parallel()
	eachTrail(t, func(t *testing.T, l trail) {
		in, other := l.Store(), l.Store()
		about := func(store tenant.Store, who auth.Actor, target string) {
			l.write(store, tenancyapi.Entry{Actor: who, Action: "customers.edit", Target: target, Title: "Léa Schmit", After: map[string]string{"phone": "621 123"}})
		}
		ada := auth.Actor{Kind: "user", ID: "usr_ada", Name: "Ada"}
		about(in, ada, lea.ID)
		about(in, lea, "ord_1")
		about(in, ada, "cus_max")
		about(other, ada, lea.ID)
		if _, err := l.m.SealAudit(t.Context()); err != nil {
			t.Fatal(err)
		}
		about(in, ada, lea.ID) // not chained yet
		must(t, db.Do(t.Context(), l.DB, in, func(tx *db.Tx[tenant.Store]) error {
			return l.m.Forget(t.Context(), tx, tenancyapi.Entry{Actor: ada, Target: lea.ID})
		}))
		if _, err := l.m.SealAudit(t.Context()); err != nil {
			t.Fatal(err)
		}
		if v := l.verify(); v.Found != 0 || v.Forgotten != 2 || v.Chained != 6 {
			t.Errorf("after forgetting: %+v", v)
		}
		log, err := l.m.AuditLog(t.Context(), in, tenancy.AuditFilter{})
		must(t, err)
		said := fmt.Sprint(log.Items)
		if strings.Count(said, "Léa") != 1 || strings.Count(said, "Ada") != 4 {
			t.Errorf("the log of the store says %s", said)
		}
		l.byHand(`UPDATE tenancy_audit SET title = 'Somebody' WHERE seq = 1`)
		if got := troubles(l.verify()); !slices.Equal(got, []string{"changed 1"}) {
			t.Errorf("words put into the gap: %v", got)
		}
	})
}

// Nodes that write, chain and forget at once leave a chain that holds.
func TestTrailOfManyNodes(t *testing.T) {
	t.Parallel()
	eachTrail(t, func(t *testing.T, l trail) {
		box, err := seal.New("shared")
		must(t, err)
		nodes := []*tenancy.Module{newModule(l.Env, tenancy.Needs{}, box), newModule(l.Env, tenancy.Needs{}, box)}
		stores := []tenant.Store{l.Store(), l.Store()}
		var all sync.WaitGroup
		for i, m := range nodes {
			all.Go(func() {
				for n := range 40 {
					err := db.Do(t.Context(), l.DB, stores[i], func(tx *db.Tx[tenant.Store]) error {
						return m.Record(t.Context(), tx, tenancyapi.Entry{Actor: lea, Action: "orders.cancel", Target: fmt.Sprint(n), Title: "Léa"})
					})
					if err != nil {
						t.Error(err)
					}
				}
				err := db.Do(t.Context(), l.DB, stores[i], func(tx *db.Tx[tenant.Store]) error {
					return m.Forget(t.Context(), tx, tenancyapi.Entry{Actor: auth.SystemActor, Target: lea.ID})
				})
				if err != nil {
					t.Error(err)
				}
			})
			all.Go(func() {
				for range 15 {
					if _, err := m.SealAudit(context.WithoutCancel(t.Context())); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		l.m = nodes[0]
		if _, err := l.m.SealAudit(t.Context()); err != nil {
			t.Fatal(err)
		}
		if v := l.verify(); v.Found != 0 || v.Chained != 82 || v.Waiting != 0 {
			t.Errorf("the chain is %+v", v)
		}
	})
}
