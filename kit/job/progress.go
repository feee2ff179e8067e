package job

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"orion/kit/db"
)

// Progress is how far a job is, in whatever it counts.
type Progress struct {
	Done  int64 `json:"done"`
	Total int64 `json:"total"` // 0 is not known
}

// between is how long a job says nothing after it said how far it is.
const between = time.Second

// Report says how far the job under ctx is, for those who look at it. It may be
// called often, since what comes within a second of the last is not written, but
// not within a transaction. Where no job runs it does nothing.
func Report(ctx context.Context, p Progress) {
	if r, ok := ctx.Value(reporterKey{}).(*reporter); ok {
		r.report(ctx, p)
	}
}

type reporterKey struct{}

// reporter writes how far one job is.
type reporter struct {
	runner *Runner
	job    int64
	mu     sync.Mutex
	last   time.Time
}

func (r *Runner) reporting(ctx context.Context, id int64) context.Context {
	return context.WithValue(ctx, reporterKey{}, &reporter{runner: r, job: id})
}

func (r *reporter) report(ctx context.Context, p Progress) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.last) < between {
		return
	}
	r.last = time.Now()
	if err := r.write(ctx, p); err != nil {
		r.runner.o.Log.WarnContext(ctx, "note how far a job is", "error", err)
	}
}

func (r *reporter) write(ctx context.Context, p Progress) error {
	text, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("write progress: %w", err)
	}
	query := `UPDATE river_job SET metadata = jsonb_set(metadata, '$.progress', jsonb($1)) WHERE id = $2 AND state = 'running'`
	if r.runner.o.DB.Dialect() == db.Postgres {
		query = `UPDATE river_job SET metadata = jsonb_set(metadata, '{progress}', CAST($1 AS JSONB)) WHERE id = $2 AND state = 'running'`
	}
	if _, err := r.runner.o.DB.Pool().ExecContext(ctx, query, string(text), r.job); err != nil {
		return fmt.Errorf("write progress: %w", err)
	}
	return nil
}
