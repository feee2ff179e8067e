package monitoring

import (
	"context"
	"errors"
	"time"

	"orion/kit/job"
)

const (
	countEvery  = 6 * time.Hour
	countTime   = 10 * time.Minute
	forgetEvery = time.Minute
)

// countJob writes down every few hours how much there is; the last count of a day stays.
func (m *Module) countJob() job.Job {
	return job.Periodic("monitoring.count_everything", countEvery, func(ctx context.Context, _ job.Run) error { return m.Count(ctx) }, job.Timeout(countTime))
}

// forgetJob forgets lines that are older or more than was chosen to be kept.
func (m *Module) forgetJob() job.Job {
	return job.Periodic("monitoring.forget_logs", forgetEvery, func(ctx context.Context, _ job.Run) error { return m.Forget(ctx) })
}

// masked is a text without passwords, keys and addresses of people, as errors of
// jobs are kept.
func masked(text string) string { return job.Text(errors.New(text)) }
