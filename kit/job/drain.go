package job

import (
	"context"
	"errors"
	"fmt"
	"time"

	"orion/kit/db"
)

// Drain works until no job is due by the database's clock, then stops; sweeps
// run once at the beginning, periodic jobs do not. Jobs that failed wait for
// their next attempt and are not due. Tests call it instead of Start.
func (r *Runner) Drain(ctx context.Context) (err error) {
	for _, j := range r.o.Jobs {
		if j.due != nil {
			if err := r.sweep(ctx, j); err != nil {
				return err
			}
		}
	}
	client, err := r.newClient(&worker{runner: r}, nil)
	if err != nil {
		return err
	}
	if err := client.Start(ctx); err != nil {
		return fmt.Errorf("drain: %w", err)
	}
	defer func() { err = errors.Join(err, stop(ctx, client)) }()
	for quietRounds := 0; quietRounds < 2; {
		due, err := r.waiting(ctx)
		if err != nil {
			return err
		}
		if quietRounds++; due > 0 {
			quietRounds = 0
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("drain: %d jobs are left: %w", due, ctx.Err())
		case <-time.After(15 * time.Millisecond):
		}
	}
	return nil
}

// waiting counts the jobs that are due or running. Before that it makes those
// due whose time has come by our clock: River goes by the machine's, which a
// test leaves behind when it moves its own.
func (r *Runner) waiting(ctx context.Context) (n int, err error) {
	now, due := `strftime('%Y-%m-%d %H:%M:%f', 'now')`, `CAST(args ->> 'due' AS INTEGER)`
	if r.o.DB.Dialect() == db.Postgres {
		now, due = `now()`, `CAST(args ->> 'due' AS BIGINT)`
	}
	pool := r.o.DB.Pool()
	come := `UPDATE river_job SET state = 'available', scheduled_at = ` + now + ` WHERE state = 'scheduled' AND ` + due + ` <= $1`
	if _, err := pool.ExecContext(ctx, come, r.o.DB.Clock().Now().UnixMicro()); err != nil {
		return 0, fmt.Errorf("find due jobs: %w", err)
	}
	count := `SELECT COUNT(*) FROM river_job WHERE state IN ('running', 'pending') OR state = 'available' AND scheduled_at <= ` + now
	if err := pool.QueryRowContext(ctx, count).Scan(&n); err != nil {
		return 0, fmt.Errorf("count waiting jobs: %w", err)
	}
	return n, nil
}
