package app

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"orion/kit/tenant"
)

// leaveTrouble makes sure that a store has a job, and a delivery that was put
// aside, and names them; and that the log of the program has something to say.
func leaveTrouble(t *testing.T, pool *sql.DB, in tenant.Store, ids map[string]string) {
	t.Helper()
	var job, event int64
	if err := pool.QueryRow(fmt.Sprintf("SELECT max(id) FROM river_job WHERE args ->> 'store' = '%d'", in.ID())).Scan(&job); err != nil {
		t.Fatal("no job:", err)
	}
	if err := pool.QueryRow(fmt.Sprintf("SELECT max(id) FROM event_events WHERE store_id = %d", in.ID())).Scan(&event); err != nil {
		t.Fatal("no event:", err)
	}
	put := fmt.Sprintf(`INSERT INTO event_deliveries (store_id, event_id, subscriber, entity, state, attempts, error, at)
		SELECT store_id, id, 'toys.mark', entity, 'dead', 8, 'out of paint', at FROM event_events WHERE store_id = %d AND id = %d`, in.ID(), event)
	if _, err := pool.Exec(put); err != nil {
		t.Fatal(err)
	}
	line := fmt.Sprintf(`INSERT INTO monitoring_logs (id, at, level, message, module, platform, request, attrs, bytes)
		VALUES (%d, %d, 4, 'out of paint', 'toys', 'main', 'r1', 'colour=red', 100)`, event, time.Now().UnixMicro())
	if _, err := pool.Exec(line); err != nil {
		t.Fatal(err)
	}
	differ := fmt.Sprintf(`INSERT INTO payments_differences (store_id, id, kind, gateway, external, charge, payment_id, ours, theirs, currency, status, owner, note, closed_by, found_at, seen_at, closed_at)
		SELECT store_id, %d, 'refund_missing_here', 'stripe', 're_1', 'pi_1', max(id), 0, 500, 'EUR', 'closed', 'Claire Thill', 'By telephone', 'Claire Thill', %d, %d, %d FROM payments_payments WHERE store_id = %d GROUP BY store_id`,
		event, time.Now().UnixMicro(), time.Now().UnixMicro(), time.Now().UnixMicro(), in.ID())
	if _, err := pool.Exec(differ); err != nil {
		t.Fatal(err)
	}
	compare := fmt.Sprintf(`INSERT INTO payments_comparisons (store_id, id, gateway, from_at, to_at, status, actor, begun_at)
		VALUES (%d, %d, 'stripe', %d, %d, 'done', 'Claire Thill', %d)`, in.ID(), event, time.Now().UnixMicro(), time.Now().UnixMicro(), time.Now().UnixMicro())
	if _, err := pool.Exec(compare); err != nil {
		t.Fatal(err)
	}
	ids["pdi"] = text("pdi", event)
	ids["job number"], ids["delivery"] = fmt.Sprint(job), fmt.Sprintf("%d:toys.mark", event)
}

// leaveCard makes sure that a store's customer has a saved card, of keys that nobody
// uses any more.
func leaveCard(t *testing.T, pool *sql.DB, f field) {
	t.Helper()
	put := fmt.Sprintf(`INSERT INTO payments_methods (store_id, id, customer_id, gateway, vault, key, external, brand, account, last4, exp_month, exp_year, status, agreed_at, created_at, changed_at)
		VALUES (%d, 7007, %d, 'stripe', 'pk_test_gone', 'orion-card', 'pm_1', 'visa', 'c…@example.org', '4242', 12, 2034, 'saved', %d, %d, %d)`,
		f.in.ID(), f.buyer, time.Now().UnixMicro(), time.Now().UnixMicro(), time.Now().UnixMicro())
	if _, err := pool.Exec(put); err != nil {
		t.Fatal(err)
	}
	f.ids["psm"] = text("psm", 7007)
}

// leaveDispute makes sure that a buyer's bank claims money from a store, which has
// begun to answer.
func leaveDispute(t *testing.T, pool *sql.DB, f field) {
	t.Helper()
	now := time.Now()
	put := fmt.Sprintf(`INSERT INTO payments_disputes (store_id, id, payment_id, attempt_id, gateway, external, amount, currency, reason, status, due_at, opened_at, evidence, problem, actor, created_at, changed_at)
		SELECT store_id, 7008, max(id), 1, 'stripe', 'dp_1', 1999, 'EUR', 'duplicate', 'needs_response', %d, %d,
		'{"explanation":"She has it, and likes it","product":"A bowl, blue","customer":"Anna Weber","email":"Anna at example","address":"Rue des Roses, Luxembourg","carrier":"Post, by train","tracking":"Number five, six","shipped_on":"On Monday, early","refusal":"It was worn, and torn","duplicate":"It is another, smaller"}',
		'past_due', 'Claire Thill', %d, %d FROM payments_payments WHERE store_id = %d GROUP BY store_id`,
		now.Add(9*24*time.Hour).UnixMicro(), now.UnixMicro(), now.UnixMicro(), now.UnixMicro(), f.in.ID())
	if _, err := pool.Exec(put); err != nil {
		t.Fatal(err)
	}
	f.ids["pdp"] = text("pdp", 7008)
}
