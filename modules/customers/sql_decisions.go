package customers

import (
	"context"
	"strings"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	insertDecisionStmt  = db.Must[tenant.Store](files, "insert_decision")
	countDecisionStmt   = db.Must[tenant.Store](files, "count_decision")
	listDecisionsStmt   = db.MustList[tenant.Store](files, "list_decisions")
	decisionsSinceStmt  = db.Must[tenant.Store](files, "decisions_since")
	deleteDecisionsStmt = db.Must[tenant.Store](files, "delete_decisions")
	oldDecisionsStmt    = db.Must[tenant.System](files, "stores_with_old_decisions")
)

func insertDecision(ctx context.Context, tx tx, d Decision) error {
	_, err := db.Exec(ctx, tx, insertDecisionStmt, db.Args{
		"id": d.ID, "visitor": d.Visitor, "version": d.Version, "allowed": strings.Join(d.Allowed, ","), "refused": strings.Join(d.Refused, ","),
		"now": tx.Now(),
	})
	return err
}

func countDecision(ctx context.Context, tx tx, answer string) error {
	_, err := db.Exec(ctx, tx, countDecisionStmt, db.Args{"day": dayOf(tx.Now()), "answer": answer})
	return err
}

func scanDecision(r db.Row) (d Decision, err error) {
	var allowed, refused string
	err = r.Scan(&d.ID, &d.Visitor, &d.Version, &allowed, &refused, db.Time(&d.At))
	d.Allowed, d.Refused = words(allowed), words(refused)
	return d, err
}

func words(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

// listDecisions gives those before one, or the newest.
func listDecisions(ctx context.Context, tx tx, before DecisionID, limit int) ([]Decision, error) {
	f := db.Filter{Order: []string{"id DESC"}, Limit: limit}
	if before != 0 {
		f.Where = []db.Cond{db.Lt("id", before)}
	}
	return db.List(ctx, tx, listDecisionsStmt, f, scanDecision)
}

func decisionsSince(ctx context.Context, tx tx, day time.Time) (map[string]int64, error) {
	type count struct {
		answer string
		n      int64
	}
	rows, err := db.All(ctx, tx, decisionsSinceStmt, db.Args{"day": day}, func(r db.Row) (c count, err error) {
		return c, r.Scan(&c.answer, &c.n)
	})
	out := map[string]int64{}
	for _, c := range rows {
		out[c.answer] = c.n
	}
	return out, err
}

func deleteDecisions(ctx context.Context, tx tx, before time.Time) error {
	_, err := db.Exec(ctx, tx, deleteDecisionsStmt, db.Args{"before": before})
	return err
}
