package job

import (
	"context"
	"fmt"

	"orion/kit/db"
)

// mostFailed is where counting stops.
const mostFailed = 1000

// Failed counts the jobs that gave up in the last seven days. Nobody has to
// clear them away: River forgets them by itself.
func (q *Queue) Failed(ctx context.Context) (n int, err error) {
	since := `strftime('%Y-%m-%d %H:%M:%f', 'now', '-7 days')`
	if q.db.Dialect() == db.Postgres {
		since = `now() - interval '7 days'`
	}
	query := `SELECT COUNT(*) FROM (SELECT 1 FROM river_job WHERE state = 'discarded' AND finalized_at > ` + since + ` LIMIT $1) f`
	if err := q.db.Pool().QueryRowContext(ctx, query, mostFailed).Scan(&n); err != nil {
		return 0, fmt.Errorf("count failed jobs: %w", err)
	}
	return n, nil
}
