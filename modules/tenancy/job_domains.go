package tenancy

import (
	"context"
	"time"

	"orion/kit/job"
)

// domainsJob opens domains whose owners put up the proof and did not come back to
// press the button.
func (m *Module) domainsJob() job.Job {
	return job.Periodic("tenancy.verify_domains", 10*time.Minute, func(ctx context.Context, _ job.Run) error {
		_, err := m.VerifyWaiting(ctx)
		return err
	}, job.Timeout(9*time.Minute))
}
