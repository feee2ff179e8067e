package tenancy

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	auditHeadStmt     = db.Must[tenant.System](Files, "audit_head")
	holdAuditHeadStmt = db.Must[tenant.System](Files, "hold_audit_head")
	moveAuditHeadStmt = db.Must[tenant.System](Files, "move_audit_head")
	unsealedAuditStmt = db.Must[tenant.System](Files, "unsealed_audit")
	sealAuditStmt     = db.Must[tenant.System](Files, "seal_audit")
	auditChainStmt    = db.Must[tenant.System](Files, "audit_chain")
	auditStraysStmt   = db.Must[tenant.System](Files, "audit_strays")
	auditCountsStmt   = db.Must[tenant.System](Files, "audit_counts")
	forgetTargetStmt  = db.Must[tenant.Store](Files, "forget_target")
	forgetActorStmt   = db.Must[tenant.Store](Files, "forget_actor")
)

func readHead(ctx context.Context, tx systemTx) (auditHead, error) {
	return db.One(ctx, tx, auditHeadStmt, nil, scanHead)
}

// holdHead makes others who chain wait until this transaction ends.
func holdHead(ctx context.Context, tx systemTx) (auditHead, error) {
	return db.One(ctx, tx, holdAuditHeadStmt, nil, scanHead)
}

func scanHead(r db.Row) (h auditHead, err error) {
	err = r.Scan(&h.seq, &h.hash, &h.seal, db.Time(&h.at))
	return h, err
}

func moveHead(ctx context.Context, tx systemTx, h auditHead) error {
	_, err := db.Exec(ctx, tx, moveAuditHeadStmt, db.Args{"seq": h.seq, "hash": h.hash, "seal": h.seal, "at": h.at})
	return err
}

func unsealed(ctx context.Context, tx systemTx, oldest time.Time, limit int) ([]chained, error) {
	return db.All(ctx, tx, unsealedAuditStmt, db.Args{"oldest": oldest, "limit": limit}, scanChained)
}

func sealAll(ctx context.Context, tx systemTx, entries []chained) error {
	type row struct {
		Store int64  `json:"store"`
		ID    int64  `json:"id"`
		Seq   int64  `json:"seq"`
		Hash  string `json:"hash"`
		Told  string `json:"told"`
		Salt  string `json:"salt"`
	}
	rows := make([]row, len(entries))
	for i, e := range entries {
		rows[i] = row{Store: int64(e.store), ID: int64(e.id), Seq: e.seq, Hash: e.hash, Told: e.told, Salt: e.salt}
	}
	_, err := db.Exec(ctx, tx, sealAuditStmt, db.Args{"rows": db.JSON(rows)})
	return err
}

func chainAfter(ctx context.Context, tx systemTx, seq int64, limit int) ([]chained, error) {
	return db.All(ctx, tx, auditChainStmt, db.Args{"after": seq, "limit": limit}, scanChained)
}

func strays(ctx context.Context, tx systemTx, oldest time.Time, limit int) ([]chained, error) {
	return db.All(ctx, tx, auditStraysStmt, db.Args{"oldest": oldest, "limit": limit}, scanChained)
}

func scanChained(r db.Row) (e chained, err error) {
	err = r.Scan(&e.store, &e.id, &e.merchant, &e.platform, &e.actor.Kind, &e.actor.ID, &e.actor.Name, &e.action, &e.target, &e.title,
		&e.before, &e.after, db.Time(&e.at), &e.seq, &e.hash, &e.told, &e.salt)
	return e, err
}

// countAudit is how many entries there are, and how many of them are chained.
func countAudit(ctx context.Context, tx systemTx) (counts [2]int64, err error) {
	return db.One(ctx, tx, auditCountsStmt, nil, func(r db.Row) (n [2]int64, err error) {
		err = r.Scan(&n[0], &n[1])
		return n, err
	})
}

func forgetEntries(ctx context.Context, tx storeTx, who string) error {
	for _, s := range []*db.Stmt[tenant.Store]{forgetTargetStmt, forgetActorStmt} {
		if _, err := db.Exec(ctx, tx, s, db.Args{"who": who}); err != nil {
			return err
		}
	}
	return nil
}
