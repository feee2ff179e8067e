package tenancy

import (
	"context"
	"time"

	"orion/kit/auth"
	"orion/kit/db"
	"orion/kit/tenant"
)

var (
	insertActStmt = db.Must[tenant.System](Files, "insert_act")
	useActStmt    = db.Must[tenant.System](Files, "use_act")
)

func insertAct(ctx context.Context, tx systemTx, hash, reason string, s auth.Session) error {
	_, err := db.Exec(ctx, tx, insertActStmt, db.Args{
		"hash": hash, "user": s.Subject, "acting": s.Acting, "audience": s.Audience, "realm": s.Realm, "reason": reason, "now": tx.Now(), "until": s.Until,
	})
	return err
}

// useAct spends a link and completes the session that it opens.
func useAct(ctx context.Context, tx systemTx, hash string, s auth.Session, age time.Duration) (auth.Session, error) {
	args := db.Args{"hash": hash, "audience": s.Audience, "realm": s.Realm, "now": tx.Now(), "since": tx.Now().Add(-age)}
	return db.One(ctx, tx, useActStmt, args, func(r db.Row) (auth.Session, error) {
		err := r.Scan(&s.Subject, &s.Acting, db.Time(&s.Until))
		return s, err
	})
}
