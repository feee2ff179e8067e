package job

import (
	"context"
	"fmt"
	"time"

	"orion/kit/db"
)

// Shift brings waiting jobs nearer by d, for programs whose clock was moved
// forward: the runner itself goes by the machine's.
func (r *Runner) Shift(ctx context.Context, d time.Duration) error {
	query := `UPDATE river_job SET scheduled_at = strftime('%Y-%m-%d %H:%M:%f', scheduled_at, '-' || ? || ' seconds') WHERE state IN ('scheduled', 'retryable')`
	if r.o.DB.Dialect() == db.Postgres {
		query = `UPDATE river_job SET scheduled_at = scheduled_at - make_interval(secs => $1) WHERE state IN ('scheduled', 'retryable')`
	}
	if _, err := r.o.DB.Pool().ExecContext(ctx, query, d.Seconds()); err != nil {
		return fmt.Errorf("move waiting jobs: %w", err)
	}
	return nil
}

// Ready makes the jobs ready whose time has come, which only the leader of running
// programs does: Drain leads nobody.
func (r *Runner) Ready(ctx context.Context) error {
	now := `strftime('%Y-%m-%d %H:%M:%f', 'now')`
	if r.o.DB.Dialect() == db.Postgres {
		now = `now()`
	}
	query := `UPDATE river_job SET state = 'available' WHERE state IN ('scheduled', 'retryable') AND scheduled_at <= ` + now
	if _, err := r.o.DB.Pool().ExecContext(ctx, query); err != nil {
		return fmt.Errorf("make jobs ready: %w", err)
	}
	return nil
}
