package tenancy

import (
	"context"
	"time"

	"orion/kit/job"
)

// sealJob chains what no node chained by itself: entries of the command line,
// and of nodes that stopped.
func (m *Module) sealJob() job.Job {
	return job.Periodic("tenancy.seal_audit", 5*time.Minute, func(ctx context.Context, _ job.Run) error {
		_, err := m.SealAudit(ctx)
		return err
	})
}
