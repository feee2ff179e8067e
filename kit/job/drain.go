package job

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Drain works until no job is due, then stops; sweeps run once at the
// beginning. Failed jobs wait for their next attempt and do not count as due.
func (r *Runner) Drain(ctx context.Context) (err error) {
	if err := r.Start(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Stop(ctx)) }()
	for _, j := range r.o.Jobs {
		if j.due != nil {
			if err := r.sweep(ctx, j); err != nil {
				return err
			}
		}
	}
	for quietRounds := 0; quietRounds < 2; {
		due, err := r.waiting(ctx)
		if err != nil {
			return err
		}
		if due == 0 {
			quietRounds++
		} else {
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

// waiting counts the jobs that are due or running.
func (r *Runner) waiting(ctx context.Context) (n int, err error) {
	const query = `SELECT COUNT(*) FROM river_job WHERE state IN ('available', 'running', 'pending')`
	if err := r.o.DB.Pool().QueryRowContext(ctx, query).Scan(&n); err != nil {
		return 0, fmt.Errorf("count waiting jobs: %w", err)
	}
	return n, nil
}
