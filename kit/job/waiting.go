package job

import (
	"context"
	"fmt"
	"time"

	"orion/kit/db"
)

// Depth is how the queue is at a moment.
type Depth struct {
	States map[string]int // River's: available, running, scheduled, retryable, pending
	Oldest time.Duration  // how long the first job has been due that nobody took
}

// Depth counts the jobs that are not over.
func (q *Queue) Depth(ctx context.Context) (Depth, error) {
	since := `(julianday('now') - julianday(MIN(scheduled_at))) * 86400`
	if q.db.Dialect() == db.Postgres {
		since = `CAST(extract(epoch FROM now() - MIN(scheduled_at)) AS DOUBLE PRECISION)`
	}
	query := `SELECT CAST(state AS TEXT), COUNT(*), COALESCE(` + since + `, 0) FROM river_job
		WHERE state IN ('available', 'running', 'scheduled', 'retryable', 'pending') GROUP BY state`
	d := Depth{States: map[string]int{"available": 0, "running": 0, "scheduled": 0, "retryable": 0, "pending": 0}}
	rows, err := q.db.Pool().QueryContext(ctx, query)
	if err != nil {
		return d, fmt.Errorf("count jobs: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var state string
		var n int
		var age float64
		if err := rows.Scan(&state, &n, &age); err != nil {
			return d, fmt.Errorf("count jobs: %w", err)
		}
		if d.States[state] = n; state == "available" && age > 0 {
			d.Oldest = time.Duration(age * float64(time.Second))
		}
	}
	if err := rows.Err(); err != nil {
		return d, fmt.Errorf("count jobs: %w", err)
	}
	return d, nil
}
