package db

import (
	"context"
	"time"

	"orion/kit/db/postgres"
)

// again is how long a lost listener waits before it connects anew.
const again = 2 * time.Second

// Listen calls heard whenever a statement tells something on a channel
// (pg_notify) and its transaction is committed, on every node, until ctx ends.
// It may be called without need, and something may be missed while the
// connection is lost; who listens looks by itself now and then, too. On SQLite,
// where there is one node, which knows what it did, nothing is heard.
func (d *DB) Listen(ctx context.Context, channel string, heard func()) {
	if d.dialect != Postgres {
		<-ctx.Done()
		return
	}
	for {
		err := postgres.Listen(ctx, d.dsn, channel, heard)
		if ctx.Err() != nil {
			return
		}
		d.log.WarnContext(ctx, "no longer listening to the database", "channel", channel, "error", err.Error())
		select {
		case <-ctx.Done():
			return
		case <-time.After(again):
		}
	}
}
