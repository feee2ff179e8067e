package inventory

import (
	"context"
	"time"

	"orion/kit/job"
	"orion/kit/tenant"
)

func (m *Module) jobs() []job.Job {
	return []job.Job{job.Sweep("inventory.expire_holds", 15*time.Second, dueStores, func(ctx context.Context, in tenant.Store) error {
		_, err := m.Sweep(ctx, in)
		return err
	})}
}
