package job

import (
	"context"
	"fmt"
	"strconv"

	"orion/kit/db"
	"orion/kit/tenant"
)

// mostFailed is where counting stops.
const mostFailed = 1000

// Failed counts the jobs that gave up in the last seven days; of platforms, or
// with nil of all and of none. Nobody has to clear them away: River forgets them
// by itself.
func (q *Queue) Failed(ctx context.Context, platforms []tenant.PlatformID) (n int, err error) {
	since := `strftime('%Y-%m-%d %H:%M:%f', 'now', '-7 days')`
	if q.db.Dialect() == db.Postgres {
		since = `now() - interval '7 days'`
	}
	where, args := Search{States: []State{Discarded}, Platforms: platforms}.where()
	query := `SELECT COUNT(*) FROM (SELECT 1 FROM river_job WHERE ` + where + ` AND finalized_at > ` + since + ` LIMIT ` + strconv.Itoa(mostFailed) + `) f`
	db.Count(ctx)
	if err := q.db.ReadPool().QueryRowContext(ctx, query, args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count failed jobs: %w", err)
	}
	return n, nil
}
