package payments

import (
	"context"
	"time"

	"orion/kit/db"
	"orion/kit/job"
)

const (
	compareEvery = time.Hour // which stores are due; each is after twenty hours
	compareTime  = 5 * time.Minute
)

// comparisonJob is a comparison that somebody asked for.
type comparisonJob struct {
	Comparison ComparisonID `json:"comparison"`
}

func (m *Module) compareJob() job.Kind[comparisonJob] {
	return job.Define("payments.compare_account", func(ctx context.Context, r job.Run, a comparisonJob) error {
		c, err := db.Read(ctx, m.need.Kit.DB, r.Store, func(tx tx) (Comparison, error) { return findComparison(ctx, tx, a.Comparison) })
		if err != nil {
			return err
		}
		return m.compare(ctx, r.Store, c)
	}, job.Timeout(compareTime), job.Tries(5))
}

// compareSoon has books compared right after the transaction.
func (m *Module) compareSoon(ctx context.Context, tx tx, number ComparisonID) error {
	return job.Enqueue(ctx, m.need.Kit.Jobs, tx, m.hold, comparisonJob{Comparison: number})
}
